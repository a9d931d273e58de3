/* piiglet itself: three calls, with the comparison rules and with all embedded rules. */
#include <stdlib.h>
#include <string.h>

#include "contestant.h"

enum { SCAN = 0, SINK = 1, SCRUB = 2, CALL = 3, ALL_RULES = 4, AVX2 = 8 };

#define PIECE ((size_t)256 << 10) /* what a filter reads at a time */

typedef struct piiglet_state {
    int call;
    const bench_rules *rules;
    pii_scrubber *scrubber;
    pii_stream *stream;
    bench_spans *spans; /* during a run */
} piiglet_state;

static void piiglet_close(void *opaque)
{
    piiglet_state *state = opaque;
    pii_scrubber_free(state->scrubber);
    pii_stream_free(state->stream);
    free(state);
}

static bool piiglet_open(const bench_contestant *self, const bench_options *options, const bench_rules *rules,
                         void **ret_state, const char **ret_absent)
{
    (void)options;
    piiglet_state *state = bench_allocate(sizeof *state);
    *state = (piiglet_state){.call = self->variant & CALL, .rules = rules};
    bool all = (self->variant & ALL_RULES) != 0;
    pii_ruleset *ruleset = all ? rules->all : rules->comparison;
    pii_policy *policy = NULL;
    pii_status status = pii_policy_new(NULL, &policy);
    if (status == PII_OK && !all)
        pii_policy_set_all(policy, true);
    if (status == PII_OK && (self->variant & AVX2))
        status = pii_policy_set_kernel(policy, "avx2");
    if (status == PII_OK)
        status = state->call == SINK ? pii_stream_new(ruleset, policy, PII_FORMAT_TEXT, NULL, &state->stream)
                                     : pii_scrubber_new(ruleset, policy, NULL, &state->scrubber);
    pii_policy_free(policy);
    if (status != PII_OK) {
        *ret_absent = pii_status_text(status);
        piiglet_close(state);
        return false;
    }
    *ret_state = state;
    return true;
}

static void gather(void *context, const pii_explanation *explanation)
{
    piiglet_state *state = context;
    if (explanation->decision != PII_DECISION_ACCEPTED)
        return;
    for (size_t i = 0; i < state->rules->count; i++)
        if (!strcmp(state->rules->list[i].id, explanation->rule)) {
            bench_spans_add(state->spans, i, explanation->begin, explanation->end);
            return;
        }
}

/* Takes the output as a writer would, without writing. */
static int null_sink(void *context, const pii_piece *pieces, size_t count)
{
    size_t *size = context;
    for (size_t i = 0; i < count; i++)
        *size += pieces[i].size;
    return 0;
}

static bool run_sink(piiglet_state *state, const char *data, size_t size)
{
    pii_status status = PII_OK;
    size_t written = 0;
    pii_stream_reset(state->stream);
    for (size_t at = 0; at < size && status == PII_OK; at += PIECE)
        status = pii_stream_write(state->stream, data + at, size - at < PIECE ? size - at : PIECE, null_sink, &written);
    if (status == PII_OK)
        status = pii_stream_finish(state->stream, null_sink, &written);
    return status == PII_OK && (written > 0 || size == 0);
}

/* Spans of single rules come from pii_explain, as pii_scan merges those that overlap. */
static bool piiglet_run(void *opaque, const char *data, size_t size, bench_spans *spans, uint64_t *ret_count)
{
    piiglet_state *state = opaque;
    *ret_count = 0;
    if (state->call == SINK)
        return run_sink(state, data, size);
    pii_result result;
    pii_status status;
    state->spans = spans;
    if (spans != NULL)
        status = pii_explain(state->scrubber, PII_FORMAT_TEXT, data, size, gather, state, &result);
    else if (state->call == SCAN)
        status = pii_scan(state->scrubber, PII_FORMAT_TEXT, data, size, &result);
    else
        status = pii_scrub(state->scrubber, PII_FORMAT_TEXT, data, size, &result);
    *ret_count = result.finding_count;
    return status == PII_OK;
}

#define PIIGLET(NAME, WHAT, VARIANT)                                                                                   \
    {                                                                                                                  \
        .name = NAME, .what = WHAT, .variant = VARIANT, .open = piiglet_open, .run = piiglet_run,                      \
        .close = piiglet_close, .has_spans = (VARIANT) == SCAN, .comparison = ((VARIANT)&ALL_RULES) == 0,              \
    }

const bench_contestant bench_piiglet_contestants[] = {
    PIIGLET("piiglet-13-scan", "comparison rules, pii_scan", SCAN),
    PIIGLET("piiglet-13-scan-avx2", "comparison rules, pii_scan, the AVX2 kernel", SCAN | AVX2),
    PIIGLET("piiglet-13-sink", "comparison rules, pii_stream_write into a sink that drops", SINK),
    PIIGLET("piiglet-13-scrub", "comparison rules, pii_scrub into new memory", SCRUB),
    PIIGLET("piiglet-all-scan", "all default rules, pii_scan", SCAN | ALL_RULES),
    PIIGLET("piiglet-all-sink", "all default rules, pii_stream_write into a sink that drops", SINK | ALL_RULES),
    PIIGLET("piiglet-all-scrub", "all default rules, pii_scrub into new memory", SCRUB | ALL_RULES),
};
const size_t bench_piiglet_count = sizeof bench_piiglet_contestants / sizeof bench_piiglet_contestants[0];
