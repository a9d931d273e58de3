#include "sieve.h"

#include <stdlib.h>
#include <string.h>

#include "byte_share.h"

enum {
    program_start = 4, /* starting a program costs as much as so many shapes in it */
    bucket_price = 500 /* what an eighth of a bank costs per million bytes, in the same unit */
};

static double hits(const pii__triple *triple)
{
    pii__byte_set sets[PII__FINGERPRINT_SIZE];
    for (int i = 0; i < PII__FINGERPRINT_SIZE; i++)
        sets[i] = pii__rectangle_set(triple->at[i]);
    return pii__sequence_share(sets, PII__FINGERPRINT_SIZE);
}

static double price(const pii__triple *triple)
{
    return triple->hits * (program_start + triple->shapes);
}

static pii__triple hull(const pii__triple *a, const pii__triple *b)
{
    pii__triple both = {.shapes = a->shapes + b->shapes};
    for (int i = 0; i < PII__FINGERPRINT_SIZE; i++)
        both.at[i] = pii__rectangle_hull(a->at[i], b->at[i]);
    both.hits = hits(&both);
    return both;
}

static bool inside(const pii__triple *triple, const pii__triple *outer)
{
    for (int i = 0; i < PII__FINGERPRINT_SIZE; i++)
        if ((triple->at[i].high & ~outer->at[i].high) || (triple->at[i].low & ~outer->at[i].low))
            return false;
    return true;
}

/* Keeps the prices of merging bucket `changed` with each other one. */
static void price_merges(pii__buckets *buckets, size_t changed)
{
    for (size_t i = 0; i < buckets->count; i++) {
        if (i == changed)
            continue;
        const pii__triple *a = &buckets->triples[i], *b = &buckets->triples[changed];
        pii__triple both = hull(a, b);
        buckets->added[i > changed ? i : changed][i > changed ? changed : i] = price(&both) - price(a) - price(b);
    }
}

/* The two whose merging costs least; false when there are no two. */
static bool find_cheapest(const pii__buckets *buckets, size_t *ret_first, size_t *ret_second)
{
    *ret_first = 0;
    *ret_second = 1;
    for (size_t k = 1; k < buckets->count; k++)
        for (size_t i = 0; i < k; i++)
            if (buckets->added[k][i] < buckets->added[*ret_second][*ret_first]) {
                *ret_first = i;
                *ret_second = k;
            }
    return buckets->count > 1;
}

static void merge(pii__buckets *buckets, size_t first, size_t second)
{
    size_t last = --buckets->count;
    buckets->triples[first] = hull(&buckets->triples[first], &buckets->triples[second]);
    if (second != last) {
        buckets->triples[second] = buckets->triples[last];
        price_merges(buckets, second);
    }
    price_merges(buckets, first);
}

static void add_triple(pii__buckets *buckets, const pii__triple *triple)
{
    for (size_t i = 0; i < buckets->count; i++)
        if (inside(triple, &buckets->triples[i]) && inside(&buckets->triples[i], triple)) {
            buckets->triples[i].shapes += triple->shapes;
            price_merges(buckets, i);
            return;
        }
    buckets->triples[buckets->count++] = *triple;
    price_merges(buckets, buckets->count - 1);
    size_t first, second;
    if (buckets->count > PII__SIEVE_BUCKETS && find_cheapest(buckets, &first, &second))
        merge(buckets, first, second);
}

static pii__rectangle hull_of_set(const pii__byte_set *set)
{
    pii__rectangle all[16], sum = {0, 0};
    size_t count = pii__rectangles(set, all);
    for (size_t i = 0; i < count; i++)
        sum = pii__rectangle_hull(sum, all[i]);
    return sum;
}

/* Signs share a row of the ASCII table with the blank, which follows most
 * things: where a set has signs but no blank, they are told apart from the rest.
 * Returns the number of halves, 1 or 2. */
static size_t split_signs(const pii__byte_set *set, pii__rectangle ret[2])
{
    enum { sign_row = 2, first_sign_row_bit = sign_row * 16 };
    const uint64_t row = UINT64_C(0xFFFF) << first_sign_row_bit;
    pii__byte_set signs = {{set->bits[0] & row, 0, 0, 0}}, rest = *set;
    rest.bits[0] &= ~row;
    if (!signs.bits[0] || pii__byte_set_has(set, ' ') || !pii__byte_set_count(&rest)) {
        ret[0] = hull_of_set(set);
        return 1;
    }
    ret[0] = hull_of_set(&rest);
    ret[1] = hull_of_set(&signs);
    return 2;
}

enum { triples_max = 16 * 2 * 2 };

static size_t triples_of(const pii__byte_set fingerprint[PII__FINGERPRINT_SIZE], pii__triple ret[triples_max])
{
    pii__rectangle first[16], second[2], third[2];
    size_t firsts = pii__rectangles(&fingerprint[0], first);
    size_t seconds = split_signs(&fingerprint[1], second), thirds = split_signs(&fingerprint[2], third);
    size_t count = 0;
    for (size_t i = 0; i < firsts * seconds * thirds; i++) {
        pii__triple *triple = &ret[count++];
        *triple = (pii__triple){{first[i % firsts], second[i / firsts % seconds], third[i / firsts / seconds]}, 0, 1};
        triple->hits = hits(triple);
    }
    return count;
}

void pii__buckets_add(pii__buckets *buckets, const pii__byte_set fingerprint[PII__FINGERPRINT_SIZE])
{
    pii__triple all[triples_max];
    size_t count = triples_of(fingerprint, all);
    for (size_t i = 0; i < count; i++)
        add_triple(buckets, &all[i]);
}

static int rarer_last(const void *a, const void *b)
{
    const pii__triple *x = a, *y = b;
    return (x->hits < y->hits) - (x->hits > y->hits);
}

void pii__buckets_settle(pii__buckets *buckets)
{
    size_t first, second;
    while (find_cheapest(buckets, &first, &second) && buckets->added[second][first] < bucket_price)
        merge(buckets, first, second);
    qsort(buckets->triples, buckets->count, sizeof *buckets->triples, rarer_last);
}

/* The rarest bucket that a triple is inside of; there is one, as buckets only
 * ever grow. */
static size_t bucket_of(const pii__buckets *buckets, const pii__triple *triple)
{
    size_t best = buckets->count;
    for (size_t b = 0; b < buckets->count; b++)
        if (inside(triple, &buckets->triples[b]) &&
            (best == buckets->count || buckets->triples[b].hits < buckets->triples[best].hits))
            best = b;
    return best;
}

uint64_t pii__buckets_of(const pii__buckets *buckets, const pii__byte_set fingerprint[PII__FINGERPRINT_SIZE])
{
    uint64_t mask = 0;
    pii__triple all[triples_max];
    size_t count = triples_of(fingerprint, all);
    for (size_t i = 0; i < count; i++)
        mask |= UINT64_C(1) << bucket_of(buckets, &all[i]);
    return mask;
}

static void enter_bucket(pii__sieve *sieve, size_t bucket, const pii__triple *triple)
{
    pii__sieve_bank *bank = &sieve->banks[bucket / 8];
    for (int i = 0; i < PII__FINGERPRINT_SIZE; i++) {
        pii__byte_set set = pii__rectangle_set(triple->at[i]);
        pii__rectangle_enter(triple->at[i], (uint8_t)(1u << bucket % 8), bank->low[i], bank->high[i]);
        for (unsigned byte = 0; byte < 256; byte++)
            if (pii__byte_set_has(&set, (uint8_t)byte))
                sieve->position[i][byte] |= UINT64_C(1) << bucket;
    }
}

void pii__buckets_finish(const pii__buckets *buckets, pii__sieve *ret)
{
    memset(ret, 0, sizeof *ret);
    for (size_t b = 0; b < buckets->count; b++)
        enter_bucket(ret, b, &buckets->triples[b]);
    ret->bank_count = (buckets->count + 7) / 8;
    ret->buckets = buckets->count == PII__SIEVE_BUCKETS ? UINT64_MAX : (UINT64_C(1) << buckets->count) - 1;
}

void pii__sieve_choose(const pii__sieve *all, uint64_t buckets, pii__sieve *ret)
{
    *ret = *all;
    ret->buckets &= buckets;
    for (int i = 0; i < PII__FINGERPRINT_SIZE; i++) {
        for (unsigned byte = 0; byte < 256; byte++)
            ret->position[i][byte] &= ret->buckets;
        for (size_t bank = 0; bank < PII__SIEVE_BANKS; bank++)
            for (unsigned nibble = 0; nibble < 16; nibble++)
                ret->banks[bank].low[i][nibble] &= (uint8_t)(ret->buckets >> 8 * bank);
    }
}
