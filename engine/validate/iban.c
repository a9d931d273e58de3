#include "ascii.h"
#include "table.h"
#include "validators.h"

#define IBAN_LENGTH_MAX 34
/* Shortest IBAN of a country that is not in the registry, as far as known. */
#define UNREGISTERED_LENGTH_MIN 20

static size_t national_length(const char *value)
{
    return (size_t)(value[0] - '0') * 10 + (size_t)(value[1] - '0');
}

/* Remainder by 97 of the number that the IBAN spells after its first four
 * characters were moved to the end, letters counting 10 to 35; 1 when right. */
static unsigned remainder_97(const uint8_t *iban, size_t length)
{
    unsigned remainder = 0;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = iban[(i + 4) % length];
        if (pii__is_digit(byte))
            remainder = (remainder * 10 + (unsigned)(byte - '0')) % 97;
        else
            remainder = (remainder * 100 + (unsigned)(pii__lower(byte) - 'a' + 10)) % 97;
    }
    return remainder;
}

/* Countries outside the registry (Iran, Morocco, Mozambique ...) use IBANs of
 * digits only: one whole run of them, of whatever length. 0 when this is none. */
static size_t unregistered_length(const pii__candidate *candidate)
{
    for (size_t i = candidate->begin + 2; i < candidate->end; i++)
        if (!pii__is_digit(candidate->text[i]))
            return 0;
    size_t length = candidate->end - candidate->begin;
    return length >= UNREGISTERED_LENGTH_MIN && length <= IBAN_LENGTH_MAX ? length : 0;
}

/* The pattern takes blocks of letters and digits; how many of them belong to
 * the IBAN is known from its country, so the span ends there. */
void pii__validate_iban(const pii__candidate *candidate, pii__verdict *verdict)
{
    const uint8_t *text = candidate->text;
    const char *value = pii__table_value(&pii__table_iban_lengths, text + candidate->begin, 2);
    size_t length = value ? national_length(value) : unregistered_length(candidate);
    if (!length) {
        pii__verdict_refuse(verdict, "country has no IBAN");
        return;
    }
    if (!value)
        verdict->confidence -= 0.3;
    uint8_t iban[IBAN_LENGTH_MAX];
    size_t count = 0;
    size_t at = candidate->begin;
    while (at < candidate->end && count < length) {
        if (pii__is_alnum(text[at]))
            iban[count++] = text[at];
        at++;
    }
    if (count < length || (at < candidate->size && pii__is_alnum(text[at])))
        pii__verdict_refuse(verdict, "not as long as an IBAN of its country");
    else if (remainder_97(iban, length) != 1)
        pii__verdict_refuse(verdict, "check digits are wrong");
    else {
        verdict->end = at;
        verdict->reason = "country, length and check digits agree";
    }
}
