/* places.h - looking for a place among those of a tape, which are in ascending order. */
#ifndef PII__PLACES_H
#define PII__PLACES_H

#include <stddef.h>
#include <stdint.h>

/* How many of `count` places are at or below `at`; `first` is that of the first element of an
 * array, the next one `stride` bytes on. NULL only when `count` is 0. */
static inline size_t pii__places_up_to(const uint64_t *first, size_t stride, size_t count, uint64_t at)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (*(const uint64_t *)((const char *)first + middle * stride) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#endif
