/* Hyperscan and Vectorscan, both loaded by path at run time, as they share their names: a block at a time or
 * as a stream, with the starts of matches (which redacting needs) or with the ends alone (the easier job). */
#include <dlfcn.h>
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>

#include "contestant.h"

enum { BLOCK = 0, STREAM = 1, STARTS = 2, VECTORSCAN = 4 };

#define PIECE ((size_t)64 << 10)

typedef struct library {
    void *handle;
    __typeof__(hs_compile_multi) *compile_multi;
    __typeof__(hs_free_compile_error) *free_compile_error;
    __typeof__(hs_free_database) *free_database;
    __typeof__(hs_alloc_scratch) *alloc_scratch;
    __typeof__(hs_free_scratch) *free_scratch;
    __typeof__(hs_scan) *scan;
    __typeof__(hs_open_stream) *open_stream;
    __typeof__(hs_scan_stream) *scan_stream;
    __typeof__(hs_close_stream) *close_stream;
} library;

typedef struct hyperscan_state {
    library api;
    int variant;
    hs_database_t *database;
    hs_scratch_t *scratch;
    size_t rule_count;
} hyperscan_state;

/* What a run gathers. For one rule, matches that overlap or touch count once. */
typedef struct hyperscan_run {
    uint64_t count;
    uint64_t *last_end; /* per rule */
    bool starts;
    bench_spans *spans;
} hyperscan_run;

static void hyperscan_close(void *opaque)
{
    hyperscan_state *state = opaque;
    if (state->api.handle != NULL) {
        state->api.free_scratch(state->scratch);
        state->api.free_database(state->database);
    }
    free(state); /* the library stays loaded: it is opened several times */
}

static bool load(library *api, const bench_options *options, bool vectorscan)
{
    char *path = bench_format("%s/vectorscan/libhs.so.5", options->peers_dir);
    void *handle = dlopen(vectorscan ? path : "libhs.so.5", RTLD_NOW | RTLD_LOCAL);
    free(path);
    if (handle == NULL)
        return false;
    api->handle = handle;
    api->compile_multi = (__typeof__(hs_compile_multi) *)dlsym(handle, "hs_compile_multi");
    api->free_compile_error = (__typeof__(hs_free_compile_error) *)dlsym(handle, "hs_free_compile_error");
    api->free_database = (__typeof__(hs_free_database) *)dlsym(handle, "hs_free_database");
    api->alloc_scratch = (__typeof__(hs_alloc_scratch) *)dlsym(handle, "hs_alloc_scratch");
    api->free_scratch = (__typeof__(hs_free_scratch) *)dlsym(handle, "hs_free_scratch");
    api->scan = (__typeof__(hs_scan) *)dlsym(handle, "hs_scan");
    api->open_stream = (__typeof__(hs_open_stream) *)dlsym(handle, "hs_open_stream");
    api->scan_stream = (__typeof__(hs_scan_stream) *)dlsym(handle, "hs_scan_stream");
    api->close_stream = (__typeof__(hs_close_stream) *)dlsym(handle, "hs_close_stream");
    return api->compile_multi != NULL && api->free_compile_error != NULL && api->free_database != NULL &&
           api->alloc_scratch != NULL && api->free_scratch != NULL && api->scan != NULL && api->open_stream != NULL &&
           api->scan_stream != NULL && api->close_stream != NULL;
}

static bool compile(hyperscan_state *state, const bench_rules *rules, const char **ret_absent)
{
    const char **patterns = bench_allocate(rules->count * sizeof *patterns);
    unsigned *flags = bench_allocate(rules->count * sizeof *flags);
    unsigned *ids = bench_allocate(rules->count * sizeof *ids);
    bool starts = (state->variant & STARTS) != 0;
    for (size_t i = 0; i < rules->count; i++) {
        patterns[i] = rules->list[i].open_pattern;
        flags[i] = HS_FLAG_MULTILINE | (starts ? HS_FLAG_SOM_LEFTMOST : 0);
        ids[i] = (unsigned)i;
    }
    unsigned mode = (state->variant & STREAM) == 0 ? HS_MODE_BLOCK
                    : starts                       ? HS_MODE_STREAM | HS_MODE_SOM_HORIZON_LARGE
                                                   : HS_MODE_STREAM;
    hs_compile_error_t *error = NULL;
    bool good = state->api.compile_multi(patterns, flags, ids, (unsigned)rules->count, mode, NULL, &state->database,
                                         &error) == HS_SUCCESS;
    if (!good) {
        static char why[200];
        snprintf(why, sizeof why, "refused %s: %s",
                 error->expression >= 0 ? rules->list[error->expression].id : "the rules", error->message);
        *ret_absent = why;
        state->api.free_compile_error(error);
    }
    free(patterns);
    free(flags);
    free(ids);
    return good;
}

static bool hyperscan_open(const bench_contestant *self, const bench_options *options, const bench_rules *rules,
                           void **ret_state, const char **ret_absent)
{
    hyperscan_state *state = bench_allocate(sizeof *state);
    *state = (hyperscan_state){.variant = self->variant, .rule_count = rules->count};
    if (!load(&state->api, options, (self->variant & VECTORSCAN) != 0)) {
        *ret_absent = "libhs.so.5 is not there";
        free(state);
        return false;
    }
    if (!compile(state, rules, ret_absent)) {
        hyperscan_close(state);
        return false;
    }
    if (state->api.alloc_scratch(state->database, &state->scratch) != HS_SUCCESS)
        bench_fail("out of memory");
    *ret_state = state;
    return true;
}

static int on_match(unsigned rule, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
    hyperscan_run *run = context;
    (void)flags;
    if (run->starts) {
        run->count += from >= run->last_end[rule];
        run->last_end[rule] = to;
    } else {
        run->count++;
    }
    if (run->spans != NULL)
        bench_spans_add(run->spans, rule, from, to);
    return 0;
}

static hs_error_t scan_stream(hyperscan_state *state, const char *data, size_t size, hyperscan_run *run)
{
    hs_stream_t *stream = NULL;
    hs_error_t error = state->api.open_stream(state->database, 0, &stream);
    if (error != HS_SUCCESS)
        return error;
    for (size_t at = 0; at < size && error == HS_SUCCESS; at += PIECE) {
        size_t piece = size - at < PIECE ? size - at : PIECE;
        error = state->api.scan_stream(stream, data + at, (unsigned)piece, 0, state->scratch, on_match, run);
    }
    hs_error_t end = state->api.close_stream(stream, state->scratch, on_match, run);
    return error == HS_SUCCESS ? end : error;
}

static bool hyperscan_run_text(void *opaque, const char *data, size_t size, bench_spans *spans, uint64_t *ret_count)
{
    hyperscan_state *state = opaque;
    uint64_t *last_end = bench_allocate(state->rule_count * sizeof *last_end);
    for (size_t i = 0; i < state->rule_count; i++)
        last_end[i] = 0;
    hyperscan_run run = {.last_end = last_end, .starts = (state->variant & STARTS) != 0, .spans = spans};
    hs_error_t error = (state->variant & STREAM) != 0
                           ? scan_stream(state, data, size, &run)
                           : state->api.scan(state->database, data, (unsigned)size, 0, state->scratch, on_match, &run);
    free(last_end);
    if (spans != NULL)
        bench_spans_leftmost_longest(spans);
    *ret_count = run.count;
    return error == HS_SUCCESS;
}

#define CONTESTANT(NAME, WHAT, VARIANT)                                                                                \
    {                                                                                                                  \
        .name = NAME, .what = WHAT, .variant = VARIANT, .open = hyperscan_open, .run = hyperscan_run_text,             \
        .close = hyperscan_close, .has_spans = ((VARIANT)&STARTS) != 0, .comparison = true,                            \
    }

const bench_contestant bench_hyperscan_contestants[] = {
    CONTESTANT("hyperscan-ends", "Hyperscan, block, ends of matches only", BLOCK),
    CONTESTANT("hyperscan-starts", "Hyperscan, block, with starts", BLOCK | STARTS),
    CONTESTANT("hyperscan-stream-ends", "Hyperscan, stream, ends only", STREAM),
    CONTESTANT("hyperscan-stream-starts", "Hyperscan, stream, with starts", STREAM | STARTS),
    CONTESTANT("vectorscan-ends", "Vectorscan, block, ends of matches only", VECTORSCAN | BLOCK),
    CONTESTANT("vectorscan-starts", "Vectorscan, block, with starts", VECTORSCAN | BLOCK | STARTS),
    CONTESTANT("vectorscan-stream-ends", "Vectorscan, stream, ends only", VECTORSCAN | STREAM),
    CONTESTANT("vectorscan-stream-starts", "Vectorscan, stream, with starts", VECTORSCAN | STREAM | STARTS),
};
const size_t bench_hyperscan_count = sizeof bench_hyperscan_contestants / sizeof bench_hyperscan_contestants[0];
