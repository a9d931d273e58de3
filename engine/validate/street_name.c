#include "street_name.h"

#include <string.h>

#include "ascii.h"
#include "letter_case.h"

/* Most words of a name, and bytes of a word that is looked up. */
#define NAME_WORDS_MAX 7
#define WORD_SIZE_MAX 48
/* Shortest and longest ending in the table, in bytes. */
#define ENDING_SIZE_MIN 3
#define ENDING_SIZE_MAX 10
/* Least that stands before an ending, in bytes. */
#define STEM_SIZE_MIN 2
#define NUMBER_SIZE_MAX 10
#define NUMBER_DIGITS_MAX 5

static size_t token_size(const pii__tokens *tokens, size_t i)
{
    return tokens->list[i].end - tokens->list[i].begin;
}

/* Token `i` in lower case; its size, 0 when it is too long to be looked up. */
static size_t lower_word(const pii__tokens *tokens, size_t i, uint8_t *ret)
{
    size_t size = token_size(tokens, i);
    if (size > WORD_SIZE_MAX)
        return 0;
    pii__lower_text(tokens->text + tokens->list[i].begin, size, ret);
    return size;
}

static pii__street_word rank_of(const char *value)
{
    return !value ? PII__STREET_WORD_NONE : *value ? PII__STREET_WORD_WEAK : PII__STREET_WORD_SURE;
}

static bool dotted(const pii__tokens *tokens, size_t i)
{
    return i + 1 < tokens->count && tokens->text[tokens->list[i].end] == '.';
}

/* Abbreviations that are words, too, count with their full stop only. */
static pii__street_word looked_up(const pii__tokens *tokens, size_t i, const pii__table *table)
{
    uint8_t word[WORD_SIZE_MAX];
    size_t size = lower_word(tokens, i, word);
    const char *value = size ? pii__table_value(table, word, size) : NULL;
    if (!value || strcmp(value, "dot"))
        return rank_of(value);
    return dotted(tokens, i) ? PII__STREET_WORD_SURE : PII__STREET_WORD_NONE;
}

/* By the longest ending that is in the table. */
static pii__street_word by_ending(const pii__tokens *tokens, size_t i)
{
    uint8_t word[WORD_SIZE_MAX];
    size_t size = lower_word(tokens, i, word);
    for (size_t length = ENDING_SIZE_MAX; length >= ENDING_SIZE_MIN; length--) {
        const char *value = size >= length + STEM_SIZE_MIN
                                ? pii__table_value(&pii__table_street_endings, word + size - length, length)
                                : NULL;
        if (value)
            return rank_of(value);
    }
    return PII__STREET_WORD_NONE;
}

/* "12", "12a", "12/14", "12-14b", but not "0", "3rd" or a long number. */
static bool is_house_number(const pii__tokens *tokens, size_t i)
{
    const uint8_t *text = tokens->text + tokens->list[i].begin;
    size_t size = token_size(tokens, i);
    if (size > NUMBER_SIZE_MAX || text[0] < '1' || text[0] > '9' || pii__token_is(tokens, i, PII__TOKEN_ORDINAL))
        return false;
    size_t digits = 0;
    size_t letters = 0;
    while (digits < size && pii__is_digit(text[digits]))
        digits++;
    for (size_t k = 0; k < size; k++)
        letters += pii__is_letter(text[k]);
    return digits <= NUMBER_DIGITS_MAX && letters <= 2;
}

/* Whether the name cannot reach back beyond token `i`. */
static bool begins_part(const pii__tokens *tokens, size_t i)
{
    return pii__token_is(tokens, i, PII__TOKEN_COMMA | PII__TOKEN_LINE | PII__TOKEN_BREAK | PII__TOKEN_HASH);
}

/* First token of the run of words before token `number` that may be its name. */
static size_t run_begin(const pii__tokens *tokens, size_t number)
{
    size_t i = number - 1;
    while (i > 0 && number - i < NAME_WORDS_MAX && !begins_part(tokens, i)) {
        bool sentence = pii__token_is(tokens, i - 1, PII__TOKEN_STOP) && !pii__token_is_particle(tokens, i - 1) &&
                        !pii__token_is(tokens, i - 1, PII__TOKEN_CAPITAL);
        if (sentence)
            break;
        i--;
    }
    while (i + 1 < number && pii__token_is_particle(tokens, i) && !pii__token_is(tokens, i, PII__TOKEN_CAPITAL))
        i++;
    return i;
}

/* A name begins with its leftmost word that begins street names. */
static bool find_lead(pii__street_name *name, const pii__tokens *tokens, size_t first)
{
    for (size_t i = first; i + 1 < name->number; i++) {
        pii__street_word word = looked_up(tokens, i, &pii__table_street_leads);
        if (word == PII__STREET_WORD_NONE)
            continue;
        name->word = word;
        name->begin = i;
        return true;
    }
    return false;
}

/* Back from the number over capitalised words, and over particles between them. */
static size_t capitals_begin(const pii__tokens *tokens, size_t first, size_t last)
{
    size_t begin = last;
    for (size_t i = last; i > first; i--) {
        if (pii__token_is(tokens, i - 1, PII__TOKEN_CAPITAL))
            begin = i - 1;
        else if (!pii__token_is_particle(tokens, i - 1))
            break;
    }
    return begin;
}

static void find_tail(pii__street_name *name, const pii__tokens *tokens, size_t first)
{
    size_t last = name->number - 1;
    name->begin = capitals_begin(tokens, first, last);
    name->word = last > first ? looked_up(tokens, last, &pii__table_street_tails) : PII__STREET_WORD_NONE;
    if (name->word != PII__STREET_WORD_NONE) {
        name->begin = capitals_begin(tokens, first, last - 1);
        return;
    }
    name->word = by_ending(tokens, last);
    if (name->word == PII__STREET_WORD_NONE && name->begin < last)
        name->word = by_ending(tokens, last - 1) == PII__STREET_WORD_SURE ? PII__STREET_WORD_SURE : name->word;
}

/* The first word of "via Roma" and the last one of "Karl Johans gate" may be small. */
static void look_at_letters(pii__street_name *name, const pii__tokens *tokens)
{
    bool some = false;
    name->capitals = true;
    for (size_t i = name->begin; i < name->number; i++) {
        bool capital = pii__token_is(tokens, i, PII__TOKEN_CAPITAL);
        bool outer = name->word != PII__STREET_WORD_NONE && name->begin + 1 < name->number &&
                     (i == name->begin || i + 1 == name->number);
        some |= capital;
        name->capitals &=
            capital || outer || pii__token_is(tokens, i, PII__TOKEN_DIGIT) || pii__token_is_particle(tokens, i);
        for (size_t k = tokens->list[i].begin; k < tokens->list[i].end; k++)
            name->foreign |= tokens->text[k] >= 0x80;
    }
    name->capitals &= some;
}

/* Index of the house number: the first one, but in "Rua 25 de Abril 12" the one
 * after the date; or the count of tokens. */
static size_t find_number(const pii__tokens *tokens)
{
    for (size_t i = 1; i < tokens->count && i <= NAME_WORDS_MAX; i++) {
        if (pii__is_digit(tokens->text[tokens->list[i].begin]) &&
            !(pii__token_equals(tokens, i + 1, "de") && !pii__token_is(tokens, i + 2, PII__TOKEN_DIGIT)))
            return is_house_number(tokens, i) && !pii__token_is(tokens, i, PII__TOKEN_BREAK | PII__TOKEN_LINE)
                       ? i
                       : tokens->count;
    }
    return tokens->count;
}

/* First token of a name right after words such as "live at" or "meine Adresse";
 * `number` where there are none. */
static size_t after_cue(const pii__tokens *tokens, size_t number)
{
    size_t first = number;
    for (size_t i = 0; i < number; i++) {
        size_t words = pii__tokens_cue(tokens, i);
        if (words && i + words < number)
            first = i + words;
    }
    return first;
}

/* The full stop of "Ctra." or "Hauptstr." ends no sentence. */
static void join_abbreviations(pii__tokens *tokens)
{
    for (size_t i = 0; i + 1 < tokens->count; i++)
        if (pii__token_is(tokens, i + 1, PII__TOKEN_BREAK) && dotted(tokens, i) &&
            tokens->list[i + 1].begin - tokens->list[i].end <= 2 &&
            (looked_up(tokens, i, &pii__table_street_leads) == PII__STREET_WORD_SURE ||
             by_ending(tokens, i) == PII__STREET_WORD_SURE))
            tokens->list[i + 1].flags &= ~(unsigned)PII__TOKEN_BREAK;
}

bool pii__street_name_read(pii__street_name *name, pii__tokens *tokens)
{
    join_abbreviations(tokens);
    *name = (pii__street_name){.number = find_number(tokens)};
    if (name->number >= tokens->count)
        return false;
    size_t cue = after_cue(tokens, name->number);
    size_t first = run_begin(tokens, name->number);
    if (pii__token_is(tokens, first, PII__TOKEN_DIGIT))
        return false;
    if (!find_lead(name, tokens, first))
        find_tail(name, tokens, first);
    bool cued = cue < name->number;
    if (cued && name->word == PII__STREET_WORD_NONE)
        name->begin = cue > first ? cue : first;
    name->cued = cued;
    look_at_letters(name, tokens);
    size_t letter = name->number + 1;
    bool lettered = letter < tokens->count && token_size(tokens, letter) == 1 && !begins_part(tokens, letter) &&
                    !pii__token_is(tokens, letter, PII__TOKEN_DIGIT) &&
                    (letter + 1 >= tokens->count || begins_part(tokens, letter + 1));
    name->end = letter + lettered;
    return true;
}
