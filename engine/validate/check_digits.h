/* check_digits.h - the check sums of identity numbers, by the name of the
 * standard. `digits` are values 0 to 9, the check digit last. */
#ifndef PII__CHECK_DIGITS_H
#define PII__CHECK_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ISO/IEC 7812-1 annex B. */
bool pii__luhn_holds(const uint8_t *digits, size_t count);

/* Dihedral group of order ten, after Verhoeff (1969). */
bool pii__verhoeff_holds(const uint8_t *digits, size_t count);

/* ISO/IEC 7064 MOD 11,10. */
bool pii__mod_11_10_holds(const uint8_t *digits, size_t count);

/* Sum of digits[i] * weights[i]. */
unsigned pii__weighted_sum(const uint8_t *digits, const uint8_t *weights, size_t count);

/* Remainder of the number that `count` digits spell; divisor at most 2^27. */
unsigned pii__remainder(const uint8_t *digits, size_t count, unsigned divisor);

#endif
