#include "ascii.h"
#include "national_schemes.h"
#include "validators.h"

/* Adds the letters and digits of text[begin, end) to the number; false when
 * there are more than any has. */
static bool read_id(const uint8_t *text, size_t begin, size_t end, pii__national_id *ret)
{
    *ret = (pii__national_id){0};
    for (size_t i = begin; i < end; i++) {
        if (!pii__is_alnum(text[i]))
            continue;
        if (ret->size == PII__NATIONAL_ID_MAX || text[i] >= 0x80)
            return false;
        bool digit = pii__is_digit(text[i]);
        uint8_t lower = pii__lower(text[i]);
        ret->digits[ret->size] = digit ? (uint8_t)(text[i] - '0') : 0;
        ret->text[ret->size++] = digit ? (char)text[i] : (char)(lower - 'a' + 'A');
    }
    return true;
}

/* The end of the group before the one that ends at `end`. */
static size_t group_before(const pii__candidate *candidate, size_t end)
{
    while (end > candidate->begin && pii__is_alnum(candidate->text[end - 1]))
        end--;
    while (end > candidate->begin && !pii__is_alnum(candidate->text[end - 1]))
        end--;
    return end;
}

/* The pattern may have taken a group too many ("123 456 789 9 times"): the
 * longest beginning that is a number of some country is it. */
static const pii__national_scheme *find_scheme(const pii__candidate *candidate, size_t *ret_end)
{
    for (size_t end = candidate->end; end > candidate->begin; end = group_before(candidate, end)) {
        pii__national_id id;
        const pii__national_scheme *scheme = NULL;
        if (read_id(candidate->text, candidate->begin, end, &id))
            scheme = pii__national_scheme_of(&id, true);
        *ret_end = end;
        if (scheme)
            return scheme;
    }
    return NULL;
}

/* For rules with a cue: a number of any country. */
void pii__validate_national_id(const pii__candidate *candidate, pii__verdict *verdict)
{
    const pii__national_scheme *scheme = find_scheme(candidate, &verdict->end);
    if (scheme)
        verdict->reason = scheme->name;
    else
        pii__verdict_refuse(verdict, "no check digits of a country hold");
}

/* For rules without one: the whole match, and numbers that say what they are. */
void pii__validate_national_id_strict(const pii__candidate *candidate, pii__verdict *verdict)
{
    pii__national_id id;
    const pii__national_scheme *scheme = NULL;
    if (read_id(candidate->text, candidate->begin, candidate->end, &id))
        scheme = pii__national_scheme_of(&id, false);
    if (scheme)
        verdict->reason = scheme->name;
    else
        pii__verdict_refuse(verdict, "no letter or two check digits of a country hold");
}
