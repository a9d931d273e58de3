/* spans.h - what a contestant found, per rule: the ground on which contestants are compared. */
#ifndef BENCH_SPANS_H
#define BENCH_SPANS_H

#include "bench.h"

typedef struct bench_span {
    uint64_t begin;
    uint64_t end;
} bench_span;

typedef struct bench_span_list {
    bench_span *spans;
    size_t count;
    size_t capacity;
} bench_span_list;

typedef struct bench_spans {
    bench_span_list *rules;
    size_t rule_count;
} bench_spans;

bench_spans *bench_spans_new(size_t rule_count);
void bench_spans_free(bench_spans *spans);
void bench_spans_add(bench_spans *spans, size_t rule, uint64_t begin, uint64_t end);

/* Sorts each list by begin. */
void bench_spans_sort(bench_spans *spans);

/* For engines that report every end of a match: of those that overlap, the first begin with its longest end. */
void bench_spans_leftmost_longest(bench_spans *spans);

/* One number for all offsets of one rule (FNV-1a). */
uint64_t bench_spans_hash(const bench_span_list *list);

size_t bench_spans_total(const bench_spans *spans);

#endif
