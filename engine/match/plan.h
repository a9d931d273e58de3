/* plan.h - the gates of all rules as programs over bit masks.
 *
 * Two levels, both of which only leave out places where no pivot can be:
 *   sieve    three lookups a byte position sort out the 64-byte blocks where a
 *            fingerprint begins, into buckets; most text ends here
 *   program  one per bucket, over its blocks (and the one after each, to look
 *            ahead into): masks of the byte classes it needs, then a straight
 *            line of AND, OR and shifts, equal parts computed once
 * What comes out is, per shape, one bit for each place that may be its pivot. */
#ifndef PII__PLAN_H
#define PII__PLAN_H

#include "kernel.h"
#include "piiglet_types.h"

/* A shape and the column of its pivots. */
typedef struct pii__plan_result {
    uint32_t shape;
    uint16_t column;
} pii__plan_result;

/* The program of one group: shapes of one bucket of the sieve, each in one group only. */
typedef struct pii__plan_group {
    pii__classes classes;
    pii__step *steps;
    size_t step_count;
    size_t column_count;
    pii__plan_result *results;
    size_t result_count;
} pii__plan_group;

typedef struct pii__plan {
    pii_allocator allocator;
    pii__sieve sieve;
    pii__outlines outlines;
    pii__plan_group groups[PII__SIEVE_BUCKETS];
    size_t group_count;
    size_t column_count; /* largest of all groups */
    uint64_t *buckets; /* per shape: those of the sieve that it can hit */
    uint8_t *groups_of; /* per shape */
    size_t shape_count;
} pii__plan;

/* Makes a plan for `count` shapes, which are no longer needed then. */
PII_MUST_CHECK pii_status pii__plan_new(const pii_allocator *allocator, const pii__shape *const *shapes, size_t count,
                                        pii__plan **ret);
void pii__plan_free(pii__plan *plan);

/* The buckets, one bit each, that some shape that is on can hit. */
uint64_t pii__plan_buckets_on(const pii__plan *plan, const bool *shape_on);

#endif
