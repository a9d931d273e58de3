#include <criterion/criterion.h>
#include <string.h>

#include "piiglet.h"
#include "test_rules.h"

static pii_ruleset *rules;
static pii_scrubber *scrubber;

static void setup(void)
{
    rules = test_ruleset();
    cr_assert_not_null(rules);
    cr_assert_eq(pii_scrubber_new(rules, NULL, NULL, &scrubber), PII_OK);
}

static void teardown(void)
{
    pii_scrubber_free(scrubber);
    pii_ruleset_free(rules);
}

TestSuite(scrub, .init = setup, .fini = teardown);

static void expect(const char *in, const char *out)
{
    pii_result result;
    cr_assert_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, in, strlen(in), &result), PII_OK);
    cr_expect_eq(result.size, strlen(out), "%zu bytes for \"%s\"", result.size, out);
    cr_expect_eq(memcmp(result.data, out, strlen(out)), 0, "\"%.*s\" for \"%s\"", (int)result.size, result.data, out);
}

Test(scrub, replaces_what_is_found_and_nothing_else)
{
    expect("write to kid@x.org, or not", "write to [EMAIL], or not");
    expect("", "");
    expect("kid@x", "[EMAIL]");
    expect("1abc2", "1[ADDRESS]2");
}

Test(scrub, gives_back_the_input_itself_when_nothing_changed)
{
    const char text[] = "nothing here";
    pii_result result;
    cr_assert_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, text, strlen(text), &result), PII_OK);
    cr_expect_eq(result.outcome, PII_OUTCOME_CLEAN);
    cr_expect_eq((const void *)result.data, (const void *)text);
}

Test(scrub, weighs_words_on_both_sides)
{
    expect("123-456", "123-456");
    expect("call 123-456", "call [PHONE]");
    expect("123-456 call", "[PHONE] call");
    expect("recall 123-456", "recall 123-456");
    expect("call, the score is 123-456", "call, the score is 123-456");
    expect("call ................. 123-456", "call ................. 123-456");
}

Test(scrub, redacts_a_long_match_to_the_end_of_its_run)
{
    expect("kid@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "[EMAIL]!");
    expect("kid@aaaaaaaaaaaa", "[EMAIL]");
}

Test(scrub, joins_what_overlaps)
{
    expect("abc@abc", "[EMAIL]");
    expect("kid@aaaaaaaaaaaaaaabcx", "[EMAIL]");
}

Test(scrub, covers_what_the_view_left_out)
{
    expect("k\xE2\x80\x8Bid@x.o\xFFrg\xCC\x81!", "[EMAIL]!");
    expect("\xE2\x80\x8Bkid@x", "\xE2\x80\x8B[EMAIL]");
    expect("kid\xEF\xBC\xA0x", "[EMAIL]");
    expect("a\xFF\xFE" "b", "a\xFF\xFE" "b");
}

Test(scrub, does_not_match_across_a_long_ignorable_run)
{
    char text[200];
    memset(text, 0, sizeof text);
    memcpy(text, "kid", 3);
    memcpy(text + 193, "@x.org!", 7);
    pii_result result;
    cr_assert_eq(pii_scan(scrubber, PII_FORMAT_TEXT, text, sizeof text, &result), PII_OK);
    cr_expect_eq(result.finding_count, 0);
    cr_assert_eq(pii_scan(scrubber, PII_FORMAT_TEXT, text + 150, 50, &result), PII_OK);
}

Test(scrub, reports_positions_in_the_source)
{
    const char text[] = "\xE2\x80\x93 k\xE2\x80\x8Bid@x.org";
    pii_result result;
    cr_assert_eq(pii_scan(scrubber, PII_FORMAT_TEXT, text, strlen(text), &result), PII_OK);
    cr_assert_eq(result.finding_count, 1);
    cr_expect_eq(result.findings[0].begin, 4);
    cr_expect_eq(result.findings[0].end, strlen(text));
    cr_expect_str_eq(result.findings[0].entity, "EMAIL");
    cr_expect_str_eq(result.findings[0].rule, "test.mail");
    cr_expect_null(result.data);
}

static pii_status nested;

static void call_again(void *context, const pii_explanation *explanation)
{
    (void)explanation;
    pii_result result;
    nested = pii_scan(context, PII_FORMAT_TEXT, "x", 1, &result);
}

Test(scrub, refuses_to_be_entered_twice)
{
    pii_result result;
    cr_assert_eq(pii_explain(scrubber, PII_FORMAT_TEXT, "kid@x", 5, call_again, scrubber, &result), PII_OK);
    cr_expect_eq(nested, PII_ERROR_BUSY);
    cr_expect_eq(pii_scan(scrubber, PII_FORMAT_TEXT, "kid@x", 5, &result), PII_OK);
}

Test(scrub, checks_its_arguments)
{
    pii_result result;
    cr_expect_eq(pii_scrub(NULL, PII_FORMAT_TEXT, "x", 1, &result), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, NULL, 1, &result), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_scrub(scrubber, (pii_format)99, "x", 1, &result), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, NULL, 0, &result), PII_OK);
    cr_expect_eq(pii_explain(scrubber, PII_FORMAT_TEXT, "x", 1, NULL, NULL, &result), PII_ERROR_ARGUMENT);
}

Test(scrub, follows_its_policy)
{
    pii_policy *policy;
    pii_scrubber *strict;
    pii_result result;
    const char text[] = "kid@x call 123-456 abc";
    cr_assert_eq(pii_policy_new(NULL, &policy), PII_OK);
    pii_policy_set_all(policy, false);
    cr_assert_eq(pii_policy_set(policy, "ADDRESS", true), PII_OK);
    cr_assert_eq(pii_scrubber_new(rules, policy, NULL, &strict), PII_OK);
    cr_assert_eq(pii_scan(strict, PII_FORMAT_TEXT, text, strlen(text), &result), PII_OK);
    cr_expect_eq(result.finding_count, 1);
    pii_scrubber_free(strict);
    cr_assert_eq(pii_policy_set(policy, "UNHEARD_OF", true), PII_OK);
    cr_expect_eq(pii_scrubber_new(rules, policy, NULL, &strict), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_policy_set(policy, "lower", true), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_policy_set_min_confidence(policy, 1.5), PII_ERROR_ARGUMENT);
    pii_policy_free(policy);
}
