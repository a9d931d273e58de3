/* resolve.h - from overlapping findings to disjoint ones.
 *
 * Findings that overlap become one: the union of their spans, so that no byte
 * that any rule found is left uncovered, under the name of the longest of them
 * (then the most confident, then the one whose rule comes first). The result
 * does not depend on the order in which rules ran, nor on where a stream was
 * cut: a cluster is open until the scan has passed its end. */
#ifndef PII__RESOLVE_H
#define PII__RESOLVE_H

#include "piiglet_types.h"

/* A finding in source offsets from the start of the segment. */
typedef struct pii__span {
    uint64_t begin;
    uint64_t end;
    double confidence;
    uint32_t rule; /* rank: a lower one wins a tie */
} pii__span;

typedef struct pii__resolver {
    const pii_allocator *allocator; /* borrowed */
    pii__span *closed;              /* finished, in order, disjoint */
    size_t closed_count;
    size_t closed_capacity;
    bool open; /* whether `cluster` holds something */
    pii__span cluster;    /* union of the spans so far, under the winner's name */
    uint64_t winner_size; /* bytes of the winner's own span */
} pii__resolver;

void pii__resolver_init(pii__resolver *resolver, const pii_allocator *allocator);
void pii__resolver_free(pii__resolver *resolver);

/* Forgets everything, keeps the memory. */
void pii__resolver_restart(pii__resolver *resolver);

/* Sorts spans into the order in which they must be added; `room` for as many is written to. */
void pii__resolver_sort(pii__span *spans, size_t count, pii__span *room);

/* Adds a span whose begin is not below that of the span before - but for the
 * rest of a span that is in the open cluster already. */
PII_MUST_CHECK pii_status pii__resolver_add(pii__resolver *resolver, pii__span span);

/* No span that is still to come begins below `frontier`. */
PII_MUST_CHECK pii_status pii__resolver_advance(pii__resolver *resolver, uint64_t frontier);

#endif
