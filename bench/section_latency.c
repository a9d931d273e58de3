/* Small texts, one call each: what the save path and the message path wait for. Every call gets another slice
 * of the corpus, copied beforehand as the caller's own work would have left it in the cache. */
#include <stdlib.h>
#include <string.h>

#include "session.h"

typedef struct text_kind {
    const char *name;
    const char *corpus;
    size_t size;
    size_t slices; /* distinct ones; a fifth of them with --quick */
} text_kind;

static const text_kind kinds[] = {
    {"message 200 B", "clean", 200, 20000},         {"dialogue 2 KB", "clean", 2 << 10, 10000},
    {"dialogue 20 KB", "clean", 20 << 10, 2000},    {"dialogue 20 KB, 30 % personal", "dense", 20 << 10, 1000},
    {"project JSON 20 KB", "json", 20 << 10, 2000}, {"project JSON 500 KB", "json", 500 << 10, 100},
};

static const char *const contestants[] = {"memcpy",    "piiglet-13-scrub", "piiglet-all-scrub", "hyperscan-starts",
                                          "re2-rules", "re2-alternation",  "pcre2-rules"};

#define LANES (sizeof contestants / sizeof contestants[0])
#define TURN 50 /* slices one contestant goes through before the next has its turn */

/* The start of a line somewhere in the corpus. */
static const char *slice_at(const bench_corpus *corpus, size_t size, uint64_t *random)
{
    size_t last = corpus->size - size;
    size_t at = (size_t)(bench_random(random) % (last + 1));
    const char *line = memchr(corpus->data + at, '\n', last - at);
    return line != NULL ? line + 1 : corpus->data + at;
}

static void run_turn(const bench_corpus *corpus, const bench_entry *entry, size_t size, uint64_t seed, char *copy,
                     double *samples, size_t count)
{
    uint64_t random = seed;
    uint64_t findings;
    for (size_t i = 0; i < count; i++) {
        memcpy(copy, slice_at(corpus, size, &random), size);
        samples[i] = 1e9 * bench_time_run(entry, copy, size, &findings);
    }
}

static void measure_kind(bench_session *session, const text_kind *kind, const bench_corpus *corpus)
{
    size_t slices = kind->slices / (session->options.quick ? 5 : 1);
    double *samples[LANES] = {NULL};
    const bench_entry *lanes[LANES];
    char *copy = bench_allocate(kind->size);
    for (size_t i = 0; i < LANES; i++) {
        lanes[i] = bench_session_find(session, contestants[i]);
        samples[i] = bench_allocate(slices * sizeof(double));
    }
    for (size_t done = 0; done < slices; done += TURN)
        for (size_t i = 0; i < LANES; i++)
            if (lanes[i] != NULL)
                run_turn(corpus, lanes[i], kind->size, done, copy, samples[i] + done,
                         slices - done < TURN ? slices - done : TURN);
    for (size_t i = 0; i < LANES; i++) {
        bench_result result = {.section = "latency",
                               .subject = kind->name,
                               .contestant = contestants[i],
                               .unit = "ns",
                               .high_name = "p99",
                               .bytes = kind->size};
        if (lanes[i] != NULL)
            bench_results_add_samples(session->results, result, samples[i], slices);
        free(samples[i]);
    }
    free(copy);
}

void bench_section_latency(bench_session *session)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        bench_corpus corpus;
        if (!bench_wanted(&session->options.corpora, kinds[i].corpus))
            continue;
        if (!bench_corpus_load(&session->options, kinds[i].corpus, session->options.size, &corpus))
            continue;
        if (corpus.size > 2 * kinds[i].size)
            measure_kind(session, &kinds[i], &corpus);
        bench_corpus_free(&corpus);
    }
}
