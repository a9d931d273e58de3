/* byte_set.h - a set of byte values. */
#ifndef PII__BYTE_SET_H
#define PII__BYTE_SET_H

#include <stdbool.h>
#include <stdint.h>

typedef struct pii__byte_set {
    uint64_t bits[4];
} pii__byte_set;

static inline void pii__byte_set_add(pii__byte_set *set, uint8_t byte)
{
    set->bits[byte >> 6] |= UINT64_C(1) << (byte & 63);
}

static inline void pii__byte_set_add_range(pii__byte_set *set, uint8_t first, uint8_t last)
{
    for (unsigned byte = first; byte <= last; byte++)
        pii__byte_set_add(set, (uint8_t)byte);
}

static inline bool pii__byte_set_has(const pii__byte_set *set, uint8_t byte)
{
    return (set->bits[byte >> 6] >> (byte & 63)) & 1;
}

static inline void pii__byte_set_join(pii__byte_set *set, const pii__byte_set *other)
{
    for (int i = 0; i < 4; i++)
        set->bits[i] |= other->bits[i];
}

static inline void pii__byte_set_meet(pii__byte_set *set, const pii__byte_set *other)
{
    for (int i = 0; i < 4; i++)
        set->bits[i] &= other->bits[i];
}

static inline void pii__byte_set_invert(pii__byte_set *set)
{
    for (int i = 0; i < 4; i++)
        set->bits[i] = ~set->bits[i];
}

static inline bool pii__byte_set_equal(const pii__byte_set *a, const pii__byte_set *b)
{
    return a->bits[0] == b->bits[0] && a->bits[1] == b->bits[1] && a->bits[2] == b->bits[2] && a->bits[3] == b->bits[3];
}

static inline unsigned pii__byte_set_count(const pii__byte_set *set)
{
    unsigned count = 0;
    for (int i = 0; i < 4; i++)
        count += (unsigned)__builtin_popcountll(set->bits[i]);
    return count;
}

#endif
