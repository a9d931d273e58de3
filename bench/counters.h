/* counters.h - the processor's own counters, where the system gives them. */
#ifndef BENCH_COUNTERS_H
#define BENCH_COUNTERS_H

#include "bench.h"

enum { BENCH_COUNTERS = 4 };

extern const char *const bench_counter_names[BENCH_COUNTERS];

typedef struct bench_counters bench_counters;

/* NULL when the system does not give them: virtual machines often do not. */
bench_counters *bench_counters_open(void);
void bench_counters_close(bench_counters *counters);

void bench_counters_start(bench_counters *counters);
void bench_counters_stop(bench_counters *counters);
double bench_counters_value(const bench_counters *counters, size_t index);

#endif
