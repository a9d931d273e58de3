#include "address_layout.h"

#include "ascii.h"

/* Farthest a street's last word may be from the house number, in words. */
#define STREET_WORDS_MAX 7
/* Farthest ZIP code and state may be from the end of street and unit. */
#define ZIP_WORDS_MAX 8
#define STATE_WORDS_MAX 6
#define CITY_WORDS_MAX 3
#define UNITS_MAX 3
#define LINES_MAX 3

static size_t token_size(const pii__tokens *tokens, size_t i)
{
    return tokens->list[i].end - tokens->list[i].begin;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Whether nothing follows token `i` on its side of a comma, line or sentence. */
static bool ends_part(const pii__tokens *tokens, size_t i)
{
    return i + 1 >= tokens->count ||
           pii__token_is(tokens, i + 1, PII__TOKEN_COMMA | PII__TOKEN_LINE | PII__TOKEN_BREAK);
}

/* The letter of a unit: "apt a", "#b", and "20th Street A" at the end. */
static bool unit_letter(const pii__tokens *tokens, size_t i)
{
    if (!i || token_size(tokens, i) != 1 || pii__token_is(tokens, i, PII__TOKEN_COMMA | PII__TOKEN_LINE))
        return false;
    return pii__token_is(tokens, i - 1, PII__TOKEN_UNIT) || pii__token_is(tokens, i, PII__TOKEN_HASH) ||
           (pii__token_is(tokens, i - 1, PII__TOKEN_SUFFIX) && ends_part(tokens, i));
}

/* A word of sentences ends the address - unless it can only be something else
 * here: a state ("IN", "or 97201"), a country after its ZIP code, a road ("us
 * 52"), the letter of a unit or street ("apt a", "A Street"). */
static bool stops(const pii__tokens *tokens, size_t i)
{
    if (!pii__token_is(tokens, i, PII__TOKEN_STOP))
        return false;
    bool upper = token_size(tokens, i) == 2 && pii__is_upper(tokens->text[tokens->list[i].begin + 1]);
    if (pii__token_is(tokens, i, PII__TOKEN_STATE))
        return !upper && !pii__token_is(tokens, i + 1, PII__TOKEN_ZIP);
    if (pii__token_is(tokens, i, PII__TOKEN_COUNTRY))
        return !upper && !pii__token_is(tokens, i + 1, PII__TOKEN_ROUTE | PII__TOKEN_NUMBER) &&
               !(i && pii__token_is(tokens, i - 1, PII__TOKEN_ZIP));
    bool street_letter = i && token_size(tokens, i) == 1 && pii__token_is(tokens, i - 1, PII__TOKEN_NUMBER) &&
                         pii__token_is(tokens, i + 1, PII__TOKEN_SUFFIX);
    return !street_letter && !unit_letter(tokens, i);
}

/* First token from `from` on that cannot belong to the address. */
static size_t run_end(const pii__tokens *tokens, size_t from)
{
    size_t lines = 0;
    for (size_t i = from; i < tokens->count; i++) {
        lines += pii__token_is(tokens, i, PII__TOKEN_LINE);
        if (lines > LINES_MAX || pii__token_is(tokens, i, PII__TOKEN_BREAK) || stops(tokens, i))
            return i;
    }
    return tokens->count;
}

/* "highway 61", "county road kk": what the name of a numbered road follows, and
 * that name. */
static bool is_route(const pii__tokens *tokens, size_t i, size_t end)
{
    if (i + 1 >= end || !pii__token_is(tokens, i, PII__TOKEN_ROUTE) ||
        pii__token_is(tokens, i + 1, PII__TOKEN_COMMA | PII__TOKEN_LINE | PII__TOKEN_HASH))
        return false;
    size_t size = token_size(tokens, i + 1);
    bool lettered = size <= 2 && i && pii__token_is(tokens, i - 1, PII__TOKEN_ROUTE) &&
                    !pii__token_is(tokens, i + 1, PII__TOKEN_STOP | PII__TOKEN_ROUTE | PII__TOKEN_STATE);
    return lettered || (pii__token_is(tokens, i + 1, PII__TOKEN_NUMBER) && size <= 4);
}

/* Whether the suffix at `i` is followed by another one ("Park Avenue Court",
 * "Pleasant Parkway South Drive"). */
static bool suffix_follows(const pii__tokens *tokens, size_t i)
{
    size_t next = i + 1 + pii__token_is(tokens, i + 1, PII__TOKEN_DIRECTION);
    for (size_t k = i + 1; k <= next; k++)
        if (pii__token_is(tokens, k, PII__TOKEN_COMMA | PII__TOKEN_LINE | PII__TOKEN_BREAK))
            return false;
    return pii__token_is(tokens, next, PII__TOKEN_SUFFIX) && !pii__token_is(tokens, next, PII__TOKEN_STATE);
}

/* Whether a street's name cannot reach token `i`: something else begins there. */
static bool ends_street(const pii__tokens *tokens, size_t i, size_t name_begin)
{
    if (i == name_begin)
        return false;
    if (pii__token_is(tokens, i, PII__TOKEN_LINE | PII__TOKEN_HASH | PII__TOKEN_COMMA))
        return true;
    if (pii__token_is(tokens, i, PII__TOKEN_NUMBER))
        return true;
    return pii__token_is(tokens, i, PII__TOKEN_UNIT) && pii__token_is(tokens, i + 1, PII__TOKEN_DIGIT);
}

/* Finds the last word of the street and says what kind it is. A sure suffix
 * ends it, unless another one follows at once ("Park Avenue Court"); after an
 * everyday word a sure suffix may still come ("Center Point Road"). */
static void find_street(pii__address_layout *layout, const pii__tokens *tokens, size_t limit)
{
    size_t first = layout->name_begin;
    for (size_t i = first; i < smaller(limit, first + STREET_WORDS_MAX) && !ends_street(tokens, i, first); i++) {
        if (is_route(tokens, i, limit)) {
            layout->kind = PII__STREET_ROUTE;
            layout->street_end = i + 2;
            return;
        }
        bool measured = pii__token_is(tokens, i + 1, PII__TOKEN_COUNTED); /* "160 sq ft" */
        if (i == first || !pii__token_is(tokens, i, PII__TOKEN_SUFFIX) || measured)
            continue;
        bool everyday = pii__token_is(tokens, i, PII__TOKEN_EVERYDAY);
        bool usual = pii__token_is(tokens, i, PII__TOKEN_USUAL);
        if (!everyday) {
            layout->kind = PII__STREET_SUFFIX;
            layout->street_end = i + 1;
            if (!suffix_follows(tokens, i))
                return;
        } else if (layout->kind == PII__STREET_NONE || i == layout->street_end || usual) {
            if (layout->kind != PII__STREET_SUFFIX && (usual || layout->kind == PII__STREET_NONE))
                layout->kind = usual ? PII__STREET_USUAL : PII__STREET_EVERYDAY;
            layout->street_end = i + 1;
        }
    }
}

/* "de la", "del": what stands between the words of a Spanish or French name. */
static bool is_particle(const pii__tokens *tokens, size_t i)
{
    static const char *const particles[] = {"de", "del", "la", "las", "los", "el",
                                            "du", "des", "do", "da",  "of",  "the"};
    for (size_t k = 0; k < sizeof particles / sizeof particles[0]; k++)
        if (pii__token_equals(tokens, i, particles[k]))
            return true;
    return false;
}

/* Where the name ends when no suffix says it: after its particles, one word at
 * least, and the capitalised words that follow. */
static size_t name_end(const pii__tokens *tokens, size_t first, size_t limit)
{
    size_t i = first;
    while (i + 1 < limit && is_particle(tokens, i))
        i++;
    i++;
    while (i < smaller(limit, first + CITY_WORDS_MAX) && !ends_street(tokens, i, first) &&
           pii__token_is(tokens, i, PII__TOKEN_CAPITAL))
        i++;
    return i;
}

static void count_name(pii__address_layout *layout, const pii__tokens *tokens)
{
    size_t last = layout->street_end;
    if (layout->kind == PII__STREET_SUFFIX || layout->kind == PII__STREET_USUAL || layout->kind == PII__STREET_EVERYDAY)
        last--;
    for (size_t i = layout->name_begin; i < last; i++) {
        layout->name_words++;
        layout->name_capitals += pii__token_is(tokens, i, PII__TOKEN_CAPITAL);
        layout->name_numbers += pii__token_is(tokens, i, PII__TOKEN_DIGIT);
        layout->ordinal |= pii__token_is(tokens, i, PII__TOKEN_ORDINAL);
    }
}

static void read_street(pii__address_layout *layout, const pii__tokens *tokens)
{
    size_t first = 1;
    if (pii__token_is(tokens, first, PII__TOKEN_DIGIT) && token_size(tokens, first) == 3 &&
        tokens->text[tokens->list[first].begin + 1] == '/')
        first++; /* "12 1/2" */
    size_t limit = run_end(tokens, first);
    if (pii__token_is(tokens, first, PII__TOKEN_DIRECTION) && first + 1 < limit &&
        !pii__token_is(tokens, first + 1, PII__TOKEN_COMMA | PII__TOKEN_LINE)) {
        layout->direction = true;
        bool whole_name = pii__token_is(tokens, first + 1, PII__TOKEN_SUFFIX) && token_size(tokens, first) > 2;
        if (!whole_name)
            first++; /* in "100 North Street" the direction is the name */
    }
    layout->name_begin = first;
    layout->street_end = smaller(first, tokens->count);
    if (first >= limit)
        return;
    layout->street_end = first + 1;
    find_street(layout, tokens, limit);
    if (layout->kind == PII__STREET_NONE && pii__token_is(tokens, first, PII__TOKEN_PREFIX)) {
        size_t name = first + 1;
        while (name + 1 < limit && pii__token_is(tokens, name, PII__TOKEN_PREFIX))
            name++; /* "El Paseo de ..." */
        layout->kind = PII__STREET_PREFIX;
        layout->street_end = name < limit ? name_end(tokens, name, limit) : name;
    } else if (layout->kind == PII__STREET_NONE) {
        layout->street_end = name_end(tokens, first, limit);
    }
    count_name(layout, tokens);
    for (int n = 0; n < 2; n++) { /* "N.E." is two */
        if (layout->street_end >= limit || !pii__token_is(tokens, layout->street_end, PII__TOKEN_DIRECTION) ||
            pii__token_is(tokens, layout->street_end, PII__TOKEN_LINE))
            break;
        layout->direction = true;
        layout->street_end++;
    }
}

/* The number of the box ends what stands for the street. */
static void read_box(pii__address_layout *layout, const pii__tokens *tokens)
{
    layout->kind = PII__STREET_BOX;
    size_t i = 0;
    while (i < tokens->count && !pii__token_is(tokens, i, PII__TOKEN_DIGIT))
        i++;
    layout->name_begin = i;
    layout->street_end = smaller(i + 1, tokens->count);
}

/* Number of tokens from `i` on that name a unit: "apt 4B", "#7", "2nd floor". */
static size_t unit_tokens(const pii__tokens *tokens, size_t i, size_t limit)
{
    if (i >= limit)
        return 0;
    if (pii__token_is(tokens, i, PII__TOKEN_HASH))
        return 1;
    if (unit_letter(tokens, i))
        return 1;
    size_t size = token_size(tokens, i);
    bool letter_and_digits = pii__token_is(tokens, i, PII__TOKEN_DIGIT) &&
                             !pii__token_is(tokens, i, PII__TOKEN_ORDINAL | PII__TOKEN_COMMA | PII__TOKEN_LINE) &&
                             pii__is_letter(tokens->text[tokens->list[i].begin]) && size <= 5;
    if (letter_and_digits)
        return 1; /* "Boulevard b201" */
    bool unit = pii__token_is(tokens, i, PII__TOKEN_UNIT);
    bool floor_after = pii__token_is(tokens, i, PII__TOKEN_DIGIT) &&
                       (pii__token_equals(tokens, i + 1, "floor") || pii__token_equals(tokens, i + 1, "fl"));
    if (floor_after)
        return 2;
    if (!unit)
        return 0;
    bool name = pii__token_is(tokens, i + 1, PII__TOKEN_DIGIT | PII__TOKEN_HASH) ||
                (i + 1 < limit && token_size(tokens, i + 1) == 1);
    if (name && !pii__token_is(tokens, i + 1, PII__TOKEN_COMMA | PII__TOKEN_LINE))
        return 2;
    return pii__token_is(tokens, i, PII__TOKEN_COMMA) && pii__token_is(tokens, i, PII__TOKEN_CAPITAL) ? 1 : 0;
}

static void read_units(pii__address_layout *layout, const pii__tokens *tokens, size_t limit)
{
    for (size_t n = 0; n < UNITS_MAX; n++) {
        size_t count = unit_tokens(tokens, layout->end, limit);
        if (!count)
            return;
        layout->unit = true;
        layout->end = smaller(layout->end + count, limit);
    }
}

/* A state may be meant where it is written out, in capitals, after a comma, or
 * before a ZIP code. */
static size_t sure_state(const pii__tokens *tokens, size_t i)
{
    size_t count = pii__tokens_state(tokens, i);
    if (count != 1 || token_size(tokens, i) > 4)
        return count;
    bool upper = pii__is_upper(tokens->text[tokens->list[i].begin + 1]);
    return upper || pii__token_is(tokens, i, PII__TOKEN_COMMA) || pii__token_is(tokens, i + 1, PII__TOKEN_ZIP) ||
                   ends_part(tokens, i)
               ? 1
               : 0;
}

static bool find_zip(pii__address_layout *layout, const pii__tokens *tokens, size_t limit)
{
    for (size_t i = layout->end; i < smaller(limit, layout->end + ZIP_WORDS_MAX); i++) {
        if (!pii__token_is(tokens, i, PII__TOKEN_ZIP))
            continue;
        layout->zip = true;
        layout->city = i > layout->end;
        layout->state = i > layout->end && pii__token_is(tokens, i - 1, PII__TOKEN_STATE);
        layout->end = i + 1;
        return true;
    }
    return false;
}

static bool find_state(pii__address_layout *layout, const pii__tokens *tokens, size_t limit)
{
    for (size_t i = layout->end; i < smaller(limit, layout->end + STATE_WORDS_MAX); i++) {
        size_t count = sure_state(tokens, i);
        if (!count)
            continue;
        layout->state = true;
        layout->city = i > layout->end;
        layout->end = smaller(i + count, limit);
        if (layout->end < limit && pii__token_is(tokens, layout->end, PII__TOKEN_NUMBER) &&
            token_size(tokens, layout->end) == 4 && !pii__token_is(tokens, layout->end, PII__TOKEN_LINE))
            layout->end++; /* a ZIP code whose first 0 was lost */
        return true;
    }
    return false;
}

/* Small words may be a city where nothing else follows them: "24th street, paso
 * robles." */
static size_t small_city(const pii__tokens *tokens, size_t i, size_t limit)
{
    if (pii__token_is(tokens, i, PII__TOKEN_LINE))
        return 0;
    size_t count = 0;
    while (i + count < limit && count < CITY_WORDS_MAX && !pii__token_is(tokens, i + count, PII__TOKEN_DIGIT) &&
           !(count && pii__token_is(tokens, i + count, PII__TOKEN_COMMA | PII__TOKEN_LINE)))
        count++;
    bool ends = count && (ends_part(tokens, i + count - 1) ||
                          (pii__token_is(tokens, i, PII__TOKEN_COMMA) && i + count == limit));
    return ends ? count : 0;
}

/* Words right after the street, on its line: capitalised ones, or a small city. */
static void read_city(pii__address_layout *layout, const pii__tokens *tokens, size_t limit)
{
    size_t i = layout->end;
    while (i < smaller(limit, layout->end + CITY_WORDS_MAX) && pii__token_is(tokens, i, PII__TOKEN_CAPITAL) &&
           !pii__token_is(tokens, i, PII__TOKEN_LINE) &&
           !(i > layout->end && pii__token_is(tokens, i, PII__TOKEN_COMMA)))
        i++;
    if (i == layout->end && i < limit)
        i += small_city(tokens, i, limit);
    layout->city = i > layout->end;
    layout->end = i;
}

static void read_country(pii__address_layout *layout, const pii__tokens *tokens, size_t limit)
{
    if (layout->end < limit && pii__token_is(tokens, layout->end, PII__TOKEN_COUNTRY))
        layout->end++;
    else if (layout->end + 1 < limit && pii__token_equals(tokens, layout->end, "united") &&
             pii__token_equals(tokens, layout->end + 1, "states"))
        layout->end += 2;
}

void pii__address_layout_read(pii__address_layout *layout, const pii__tokens *tokens)
{
    *layout = (pii__address_layout){.kind = PII__STREET_NONE};
    if (pii__token_is(tokens, 0, PII__TOKEN_DIGIT))
        read_street(layout, tokens);
    else
        read_box(layout, tokens);
    layout->end = layout->street_end;
    size_t limit = run_end(tokens, layout->end);
    read_units(layout, tokens, limit);
    if (!find_zip(layout, tokens, limit) && !find_state(layout, tokens, limit))
        read_city(layout, tokens, limit);
    if (!layout->unit)
        read_units(layout, tokens, limit);
    read_country(layout, tokens, limit);
}
