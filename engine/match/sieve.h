/* sieve.h - from fingerprints to the buckets of the sieve. */
#ifndef PII__SIEVE_H
#define PII__SIEVE_H

#include "kernel.h"
#include "rectangles.h"

/* Three bytes in a row, each in a rectangle. */
typedef struct pii__triple {
    pii__rectangle at[PII__FINGERPRINT_SIZE];
    double hits;   /* of a million places in ordinary text */
    double shapes; /* how many it stands for, to weigh what a hit costs */
} pii__triple;

typedef struct pii__buckets {
    pii__triple triples[PII__SIEVE_BUCKETS + 1];
    double added[PII__SIEVE_BUCKETS + 1][PII__SIEVE_BUCKETS + 1]; /* [i][k], k < i: price of merging the two */
    size_t count;
} pii__buckets;

/* Adds a fingerprint: one triple for each rectangle of its first byte. When
 * there are too many, the two that cost least together become their hull.
 * `buckets` is zeroed before the first. */
void pii__buckets_add(pii__buckets *buckets, const pii__byte_set fingerprint[PII__FINGERPRINT_SIZE]);

/* Once all are added: merges what is not worth a bucket of its own, and puts common
 * ones first, so that few banks are hit often. */
void pii__buckets_settle(pii__buckets *buckets);

/* Once they are settled: the buckets, one bit each, that a place with this
 * fingerprint can hit; every such place hits one of them. */
uint64_t pii__buckets_of(const pii__buckets *buckets, const pii__byte_set fingerprint[PII__FINGERPRINT_SIZE]);

void pii__buckets_finish(const pii__buckets *buckets, pii__sieve *ret);

/* The sieve with these buckets only. */
void pii__sieve_choose(const pii__sieve *all, uint64_t buckets, pii__sieve *ret);

#endif
