#include "address_tokens.h"

#include <string.h>

#include "ascii.h"
#include "letter_case.h"
#include "table.h"

/* Longest name of a state or country: "northern mariana islands", "united states
 * of america", and some room. */
#define PHRASE_SIZE_MAX 32
#define PHRASE_WORDS_MAX 4

/* Longest word of particular_flags: "embarcadero". */
#define PARTICULAR_SIZE_MAX 12

bool pii__token_is(const pii__tokens *tokens, size_t i, unsigned flags)
{
    return i < tokens->count && (tokens->list[i].flags & flags);
}

bool pii__token_equals(const pii__tokens *tokens, size_t i, const char *word)
{
    if (i >= tokens->count || strlen(word) != tokens->list[i].end - tokens->list[i].begin)
        return false;
    const uint8_t *text = tokens->text + tokens->list[i].begin;
    for (size_t k = 0; word[k]; k++)
        if (pii__lower(text[k]) != (uint8_t)word[k])
            return false;
    return true;
}

bool pii__token_is_particle(const pii__tokens *tokens, size_t i)
{
    const pii__token *token = &tokens->list[i];
    return i < tokens->count &&
           pii__table_has(&pii__table_name_particles, tokens->text + token->begin, token->end - token->begin);
}

/* A word goes on through a hyphen, apostrophe, slash or ampersand that has
 * letters or digits on both sides. */
static size_t word_end(const uint8_t *text, size_t at, size_t end)
{
    for (; at < end; at++) {
        if (pii__is_alnum(text[at]))
            continue;
        bool joins = text[at] == '-' || text[at] == '\'' || text[at] == '/' || text[at] == '&';
        if (!joins || at + 1 >= end || !pii__is_alnum(text[at + 1]))
            break;
    }
    return at;
}

/* Words that are in no table, and what they may be. */
static unsigned particular_flags(const uint8_t *text, size_t size)
{
    enum { direction = PII__TOKEN_DIRECTION, route = PII__TOKEN_ROUTE, prefix = PII__TOKEN_PREFIX };
    enum { country = PII__TOKEN_COUNTRY };
    static const struct {
        char word[PARTICULAR_SIZE_MAX]; /* filled up with zeros */
        unsigned flags;
    } words[] = {
        {"n", direction}, {"s", direction}, {"e", direction},
        {"w", direction}, {"ne", direction}, {"nw", direction},
        {"se", direction}, {"sw", direction}, {"north", direction},
        {"south", direction}, {"east", direction}, {"west", direction},
        {"northeast", direction}, {"northwest", direction}, {"southeast", direction},
        {"southwest", direction}, {"usa", country}, {"us", country | route},
        {"america", country}, {"highway", route}, {"hwy", route},
        {"route", route}, {"rte", route}, {"rt", route},
        {"county", route}, {"state", route}, {"road", route},
        {"rd", route}, {"cr", route}, {"sr", route},
        {"fm", route}, {"ih", route}, {"interstate", route},
        {"business", route}, {"ave", prefix}, {"avenue", prefix},
        {"broadway", prefix}, {"corte", prefix}, {"el", prefix},
        {"embarcadero", prefix}, {"passage", prefix}, {"place", prefix},
        {"rancho", prefix}, {"square", prefix},
    };
    char key[PARTICULAR_SIZE_MAX] = {0};
    if (size > sizeof key)
        return 0;
    for (size_t i = 0; i < size; i++)
        key[i] = (char)pii__lower(text[i]);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].word[0] == key[0] && !memcmp(words[i].word, key, sizeof key))
            return words[i].flags;
    return 0;
}

static unsigned table_flags(const uint8_t *text, size_t size)
{
    uint32_t hash = pii__table_hash(text, size);
    unsigned flags = particular_flags(text, size);
    bool suffix = pii__table_hashed(&pii__table_street_suffixes, hash, text, size) ||
                  pii__table_hashed(&pii__table_street_suffixes_more, hash, text, size);
    const char *everyday = suffix ? pii__table_hashed(&pii__table_street_suffixes_everyday, hash, text, size) : NULL;
    if (suffix && (!everyday || strcmp(everyday, "never") != 0))
        flags |= PII__TOKEN_SUFFIX;
    if (everyday)
        flags |= strcmp(everyday, "usual") ? PII__TOKEN_EVERYDAY : PII__TOKEN_USUAL | PII__TOKEN_EVERYDAY;
    const char *lead = pii__table_hashed(&pii__table_street_leads, hash, text, size);
    if (lead && strcmp(lead, "dot") != 0)
        flags |= *lead ? PII__TOKEN_PREFIX : PII__TOKEN_PREFIX | PII__TOKEN_LEAD;
    if (pii__table_hashed(&pii__table_unit_words, hash, text, size))
        flags |= PII__TOKEN_UNIT;
    if (pii__table_hashed(&pii__table_us_states, hash, text, size))
        flags |= PII__TOKEN_STATE;
    if (pii__table_hashed(&pii__table_address_stop_words, hash, text, size))
        flags |= PII__TOKEN_STOP;
    const char *counted = pii__table_hashed(&pii__table_address_anti_words, hash, text, size);
    if (counted && !strcmp(counted, "after"))
        flags |= PII__TOKEN_COUNTED;
    return flags;
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

static unsigned digit_flags(const uint8_t *text, size_t size)
{
    size_t digits = 0;
    size_t letters = 0;
    size_t hyphens = 0;
    for (size_t i = 0; i < size; i++) {
        digits += pii__is_digit(text[i]);
        letters += pii__is_letter(text[i]);
        hyphens += text[i] == '-';
    }
    if (!digits)
        return 0;
    unsigned flags = PII__TOKEN_DIGIT;
    if (letters <= 1 && hyphens <= 1 && digits + letters + hyphens == size)
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
        pii__token token = {.begin = at, .end = word_end(text, at, end)};
        size_t size = token.end - token.begin;
        token.flags = table_flags(text + at, size) | digit_flags(text + at, size);
        if (pii__begins_upper(text + at, size))
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

size_t pii__tokens_phrase(const pii__tokens *tokens, size_t i, const pii__table *table)
{
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
    return pii__tokens_phrase(tokens, i, &pii__table_us_states);
}
