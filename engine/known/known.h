/* known.h - known values, as a machine over the words of a text.
 *
 * A state is the sum of the words and signs read so far; the machine is the set of
 * states that some way to write some value passes through, each with what may
 * happen there. Sums are of 64 bits: that a text meets one by chance is less
 * likely than a fault of the memory, and would hide a word too many.
 *
 * Filters of bits, small enough for the caches, tell most words of a text from those
 * that a value begins with, and most pairs of words from those that two words of a
 * value make. A single letter, which texts are full of, is looked at first whether it is
 * written as an initial. */
#ifndef PII__KNOWN_H
#define PII__KNOWN_H

#include <stdatomic.h>

#include "limits.h"
#include "piiglet_known.h"

/* What may happen at a state. "As a name": if each word began with a capital letter,
 * or each single letter has its dot. */
enum {
    PII__KNOWN_ENDS = 1,
    PII__KNOWN_ENDS_AS_NAME = 2,
    PII__KNOWN_GOES_ON = 4,
    PII__KNOWN_GOES_ON_AS_NAME = 8,
    PII__KNOWN_INFO_BITS = 12, /* of a slot, the lowest: these four, and the entity */
    PII__KNOWN_ENTITY_SHIFT = 4
};

enum {
    PII__KNOWN_MARGIN = 4,       /* bytes before and after a match that are looked at: one character */
    PII__KNOWN_LETTER_BYTES = 3, /* of a text per folded one, at most (word_form.h) */
    PII__KNOWN_HOLD_BACK_MAX = PII__KNOWN_LETTER_BYTES * (PII__KNOWN_VALUE_SIZE_MAX + 1) +
                               PII__KNOWN_GAP_MAX * PII__KNOWN_WORDS_MAX + 2 * PII__KNOWN_MARGIN
};

/* A set of numbers that may take others for its own: two bits of a word for each. */
typedef struct pii__known_filter {
    uint64_t *words;
    unsigned shift;
} pii__known_filter;

enum {
    PII__KNOWN_HEADS,      /* of words that a value begins with: shorter than a head */
    PII__KNOWN_WIDE_HEADS, /* and others; apart, as most words of a text are short, and most of these are rare */
    PII__KNOWN_ALONE,      /* of words that are all of a value; single letters that need not look like an initial */
    PII__KNOWN_PAIRS,      /* of the first two words of values */
    PII__KNOWN_FILTERS
};

struct pii_known {
    pii_allocator allocator;
    atomic_size_t references;
    pii__known_filter filters[PII__KNOWN_FILTERS];
    uint64_t *slots; /* the sum without its lowest bits, which its place tells; 0: free */
    size_t slot_mask;
    char (*entities)[PII__NAME_SIZE_MAX + 1];
    size_t entity_count;
    size_t value_count;
    size_t width;    /* bytes of view that a match covers at most */
    size_t shortest; /* and at least; SIZE_MAX: there are no values */
};

/* A state that a value passes through, as the builder keeps them. */
typedef struct pii__known_state {
    uint64_t sum;
    uint32_t key;    /* for the filters */
    uint8_t filters; /* which it is in, one bit each */
    uint8_t entity;
    uint8_t info;    /* of the above, without the entity */
} pii__known_state;

/* The key of a word that begins with these eight bytes, folded, or is all of them with
 * zeros after it. */
static inline uint32_t pii__known_head(uint64_t bytes)
{
    return (uint32_t)((bytes ^ bytes >> 29) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

static inline uint32_t pii__known_pair(uint32_t first, uint32_t second)
{
    return (uint32_t)((first * UINT64_C(0xD6E8FEB86659FD93) + second) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

static inline uint64_t pii__known_filter_bits(uint32_t key)
{
    return UINT64_C(1) << key % 64 | UINT64_C(1) << key / 64 % 64;
}

static inline bool pii__known_filter_has(const pii__known_filter *filter, uint32_t key)
{
    return !(pii__known_filter_bits(key) & ~filter->words[key >> filter->shift]);
}

/* What may happen at that sum, with the entity; 0: there is no such state. */
static inline unsigned pii__known_find(const pii_known *known, uint64_t sum)
{
    size_t slot = sum & known->slot_mask;
    while (known->slots[slot]) {
        if (!((known->slots[slot] ^ sum) >> PII__KNOWN_INFO_BITS))
            return known->slots[slot] & ((1u << PII__KNOWN_INFO_BITS) - 1);
        slot = (slot + 1) & known->slot_mask;
    }
    return 0;
}

/* Makes the machine of `count` states. */
PII_MUST_CHECK pii_status pii__known_new(const pii_allocator *allocator, const pii__known_state *states, size_t count,
                                         pii_known **ret);

#endif
