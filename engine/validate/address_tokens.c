#include "address_tokens.h"

#include <string.h>

#include "address_words.h"
#include "ascii.h"
#include "letter_case.h"
#include "table.h"

/* Longest name of a state or country: "northern mariana islands", "united states
 * of america", and some room. */
#define PHRASE_SIZE_MAX 32
#define PHRASE_WORDS_MAX 4

bool pii__token_spells(const pii__token *token, const uint8_t *text, const char *word)
{
    for (size_t i = token->begin; i < token->end; i++)
        if (pii__lower(text[i]) != (uint8_t)*word++)
            return false;
    return true;
}

/* What the bytes of a word say of it. */
typedef struct word_bytes {
    size_t end;
    size_t digits;
    size_t hyphens;
    size_t joints; /* hyphens and other signs inside */
    uint32_t hash; /* of the word in lower case */
} word_bytes;

/* A word goes on through a hyphen, apostrophe, slash or ampersand that has
 * letters or digits on both sides. */
static word_bytes read_word(const uint8_t *text, size_t at, size_t end)
{
    word_bytes word = {.end = at, .hash = PII__TABLE_HASH_EMPTY};
    for (; word.end < end; word.end++) {
        uint8_t byte = text[word.end];
        if (!pii__is_letter(byte)) {
            bool digit = pii__is_digit(byte);
            bool joins = byte == '-' || byte == '\'' || byte == '/' || byte == '&';
            if (!digit && (!joins || word.end + 1 >= end || !pii__is_alnum(text[word.end + 1])))
                break;
            word.digits += digit;
            word.joints += !digit;
            word.hyphens += byte == '-';
        }
        word.hash = pii__table_hash_byte(word.hash, byte);
    }
    return word;
}

/* What the word alone may be, by the tables. */
static unsigned word_flags(const pii__token *token, const uint8_t *text, uint32_t hash)
{
    for (uint32_t slot = hash;; slot++) {
        const pii__address_word *word = &pii__address_words[slot & pii__address_words_mask];
        if (!word->text)
            return 0;
        const char *key = pii__address_words_text + word->text - 1;
        if (pii__token_spells(token, text, key) && !key[token->end - token->begin])
            return word->flags;
    }
}

/* "st", "nd", "rd", "th". */
static bool ordinal_ending(const uint8_t *text)
{
    static const char endings[][3] = {"st", "nd", "rd", "th"};
    const char key[] = {(char)pii__lower(text[0]), (char)pii__lower(text[1]), 0};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (!memcmp(key, endings[i], sizeof key))
            return true;
    return false;
}

/* `text` is that of the word, which holds a digit. */
static unsigned digit_flags(const uint8_t *text, size_t size, const word_bytes *word)
{
    size_t digits = word->digits;
    size_t letters = size - digits - word->joints;
    unsigned flags = PII__TOKEN_DIGIT;
    if (letters <= 1 && word->hyphens <= 1 && word->hyphens == word->joints)
        flags |= PII__TOKEN_NUMBER;
    if (letters == 2 && digits + 2 == size && ordinal_ending(text + digits))
        flags |= PII__TOKEN_ORDINAL;
    if ((digits == 5 && size == 5) || (digits == 9 && (size == 9 || (size == 10 && text[5] == '-'))))
        flags |= PII__TOKEN_ZIP;
    return flags;
}

static unsigned gap_flags(const uint8_t *text, size_t begin, size_t end, unsigned before)
{
    unsigned flags = 0;
    size_t lines = 0;
    for (size_t i = begin; i < end; i++) {
        if (text[i] == ',')
            flags |= PII__TOKEN_COMMA;
        else if (text[i] == '#')
            flags |= PII__TOKEN_HASH;
        else if (text[i] == '\n' || (text[i] == '\r' && (i + 1 >= end || text[i + 1] != '\n')))
            lines++;
        else if (text[i] == '\r')
            continue;
        else if (text[i] == '.') {
            bool blank_after = i + 1 < end && pii__is_blank(text[i + 1]);
            bool abbreviation = before & (PII__TOKEN_SUFFIX | PII__TOKEN_EVERYDAY | PII__TOKEN_DIRECTION |
                                          PII__TOKEN_UNIT | PII__TOKEN_STATE);
            bool numbers =
                (before & PII__TOKEN_DIGIT) && pii__is_digit(text[end]); /* "12." and a new line "1055 Pest" */
            if (blank_after && !abbreviation && !numbers)
                flags |= PII__TOKEN_BREAK;
        } else if (!pii__is_blank(text[i]) && text[i] != '-')
            flags |= PII__TOKEN_BREAK;
    }
    if (end - begin > 1 || (end > begin && text[begin] == '\t'))
        flags |= PII__TOKEN_APART;
    if (lines)
        flags |= lines > 1 ? PII__TOKEN_BREAK : PII__TOKEN_LINE;
    return flags;
}

/* A full stop after up to three letters ("St.", "Jr.", "J.") is taken for an
 * abbreviation, not for the end of a sentence. */
static unsigned abbreviation_flag(const pii__token *token)
{
    return token->end - token->begin <= 3 && !(token->flags & PII__TOKEN_DIGIT) ? PII__TOKEN_SUFFIX : 0;
}

void pii__tokens_read(pii__tokens *tokens, const uint8_t *text, size_t begin, size_t end)
{
    tokens->text = text;
    tokens->count = 0;
    size_t gap = begin;
    for (size_t at = begin; at < end && tokens->count < PII__ADDRESS_TOKENS_MAX;) {
        if (!pii__is_alnum(text[at])) {
            at++;
            continue;
        }
        word_bytes word = read_word(text, at, end);
        pii__token token = {.begin = at, .end = word.end};
        token.flags = word_flags(&token, text, word.hash);
        if (word.digits)
            token.flags |= digit_flags(text + at, token.end - at, &word);
        if (pii__begins_upper(text + at, token.end - at))
            token.flags |= PII__TOKEN_CAPITAL;
        if (tokens->count) {
            const pii__token *before = &tokens->list[tokens->count - 1];
            token.flags |= gap_flags(text, gap, at, before->flags | abbreviation_flag(before));
        }
        tokens->list[tokens->count++] = token;
        at = gap = token.end;
    }
}

/* Joins tokens [i, i + count) with single blanks; 0 when too long. */
static size_t join(const pii__tokens *tokens, size_t i, size_t count, uint8_t *joined)
{
    size_t size = 0;
    for (size_t k = i; k < i + count; k++) {
        const pii__token *token = &tokens->list[k];
        if (size + (token->end - token->begin) + 1 > PHRASE_SIZE_MAX)
            return 0;
        if (k > i)
            joined[size++] = ' ';
        memcpy(joined + size, tokens->text + token->begin, token->end - token->begin);
        size += token->end - token->begin;
    }
    return size;
}

/* Number of tokens from `i` on that are an entry of `table`, whose entries begin with words of `flag`. */
static size_t phrase(const pii__tokens *tokens, size_t i, unsigned flag, const pii__table *table)
{
    if (!pii__token_is(tokens, i, flag))
        return 0;
    uint8_t joined[PHRASE_SIZE_MAX];
    for (size_t count = PHRASE_WORDS_MAX; count >= 1; count--) {
        if (i + count > tokens->count || (count > 1 && tokens->list[i + 1].flags & PII__TOKEN_BREAK))
            continue;
        size_t size = join(tokens, i, count, joined);
        if (size && pii__table_has(table, joined, size))
            return count;
    }
    return 0;
}

size_t pii__tokens_state(const pii__tokens *tokens, size_t i)
{
    return phrase(tokens, i, PII__TOKEN_STATE_BEGINS, &pii__table_us_states);
}

size_t pii__tokens_country(const pii__tokens *tokens, size_t i)
{
    return phrase(tokens, i, PII__TOKEN_COUNTRY_BEGINS, &pii__table_country_names);
}

size_t pii__tokens_cue(const pii__tokens *tokens, size_t i)
{
    return phrase(tokens, i, PII__TOKEN_CUE_BEGINS, &pii__table_address_cues);
}
