#define _GNU_SOURCE
#include "counters.h"

#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

const char *const bench_counter_names[BENCH_COUNTERS] = {"cycles", "instructions", "branch misses", "cache misses"};

static const uint64_t events[BENCH_COUNTERS] = {PERF_COUNT_HW_CPU_CYCLES, PERF_COUNT_HW_INSTRUCTIONS,
                                                PERF_COUNT_HW_BRANCH_MISSES, PERF_COUNT_HW_CACHE_MISSES};

struct bench_counters {
    int files[BENCH_COUNTERS]; /* the first leads the group; -1: closed */
    uint64_t values[BENCH_COUNTERS];
};

static int open_event(uint64_t event, int leader)
{
    struct perf_event_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.size = sizeof attributes;
    attributes.type = PERF_TYPE_HARDWARE;
    attributes.config = event;
    attributes.disabled = leader < 0;
    attributes.exclude_kernel = 1;
    attributes.exclude_hv = 1;
    attributes.read_format = PERF_FORMAT_GROUP;
    return (int)syscall(SYS_perf_event_open, &attributes, 0, -1, leader, PERF_FLAG_FD_CLOEXEC);
}

void bench_counters_close(bench_counters *counters)
{
    for (size_t i = 0; i < BENCH_COUNTERS; i++)
        if (counters->files[i] >= 0)
            close(counters->files[i]);
    free(counters);
}

bench_counters *bench_counters_open(void)
{
    bench_counters *counters = bench_allocate(sizeof *counters);
    for (size_t i = 0; i < BENCH_COUNTERS; i++)
        counters->files[i] = -1;
    for (size_t i = 0; i < BENCH_COUNTERS; i++) {
        counters->files[i] = open_event(events[i], counters->files[0]);
        if (counters->files[i] < 0) {
            bench_counters_close(counters);
            return NULL;
        }
    }
    return counters;
}

void bench_counters_start(bench_counters *counters)
{
    ioctl(counters->files[0], PERF_EVENT_IOC_RESET, PERF_IOC_FLAG_GROUP);
    ioctl(counters->files[0], PERF_EVENT_IOC_ENABLE, PERF_IOC_FLAG_GROUP);
}

void bench_counters_stop(bench_counters *counters)
{
    uint64_t group[1 + BENCH_COUNTERS] = {0};
    ioctl(counters->files[0], PERF_EVENT_IOC_DISABLE, PERF_IOC_FLAG_GROUP);
    if (read(counters->files[0], group, sizeof group) != (ssize_t)sizeof group)
        memset(group, 0, sizeof group);
    memcpy(counters->values, group + 1, sizeof counters->values);
}

double bench_counters_value(const bench_counters *counters, size_t index)
{
    return (double)counters->values[index];
}
