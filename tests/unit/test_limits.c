/* Each limit of the match engine, reached, ends as documented: in an answer of the interpreter, in an error and no
 * text, or, by PII_LIMIT_REDACT, in a finding. Patterns that need more depth, heap or stack than there is cannot be
 * loaded as rules, since those have bounds; here they come past the compiler. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <criterion/criterion.h>
#include <pcre2.h>
#include <stdio.h>
#include <string.h>

#include "limits.h"
#include "memory.h"
#include "pattern.h"
#include "piiglet.h"

#define STEPS "x[a-z]{1,250}[a-z]{1,250}[a-z]{1,250}[a-z]{1,250}@"
#define DEEP "x(?:a|b)*@"

static char text[65536];
static size_t text_size;

/* x, letters, no @ after them. */
static void fill(size_t letters)
{
    memset(text, 'a', letters + 1);
    text[0] = 'x';
    memcpy(text + letters + 1, " @", 2);
    text_size = letters + 3;
}

/* Each group makes a frame of the interpreter larger. */
static const char *many_groups(void)
{
    static char pattern[2048];
    size_t size = (size_t)snprintf(pattern, sizeof pattern, "x(?:");
    for (int i = 0; i < 40; i++)
        size += (size_t)snprintf(pattern + size, sizeof pattern - size, "(?<g%d>a)", i);
    snprintf(pattern + size, sizeof pattern - size, ")*@");
    return pattern;
}

/* Stands between the engine and PCRE2 (ld --wrap). */
static bool machine_code = true;
int __real_pcre2_jit_compile_8(pcre2_code *code, uint32_t options);
int __wrap_pcre2_jit_compile_8(pcre2_code *code, uint32_t options);

int __wrap_pcre2_jit_compile_8(pcre2_code *code, uint32_t options)
{
    return machine_code ? __real_pcre2_jit_compile_8(code, options) : PCRE2_ERROR_NOMEMORY;
}

/* What PCRE2 says under our limits. */
static int pcre2_says(const char *pattern)
{
    int error;
    size_t offset;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_NO_AUTO_CAPTURE, &error, &offset, NULL);
    cr_assert_not_null(code);
    (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    pcre2_jit_stack *stack = pcre2_jit_stack_create(PII__JIT_STACK_FIRST, PII__JIT_STACK_MAX, NULL);
    pcre2_set_match_limit(context, PII__MATCH_LIMIT);
    pcre2_set_heap_limit(context, PII__HEAP_LIMIT_KIB);
    pcre2_set_depth_limit(context, PII__DEPTH_LIMIT);
    pcre2_jit_stack_assign(context, NULL, stack);
    int result = pcre2_match(code, (PCRE2_SPTR)text, text_size, 0, 0, data, context);
    pcre2_jit_stack_free(stack);
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return result;
}

static pii_status we_say(const char *source)
{
    pii__pattern *pattern;
    pii__matcher *matcher;
    pii__subject subject = {(const uint8_t *)text, text_size, true, true};
    bool found = true;
    pii__match match = {.end = 7};
    cr_assert_eq(pii__pattern_new(&pii__default_allocator, source, &pattern), PII_OK);
    cr_assert_eq(pii__matcher_new(&pii__default_allocator, &matcher), PII_OK);
    pii_status status = pii__pattern_search(pattern, matcher, &subject, 0, text_size + 1, &found, &match);
    cr_expect_eq(match.end, 7, "no match was reported");
    cr_expect_eq(found, status != PII_OK, "an error is not \"nothing found\"");
    pii__matcher_free(matcher);
    pii__pattern_free(pattern);
    return status;
}

Test(limits, steps)
{
    fill(1000);
    cr_expect_eq(pcre2_says(STEPS), PCRE2_ERROR_MATCHLIMIT);
    cr_expect_eq(we_say(STEPS), PII_ERROR_LIMIT);
    machine_code = false;
    cr_expect_eq(pcre2_says(STEPS), PCRE2_ERROR_MATCHLIMIT);
    cr_expect_eq(we_say(STEPS), PII_ERROR_LIMIT);
}

Test(limits, depth)
{
    machine_code = false;
    fill(30000);
    cr_expect_eq(pcre2_says(DEEP), PCRE2_ERROR_DEPTHLIMIT);
    cr_expect_eq(we_say(DEEP), PII_ERROR_LIMIT);
}

Test(limits, heap)
{
    machine_code = false;
    fill(65000);
    cr_expect_eq(pcre2_says(many_groups()), PCRE2_ERROR_HEAPLIMIT);
    cr_expect_eq(we_say(many_groups()), PII_ERROR_LIMIT);
}

/* The interpreter is tried then; a pattern that needs so much stack is too deep for it, too. */
Test(limits, machine_code_stack)
{
    if (!pii__pattern_jit_works())
        return;
    fill(50000);
    cr_expect_eq(pcre2_says(DEEP), PCRE2_ERROR_JIT_STACKLIMIT);
    cr_expect_eq(we_say(DEEP), PII_ERROR_LIMIT);
    fill(5000);
    cr_expect_eq(we_say(DEEP), PII_OK);
}

/* ---- as a caller sees it ---- */

static pii_ruleset *rules_of(const char *pattern)
{
    char yaml[1024];
    pii_compiler *compiler;
    pii_ruleset *rules;
    int size = snprintf(yaml, sizeof yaml,
                        "piiglet: 1\nfamily: one\ndescription: d\nrules:\n  - id: one.a\n    entity: EMAIL\n"
                        "    description: d\n    pattern: '%s'\n    confidence: 0.9\n"
                        "    tests: {match: ['{{xabcd@}}'], pass: ['a']}\n",
                        pattern);
    cr_assert_eq(pii_compiler_new(NULL, &compiler), PII_OK);
    cr_assert_eq(pii_compiler_add(compiler, "one", yaml, (size_t)size), PII_OK);
    cr_assert_eq(pii_compiler_finish(compiler, &rules), PII_OK);
    pii_compiler_free(compiler);
    return rules;
}

static int count_bytes(void *context, const pii_piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++)
        *(size_t *)context += pieces[i].size;
    return 0;
}

Test(limits, a_reached_limit_releases_nothing)
{
    pii_ruleset *rules = rules_of(STEPS);
    pii_scrubber *scrubber;
    pii_stream *stream;
    pii_result result;
    size_t released = 0;
    fill(1000);
    cr_assert_eq(pii_scrubber_new(rules, NULL, NULL, &scrubber), PII_OK);
    cr_expect_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, text, text_size, &result), PII_ERROR_LIMIT);
    cr_expect_eq(result.outcome, PII_OUTCOME_LIMIT);
    cr_expect_null(result.data);
    cr_expect_eq(result.size + result.finding_count, 0);
    cr_assert_eq(pii_stream_new(rules, NULL, PII_FORMAT_TEXT, NULL, &stream), PII_OK);
    cr_expect_eq(pii_stream_write(stream, text, text_size, count_bytes, &released), PII_OK);
    cr_expect_eq(pii_stream_finish(stream, count_bytes, &released), PII_ERROR_LIMIT);
    cr_expect_eq(released, 0);
    cr_expect_eq(pii_stream_finish(stream, count_bytes, &released), PII_ERROR_STATE);
    cr_expect_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, "xabcd@", 6, &result), PII_OK, "the scrubber works again");
    cr_expect_eq(result.finding_count, 1);
    pii_stream_free(stream);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(rules);
}

Test(limits, by_policy_the_stretch_is_a_finding)
{
    pii_ruleset *rules = rules_of(STEPS);
    pii_policy *policy;
    pii_scrubber *scrubber;
    pii_result result;
    fill(1000);
    cr_assert_eq(pii_policy_new(NULL, &policy), PII_OK);
    pii_policy_set_on_limit(policy, PII_LIMIT_REDACT);
    cr_assert_eq(pii_scrubber_new(rules, policy, NULL, &scrubber), PII_OK);
    cr_assert_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, text, text_size, &result), PII_OK);
    cr_assert_geq(result.finding_count, 1);
    cr_expect_eq(result.findings[0].begin, 0, "from %zu on", (size_t)result.findings[0].begin);
    pii_scrubber_free(scrubber);
    pii_policy_free(policy);
    pii_ruleset_free(rules);
}
