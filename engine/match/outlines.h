/* outlines.h - from shapes to the table of their outlines. */
#ifndef PII__OUTLINES_H
#define PII__OUTLINES_H

#include "kernel.h"
#include "piiglet_types.h"

/* Words of a row for so many shapes. */
static inline size_t pii__outline_words(size_t shapes)
{
    return shapes <= 64 ? 1 : ((shapes - 1) / 64 / PII__OUTLINE_WORDS + 1) * PII__OUTLINE_WORDS;
}

static inline size_t pii__outline_row_count(void)
{
    return (size_t)PII__OUTLINE_SIZE * 256;
}

/* PII_ERROR_MEMORY leaves `ret->rows` NULL. */
PII_MUST_CHECK pii_status pii__outlines_new(const pii_allocator *allocator, const pii__shape *const *shapes,
                                            size_t count, pii__outlines *ret);

#endif
