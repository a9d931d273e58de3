/* address_tokens.h - the words of a possible street address, and what each may
 * be. A word can be several things at once ("St": street or saint, "CT": court
 * or Connecticut); address_layout.h decides which it is. */
#ifndef PII__ADDRESS_TOKENS_H
#define PII__ADDRESS_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "table.h"

#define PII__ADDRESS_TOKENS_MAX 40

enum {
    PII__TOKEN_CAPITAL = 1 << 0,   /* begins with an upper-case letter */
    PII__TOKEN_DIGIT = 1 << 1,     /* holds a digit */
    PII__TOKEN_NUMBER = 1 << 2,    /* digits only, with perhaps one letter, or two such with a hyphen */
    PII__TOKEN_ORDINAL = 1 << 3,   /* "24th" */
    PII__TOKEN_SUFFIX = 1 << 4,    /* a street suffix */
    PII__TOKEN_EVERYDAY = 1 << 5,  /* a suffix that is an everyday word too: "park" */
    PII__TOKEN_DIRECTION = 1 << 6, /* "N", "southwest" */
    PII__TOKEN_UNIT = 1 << 7,      /* "apt", "suite" */
    PII__TOKEN_STATE = 1 << 8,     /* a state of one word */
    PII__TOKEN_ZIP = 1 << 9,       /* 62704, 62704-1234 or 627041234 */
    PII__TOKEN_STOP = 1 << 10,     /* a word of sentences, not of addresses */
    PII__TOKEN_COUNTED = 1 << 11,  /* what numbers count: "minutes", "points" */
    PII__TOKEN_COUNTRY = 1 << 12,  /* "USA" */
    PII__TOKEN_ROUTE = 1 << 13,    /* what a road number follows: "highway", "county" */
    PII__TOKEN_USUAL = 1 << 14,    /* an everyday suffix that ends many street names: "drive" */
    PII__TOKEN_PREFIX = 1 << 15,   /* what begins a street's name: "calle", "avenue" */
    /* What stands between the word and the one before. */
    PII__TOKEN_COMMA = 1 << 16,
    PII__TOKEN_LINE = 1 << 17,  /* one line break */
    PII__TOKEN_BREAK = 1 << 18, /* end of a sentence, or punctuation that addresses do not have */
    PII__TOKEN_HASH = 1 << 19,  /* "#" */
    PII__TOKEN_APART = 1 << 20, /* more than one blank, or a tab */
    PII__TOKEN_LEAD = 1 << 21,  /* surely begins a street's name: "calle", "rua" */
    PII__TOKEN_PARTICLE = 1 << 22, /* a small word inside names: "de", "am" */
    /* Begins the name of a state or country, or words that addresses follow. */
    PII__TOKEN_STATE_BEGINS = 1 << 23,
    PII__TOKEN_COUNTRY_BEGINS = 1 << 24,
    PII__TOKEN_CUE_BEGINS = 1 << 25
};

typedef struct pii__token {
    size_t begin;
    size_t end;
    unsigned flags;
} pii__token;

typedef struct pii__tokens {
    const uint8_t *text;
    pii__token list[PII__ADDRESS_TOKENS_MAX];
    size_t count;
} pii__tokens;

void pii__tokens_read(pii__tokens *tokens, const uint8_t *text, size_t begin, size_t end);

/* Whether token `i` exists and has one of `flags`. */
static inline bool pii__token_is(const pii__tokens *tokens, size_t i, unsigned flags)
{
    return i < tokens->count && (tokens->list[i].flags & flags);
}

/* Whether token `i` is one of the small words inside names: "de", "am". */
static inline bool pii__token_is_particle(const pii__tokens *tokens, size_t i)
{
    return pii__token_is(tokens, i, PII__TOKEN_PARTICLE);
}

/* Whether `word` begins with the bytes of the token, letters in lower case. */
bool pii__token_spells(const pii__token *token, const uint8_t *text, const char *word);

/* Whether token `i` is `word` (lower case). */
static inline bool pii__token_equals(const pii__tokens *tokens, size_t i, const char *word)
{
    return i < tokens->count && tokens->list[i].end - tokens->list[i].begin == strlen(word) &&
           pii__token_spells(&tokens->list[i], tokens->text, word);
}

/* Number of tokens from `i` on that name a state (0 to 3). */
size_t pii__tokens_state(const pii__tokens *tokens, size_t i);

/* The same of a country, and of words that addresses follow: "live at". */
size_t pii__tokens_country(const pii__tokens *tokens, size_t i);
size_t pii__tokens_cue(const pii__tokens *tokens, size_t i);

/* Sums of weights are meant to be exact: 0.6 + 0.1 - 0.2 is 0.5, not just below. */
static inline double pii__hundredths(double value)
{
    return (double)(long)(value * 100 + (value < 0 ? -0.5 : 0.5)) / 100;
}

#endif
