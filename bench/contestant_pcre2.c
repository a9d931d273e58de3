/* PCRE2 with its JIT compiler: each rule on its own (also the reference that every other engine's spans are
 * compared with), all of them as one alternation, and the patterns of the default rules without their validators
 * and context. Byte mode, as piiglet's own rules run. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "contestant.h"

enum { EACH, ALTERNATION, ALL_RULES };

#define JIT_STACK_SIZE (16 << 20)

typedef struct pcre2_state {
    pcre2_code **codes;
    size_t count;
    pcre2_match_data *match_data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
} pcre2_state;

static void pcre2_close(void *opaque)
{
    pcre2_state *state = opaque;
    for (size_t i = 0; i < state->count; i++)
        pcre2_code_free(state->codes[i]);
    free(state->codes);
    pcre2_match_data_free(state->match_data);
    pcre2_match_context_free(state->context);
    pcre2_jit_stack_free(state->stack);
    free(state);
}

static bool add_code(pcre2_state *state, const char *pattern, const char **ret_absent)
{
    int error;
    PCRE2_SIZE offset;
    uint32_t options = PCRE2_MULTILINE | PCRE2_NO_AUTO_CAPTURE;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context == NULL)
        bench_fail("out of memory");
    pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options, &error, &offset, context);
    pcre2_compile_context_free(context);
    if (code == NULL || pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) != 0) {
        *ret_absent = code == NULL ? "PCRE2 refused a pattern" : "PCRE2 cannot make machine code here";
        pcre2_code_free(code);
        return false;
    }
    state->codes[state->count++] = code;
    return true;
}

static bool add_alternation(pcre2_state *state, const bench_rules *rules, const char **ret_absent)
{
    char *joined = bench_rules_alternation(rules);
    bool good = add_code(state, joined, ret_absent);
    free(joined);
    return good;
}

static bool add_ruleset(pcre2_state *state, const pii_ruleset *ruleset, const char **ret_absent)
{
    bool good = true;
    for (size_t i = 0; i < pii_ruleset_size(ruleset) && good; i++) {
        pii_rule_info info;
        good = pii_ruleset_rule(ruleset, i, &info) == PII_OK && add_code(state, info.pattern, ret_absent);
    }
    return good;
}

static bool pcre2_open(const bench_contestant *self, const bench_options *options, const bench_rules *rules,
                       void **ret_state, const char **ret_absent)
{
    (void)options;
    pcre2_state *state = bench_allocate(sizeof *state);
    pii_ruleset *ruleset = self->variant == ALL_RULES ? rules->all : rules->comparison;
    *state = (pcre2_state){.codes = bench_allocate(pii_ruleset_size(ruleset) * sizeof *state->codes)};
    if (!(self->variant == ALTERNATION ? add_alternation(state, rules, ret_absent)
                                       : add_ruleset(state, ruleset, ret_absent))) {
        pcre2_close(state);
        return false;
    }
    state->match_data = pcre2_match_data_create(1, NULL);
    state->context = pcre2_match_context_create(NULL);
    state->stack = pcre2_jit_stack_create(32 << 10, JIT_STACK_SIZE, NULL);
    if (state->match_data == NULL || state->context == NULL || state->stack == NULL)
        bench_fail("out of memory");
    pcre2_jit_stack_assign(state->context, NULL, state->stack);
    pcre2_set_match_limit(state->context, UINT32_MAX);
    *ret_state = state;
    return true;
}

static bool pcre2_run(void *opaque, const char *data, size_t size, bench_spans *spans, uint64_t *ret_count)
{
    pcre2_state *state = opaque;
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(state->match_data);
    *ret_count = 0;
    for (size_t rule = 0; rule < state->count; rule++) {
        PCRE2_SIZE at = 0;
        int answer;
        while ((answer = pcre2_jit_match(state->codes[rule], (PCRE2_SPTR)data, size, at, 0, state->match_data,
                                         state->context)) >= 0) {
            at = offsets[1];
            ++*ret_count;
            if (spans != NULL)
                bench_spans_add(spans, rule, offsets[0], offsets[1]);
        }
        if (answer != PCRE2_ERROR_NOMATCH)
            return false;
    }
    return true;
}

const bench_contestant bench_pcre2_contestants[] = {
    {.name = "pcre2-rules",
     .what = "PCRE2 JIT, one pass per rule: the reference for spans",
     .variant = EACH,
     .open = pcre2_open,
     .run = pcre2_run,
     .close = pcre2_close,
     .has_spans = true,
     .comparison = true},
    {.name = "pcre2-alternation",
     .what = "PCRE2 JIT, all rules as one pattern",
     .variant = ALTERNATION,
     .open = pcre2_open,
     .run = pcre2_run,
     .close = pcre2_close,
     .comparison = true},
    {.name = "pcre2-all-rules",
     .what = "PCRE2 JIT, the patterns of all default rules, one pass per rule",
     .variant = ALL_RULES,
     .open = pcre2_open,
     .run = pcre2_run,
     .close = pcre2_close},
};
const size_t bench_pcre2_count = sizeof bench_pcre2_contestants / sizeof bench_pcre2_contestants[0];
