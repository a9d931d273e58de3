#include "hits.h"

#include <stdlib.h>

static int compare_hits(const void *a, const void *b)
{
    const pii__hit *x = a, *y = b;
    if (x->rule != y->rule)
        return x->rule < y->rule ? -1 : 1;
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

bool hits_equal(const pii__scanner *a, const pii__scanner *b)
{
    if (a->hit_count != b->hit_count)
        return false;
    if (a->hit_count == 0)
        return true;
    qsort(a->hits, a->hit_count, sizeof *a->hits, compare_hits);
    qsort(b->hits, b->hit_count, sizeof *b->hits, compare_hits);
    for (size_t i = 0; i < a->hit_count; i++) {
        const pii__hit *x = &a->hits[i], *y = &b->hits[i];
        if (x->begin != y->begin || x->end != y->end || x->rule != y->rule || x->confidence < y->confidence ||
            y->confidence < x->confidence)
            return false;
    }
    return true;
}
