/* bench.h - what every file of the harness shares: settings, time, order statistics, and the end.
 *
 * The harness is a client of piiglet like any other: of the engine it sees the public headers only. */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BENCH_MIB ((size_t)1 << 20)
#define BENCH_FILTERS_MAX 16

/* Names given with one option; empty means all. */
typedef struct bench_filter {
    const char *names[BENCH_FILTERS_MAX];
    size_t count;
} bench_filter;

typedef struct bench_options {
    bool quick;
    bool list;
    size_t rounds;
    size_t size;         /* bytes of each corpus */
    double budget;       /* seconds one run of one contestant may take; slow ones get a prefix */
    size_t process_size; /* bytes of the file that whole processes read */
    size_t stream_size;  /* bytes of the longest stream */
    unsigned cpu;        /* the core the harness is pinned to */
    double threshold;    /* of --compare, as a share */
    bench_filter sections;
    bench_filter corpora;
    bench_filter contestants;
    const char *json;     /* NULL: no file */
    const char *old_json; /* --compare */
    const char *new_json;
    const char *corpora_dir;
    const char *peers_dir;
    const char *source_dir;
    const char *command; /* the piiglet command */
} bench_options;

/* Fills `ret` from the command line; ends the program on --help and on mistakes. */
void bench_options_parse(int argc, char **argv, bench_options *ret);

/* Whether `name`, or a leading part of it, was asked for, or nothing was. */
bool bench_wanted(const bench_filter *filter, const char *name);

/* Says why on stderr and ends the program with exit code 2. */
void bench_fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* malloc and printf into new memory that end the program when memory runs out. */
void *bench_allocate(size_t size);
char *bench_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Monotonic time in nanoseconds. */
uint64_t bench_now(void);
double bench_seconds_since(uint64_t start);

/* Keeps the harness, and what it starts, on one core; or gives back all cores. */
void bench_pin(unsigned cpu);
void bench_unpin(void);
unsigned bench_cpu_count(void);

/* Peak resident memory of a process in bytes (VmHWM), 0 when unknown. */
size_t bench_memory_peak(int pid);

/* Sorts the samples; linear interpolation between neighbours; `share` from 0 to 1. */
double bench_quantile(double *samples, size_t count, double share);

/* Deterministic numbers (splitmix64). */
uint64_t bench_random(uint64_t *state);

#endif
