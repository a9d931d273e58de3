#include "ascii.h"
#include "validators.h"

/* The lowest and highest ZIP codes in use are 00501 and 99950. */
void pii__validate_zip(const pii__candidate *candidate, pii__verdict *verdict)
{
    uint8_t digits[5];
    size_t count = pii__digits(candidate->text, candidate->begin, candidate->end, digits, sizeof digits);
    unsigned value = count >= 5 ? pii__digits_value(digits, 5) : 0;
    if ((count != 5 && count != 9) || value < 501 || value > 99950)
        pii__verdict_refuse(verdict, "not a ZIP code in use");
    else
        verdict->reason = "ZIP code in use";
}
