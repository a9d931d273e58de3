/* plan.h - the gates of all rules as one program over bit masks.
 *
 * Two levels, both of which only leave out places where no pivot can be:
 *   sieve    three lookups a byte position find the 64-byte blocks where the
 *            fingerprint of any rule begins; most text ends here
 *   program  over the blocks that are left (and the one after each, to look
 *            ahead into), masks of the byte classes, then one straight line of
 *            AND, OR and shifts for all rules, equal parts computed once
 * What comes out is, per rule, one bit for each place that may be its pivot. */
#ifndef PII__PLAN_H
#define PII__PLAN_H

#include "kernel.h"
#include "piiglet_types.h"

typedef struct pii__plan {
    pii_allocator allocator;
    pii__sieve sieve;
    pii__classes classes;
    pii__step *steps;
    size_t step_count;
    size_t column_count;
    uint16_t *results; /* per shape: the column of its pivots */
    size_t shape_count;
} pii__plan;

/* Makes a plan for `count` shapes; NULL entries have no pivots. */
PII_MUST_CHECK pii_status pii__plan_new(const pii_allocator *allocator, const pii__shape *const *shapes, size_t count,
                                        pii__plan **ret);
void pii__plan_free(pii__plan *plan);

#endif
