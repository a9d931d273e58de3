/* text_masks.h - where in a stretch of text bytes of some classes stand, as bits.
 *
 * Front-ends find the ends of strings and names by them, many bytes at a time. The masks are
 * made by the kernels (engine/match/text_masks.c), which front-ends do not know. */
#ifndef PII__TEXT_MASKS_H
#define PII__TEXT_MASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "byte_kind.h"

enum {
    PII__MASK_BYTES = 4096, /* text of which there are masks at a time */
    PII__MASK_WORDS = PII__MASK_BYTES / 64,
    PII__MASK_PAD = 8 /* words after them, of which the first is for looking ahead */
};

/* Whose stops: control characters, what is not ASCII, and signs that may mean something. */
typedef enum pii__mask_format {
    PII__MASKS_JSON, /* " and \ */
    PII__MASKS_XML,  /* " ' < > & and ] */
    PII__MASKS_COUNT
} pii__mask_format;

/* Bit i % 64 of word i / 64 tells of byte i. After the text all are stops, and of no other class. */
typedef struct pii__text_masks {
    uint64_t stop[PII__MASK_WORDS + PII__MASK_PAD];
    uint64_t word[PII__MASK_WORDS + PII__MASK_PAD]; /* as PII__KIND_WORD */
    uint64_t digit[PII__MASK_WORDS + PII__MASK_PAD];
    uint64_t blank[PII__MASK_WORDS + PII__MASK_PAD]; /* blank, tab, line feed, carriage return */
} pii__text_masks;

/* Fills the masks of `size` bytes, at most PII__MASK_BYTES. */
typedef struct pii__masker {
    void (*fill)(const void *context, pii__mask_format format, const uint8_t *bytes, size_t size,
                 pii__text_masks *ret);
    const void *context;
} pii__masker;

/* The bits of 64 bytes from `at` on, the lowest one that of `at`. */
static inline uint64_t pii__mask_at(const uint64_t *mask, size_t at)
{
    unsigned shift = at % 64;
    return mask[at / 64] >> shift | mask[at / 64 + 1] << 1 << (63 - shift);
}

/* The first stop from `at` on. */
static inline size_t pii__mask_find(const uint64_t *mask, size_t at)
{
    uint64_t bits = pii__mask_at(mask, at);
    for (; !bits; bits = pii__mask_at(mask, at))
        at += 64;
    return at + (size_t)__builtin_ctzll(bits);
}

/* The first byte from `at` on that is not of a class. */
static inline size_t pii__mask_skip(const uint64_t *mask, size_t at)
{
    uint64_t bits = ~pii__mask_at(mask, at);
    for (; !bits; bits = ~pii__mask_at(mask, at))
        at += 64;
    return at + (size_t)__builtin_ctzll(bits);
}

/* The same for two classes. */
static inline size_t pii__mask_skip_both(const uint64_t *mask, const uint64_t *other, size_t at)
{
    uint64_t bits = ~(pii__mask_at(mask, at) | pii__mask_at(other, at));
    for (; !bits; bits = ~(pii__mask_at(mask, at) | pii__mask_at(other, at)))
        at += 64;
    return at + (size_t)__builtin_ctzll(bits);
}

/* Which of the bits of pii__mask_at are of `size` bytes, at most 64. */
static inline uint64_t pii__mask_range(size_t size)
{
    return size ? UINT64_MAX >> (64 - size) : 0;
}

/* Whether one of `size` bytes from `at` on is of a class. */
static inline bool pii__mask_any(const uint64_t *mask, size_t at, size_t size)
{
    for (; size > 64; at += 64, size -= 64)
        if (pii__mask_at(mask, at))
            return true;
    return (pii__mask_at(mask, at) & pii__mask_range(size)) != 0;
}

/* Whether `size` plain bytes at `at` are too short for a match. */
static inline bool pii__masks_exceed(const pii__kind_widths *widths, const pii__text_masks *masks, size_t at,
                                     size_t size)
{
    if (size > 64)
        return false;
    uint64_t range = pii__mask_range(size), rest = range & ~pii__mask_at(masks->word, at);
    if (!rest)
        return size < widths->of[PII__KIND_WORD];
    uint64_t digit = rest & pii__mask_at(masks->digit, at);
    unsigned kinds = (rest != range ? PII__KIND_WORD : 0) | (digit ? PII__KIND_DIGIT : 0) |
                     (rest != digit ? PII__KIND_OTHER : 0);
    return size < widths->of[kinds];
}

#endif
