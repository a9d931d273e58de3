/* fence.h - the bytes between the fields of a document, where they lie in one
 * text to be scanned together.
 *
 * Nothing matches across a fence, and a rule sees a field as if it were a whole
 * text. Context words, too, stop at a fence - but not at a name fence, so that
 * the name of a value can speak for it or against it. Both bytes are white space
 * that a view leaves alone; front-ends put a tab in their place where a field
 * holds them. */
#ifndef PII__FENCE_H
#define PII__FENCE_H

#include "byte_set.h"

enum {
    PII__FENCE = '\f',     /* after a field */
    PII__NAME_FENCE = '\v' /* between a name and its value */
};

static inline bool pii__is_fence(uint8_t byte)
{
    return byte == PII__FENCE || byte == PII__NAME_FENCE;
}

/* Next to a fence nothing stands, so what must not stand there is no fence. */
static inline void pii__byte_set_take_out_fences(pii__byte_set *set)
{
    set->bits[0] &= ~(UINT64_C(1) << PII__FENCE | UINT64_C(1) << PII__NAME_FENCE);
}

#endif
