#define _GNU_SOURCE
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const bench_corpus bench_corpora[] = {
    {.name = "clean", .what = "dialogue and prose without personal information", .timed = true},
    {.name = "sparse", .what = "the same, 1 % of the lines with personal information", .timed = true},
    {.name = "dense", .what = "the same, 30 % of the lines with personal information", .timed = true},
    {.name = "javascript", .what = "JavaScript sources as plain text", .timed = true},
    {.name = "json", .what = "JSON records as plain text: ids, times, numbers, text", .timed = true},
    {.name = "multilingual", .what = "text in more than ten languages and scripts", .timed = true},
    {.name = "adversarial", .what = "mutated near misses of every comparison rule", .timed = false},
};
const size_t bench_corpus_count = sizeof bench_corpora / sizeof bench_corpora[0];

static size_t file_size(FILE *file)
{
    struct stat status;
    return fstat(fileno(file), &status) == 0 && status.st_size > 0 ? (size_t)status.st_size : 0;
}

bool bench_corpus_load(const bench_options *options, const char *name, size_t size, bench_corpus *ret)
{
    char *path = bench_format("%s/%s.txt", options->corpora_dir, name);
    FILE *file = fopen(path, "re");
    free(path);
    if (file == NULL)
        return false;
    size_t available = file_size(file);
    *ret = (bench_corpus){.name = name, .timed = true, .size = size < available ? size : available};
    for (size_t i = 0; i < bench_corpus_count; i++)
        if (!strcmp(bench_corpora[i].name, name)) {
            ret->what = bench_corpora[i].what;
            ret->timed = bench_corpora[i].timed;
        }
    if (posix_memalign((void **)&ret->data, 4096, ret->size + 4096) != 0)
        bench_fail("out of memory for the corpus %s", name);
    bool good = fread(ret->data, 1, ret->size, file) == ret->size;
    fclose(file);
    if (!good)
        bench_fail("cannot read the corpus %s", name);
    return true;
}

void bench_corpus_free(bench_corpus *corpus)
{
    free(corpus->data);
    corpus->data = NULL;
}
