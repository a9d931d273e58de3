#include "sieve.h"

#include <string.h>

#include "byte_share.h"

/* Expected hits, in PII__SHARE_ALL cubed. */
static double price(const pii__triple *triple)
{
    double product = 1;
    for (int i = 0; i < PII__FINGERPRINT_SIZE; i++) {
        pii__byte_set set = pii__rectangle_set(triple->at[i]);
        product *= pii__byte_share(&set) + 1; /* two triples of rare bytes still differ */
    }
    return product;
}

static pii__triple hull(const pii__triple *a, const pii__triple *b)
{
    pii__triple both;
    for (int i = 0; i < PII__FINGERPRINT_SIZE; i++)
        both.at[i] = pii__rectangle_hull(a->at[i], b->at[i]);
    return both;
}

static bool equal(const pii__triple *a, const pii__triple *b)
{
    return !memcmp(a, b, sizeof *a);
}

static void remove_triple(pii__buckets *buckets, size_t index)
{
    buckets->triples[index] = buckets->triples[--buckets->count];
}

static void merge_cheapest(pii__buckets *buckets)
{
    size_t first = 0, second = 1;
    double least = -1;
    for (size_t i = 0; i < buckets->count; i++)
        for (size_t k = i + 1; k < buckets->count; k++) {
            pii__triple both = hull(&buckets->triples[i], &buckets->triples[k]);
            double added = price(&both) - price(&buckets->triples[i]) - price(&buckets->triples[k]);
            if (least < 0 || added < least) {
                least = added < 0 ? 0 : added;
                first = i;
                second = k;
            }
        }
    buckets->triples[first] = hull(&buckets->triples[first], &buckets->triples[second]);
    remove_triple(buckets, second);
}

static void add_triple(pii__buckets *buckets, const pii__triple *triple)
{
    for (size_t i = 0; i < buckets->count; i++) {
        pii__triple both = hull(&buckets->triples[i], triple);
        if (equal(&both, &buckets->triples[i]))
            return;
    }
    buckets->triples[buckets->count++] = *triple;
    if (buckets->count > PII__SIEVE_BUCKETS)
        merge_cheapest(buckets);
}

static pii__rectangle hull_of_set(const pii__byte_set *set)
{
    pii__rectangle all[16], sum = {0, 0};
    size_t count = pii__rectangles(set, all);
    for (size_t i = 0; i < count; i++)
        sum = pii__rectangle_hull(sum, all[i]);
    return sum;
}

void pii__buckets_add(pii__buckets *buckets, const pii__byte_set fingerprint[PII__FINGERPRINT_SIZE])
{
    pii__rectangle first[16];
    size_t count = pii__rectangles(&fingerprint[0], first);
    for (size_t i = 0; i < count; i++) {
        pii__triple triple = {{first[i], hull_of_set(&fingerprint[1]), hull_of_set(&fingerprint[2])}};
        add_triple(buckets, &triple);
    }
}

void pii__buckets_finish(const pii__buckets *buckets, pii__sieve *ret)
{
    memset(ret, 0, sizeof *ret);
    for (size_t b = 0; b < buckets->count; b++)
        for (int i = 0; i < PII__FINGERPRINT_SIZE; i++)
            pii__rectangle_enter(buckets->triples[b].at[i], (uint8_t)(1u << b), ret->low[i], ret->high[i]);
    for (int i = 0; i < PII__FINGERPRINT_SIZE; i++)
        for (unsigned byte = 0; byte < 256; byte++)
            ret->position[i][byte] = ret->low[i][byte & 15] & ret->high[i][byte >> 4];
}
