/* Inputs made to be slow: one short unit, over and over. Two promises are measured: the time grows with the
 * size and no faster, and piiglet stays ahead of PCRE2 run rule by rule on the same bytes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "worst_inputs.h"

#define SMALL ((size_t)32 << 10)
#define STEPS_MAX 16
#define LONG_RUN 0.1 /* seconds after which no longer text is tried */

static char *make_input(const worst_input *input, size_t size)
{
    char *data = bench_allocate(size);
    for (size_t i = 0; i < size; i++)
        data[i] = input->unit[i % input->size];
    return data;
}

static double median_seconds(const bench_entry *entry, const char *data, size_t size, size_t rounds)
{
    double samples[STEPS_MAX];
    uint64_t count;
    rounds = rounds < STEPS_MAX ? rounds : STEPS_MAX;
    for (size_t i = 0; i < rounds; i++)
        samples[i] = bench_time_run(entry, data, size, &count);
    return bench_quantile(samples, rounds, 0.5);
}

/* Doubles the size while runs stay short; the answer is the exponent of growth over the last three doublings:
 * 1 is linear, 2 is quadratic. */
static void measure_growth(bench_session *session, const worst_input *input, const char *data, size_t size,
                           const bench_entry *entry)
{
    double seconds[STEPS_MAX];
    size_t steps = 0;
    for (size_t length = SMALL; steps < STEPS_MAX && length <= size; length *= 2) {
        seconds[steps++] = median_seconds(entry, data, length, 3);
        if (steps > 1 && seconds[steps - 1] > LONG_RUN)
            break;
    }
    size_t doublings = steps > 3 ? 3 : steps - 1;
    bench_result result = {
        .section = "growth",
        .subject = input->name,
        .contestant = entry->contestant->name,
        .unit = "power",
        .value = log2(seconds[steps - 1] / seconds[steps - 1 - doublings]) / (double)doublings,
        .samples = 3,
        .bytes = SMALL << (steps - 1),
    };
    result.low = result.high = result.value;
    bench_results_add(session->results, &result);
}

typedef struct worst_lane {
    const char *name;
    const char *reference; /* PCRE2 with the same rules */
} worst_lane;

#define LANES 4
static const worst_lane lanes[LANES] = {
    {BENCH_REFERENCE, BENCH_REFERENCE},
    {"piiglet-13-scan", BENCH_REFERENCE},
    {"pcre2-all-rules", "pcre2-all-rules"},
    {"piiglet-all-scan", "pcre2-all-rules"},
};

/* All in turn on the same short text. */
static void measure_small(bench_session *session, const worst_input *input, const char *data)
{
    double rates[LANES][STEPS_MAX];
    uint64_t counts[LANES] = {0};
    size_t rounds = session->options.rounds < STEPS_MAX ? session->options.rounds : STEPS_MAX;
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < LANES; i++) {
            const bench_entry *entry = bench_session_find(session, lanes[i].name);
            if (entry != NULL)
                rates[i][round] = (double)SMALL * 1e-9 / bench_time_run(entry, data, SMALL, &counts[i]);
        }
    for (size_t i = 0; i < LANES; i++) {
        size_t reference = i / 2 * 2; /* lanes come in pairs */
        bool judged = bench_session_find(session, lanes[i].reference) != NULL;
        bench_result result = {
            .section = "worst",
            .subject = input->name,
            .contestant = lanes[i].name,
            .unit = "GB/s",
            .higher_is_better = true,
            .reference = judged ? lanes[i].reference : NULL,
            .bytes = SMALL,
            .count = counts[i],
        };
        if (bench_session_find(session, lanes[i].name) == NULL)
            continue;
        if (judged)
            result.ratio = bench_quantile(rates[i], rounds, 0.5) / bench_quantile(rates[reference], rounds, 0.5);
        bench_results_add_samples(session->results, result, rates[i], rounds);
    }
}

void bench_section_worst(bench_session *session)
{
    for (size_t i = 0; i < WORST_INPUTS; i++) {
        char *data = make_input(&worst_inputs[i], SMALL);
        measure_small(session, &worst_inputs[i], data);
        free(data);
    }
}

void bench_section_growth(bench_session *session)
{
    size_t size = session->options.quick ? BENCH_MIB / 2 : 8 * BENCH_MIB;
    for (size_t i = 0; i < WORST_INPUTS; i++) {
        char *data = make_input(&worst_inputs[i], size);
        for (size_t j = 1; j < LANES; j += 2) {
            const bench_entry *entry = bench_session_find(session, lanes[j].name);
            if (entry != NULL)
                measure_growth(session, &worst_inputs[i], data, size, entry);
        }
        free(data);
    }
}
