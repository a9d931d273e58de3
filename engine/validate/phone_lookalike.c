#include "ascii.h"
#include "phone_digits.h"
#include "validators.h"

#define NANP_DIGITS 10
#define TRUE_DIGITS_MIN 6

/* The digit that a letter is written for, or -1. */
static int stands_for(uint8_t byte)
{
    switch (byte) {
    case 'O':
    case 'o': return 0;
    case 'I':
    case 'l':
    case '|': return 1;
    default: return -1;
    }
}

/* "4l5-555-267l": the digits and the letters in their place are a number of the
 * North American plan, and most are digits. */
void pii__validate_phone_lookalike(const pii__candidate *candidate, pii__verdict *verdict)
{
    uint8_t digits[NANP_DIGITS + 1];
    size_t count = 0, true_digits = 0;
    bool parted = false;
    for (size_t at = candidate->begin; at < candidate->end; at++) {
        uint8_t byte = candidate->text[at];
        int value = pii__is_digit(byte) ? byte - '0' : stands_for(byte);
        parted |= value < 0;
        if (value < 0 || count > NANP_DIGITS)
            continue;
        true_digits += pii__is_digit(byte);
        digits[count++] = (uint8_t)value;
    }
    const uint8_t *ten = count == NANP_DIGITS + 1 && digits[0] == 1 ? digits + 1 : digits;
    size_t length = count - (size_t)(ten - digits);
    if (length != NANP_DIGITS || true_digits == count || true_digits < TRUE_DIGITS_MIN)
        pii__verdict_refuse(verdict, "not ten digits, most of them written as such");
    else if (!pii__phone_nanp_possible(ten) || !pii__phone_nanp_area_known(ten))
        pii__verdict_refuse(verdict, "not in the numbering plan");
    else {
        verdict->confidence += parted ? 0.3 : 0;
        verdict->reason = "letters in the place of digits";
    }
}
