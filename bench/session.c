#include "session.h"

#include <stdlib.h>
#include <string.h>

typedef struct contestant_table {
    const bench_contestant *list;
    const size_t *count;
} contestant_table;

static const contestant_table tables[] = {
    {bench_copy_contestants, &bench_copy_count},
    {bench_piiglet_contestants, &bench_piiglet_count},
    {bench_pcre2_contestants, &bench_pcre2_count},
#ifdef BENCH_HAVE_HYPERSCAN
    {bench_hyperscan_contestants, &bench_hyperscan_count},
#endif
#ifdef BENCH_HAVE_RE2
    {bench_re2_contestants, &bench_re2_count},
#endif
};

const bench_contestant *bench_contestant_at(size_t index)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (index < *tables[i].count)
            return &tables[i].list[index];
        index -= *tables[i].count;
    }
    return NULL;
}

static void open_contestant(bench_session *session, const bench_contestant *contestant)
{
    const char *why = "unknown reason";
    void *state = NULL;
    uint64_t start = bench_now();
    if (!contestant->open(contestant, &session->options, &session->rules, &state, &why)) {
        bench_results_absent(session->results, contestant->name, why);
        return;
    }
    session->entries[session->entry_count++] = (bench_entry){contestant, state, bench_seconds_since(start)};
}

void bench_session_open_contestants(bench_session *session)
{
    size_t count = 0;
    while (bench_contestant_at(count) != NULL)
        count++;
    session->entries = bench_allocate(count * sizeof *session->entries);
    session->entry_count = 0;
    for (size_t i = 0; i < count; i++) {
        const bench_contestant *contestant = bench_contestant_at(i);
        if (i == 0 || !strcmp(contestant->name, BENCH_REFERENCE) ||
            bench_wanted(&session->options.contestants, contestant->name))
            open_contestant(session, contestant);
    }
#ifndef BENCH_HAVE_HYPERSCAN
    bench_results_absent(session->results, "hyperscan", "built without libhyperscan-dev");
    bench_results_absent(session->results, "vectorscan", "built without libhyperscan-dev, whose header it needs");
#endif
#ifndef BENCH_HAVE_RE2
    bench_results_absent(session->results, "re2", "built without libre2-dev or a C++ compiler");
#endif
}

void bench_session_close_contestants(bench_session *session)
{
    for (size_t i = 0; i < session->entry_count; i++)
        session->entries[i].contestant->close(session->entries[i].state);
    free(session->entries);
}

bench_entry *bench_session_find(bench_session *session, const char *name)
{
    for (size_t i = 0; i < session->entry_count; i++)
        if (!strcmp(session->entries[i].contestant->name, name))
            return &session->entries[i];
    return NULL;
}

double bench_time_run(const bench_entry *entry, const char *data, size_t size, uint64_t *ret_count)
{
    uint64_t start = bench_now();
    bool good = entry->contestant->run(entry->state, data, size, NULL, ret_count);
    double seconds = bench_seconds_since(start);
    if (!good)
        bench_fail("%s refused %zu bytes", entry->contestant->name, size);
    return seconds;
}

size_t bench_affordable(const bench_entry *entry, const char *data, size_t size, double budget)
{
    size_t prefix = size < 16384 ? size : 16384;
    uint64_t count;
    while (prefix < size) {
        double seconds = bench_time_run(entry, data, prefix, &count);
        if (seconds * 2 > budget)
            break;
        prefix = prefix * 2 < size ? prefix * 2 : size;
    }
    return prefix;
}
