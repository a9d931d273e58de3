#include "spans.h"

#include <stdlib.h>

bench_spans *bench_spans_new(size_t rule_count)
{
    bench_spans *spans = bench_allocate(sizeof *spans);
    *spans = (bench_spans){bench_allocate(rule_count * sizeof *spans->rules), rule_count};
    for (size_t i = 0; i < rule_count; i++)
        spans->rules[i] = (bench_span_list){0};
    return spans;
}

void bench_spans_free(bench_spans *spans)
{
    for (size_t i = 0; i < spans->rule_count; i++)
        free(spans->rules[i].spans);
    free(spans->rules);
    free(spans);
}

void bench_spans_add(bench_spans *spans, size_t rule, uint64_t begin, uint64_t end)
{
    bench_span_list *list = &spans->rules[rule];
    if (list->count == list->capacity) {
        list->capacity = list->capacity > 0 ? 2 * list->capacity : 64;
        list->spans = realloc(list->spans, list->capacity * sizeof *list->spans);
        if (list->spans == NULL)
            bench_fail("out of memory");
    }
    list->spans[list->count++] = (bench_span){begin, end};
}

/* By begin; of equal ones the longest first. */
static int compare_spans(const void *a, const void *b)
{
    const bench_span *left = a;
    const bench_span *right = b;
    if (left->begin != right->begin)
        return left->begin < right->begin ? -1 : 1;
    return (left->end < right->end) - (left->end > right->end);
}

void bench_spans_sort(bench_spans *spans)
{
    for (size_t i = 0; i < spans->rule_count; i++)
        if (spans->rules[i].count > 0)
            qsort(spans->rules[i].spans, spans->rules[i].count, sizeof(bench_span), compare_spans);
}

void bench_spans_leftmost_longest(bench_spans *spans)
{
    bench_spans_sort(spans);
    for (size_t i = 0; i < spans->rule_count; i++) {
        bench_span_list *list = &spans->rules[i];
        size_t kept = 0;
        for (size_t j = 0; j < list->count; j++)
            if (kept == 0 || list->spans[j].begin >= list->spans[kept - 1].end)
                list->spans[kept++] = list->spans[j];
        list->count = kept;
    }
}

uint64_t bench_spans_hash(const bench_span_list *list)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < list->count; i++) {
        uint64_t words[] = {list->spans[i].begin, list->spans[i].end};
        for (size_t j = 0; j < 2; j++)
            for (unsigned shift = 0; shift < 64; shift += 8)
                hash = (hash ^ ((words[j] >> shift) & 0xFF)) * 0x100000001B3u;
    }
    return hash;
}

size_t bench_spans_total(const bench_spans *spans)
{
    size_t total = 0;
    for (size_t i = 0; i < spans->rule_count; i++)
        total += spans->rules[i].count;
    return total;
}
