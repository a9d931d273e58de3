#include "address_layout.h"

#include "ascii.h"

/* Farthest a street's last word may be from the house number, in words. */
#define STREET_WORDS_MAX 7
/* Words of a name that no suffix ends. */
#define NAME_WORDS_MAX 3
/* Words of a street that is named as crossing. */
#define CROSS_WORDS_MAX 4

static size_t token_size(const pii__tokens *tokens, size_t i)
{
    return tokens->list[i].end - tokens->list[i].begin;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* "loop 410", "spur 591": roads of Texas; shorter numbers count rounds. */
static bool is_ring_road(const pii__tokens *tokens, size_t i)
{
    return (pii__token_equals(tokens, i, "loop") || pii__token_equals(tokens, i, "spur")) &&
           pii__token_is(tokens, i + 1, PII__TOKEN_NUMBER) && token_size(tokens, i + 1) == 3;
}

/* Tokens of "highway 61", "county road kk", "route no. 7": what the name of a
 * numbered road follows, and that name; 0 for anything else. */
static size_t route_tokens(const pii__tokens *tokens, size_t i, size_t end)
{
    bool states = i && pii__token_equals(tokens, i - 1, "u") && pii__token_equals(tokens, i, "s"); /* "U.S. 17" */
    if (!states && !is_ring_road(tokens, i) && !pii__token_is(tokens, i, PII__TOKEN_ROUTE))
        return 0;
    size_t name = i + 1 + (pii__token_equals(tokens, i + 1, "no") && !pii__token_is(tokens, i + 1, PII__TOKEN_COMMA));
    if (name >= end || pii__token_is(tokens, name, PII__TOKEN_COMMA | PII__TOKEN_LINE | PII__TOKEN_HASH))
        return 0;
    size_t size = token_size(tokens, name);
    bool lettered = size <= 2 && i && pii__token_is(tokens, i - 1, PII__TOKEN_ROUTE) &&
                    !pii__token_is(tokens, name, PII__TOKEN_STOP | PII__TOKEN_ROUTE | PII__TOKEN_STATE);
    return lettered || (pii__token_is(tokens, name, PII__TOKEN_NUMBER) && size <= 4) ? name + 1 - i : 0;
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

/* "Old 41 Road", "Green 6 Mile Road": a number between a word of roads and the suffix. */
static bool number_in_name(const pii__tokens *tokens, size_t i)
{
    if (pii__token_equals(tokens, i + 1, "mile"))
        return true;
    return pii__token_equals(tokens, i - 1, "old") && pii__token_is(tokens, i + 1, PII__TOKEN_SUFFIX) &&
           !pii__token_is(tokens, i + 1, PII__TOKEN_EVERYDAY | PII__TOKEN_COMMA | PII__TOKEN_LINE);
}

/* Whether a street's name cannot reach token `i`: something else begins there. */
static bool ends_street(const pii__tokens *tokens, size_t i, size_t name_begin)
{
    if (i == name_begin)
        return false;
    if (pii__token_is(tokens, i, PII__TOKEN_LINE | PII__TOKEN_HASH | PII__TOKEN_COMMA))
        return true;
    if (pii__token_is(tokens, i, PII__TOKEN_NUMBER))
        return !number_in_name(tokens, i);
    return pii__token_is(tokens, i, PII__TOKEN_UNIT) && pii__token_is(tokens, i + 1, PII__TOKEN_DIGIT);
}

/* Finds the last word of the street and says what kind it is. A sure suffix
 * ends it, unless another one follows at once ("Park Avenue Court"); after an
 * everyday word a sure suffix may still come ("Center Point Road"). */
static void find_street(pii__address_layout *layout, const pii__tokens *tokens, size_t limit)
{
    size_t first = layout->name_begin;
    for (size_t i = first; i < smaller(limit, first + STREET_WORDS_MAX) && !ends_street(tokens, i, first); i++) {
        size_t route = route_tokens(tokens, i, limit);
        if (route) {
            layout->kind = PII__STREET_ROUTE;
            layout->street_end = i + route;
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

/* "de" of "Ponte de Oro". */
static bool particle_between(const pii__tokens *tokens, size_t i, size_t limit)
{
    return is_particle(tokens, i) && i + 1 < limit && pii__token_is(tokens, i + 1, PII__TOKEN_CAPITAL) &&
           !pii__token_is(tokens, i + 1, PII__TOKEN_COMMA | PII__TOKEN_LINE);
}

/* Where the name ends when no suffix says it: after its particles, one word at
 * least, and the capitalised words that follow. */
static size_t name_end(const pii__tokens *tokens, size_t first, size_t limit)
{
    size_t i = first;
    while (i + 1 < limit && is_particle(tokens, i))
        i++;
    i++;
    while (i < smaller(limit, first + NAME_WORDS_MAX) && !ends_street(tokens, i, first) &&
           !pii__token_is(tokens, i, PII__TOKEN_DIRECTION) &&
           (pii__token_is(tokens, i, PII__TOKEN_CAPITAL) || particle_between(tokens, i, limit)))
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

bool pii__address_number_goes_on(const pii__tokens *tokens)
{
    if (!pii__token_is(tokens, 1, PII__TOKEN_DIGIT))
        return false;
    const uint8_t *text = tokens->text;
    size_t begin = tokens->list[1].begin;
    bool fraction = token_size(tokens, 1) == 3 && text[begin + 1] == '/';
    bool half = text[begin - 1] == '.' && token_size(tokens, 1) == 1;
    bool range = false;
    for (size_t i = tokens->list[0].end; i < begin; i++)
        range |= text[i] == '-';
    return fraction || half || range;
}

/* "Pine Road at Oak Avenue": tokens of the other street, in capitals and with its
 * suffix; 0 where there is none. */
static size_t cross_street(const pii__tokens *tokens, size_t i)
{
    if (!pii__token_equals(tokens, i, "at") || pii__token_is(tokens, i, PII__TOKEN_COMMA | PII__TOKEN_BREAK))
        return 0;
    for (size_t k = i + 1; k <= i + CROSS_WORDS_MAX; k++) {
        if (!pii__token_is(tokens, k, PII__TOKEN_CAPITAL) ||
            pii__token_is(tokens, k, PII__TOKEN_COMMA | PII__TOKEN_LINE | PII__TOKEN_BREAK))
            return 0;
        if (k > i + 1 && pii__token_is(tokens, k, PII__TOKEN_SUFFIX))
            return k + 1 - i;
    }
    return 0;
}

static void read_street(pii__address_layout *layout, const pii__tokens *tokens)
{
    size_t first = 1;
    if (pii__address_number_goes_on(tokens))
        first++;
    if (pii__token_is(tokens, first, PII__TOKEN_CAPITAL) && token_size(tokens, first) == 1 &&
        !pii__token_is(tokens, first, PII__TOKEN_DIRECTION) && pii__token_is(tokens, first + 1, PII__TOKEN_CAPITAL) &&
        !pii__token_is(tokens, first + 1, PII__TOKEN_SUFFIX | PII__TOKEN_COMMA | PII__TOKEN_BREAK))
        first++; /* "12 A Clinton Street" */
    if (pii__token_is(tokens, first, PII__TOKEN_HASH))
        first++; /* "12 # B Clinton Street" */
    size_t limit = pii__address_run_end(tokens, first);
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
        layout->lead = pii__token_is(tokens, first, PII__TOKEN_LEAD);
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
    if (layout->kind == PII__STREET_SUFFIX || layout->kind == PII__STREET_USUAL)
        layout->street_end += cross_street(tokens, layout->street_end);
}

/* The number of the box ends what stands for the street. */
static void read_box(pii__address_layout *layout, const pii__tokens *tokens)
{
    layout->kind = PII__STREET_BOX;
    size_t i = 0;
    while (i < tokens->count && !pii__token_equals(tokens, i, "box")) /* "dept 335, PO Box 12" */
        i++;
    while (i < tokens->count && !pii__token_is(tokens, i, PII__TOKEN_DIGIT))
        i++;
    layout->name_begin = i;
    layout->street_end = smaller(i + 1, tokens->count);
}

void pii__address_layout_read(pii__address_layout *layout, const pii__tokens *tokens)
{
    *layout = (pii__address_layout){.kind = PII__STREET_NONE};
    if (pii__token_is(tokens, 0, PII__TOKEN_DIGIT))
        read_street(layout, tokens);
    else
        read_box(layout, tokens);
    pii__address_place_read(&layout->place, tokens, layout->street_end);
}
