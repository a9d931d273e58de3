/* rectangles.h - byte sets as unions of nibble rectangles.
 *
 * A rectangle is a set of high nibbles times a set of low nibbles: what one bit
 * of a pair of 16-entry tables can express (kernel.h). Digits are one, letters
 * of both cases two. */
#ifndef PII__RECTANGLES_H
#define PII__RECTANGLES_H

#include <stddef.h>

#include "byte_set.h"

typedef struct pii__rectangle {
    uint16_t high; /* bit n: high nibble n */
    uint16_t low;
} pii__rectangle;

/* The disjoint rectangles whose union is `set`: high nibbles with the same low
 * ones go together. Returns their number, at most 16. */
size_t pii__rectangles(const pii__byte_set *set, pii__rectangle ret[16]);

/* The smallest rectangle that holds both. */
pii__rectangle pii__rectangle_hull(pii__rectangle a, pii__rectangle b);

/* All bytes of a rectangle. */
pii__byte_set pii__rectangle_set(pii__rectangle rectangle);

/* Marks `bit` in tables that are looked up by low and high nibble. */
void pii__rectangle_enter(pii__rectangle rectangle, uint8_t bit, uint8_t low[16], uint8_t high[16]);

#endif
