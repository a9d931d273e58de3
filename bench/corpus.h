/* corpus.h - the texts, as bench/corpora.py built them. */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include "bench.h"

typedef struct bench_corpus {
    const char *name;
    const char *what;
    bool timed; /* false: only compared, never timed */
    char *data; /* page-aligned, every page touched */
    size_t size;
} bench_corpus;

extern const bench_corpus bench_corpora[];
extern const size_t bench_corpus_count;

/* Reads `size` bytes (or the whole file when it is shorter) of a corpus. False when there is no such file. */
bool bench_corpus_load(const bench_options *options, const char *name, size_t size, bench_corpus *ret);
void bench_corpus_free(bench_corpus *corpus);

#endif
