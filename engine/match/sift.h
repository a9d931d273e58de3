/* sift.h - a plan at work on a text: where may the pivots of the rules be? */
#ifndef PII__SIFT_H
#define PII__SIFT_H

#include "plan.h"

/* Told of a place that may be a pivot of shape `shape`; the places of a shape
 * come in ascending order, each once, unless the plan calls it spread. Returns
 * PII_OK to go on. */
typedef pii_status (*pii__pivot_callback)(void *context, size_t shape, size_t at);

/* The working memory of one thread. */
typedef struct pii__sifter {
    pii_allocator allocator;
    const pii__plan *plan;
    const pii__kernel *kernel;
    pii__batch batch;
    uint64_t own[PII__BATCH_STRIDE]; /* all ones: block i is there for itself, not only to be looked into */
    uint8_t tail[6 * PII__BLOCK_SIZE]; /* the end of a text, with zeros after it */
} pii__sifter;

PII_MUST_CHECK pii_status pii__sifter_init(pii__sifter *sifter, const pii_allocator *allocator, const pii__plan *plan,
                                           const pii__kernel *kernel);
void pii__sifter_free(pii__sifter *sifter);

/* Calls back for every place in text[from, until) where a shape that is on may
 * hold; what follows up to `size` is looked ahead into. */
PII_MUST_CHECK pii_status pii__sift(pii__sifter *sifter, const uint8_t *text, size_t size, size_t from, size_t until,
                                    const bool *shape_on, pii__pivot_callback callback, void *context);

#endif
