#include "check_digits.h"

bool pii__luhn_holds(const uint8_t *digits, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = digits[count - 1 - i];
        if (i % 2)
            digit = digit > 4 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

/* The product of the group of ten symmetries of a pentagon: 0 to 4 turn it,
 * 5 to 9 turn and flip it. */
static unsigned pentagon(unsigned a, unsigned b)
{
    unsigned turn = a < 5 ? (a + b) % 5 : (a + 5 - b % 5) % 5;
    return turn + ((a < 5) == (b < 5) ? 0 : 5);
}

bool pii__verhoeff_holds(const uint8_t *digits, size_t count)
{
    static const uint8_t step[10] = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = digits[count - 1 - i];
        for (size_t round = 0; round < i % 8; round++)
            digit = step[digit];
        sum = pentagon(sum, digit);
    }
    return sum == 0;
}

bool pii__mod_11_10_holds(const uint8_t *digits, size_t count)
{
    unsigned product = 10;
    for (size_t i = 0; i + 1 < count; i++) {
        unsigned sum = (product + digits[i]) % 10;
        product = (sum ? sum : 10) * 2 % 11;
    }
    return count && (product + digits[count - 1]) % 10 == 1;
}

unsigned pii__weighted_sum(const uint8_t *digits, const uint8_t *weights, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (unsigned)digits[i] * weights[i];
    return sum;
}

unsigned pii__remainder(const uint8_t *digits, size_t count, unsigned divisor)
{
    unsigned remainder = 0;
    for (size_t i = 0; i < count; i++)
        remainder = (remainder * 10 + digits[i]) % divisor;
    return remainder;
}
