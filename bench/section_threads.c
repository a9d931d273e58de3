/* Growth with threads: one ruleset, one scrubber and one core per thread, each going through the same text;
 * memcpy beside it shows what the memory of this machine gives two cores. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"

#define THREADS 2

typedef struct worker {
    pthread_t thread;
    pthread_barrier_t *barrier;
    unsigned cpu;
    bench_entry entry;
    const bench_corpus *corpus;
    size_t size;
    uint64_t begin;
    uint64_t end;
} worker;

static void *work(void *opaque)
{
    worker *self = opaque;
    uint64_t count;
    bench_pin(self->cpu);
    bench_time_run(&self->entry, self->corpus->data, self->size < BENCH_MIB ? self->size : BENCH_MIB, &count);
    pthread_barrier_wait(self->barrier);
    self->begin = bench_now();
    bench_time_run(&self->entry, self->corpus->data, self->size, &count);
    self->end = bench_now();
    return NULL;
}

/* Bytes a second of all threads together, in GB/s. */
static double run_threads(worker *workers, unsigned count)
{
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, NULL, count);
    for (unsigned i = 0; i < count; i++) {
        workers[i].barrier = &barrier;
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            bench_fail("cannot start a thread");
    }
    uint64_t begin = UINT64_MAX;
    uint64_t end = 0;
    for (unsigned i = 0; i < count; i++) {
        pthread_join(workers[i].thread, NULL);
        begin = workers[i].begin < begin ? workers[i].begin : begin;
        end = workers[i].end > end ? workers[i].end : end;
    }
    pthread_barrier_destroy(&barrier);
    return (double)count * (double)workers[0].size / (double)(end - begin);
}

static void measure_contestant(bench_session *session, const bench_corpus *corpus, const bench_contestant *contestant)
{
    worker workers[THREADS];
    const char *why = "";
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i] = (worker){.cpu = i, .entry = {.contestant = contestant}, .corpus = corpus};
        if (!contestant->open(contestant, &session->options, &session->rules, &workers[i].entry.state, &why))
            bench_fail("%s: %s", contestant->name, why);
        workers[i].size =
            i > 0 ? workers[0].size
                  : bench_affordable(&workers[0].entry, corpus->data, corpus->size, session->options.budget);
    }
    size_t rounds = session->options.rounds;
    double *alone = bench_allocate(rounds * sizeof *alone);
    double *together = bench_allocate(rounds * sizeof *together);
    for (size_t i = 0; i < rounds; i++) {
        alone[i] = run_threads(workers, 1);
        together[i] = run_threads(workers, THREADS);
    }
    double one = bench_quantile(alone, rounds, 0.5);
    char *subject = bench_format("%d threads, %s", THREADS, corpus->name);
    bench_result result = {.section = "threads",
                           .subject = subject,
                           .contestant = contestant->name,
                           .unit = "GB/s",
                           .higher_is_better = true,
                           .ratio = bench_quantile(together, rounds, 0.5) / one,
                           .reference = "one thread",
                           .bytes = workers[0].size};
    bench_results_add_samples(session->results, result, together, rounds);
    free(subject);
    free(alone);
    free(together);
    for (unsigned i = 0; i < THREADS; i++)
        contestant->close(workers[i].entry.state);
}

void bench_section_threads(bench_session *session)
{
    static const char *const names[] = {"memcpy", "piiglet-13-scan", "piiglet-all-scan", "piiglet-all-sink"};
    static const char *const corpora[] = {"clean", "dense"};
    if (bench_cpu_count() < THREADS) {
        bench_results_absent(session->results, "threads", "the machine has one core");
        return;
    }
    for (size_t i = 0; i < sizeof corpora / sizeof corpora[0]; i++) {
        bench_corpus corpus;
        if (!bench_wanted(&session->options.corpora, corpora[i]) ||
            !bench_corpus_load(&session->options, corpora[i], session->options.size, &corpus))
            continue;
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            const bench_entry *entry = bench_session_find(session, names[j]);
            if (entry != NULL)
                measure_contestant(session, &corpus, entry->contestant);
        }
        bench_corpus_free(&corpus);
    }
}
