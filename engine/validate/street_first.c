#include <string.h>

#include "address_place.h"
#include "ascii.h"
#include "street_name.h"
#include "validators.h"

/* What the score is made of: the rule's base confidence and these. A sure street
 * word is enough alone; a name without one needs capitals, postal code and city. */
#define WEIGHT_STREET_SURE 0.35
#define WEIGHT_STREET_WEAK 0.10
#define WEIGHT_STREET_NONE (-0.20)
#define WEIGHT_CUE 0.60
#define WEIGHT_CAPITALS 0.15
#define WEIGHT_SMALL_UNSURE (-0.15)
#define WEIGHT_FOREIGN 0.05
#define WEIGHT_CODE_SURE 0.30
#define WEIGHT_CODE_WEAK 0.15
#define WEIGHT_CODE_SMALL_CITY 0.05
#define WEIGHT_CITY 0.05
#define WEIGHT_COUNTRY 0.20
#define WEIGHT_UNIT 0.05
#define WEIGHT_ALONE 0.15
#define WEIGHT_ONE_DIGIT (-0.10)
#define WEIGHT_YEAR (-0.30)
#define WEIGHT_ONE_LETTER (-0.20)
#define WEIGHT_PARENTHESIS (-0.25)

static void add(pii__verdict *verdict, const char *name, double weight)
{
    pii__verdict_feature(verdict, name, weight);
    verdict->confidence += weight;
}

static void add_name(pii__verdict *verdict, const pii__street_name *name, const pii__tokens *tokens)
{
    if (name->word == PII__STREET_WORD_SURE)
        add(verdict, "street word", WEIGHT_STREET_SURE);
    else if (name->word == PII__STREET_WORD_WEAK && name->capitals)
        add(verdict, "street word that means much else", WEIGHT_STREET_WEAK);
    else
        add(verdict, "no street word", WEIGHT_STREET_NONE);
    if (name->cued)
        add(verdict, "after a word that addresses follow", WEIGHT_CUE);
    if (name->capitals)
        add(verdict, "name in capitals", WEIGHT_CAPITALS);
    else if (name->word != PII__STREET_WORD_SURE)
        add(verdict, "small letters and no street word", WEIGHT_SMALL_UNSURE);
    if (name->foreign)
        add(verdict, "letters beyond ASCII", WEIGHT_FOREIGN);
    const pii__token *last = &tokens->list[name->number - 1];
    if (name->begin + 1 == name->number && last->end - last->begin < 3)
        add(verdict, "name of one or two bytes", WEIGHT_ONE_LETTER);
}

static void add_number(pii__verdict *verdict, const pii__street_name *name, const pii__tokens *tokens)
{
    const pii__token *number = &tokens->list[name->number];
    uint8_t digits[5];
    size_t count = pii__digits(tokens->text, number->begin, number->end, digits, sizeof digits);
    bool plain = number->end - number->begin == count;
    unsigned value = count <= sizeof digits ? pii__digits_value(digits, count) : 0;
    if (count == 1)
        add(verdict, "number of one digit", WEIGHT_ONE_DIGIT);
    if (plain && count == 4 && value >= 1900 && value < 2100)
        add(verdict, "number like a year", WEIGHT_YEAR);
}

static void add_place(pii__verdict *verdict, const pii__address_place *place)
{
    if (place->zip || place->postcode == PII__POSTCODE_SURE)
        add(verdict, "postal code", WEIGHT_CODE_SURE);
    else if (place->postcode == PII__POSTCODE_WEAK)
        add(verdict, "postal code of a few digits", place->city_capital ? WEIGHT_CODE_WEAK : WEIGHT_CODE_SMALL_CITY);
    if (place->city)
        add(verdict, "city", WEIGHT_CITY);
    if (place->country)
        add(verdict, "country", WEIGHT_COUNTRY);
    if (place->unit)
        add(verdict, "unit", WEIGHT_UNIT);
}

/* Nothing else stands on the lines of the address. */
static bool stands_alone(const pii__candidate *candidate, size_t begin, size_t end)
{
    bool before = begin == 0 || candidate->text[begin - 1] == '\n';
    bool after = end == candidate->size || candidate->text[end] == '\n' || candidate->text[end] == '\r';
    return before && after;
}

/* "Victory Road 2 (cellar)": names with a number, of parts and places in lists. */
static bool parenthesis_follows(const pii__candidate *candidate, size_t end)
{
    return end + 1 < candidate->size && candidate->text[end] == ' ' && candidate->text[end + 1] == '(';
}

/* "Level 3", "Chapter 12", "May 5", "Room 12". */
static bool numbers_something(const pii__street_name *name, const pii__tokens *tokens)
{
    const pii__token *word = &tokens->list[name->number - 1];
    size_t size = word->end - word->begin;
    if (pii__token_is_particle(tokens, name->number - 1) && !(word->flags & PII__TOKEN_CAPITAL) &&
        tokens->text[word->end] != '.')
        return true;                                 /* "la rue est pleine de 300 ..." */
    bool sure = name->word == PII__STREET_WORD_SURE; /* "Rua 25 de Abril 12" */
    if (!sure && pii__table_has(&pii__table_address_anti_words, tokens->text + word->begin, size))
        return true;
    if ((word->flags & PII__TOKEN_UNIT) && name->word != PII__STREET_WORD_SURE)
        return true;
    bool sentence = (word->flags & PII__TOKEN_STOP) &&
                    (name->word == PII__STREET_WORD_NONE || !(word->flags & PII__TOKEN_CAPITAL));
    return sentence && (name->word == PII__STREET_WORD_NONE || word->end - word->begin > 1);
}

void pii__validate_street_first(const pii__candidate *candidate, pii__verdict *verdict)
{
    pii__tokens tokens;
    pii__street_name name;
    pii__address_place place;
    pii__tokens_read(&tokens, candidate->text, candidate->begin, candidate->end);
    if (!pii__street_name_read(&name, &tokens)) {
        pii__verdict_refuse(verdict, "no name before a house number");
        return;
    }
    if (numbers_something(&name, &tokens)) {
        pii__verdict_refuse(verdict, "the word before makes it another number");
        return;
    }
    bool counted = pii__token_is(&tokens, name.end, PII__TOKEN_COUNTED) &&
                   (name.word == PII__STREET_WORD_NONE || !pii__token_is(&tokens, name.end, PII__TOKEN_CAPITAL));
    if (counted) {
        pii__verdict_refuse(verdict, "the number counts something");
        return;
    }
    pii__address_place_read(&place, &tokens, name.end);
    verdict->begin = tokens.list[name.begin].begin;
    verdict->end = tokens.list[place.end - 1].end;
    add_name(verdict, &name, &tokens);
    add_number(verdict, &name, &tokens);
    add_place(verdict, &place);
    if (stands_alone(candidate, verdict->begin, verdict->end))
        add(verdict, "alone on its line", WEIGHT_ALONE);
    if (parenthesis_follows(candidate, verdict->end))
        add(verdict, "parenthesis after it", WEIGHT_PARENTHESIS);
    verdict->confidence = pii__hundredths(verdict->confidence);
    verdict->reason = "scored by its parts";
}
