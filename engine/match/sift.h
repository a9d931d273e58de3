/* sift.h - a plan at work on a text: where may the pivots of the rules be? */
#ifndef PII__SIFT_H
#define PII__SIFT_H

#include "plan.h"

/* Told of places that may be pivots.
 *   pivot    of shape `shape`, at `at`; the places of a shape come in ascending
 *            order, each once. Returns PII_OK to go on
 *   worth    whether any place in [begin, end) can be of use, asked where a shape
 *            has several in a block; NULL: all are */
typedef struct pii__pivot_listener {
    pii_status (*pivot)(void *context, size_t shape, size_t at);
    bool (*worth)(void *context, size_t shape, size_t begin, size_t end);
    void *context;
} pii__pivot_listener;

/* How many of the places where some outline fits a program left. */
typedef struct pii__group_yield {
    size_t fits;
    size_t pivots;
} pii__group_yield;

/* The working memory of one thread. */
typedef struct pii__sifter {
    pii_allocator allocator;
    const pii__plan *plan;
    const pii__kernel *kernel;
    const bool *shape_on;   /* one per shape of the plan, borrowed */
    uint64_t *shape_bits;   /* the same as a row of outlines */
    pii__sieve sieve;       /* of the plan, for what shapes that are on can hit */
    uint64_t groups_of_bucket[PII__SIEVE_BUCKETS]; /* of the plan, with shapes that are on; one bit per group */
    pii__group_yield yields[PII__SIEVE_BUCKETS]; /* per group */
    pii__fit *fits;         /* two lists of `fit_room`: as they are found, and by group */
    size_t fit_room;
    pii__batch batch;
    uint64_t own[PII__BATCH_STRIDE]; /* all ones: block i is there for itself, not only to be looked into */
    uint8_t tail[1 + 6 * PII__BLOCK_SIZE]; /* the end of a text, with the byte before it and zeros after it */
} pii__sifter;

PII_MUST_CHECK pii_status pii__sifter_init(pii__sifter *sifter, const pii_allocator *allocator, const pii__plan *plan,
                                           const pii__kernel *kernel);
void pii__sifter_free(pii__sifter *sifter);

/* Says which shapes to look for, all at first; `shape_on` is borrowed. */
void pii__sifter_choose(pii__sifter *sifter, const bool *shape_on);

/* Tells of every place in text[from, until) where a shape that is on may
 * hold; what follows up to `size` is looked ahead into. */
PII_MUST_CHECK pii_status pii__sift(pii__sifter *sifter, const uint8_t *text, size_t size, size_t from, size_t until,
                                    const pii__pivot_listener *listener);

#endif
