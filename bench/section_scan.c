/* Throughput on each corpus: contestants take turns, round after round, so that a slow phase of the machine
 * hits all of them; each is set against memcpy of the same rounds. */
#include <stdlib.h>
#include <string.h>

#include "counters.h"
#include "session.h"

typedef struct lane {
    const bench_entry *entry;
    size_t size;   /* the prefix it can afford */
    double *rates; /* GB/s, one per round */
    uint64_t count;
} lane;

static lane *make_lanes(bench_session *session, const bench_corpus *corpus)
{
    lane *lanes = bench_allocate(session->entry_count * sizeof *lanes);
    for (size_t i = 0; i < session->entry_count; i++) {
        const bench_entry *entry = &session->entries[i];
        lanes[i] = (lane){
            .entry = entry,
            .size = bench_affordable(entry, corpus->data, corpus->size, session->options.budget),
            .rates = bench_allocate(session->options.rounds * sizeof(double)),
        };
    }
    return lanes;
}

static void report_lanes(bench_session *session, const bench_corpus *corpus, lane *lanes)
{
    size_t rounds = session->options.rounds;
    double memcpy_rate = bench_quantile(lanes[0].rates, rounds, 0.5);
    for (size_t i = 0; i < session->entry_count; i++) {
        bench_result result = {
            .section = "scan",
            .subject = corpus->name,
            .contestant = lanes[i].entry->contestant->name,
            .unit = "GB/s",
            .higher_is_better = true,
            .ratio = bench_quantile(lanes[i].rates, rounds, 0.5) / memcpy_rate,
            .reference = "memcpy",
            .bytes = lanes[i].size,
            .count = lanes[i].count,
        };
        bench_results_add_samples(session->results, result, lanes[i].rates, rounds);
    }
}

/* One more run of each contestant with the processor's counters on. */
static void count_lanes(bench_session *session, const bench_corpus *corpus, const lane *lanes)
{
    bench_counters *counters = bench_counters_open();
    if (counters == NULL)
        return;
    for (size_t i = 0; i < session->entry_count; i++) {
        uint64_t count;
        bench_counters_start(counters);
        bench_time_run(lanes[i].entry, corpus->data, lanes[i].size, &count);
        bench_counters_stop(counters);
        for (size_t j = 0; j < BENCH_COUNTERS; j++)
            bench_results_counters(session->results, corpus->name, lanes[i].entry->contestant->name,
                                   bench_counter_names[j],
                                   bench_counters_value(counters, j) * 1024 / (double)lanes[i].size);
    }
    bench_counters_close(counters);
}

static void scan_corpus(bench_session *session, const bench_corpus *corpus)
{
    lane *lanes = make_lanes(session, corpus);
    for (size_t round = 0; round < session->options.rounds; round++)
        for (size_t i = 0; i < session->entry_count; i++)
            lanes[i].rates[round] = (double)lanes[i].size * 1e-9 /
                                    bench_time_run(lanes[i].entry, corpus->data, lanes[i].size, &lanes[i].count);
    report_lanes(session, corpus, lanes);
    count_lanes(session, corpus, lanes);
    for (size_t i = 0; i < session->entry_count; i++)
        free(lanes[i].rates);
    free(lanes);
}

void bench_section_scan(bench_session *session)
{
    for (size_t i = 0; i < bench_corpus_count; i++) {
        bench_corpus corpus;
        const char *name = bench_corpora[i].name;
        if (!bench_corpora[i].timed || !bench_wanted(&session->options.corpora, name))
            continue;
        if (!bench_corpus_load(&session->options, name, session->options.size, &corpus)) {
            bench_results_absent(session->results, name, "no such corpus; bench/corpora.py builds them");
            continue;
        }
        scan_corpus(session, &corpus);
        bench_corpus_free(&corpus);
    }
}
