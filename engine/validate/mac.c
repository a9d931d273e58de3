#include "ascii.h"
#include "validators.h"

#define MAC_DIGITS 12
#define EUI64_DIGITS 16

/* The pattern has seen to the form. Six pairs of decimal digits may be a time
 * or a code as well. */
void pii__validate_mac(const pii__candidate *candidate, pii__verdict *verdict)
{
    size_t count = 0;
    size_t decimal = 0;
    size_t zeros = 0;
    for (size_t i = candidate->begin; i < candidate->end; i++) {
        int value = pii__hex_value(candidate->text[i]);
        if (value < 0)
            continue;
        count++;
        decimal += value < 10;
        zeros += value == 0;
    }
    if (count != MAC_DIGITS && count != EUI64_DIGITS)
        pii__verdict_refuse(verdict, "not twelve or sixteen hexadecimal digits");
    else if (zeros == count)
        pii__verdict_refuse(verdict, "address of no device");
    else if (decimal == count) {
        verdict->confidence -= 0.4;
        verdict->reason = "may be something else";
    } else {
        verdict->reason = "hexadecimal digits in pairs";
    }
}
