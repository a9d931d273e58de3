#include "address_place.h"

#include <string.h>

#include "ascii.h"

/* Farthest postal code, state and country may be from the end of street and unit. */
#define POSTCODE_WORDS_MAX 8
#define STATE_WORDS_MAX 6
#define COUNTRY_WORDS_MAX 5
#define CITY_WORDS_MAX 5
#define SMALL_CITY_WORDS_MAX 3
#define CITY_PARTS_MAX 2
#define UNITS_MAX 3
#define LINES_MAX 4
/* Shortest word that is taken for a city where the sentence goes on behind it. */
#define CITY_SIZE_MIN 4
/* Room for a word that is looked up, with a blank before and after it. */
#define WORD_KEY_SIZE 16

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
    bool word = pii__token_equals(tokens, i, "i") ||
                (pii__token_equals(tokens, i, "a") && !pii__token_is(tokens, i, PII__TOKEN_CAPITAL));
    bool sentence = !word && pii__token_is(tokens, i + 1, PII__TOKEN_STOP);
    return pii__token_is(tokens, i - 1, PII__TOKEN_UNIT) || pii__token_is(tokens, i, PII__TOKEN_HASH) ||
           (pii__token_is(tokens, i - 1, PII__TOKEN_SUFFIX) && (sentence || ends_part(tokens, i)));
}

/* A word of sentences ends the address - unless it can only be something else
 * here: part of a name ("Vila do Conde", "J and K Mill Road", "A. B. Street"),
 * the sign of a number ("Route No. 7"), a state ("IN", "or 97201"), a country after its ZIP code, a road ("us
 * 52"), the letter of a unit or street ("apt a", "A Street"). */
static bool stops(const pii__tokens *tokens, size_t i)
{
    if (!pii__token_is(tokens, i, PII__TOKEN_STOP))
        return false;
    bool initials = token_size(tokens, i) == 1 && i + 1 < tokens->count && token_size(tokens, i + 1) == 1 &&
                    !pii__token_is(tokens, i + 1, PII__TOKEN_DIGIT | PII__TOKEN_COMMA | PII__TOKEN_LINE);
    bool between_letters = pii__token_equals(tokens, i, "and") && i && token_size(tokens, i - 1) == 1 &&
                           i + 1 < tokens->count && token_size(tokens, i + 1) == 1;
    bool number_sign = pii__token_equals(tokens, i, "no") && i && pii__token_is(tokens, i - 1, PII__TOKEN_ROUTE) &&
                       pii__token_is(tokens, i + 1, PII__TOKEN_NUMBER);
    if (initials || between_letters || number_sign)
        return false;
    bool between_names = i && pii__token_is(tokens, i - 1, PII__TOKEN_CAPITAL) &&
                         pii__token_is(tokens, i + 1, PII__TOKEN_CAPITAL) && pii__token_is_particle(tokens, i);
    if (between_names)
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

size_t pii__address_run_end(const pii__tokens *tokens, size_t from)
{
    size_t lines = 0;
    for (size_t i = from; i < tokens->count; i++) {
        lines += pii__token_is(tokens, i, PII__TOKEN_LINE);
        if (lines > LINES_MAX || pii__token_is(tokens, i, PII__TOKEN_BREAK) || stops(tokens, i))
            return i;
    }
    return tokens->count;
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

/* "Oak Street 27", "Park Avenue 3B": a unit without its word, at the end. */
static bool unit_number(const pii__tokens *tokens, size_t i)
{
    return pii__token_is(tokens, i, PII__TOKEN_NUMBER) && token_size(tokens, i) <= 3 && i > 2 &&
           pii__token_is(tokens, i - 1, PII__TOKEN_SUFFIX | PII__TOKEN_DIRECTION) && ends_part(tokens, i) &&
           !pii__token_is(tokens, i, PII__TOKEN_COMMA | PII__TOKEN_LINE | PII__TOKEN_BREAK | PII__TOKEN_HASH);
}

static void read_units(pii__address_place *place, const pii__tokens *tokens, size_t limit)
{
    for (size_t n = 0; n < UNITS_MAX; n++) {
        size_t count = unit_tokens(tokens, place->end, limit);
        if (!count)
            return;
        place->unit = true;
        place->end = smaller(place->end + count, limit);
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
    bool short_zip = pii__token_is(tokens, i + 1, PII__TOKEN_NUMBER) && token_size(tokens, i + 1) == 4;
    return upper || short_zip || pii__token_is(tokens, i, PII__TOKEN_COMMA) ||
                   pii__token_is(tokens, i + 1, PII__TOKEN_ZIP) || ends_part(tokens, i)
               ? 1
               : 0;
}

static bool find_zip(pii__address_place *place, const pii__tokens *tokens, size_t limit)
{
    for (size_t i = place->end; i < smaller(limit, place->end + POSTCODE_WORDS_MAX); i++) {
        if (!pii__token_is(tokens, i, PII__TOKEN_ZIP))
            continue;
        place->zip = true;
        place->city = i > place->end;
        place->state = i > place->end && pii__token_is(tokens, i - 1, PII__TOKEN_STATE);
        place->end = i + 1;
        return true;
    }
    return false;
}

static bool find_state(pii__address_place *place, const pii__tokens *tokens, size_t limit)
{
    for (size_t i = place->end; i < smaller(limit, place->end + STATE_WORDS_MAX); i++) {
        size_t count = sure_state(tokens, i);
        if (!count)
            continue;
        place->state = true;
        place->city = i > place->end;
        place->end = smaller(i + count, limit);
        if (place->end < limit && pii__token_is(tokens, place->end, PII__TOKEN_NUMBER) &&
            token_size(tokens, place->end) == 4 && !pii__token_is(tokens, place->end, PII__TOKEN_LINE))
            place->end++; /* a ZIP code whose first 0 was lost */
        return true;
    }
    return false;
}

/* Words that follow an address and are no city. */
static const char no_city[] = " ha haha hahaha hehe left right next near close just across dude bro guys mom dad "
                              "monday tuesday wednesday thursday friday saturday sunday tmrw asap yay wow soon lol ";

static bool in_words(const char *words, const pii__tokens *tokens, size_t i)
{
    char key[WORD_KEY_SIZE] = " ";
    size_t size = token_size(tokens, i);
    if (size + 3 > sizeof key)
        return false;
    for (size_t k = 0; k < size; k++)
        key[k + 1] = (char)pii__lower(tokens->text[tokens->list[i].begin + k]);
    key[size + 1] = ' ';
    return strstr(words, key) != NULL;
}

/* "at 12 oak street dayton and ...": one or two words between a sure suffix and
 * where the sentence goes on. */
static bool city_before_sentence(const pii__tokens *tokens, size_t i, size_t count)
{
    bool suffix = pii__token_is(tokens, i - 1, PII__TOKEN_SUFFIX) && !pii__token_is(tokens, i - 1, PII__TOKEN_EVERYDAY);
    return suffix && count <= 2 && token_size(tokens, i + count - 1) >= CITY_SIZE_MIN;
}

/* Small words may be a city where nothing else follows them: "24th street, paso
 * robles." */
static size_t small_city(const pii__tokens *tokens, size_t i, size_t limit)
{
    if (pii__token_is(tokens, i, PII__TOKEN_LINE))
        return 0;
    size_t count = 0;
    while (i + count < limit && count < SMALL_CITY_WORDS_MAX && !pii__token_is(tokens, i + count, PII__TOKEN_DIGIT) &&
           !(count && pii__token_is(tokens, i + count, PII__TOKEN_COMMA | PII__TOKEN_LINE)))
        count++;
    if (!count || in_words(no_city, tokens, i + count - 1))
        return 0;
    bool goes_on = i + count == limit && limit < tokens->count;
    bool ends = ends_part(tokens, i + count - 1) ||
                (goes_on && (pii__token_is(tokens, i, PII__TOKEN_COMMA) || city_before_sentence(tokens, i, count)));
    return ends ? count : 0;
}

/* Capitalised words from `i` on, and particles between them, up to the end of
 * their part. */
static size_t capital_words(const pii__tokens *tokens, size_t i, size_t limit)
{
    size_t end = i;
    for (size_t k = i; k < smaller(limit, i + CITY_WORDS_MAX); k++) {
        if (k > i && pii__token_is(tokens, k, PII__TOKEN_COMMA | PII__TOKEN_LINE))
            break;
        if (pii__token_is(tokens, k, PII__TOKEN_CAPITAL))
            end = k + 1;
        else if (k == i || !pii__token_is_particle(tokens, k))
            break;
    }
    return end - i;
}

/* Words right after the street or postal code, on its line: capitalised ones, or
 * a small city. */
static void read_city(pii__address_place *place, const pii__tokens *tokens, size_t limit)
{
    size_t count = 0;
    for (int part = 0; part < CITY_PARTS_MAX; part++) {
        size_t i = place->end + count;
        bool next_line = pii__token_is(tokens, i, PII__TOKEN_LINE);
        size_t words = next_line ? 0 : capital_words(tokens, i, limit);
        if (!words || (part && !ends_part(tokens, i + words - 1)) ||
            (part && pii__tokens_country(tokens, i)))
            break;
        count += words;
    }
    bool after_number = !place->zip && !place->postcode && place->end >= 2 && /* "Calle Luna 12 es mi casa" */
                        pii__token_is(tokens, place->end - 1, PII__TOKEN_NUMBER) &&
                        !pii__token_is(tokens, place->end - 2, PII__TOKEN_ROUTE) &&
                        !pii__token_is(tokens, place->end, PII__TOKEN_COMMA);
    if (!count && place->end < limit && !after_number)
        count = small_city(tokens, place->end, limit);
    place->city |= count > 0;
    place->end += count;
}

/* The city after a postal code: at least one word, and the number of its
 * district ("Praha 4"). */
static void read_city_after_code(pii__address_place *place, const pii__tokens *tokens, size_t limit)
{
    size_t first = place->end;
    read_city(place, tokens, limit);
    bool word = place->end < limit && !pii__token_is(tokens, place->end, PII__TOKEN_DIGIT | PII__TOKEN_LINE);
    if (place->end == first && word) {
        place->city = true;
        place->end++;
    }
    size_t i = place->end;
    if (i > first && i < limit && pii__token_is(tokens, i, PII__TOKEN_NUMBER) && token_size(tokens, i) <= 2 &&
        !pii__token_is(tokens, i, PII__TOKEN_COMMA | PII__TOKEN_LINE) && ends_part(tokens, i))
        place->end++;
}

/* A few digits are a postal code where they end the part of a city, or begin it
 * on its other side of a comma or line break; three digits are mostly any number,
 * so that they need a town with a capital. */
static bool weak_code_fits(const pii__tokens *tokens, size_t from, size_t i, size_t limit)
{
    bool apart = false;
    for (size_t k = from; k <= i; k++)
        apart |= pii__token_is(tokens, k, PII__TOKEN_COMMA | PII__TOKEN_LINE);
    bool begins = pii__token_is(tokens, i, PII__TOKEN_COMMA | PII__TOKEN_LINE);
    bool ends = i + 1 >= limit || ends_part(tokens, i);
    bool capital_follows = !ends && pii__token_is(tokens, i + 1, PII__TOKEN_CAPITAL);
    bool named = i > from && pii__token_is(tokens, i - 1, PII__TOKEN_CAPITAL);
    if (token_size(tokens, i) == 3)
        return i == from ? begins && capital_follows : named && (ends || begins);
    if (i == from)
        return begins && !ends && !pii__token_is(tokens, i + 1, PII__TOKEN_DIGIT | PII__TOKEN_COUNTED);
    return (apart || named) && (ends || begins || capital_follows);
}

static bool find_postcode(pii__address_place *place, const pii__tokens *tokens, size_t limit, pii__postcode least)
{
    size_t from = place->end;
    for (size_t i = from; i < smaller(limit, from + POSTCODE_WORDS_MAX); i++) {
        size_t count = 0;
        pii__postcode kind = pii__address_postcode(tokens, i, limit, &count);
        if (kind < least || (kind == PII__POSTCODE_WEAK && !weak_code_fits(tokens, from, i, limit)))
            continue;
        place->postcode = kind;
        place->city = i > from;
        place->city_capital = pii__token_is(tokens, i > from ? from : i + count, PII__TOKEN_CAPITAL);
        place->end = i + count;
        if (!place->city)
            read_city_after_code(place, tokens, limit);
        return true;
    }
    return false;
}

/* The country may follow a region: up to it all words belong to the address. */
static void read_country(pii__address_place *place, const pii__tokens *tokens, size_t limit)
{
    for (size_t i = place->end; i < smaller(limit, place->end + COUNTRY_WORDS_MAX); i++) {
        bool begins = i == place->end || pii__token_is(tokens, i, PII__TOKEN_COMMA | PII__TOKEN_LINE);
        size_t count = begins ? pii__tokens_country(tokens, i) : 0;
        if (!count && i == place->end && pii__token_is(tokens, i, PII__TOKEN_COUNTRY))
            count = 1;
        if (!count)
            continue;
        place->country = true;
        place->end = i + count;
        return;
    }
}

void pii__address_place_read(pii__address_place *place, const pii__tokens *tokens, size_t from)
{
    *place = (pii__address_place){.end = from};
    size_t limit = pii__address_run_end(tokens, from);
    read_units(place, tokens, limit);
    if (unit_number(tokens, place->end))
        place->end++;
    if (find_zip(place, tokens, limit)) {
        if (!place->city)
            read_city_after_code(place, tokens, limit);
        else if (!place->state && pii__token_is(tokens, place->end - 1, PII__TOKEN_COMMA | PII__TOKEN_LINE))
            read_city(place, tokens, limit);
    } else if (!find_postcode(place, tokens, limit, PII__POSTCODE_SURE) && !find_state(place, tokens, limit) &&
               !find_postcode(place, tokens, limit, PII__POSTCODE_WEAK)) {
        read_city(place, tokens, limit);
    }
    if (!place->unit)
        read_units(place, tokens, limit);
    read_country(place, tokens, limit);
}
