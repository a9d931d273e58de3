#include "ascii.h"
#include "validators.h"

#define SSN_DIGITS 9

/* The areas 000, 666 and from 900 up, group 00 and serial 0000 were never
 * given out. Numbers from 900 up are ITINs when their group is one of those
 * that the tax office uses. */
void pii__validate_ssn(const pii__candidate *candidate, pii__verdict *verdict)
{
    uint8_t digits[SSN_DIGITS];
    size_t count = pii__digits(candidate->text, candidate->begin, candidate->end, digits, sizeof digits);
    if (count != SSN_DIGITS) {
        pii__verdict_refuse(verdict, "not nine digits");
        return;
    }
    unsigned area = pii__digits_value(digits, 3);
    unsigned group = pii__digits_value(digits + 3, 2);
    unsigned serial = pii__digits_value(digits + 5, 4);
    bool itin = area >= 900 && group >= 50 && group != 89 && group != 93;
    if (area == 0 || area == 666 || (area >= 900 && !itin))
        pii__verdict_refuse(verdict, "area is not in use");
    else if (group == 0 || serial == 0)
        pii__verdict_refuse(verdict, "group or serial of zeros");
    else
        verdict->reason = itin ? "tax number in use" : "area, group and serial are possible";
}
