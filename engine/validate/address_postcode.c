#include "address_postcode.h"

#include <string.h>

#include "ascii.h"

/* Longest form of a postal code: "99999-999". */
#define FORM_SIZE 12

/* Forms, as postal administrations publish them: 9 for a digit, A for a letter. */
static const char *const weak_forms[] = {"999", "9999", NULL};
static const char *const sure_forms[] = {"99999",    "999999",                /* many countries */
                                         "99-999",   "9999-999", "99999-999", /* Poland, Portugal, Brazil */
                                         "A-9999",   "A-99999",  "AA-9999",
                                         "AA-99999", "AAA-9999",             /* with the sign of the country */
                                         "9999AA",   "A9A9A9",   "999-9999", /* Netherlands, Canada, Japan */
                                         NULL};
static const char *const pair_forms[] = {
    "999 99",  "9999 AA",                                                  /* Sweden and others; Netherlands */
    "A9 9AA",  "A99 9AA",  "AA9 9AA",  "AA99 9AA", "A9A 9AA",  "AA9A 9AA", /* United Kingdom */
    "A9A 9A9", "A99 AA99", "A99 A999", "A99 AAA9", "A99 A99A", "A99 A9A9", "A99 A9AA", "A99 AA9A", /* Canada; Ireland */
    NULL};

/* Writes the form of token `i` behind what is in `form`; bytes that are neither
 * digit nor ASCII letter stay. False: too long, or no such token. */
static bool add_form(const pii__tokens *tokens, size_t i, size_t limit, char *form)
{
    if (i >= limit)
        return false;
    size_t used = strlen(form);
    size_t size = tokens->list[i].end - tokens->list[i].begin;
    if (size + used >= FORM_SIZE)
        return false;
    const uint8_t *text = tokens->text + tokens->list[i].begin;
    for (size_t k = 0; k < size; k++) {
        bool letter = pii__is_letter(text[k]) && text[k] < 0x80;
        form[used + k] = pii__is_digit(text[k]) ? '9' : letter ? 'A' : (char)text[k];
    }
    form[used + size] = 0;
    return true;
}

static bool in_list(const char *const *list, const char *form)
{
    for (; *list; list++)
        if (!strcmp(*list, form))
            return true;
    return false;
}

/* "2014 au" has the form of a Dutch postal code. */
static bool is_year_and_word(const pii__tokens *tokens, size_t i)
{
    const uint8_t *year = tokens->text + tokens->list[i].begin;
    bool century = (year[0] == '1' && year[1] == '9') || (year[0] == '2' && year[1] == '0');
    return century && tokens->list[i].end - tokens->list[i].begin == 4 && pii__is_digit(year[2]) &&
           pii__is_digit(year[3]) && !pii__token_is(tokens, i + 1, PII__TOKEN_CAPITAL);
}

pii__postcode pii__address_postcode(const pii__tokens *tokens, size_t i, size_t limit, size_t *ret_count)
{
    char form[FORM_SIZE] = "";
    *ret_count = 1;
    if (!pii__token_is(tokens, i, PII__TOKEN_DIGIT) || !add_form(tokens, i, limit, form))
        return PII__POSTCODE_NONE;
    char pair[FORM_SIZE + 1];
    size_t size = strlen(form);
    memcpy(pair, form, sizeof form);
    memcpy(pair + size, " ", 2);
    bool together = i + 1 < limit && !pii__token_is(tokens, i + 1, PII__TOKEN_COMMA | PII__TOKEN_LINE);
    if (together && add_form(tokens, i + 1, limit, pair) && in_list(pair_forms, pair) && !is_year_and_word(tokens, i)) {
        *ret_count = 2;
        return PII__POSTCODE_SURE;
    }
    if (in_list(sure_forms, form))
        return PII__POSTCODE_SURE;
    return in_list(weak_forms, form) ? PII__POSTCODE_WEAK : PII__POSTCODE_NONE;
}
