/* results.h - one flat list of measurements, printed as they come and written as JSON.
 *
 * A measurement is known by (section, subject, contestant); --compare, report.py and plots.py need no more. */
#ifndef BENCH_RESULTS_H
#define BENCH_RESULTS_H

#include "bench.h"

typedef struct bench_results bench_results;

typedef struct bench_result {
    const char *section;
    const char *subject; /* corpus, input size, number of rules ... */
    const char *contestant;
    const char *unit; /* "GB/s", "ns", "ms", "MiB", "s" */
    bool higher_is_better;
    double value;          /* median */
    double low;            /* 10th percentile */
    double high;           /* 90th, or what `high_name` says */
    const char *high_name; /* NULL: "p90" */
    double ratio;          /* value over the reference's value in the same run; 0: none */
    const char *reference; /* NULL: none */
    size_t samples;
    size_t bytes;   /* read by one run; 0: of no meaning */
    uint64_t count; /* findings of one run */
} bench_result;

bench_results *bench_results_new(const bench_options *options);
void bench_results_free(bench_results *results);

/* Adds one measurement and prints its line. */
void bench_results_add(bench_results *results, const bench_result *result);

/* From the samples of one contestant: median and percentiles go into `result`. */
void bench_results_add_samples(bench_results *results, bench_result result, double *samples, size_t count);

/* What could not run, and why: part of the result, never left out. Each pair is told once. */
void bench_results_absent(bench_results *results, const char *contestant, const char *why);

/* A comparison of spans: how many are equal, and how many only one side has. */
typedef struct bench_agreement {
    const char *corpus;
    const char *contestant;
    const char *rule;
    size_t reference_count;
    size_t equal;
    size_t only_reference;
    size_t only_contestant;
    size_t folded; /* of both: they hold or touch bytes that piiglet's view folds or leaves out */
    uint64_t hash; /* of the contestant's offsets */
} bench_agreement;

void bench_results_agreement(bench_results *results, const bench_agreement *agreement);

/* A fact about the run: `value` is copied. */
void bench_results_fact(bench_results *results, const char *name, const char *value);

/* Counters of one run, per byte, under the contestant's name. */
void bench_results_counters(bench_results *results, const char *subject, const char *contestant, const char *counter,
                            double per_kilobyte);

/* Writes the JSON file; false after an I/O error. */
bool bench_results_write(const bench_results *results, const char *path);

/* Prints what became slower or is missing; returns the exit code. */
int bench_compare(const bench_options *options);

#endif
