#include "resolve.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

void pii__resolver_init(pii__resolver *resolver, const pii_allocator *allocator)
{
    *resolver = (pii__resolver){.allocator = allocator};
}

void pii__resolver_free(pii__resolver *resolver)
{
    if (resolver->allocator)
        pii__release(resolver->allocator, resolver->closed);
}

void pii__resolver_restart(pii__resolver *resolver)
{
    resolver->closed_count = 0;
    resolver->open = false;
}

static int compare(const void *a, const void *b)
{
    const pii__span *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* An insertion sort for the usual handful: qsort of a few elements costs more
 * than it saves, and glibc's may allocate. */
static void sort_few(pii__span *spans, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        pii__span span = spans[i];
        size_t at = i;
        for (; at > 0 && compare(&spans[at - 1], &span) > 0; at--)
            spans[at] = spans[at - 1];
        spans[at] = span;
    }
}

enum { few = 32, stretches = 256 };

/* Which of the stretches of equal width from the lowest begin on a span begins in. */
typedef struct division {
    uint64_t lowest;
    unsigned shift;
} division;

/* `shift` 64: all begin at one place. */
static division divide(const pii__span *spans, size_t count)
{
    uint64_t lowest = UINT64_MAX, highest = 0;
    for (size_t i = 0; i < count; i++) {
        lowest = spans[i].begin < lowest ? spans[i].begin : lowest;
        highest = spans[i].begin > highest ? spans[i].begin : highest;
    }
    unsigned shift = 0;
    while ((highest - lowest) >> shift >= stretches)
        shift++;
    return (division){lowest, highest > lowest ? shift : 64};
}

/* Copies the spans to `ret` by stretch; those of a stretch keep their order. `ends` becomes where each ends. */
static void spread(const pii__span *spans, size_t count, division by, pii__span *ret, size_t ends[stretches + 1])
{
    memset(ends, 0, (stretches + 1) * sizeof ends[0]);
    for (size_t i = 0; i < count; i++)
        ends[((spans[i].begin - by.lowest) >> by.shift) + 1]++;
    for (size_t i = 1; i < stretches; i++)
        ends[i] += ends[i - 1];
    for (size_t i = 0; i < count; i++)
        ret[ends[(spans[i].begin - by.lowest) >> by.shift]++] = spans[i];
}

/* Nearly in order they come, and begin at many places: so they are spread over stretches, down to a few in each. The
 * stretches of each round are narrower by their number: eight rounds at most. */
void pii__resolver_sort(pii__span *spans, size_t count, pii__span *room)
{
    if (count <= few) {
        sort_few(spans, count);
        return;
    }
    division by = divide(spans, count);
    if (by.shift == 64) {
        qsort(spans, count, sizeof *spans, compare);
        return;
    }
    size_t ends[stretches + 1], begin = 0;
    spread(spans, count, by, room, ends);
    for (size_t i = 0; i < stretches; begin = ends[i++])
        pii__resolver_sort(room + begin, ends[i] - begin, spans + begin);
    memcpy(spans, room, count * sizeof *spans);
}

static pii_status close_cluster(pii__resolver *resolver)
{
    pii__span *closed = pii__grow(resolver->allocator, resolver->closed, &resolver->closed_capacity,
                                  resolver->closed_count, sizeof *closed);
    if (!closed)
        return PII_ERROR_MEMORY;
    resolver->closed = closed;
    resolver->closed[resolver->closed_count++] = resolver->cluster;
    resolver->open = false;
    return PII_OK;
}

static bool wins(const pii__span *span, const pii__resolver *resolver)
{
    uint64_t size = span->end - span->begin;
    if (size != resolver->winner_size)
        return size > resolver->winner_size;
    if (span->confidence > resolver->cluster.confidence || span->confidence < resolver->cluster.confidence)
        return span->confidence > resolver->cluster.confidence;
    return span->rule < resolver->cluster.rule;
}

pii_status pii__resolver_add(pii__resolver *resolver, pii__span span)
{
    pii_status status = pii__resolver_advance(resolver, span.begin);
    if (status != PII_OK)
        return status;
    if (!resolver->open) {
        resolver->open = true;
        resolver->cluster = span;
        resolver->winner_size = span.end - span.begin;
        return PII_OK;
    }
    if (wins(&span, resolver)) {
        resolver->winner_size = span.end - span.begin;
        resolver->cluster.confidence = span.confidence;
        resolver->cluster.rule = span.rule;
    }
    if (span.end > resolver->cluster.end)
        resolver->cluster.end = span.end;
    return PII_OK;
}

pii_status pii__resolver_advance(pii__resolver *resolver, uint64_t frontier)
{
    return resolver->open && frontier >= resolver->cluster.end ? close_cluster(resolver) : PII_OK;
}
