#include <string.h>

#include "address_layout.h"
#include "ascii.h"
#include "letter_case.h"
#include "table.h"
#include "validators.h"

/* Longest word before the number that is looked up. */
#define WORD_BEFORE_MAX 16

/* What the score is made of: the rule's base confidence and these. Chosen by
 * hand so that a sure suffix with a plain number is just enough, and an
 * everyday word ("way", "park") needs capitals, a city or a cue. */
#define WEIGHT_SUFFIX 0.35
#define WEIGHT_USUAL 0.20
#define WEIGHT_USUAL_SMALL 0.10
#define WEIGHT_EVERYDAY 0.00
#define WEIGHT_NO_STREET (-0.20)
#define WEIGHT_NO_STREET_DIRECTION (-0.10)
#define WEIGHT_PREFIX 0.15
#define WEIGHT_LEAD 0.10
#define WEIGHT_ROUTE 0.25
#define WEIGHT_CAPITALS 0.15
#define WEIGHT_DIRECTION 0.15
#define WEIGHT_ORDINAL 0.10
#define WEIGHT_UNIT 0.20
#define WEIGHT_CITY 0.05
#define WEIGHT_STATE 0.20
#define WEIGHT_ZIP 0.35
#define WEIGHT_LONG_NUMBER 0.10
#define WEIGHT_ONE_DIGIT (-0.15)
#define WEIGHT_YEAR (-0.10)
#define WEIGHT_YEAR_UNSURE (-0.25)
#define WEIGHT_LONG_NAME (-0.10)
#define WEIGHT_SMALL_FIRST (-0.20)
#define WEIGHT_APART (-0.25)
#define WEIGHT_ANSWER 0.10

static void add(pii__verdict *verdict, const char *name, double weight)
{
    pii__verdict_feature(verdict, name, weight);
    verdict->confidence += weight;
}

/* First byte of the run of letters that ends before `end`. */
static size_t word_begin(const uint8_t *text, size_t end)
{
    size_t first = end;
    while (first > 0 && pii__is_letter(text[first - 1]) && end - first < WORD_BEFORE_MAX)
        first--;
    return first;
}

/* Whether all the text is written as names are, so that capitals say nothing: the
 * word before the number begins with one, too ("PASS THE 300 ...", "Take These 5 ..."). */
static bool capitals_before(const uint8_t *text, size_t begin)
{
    size_t first = begin && text[begin - 1] == ' ' ? word_begin(text, begin - 1) : begin;
    return first + 2 < begin && pii__begins_upper(text + first, begin - first);
}

/* "It is 12 amber drive.": the word before gives a place, and no word follows. */
static bool is_answer(const pii__candidate *candidate, size_t end)
{
    static const char *const words[] = {"is", "its", "s", "at"};
    const uint8_t *text = candidate->text;
    size_t stop = candidate->begin;
    size_t first = stop && text[stop - 1] == ' ' ? word_begin(text, stop - 1) : stop;
    bool said = false;
    for (size_t i = 0; first < stop && i < sizeof words / sizeof words[0]; i++) {
        size_t size = strlen(words[i]);
        said |= stop - 1 - first == size && !memcmp(text + first, words[i], size);
    }
    return said && (end == candidate->end || (end + 1 == candidate->end && text[end] == '.'));
}

/* "Level 2", "$40": whether the word or sign before the number makes it another
 * kind of number. */
static bool spoken_against(const uint8_t *text, size_t begin)
{
    size_t end = begin;
    while (end > 0 && (pii__is_blank(text[end - 1]) || text[end - 1] == '#' || text[end - 1] == ':'))
        end--;
    if (end > 0 && (text[end - 1] == '$' || text[end - 1] == '%' || text[end - 1] == '+' || text[end - 1] == '='))
        return true;
    size_t first = word_begin(text, end);
    bool storey = first > 2 && text[first - 1] == ' ' && pii__is_letter(text[first - 2]) && /* "10th floor 312 ..." */
                  pii__is_letter(text[first - 3]) && first > 3 && pii__is_digit(text[first - 4]);
    if (storey)
        return false;
    const char *side = pii__table_value(&pii__table_address_anti_words, text + first, end - first);
    return side && !strcmp(side, "before");
}

static void add_number(pii__verdict *verdict, const pii__address_layout *layout, const pii__tokens *tokens)
{
    uint8_t digits[6];
    size_t count = pii__digits(tokens->text, tokens->list[0].begin, tokens->list[0].end, digits, sizeof digits);
    bool plain = tokens->list[0].end - tokens->list[0].begin == count;
    if (count == 1 && plain)
        add(verdict, "number of one digit", WEIGHT_ONE_DIGIT);
    else if (count >= 3)
        add(verdict, "number of three digits or more", WEIGHT_LONG_NUMBER);
    unsigned value = count <= 6 ? pii__digits_value(digits, count) : 0;
    bool named = layout->kind == PII__STREET_SUFFIX || layout->place.unit ||
                 (layout->kind == PII__STREET_PREFIX && layout->name_words > 1);
    if (count == 4 && plain && value >= 1900 && value < 2100)
        add(verdict, "number like a year", named ? WEIGHT_YEAR : WEIGHT_YEAR_UNSURE);
}

/* "450 n main", but not "100 e 200", which is "100 and 200" in other languages, nor
 * a row of numbers. */
static bool sure_direction(const pii__address_layout *layout, const pii__tokens *tokens)
{
    bool and_word =
        !pii__token_is(tokens, 1, PII__TOKEN_CAPITAL) &&
        (pii__token_equals(tokens, 1, "e") || pii__token_equals(tokens, 1, "ne") || pii__token_equals(tokens, 1, "se"));
    return layout->direction && !and_word && !layout->name_numbers;
}

static void add_street(pii__verdict *verdict, const pii__address_layout *layout, const pii__tokens *tokens)
{
    bool capitals = layout->name_capitals && !capitals_before(tokens->text, tokens->list[0].begin);
    switch (layout->kind) {
    case PII__STREET_SUFFIX: add(verdict, "street suffix", WEIGHT_SUFFIX); break;
    case PII__STREET_USUAL:
        add(verdict, "usual street suffix", capitals ? WEIGHT_USUAL : WEIGHT_USUAL_SMALL);
        break;
    case PII__STREET_EVERYDAY: add(verdict, "street suffix that is an everyday word", WEIGHT_EVERYDAY); break;
    case PII__STREET_PREFIX: add(verdict, "street word before the name", WEIGHT_PREFIX); break;
    case PII__STREET_ROUTE: add(verdict, "numbered road", WEIGHT_ROUTE); break;
    case PII__STREET_NONE:
        add(verdict, "no street word", sure_direction(layout, tokens) ? WEIGHT_NO_STREET_DIRECTION : WEIGHT_NO_STREET);
        break;
    case PII__STREET_BOX: break;
    }
    if (layout->lead)
        add(verdict, "street word of another language", WEIGHT_LEAD);
    bool grid = layout->name_numbers && layout->street_end - 1 > layout->name_begin && /* "1234 E 500 S" */
                pii__token_is(tokens, layout->street_end - 1, PII__TOKEN_DIRECTION);
    bool numbered = layout->name_numbers && (layout->kind != PII__STREET_NONE || layout->ordinal || grid);
    if ((capitals || numbered) && layout->name_words &&
        layout->name_capitals + layout->name_numbers == layout->name_words)
        add(verdict, "name in capitals", WEIGHT_CAPITALS);
    if (layout->direction)
        add(verdict, "direction", WEIGHT_DIRECTION);
    if (layout->ordinal)
        add(verdict, "numbered street", WEIGHT_ORDINAL);
    if (layout->name_words > 3 && layout->kind != PII__STREET_PREFIX)
        add(verdict, "long name", WEIGHT_LONG_NAME);
}

/* What makes a row of words less of a name: "10 copies of Wall Street Journal",
 * columns of a table, a comma after the number. */
static void add_doubts(pii__verdict *verdict, const pii__address_layout *layout, const pii__tokens *tokens)
{
    if (layout->name_capitals && layout->name_begin < tokens->count &&
        !pii__token_is(tokens, layout->name_begin, PII__TOKEN_CAPITAL | PII__TOKEN_DIGIT | PII__TOKEN_PREFIX))
        add(verdict, "name begins small", WEIGHT_SMALL_FIRST);
    bool comma_style = pii__token_is(tokens, 1, PII__TOKEN_COMMA) && layout->place.city &&
                       pii__token_is(tokens, layout->street_end, PII__TOKEN_COMMA); /* "12, Rose Street, Neudorf" */
    if (pii__token_is(tokens, 1, PII__TOKEN_APART | PII__TOKEN_COMMA) && !layout->place.zip && !comma_style)
        add(verdict, "number stands apart", WEIGHT_APART);
}

/* "555-2671, 742 Evergreen Terrace": the number before the house number is
 * something else, and the search goes on from there. So is "19" in "19 e 20", which
 * is "19 and 20" in several languages. */
static bool number_follows(const pii__tokens *tokens)
{
    bool and_number = pii__token_equals(tokens, 1, "e") && !pii__token_is(tokens, 1, PII__TOKEN_CAPITAL) &&
                      pii__token_is(tokens, 2, PII__TOKEN_NUMBER) && !pii__token_is(tokens, 3, PII__TOKEN_DIRECTION);
    if (pii__address_number_goes_on(tokens))
        return false;
    bool name = pii__token_is(tokens, 2, PII__TOKEN_SUFFIX) && !pii__token_is(tokens, 2, PII__TOKEN_EVERYDAY);
    return and_number || (pii__token_is(tokens, 1, PII__TOKEN_NUMBER) && !name);
}

/* "5 cars on the street", "12 steps in Rose Park": a word of sentences inside the
 * name, where no sure suffix or lead speaks for it. */
static bool sentence_inside(const pii__address_layout *layout, const pii__tokens *tokens)
{
    for (size_t i = layout->name_begin + 1; i + 1 < layout->street_end; i++) {
        bool the = pii__token_equals(tokens, i, "the");
        bool last = i + 2 == layout->street_end;
        if (the && last && layout->kind != PII__STREET_PREFIX) /* "Avenue of the Arts" */
            return true;
        if ((the || pii__token_equals(tokens, i, "in")) &&
            (layout->kind == PII__STREET_USUAL || layout->kind == PII__STREET_EVERYDAY))
            return true;
    }
    return false;
}

/* "10 minutes", "10 of them", "80 Square Feet"; but "8 mile road" is a street, and so
 * may be what is written in capitals and has a suffix. */
static bool counts_something(const pii__address_layout *layout, const pii__tokens *tokens)
{
    bool area = pii__token_equals(tokens, 1, "square") && pii__token_is(tokens, 2, PII__TOKEN_COUNTED);
    bool some_of = pii__token_equals(tokens, 1, "of") ||
                   (pii__token_equals(tokens, 2, "of") &&
                    (layout->kind == PII__STREET_EVERYDAY || pii__token_is(tokens, 1, PII__TOKEN_COUNTED)));
    if (area || some_of || sentence_inside(layout, tokens))
        return true;
    if (!pii__token_is(tokens, 1, PII__TOKEN_COUNTED))
        return false;
    bool mile = pii__token_equals(tokens, 1, "mile");
    bool suffix = layout->kind == PII__STREET_SUFFIX;
    if (pii__token_is(tokens, 1, PII__TOKEN_CAPITAL))
        return !mile && !suffix && layout->kind != PII__STREET_USUAL;
    return !suffix || (!layout->place.unit && !layout->place.zip && (layout->name_words > 1 || !mile));
}

/* The full stop of an abbreviation at the end ("Ave.") belongs to the address. */
static size_t span_end(const pii__candidate *candidate, const pii__token *last)
{
    bool abbreviation = last->end - last->begin <= 4 && (last->flags & (PII__TOKEN_SUFFIX | PII__TOKEN_DIRECTION)) &&
                        !(last->flags & PII__TOKEN_EVERYDAY);
    bool stop = last->end < candidate->end && candidate->text[last->end] == '.';
    return last->end + (abbreviation && stop);
}

static void add_place(pii__verdict *verdict, const pii__address_layout *layout)
{
    if (layout->place.unit)
        add(verdict, "unit", WEIGHT_UNIT);
    if (layout->place.city)
        add(verdict, "city", WEIGHT_CITY);
    if (layout->place.state)
        add(verdict, "state", WEIGHT_STATE);
    if (layout->place.zip)
        add(verdict, "ZIP code", WEIGHT_ZIP);
}

void pii__validate_street_address(const pii__candidate *candidate, pii__verdict *verdict)
{
    pii__tokens tokens;
    pii__address_layout layout;
    pii__tokens_read(&tokens, candidate->text, candidate->begin, candidate->end);
    if (!tokens.count) {
        pii__verdict_refuse(verdict, "no words");
        return;
    }
    pii__address_layout_read(&layout, &tokens);
    bool box = layout.kind == PII__STREET_BOX;
    if (!box && (layout.street_end < 2 || !layout.name_words)) {
        pii__verdict_refuse(verdict, "no name of a street");
        return;
    }
    bool zero_first = candidate->text[candidate->begin] == '0' && tokens.list[0].end - tokens.list[0].begin > 1;
    if (!box && zero_first) {
        pii__verdict_refuse(verdict, "house numbers do not begin with 0");
        return;
    }
    if (!box && number_follows(&tokens)) {
        pii__verdict_refuse(verdict, "two numbers before the name");
        return;
    }
    if (!box && counts_something(&layout, &tokens)) {
        pii__verdict_refuse(verdict, "the number counts something");
        return;
    }
    if (!box && spoken_against(candidate->text, candidate->begin)) {
        pii__verdict_refuse(verdict, "the word before makes it another number");
        return;
    }
    verdict->end = span_end(candidate, &tokens.list[layout.place.end - 1]);
    if (!box) {
        add_number(verdict, &layout, &tokens);
        add_doubts(verdict, &layout, &tokens);
    }
    add_street(verdict, &layout, &tokens);
    if (layout.kind == PII__STREET_USUAL && is_answer(candidate, verdict->end))
        add(verdict, "all that is said", WEIGHT_ANSWER);
    add_place(verdict, &layout);
    verdict->confidence = pii__hundredths(verdict->confidence);
    verdict->reason = "scored by its parts";
}
