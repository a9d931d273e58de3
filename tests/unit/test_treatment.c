/* What is left of a value stands in any place of any format, and must mean nothing there. */
#include <criterion/criterion.h>

#include <stdio.h>

#include "piiglet.h"

static pii_ruleset *ruleset;
static pii_policy *policy;
static pii_scrubber *scrubber;

static void setup(void)
{
    static const pii_action mask = {.kind = PII_ACTION_MASK};
    cr_assert_eq(pii_ruleset_default(NULL, &ruleset), PII_OK);
    cr_assert_eq(pii_policy_new(NULL, &policy), PII_OK);
    cr_assert_eq(pii_policy_set_field(policy, "/v", "PERSON"), PII_OK);
    cr_assert_eq(pii_policy_set_action(policy, "PERSON", &mask), PII_OK);
    cr_assert_eq(pii_scrubber_new(ruleset, policy, NULL, &scrubber), PII_OK);
}

static void teardown(void)
{
    pii_scrubber_free(scrubber);
    pii_policy_free(policy);
    pii_ruleset_free(ruleset);
}

TestSuite(treatment, .init = setup, .fini = teardown);

/* A mask hides letters and digits; signs would stay. */
static void expect_masked(const char *value, const char *masked)
{
    char document[200], expected[200];
    pii_result result;
    int size = snprintf(document, sizeof document, "{\"v\": \"%s\"}", value);
    int expected_size = snprintf(expected, sizeof expected, "{\"v\": \"%s\"}", masked);
    cr_assert_eq(pii_scrub(scrubber, PII_FORMAT_JSON, document, (size_t)size, &result), PII_OK, "%s", value);
    cr_expect(result.size == (size_t)expected_size && !memcmp(result.data, expected, result.size), "%s becomes %.*s",
              value, (int)result.size, result.data);
}

Test(treatment, signs_of_formats_become_blanks)
{
    expect_masked("a`b<c>d&e{f}g$h'i", "* * * * * * * * *");
    expect_masked("a\\\"b\\\\c", "* * *");
    expect_masked("a-b.c(d)#e", "*-*.*(*)#*");
}

Test(treatment, what_ends_lines_becomes_blanks)
{
    expect_masked("a\\nb\\tc", "* * *");
    expect_masked("a\xC2\x85" "b", "*  *");
    expect_masked("a\xE2\x80\xA8" "b\xE2\x80\xA9" "c", "*   *   *");
    expect_masked("a\\u0001b\x7F" "c\xC2\x9F" "d", "****");
    expect_masked("a\xE2\x80\x93" "b", "*\xE2\x80\x93*");
}
