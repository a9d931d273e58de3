/* What the functions of piiglet_policy.h refuse, each by itself: the policy stays as it was. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "limits.h"
#include "piiglet.h"

static const unsigned char bytes[64] = {7};
static const pii_action label = {.kind = PII_ACTION_REPLACE};

static pii_policy *policy;

static void setup(void)
{
    cr_assert_eq(pii_policy_new(NULL, &policy), PII_OK);
}

static void teardown(void)
{
    pii_policy_free(policy);
}

TestSuite(policy_calls, .init = setup, .fini = teardown);

static void refused(pii_status status)
{
    cr_expect_eq(status, PII_ERROR_ARGUMENT);
}

Test(policy_calls, a_policy_has_to_be_there)
{
    refused(pii_policy_new(NULL, NULL));
    refused(pii_policy_set(NULL, "EMAIL", true));
    refused(pii_policy_set_min_confidence(NULL, 0.5));
    refused(pii_policy_set_entity_confidence(NULL, "EMAIL", 0.5));
    refused(pii_policy_set_kernel(NULL, "best"));
    refused(pii_policy_set_field(NULL, "phone", "PHONE"));
    refused(pii_policy_set_action(NULL, "EMAIL", &label));
    refused(pii_policy_set_action_at(NULL, &(pii_place){.path = "/a"}, "EMAIL", &label));
    refused(pii_policy_add_key(NULL, "k", bytes, 32));
    refused(pii_policy_set_subject(NULL, bytes, 1));
    refused(pii_policy_allow_value(NULL, NULL, "EMAIL", "kid@example.org", 15));
    refused(pii_policy_allow_domain(NULL, NULL, "EMAIL", "example.org"));
    refused(pii_policy_allow_hash(NULL, bytes, 32));
}

/* Those that answer nothing do nothing. */
Test(policy_calls, no_policy_is_no_fault_where_nothing_is_answered)
{
    pii_policy_set_all(NULL, true);
    pii_policy_set_on_limit(NULL, PII_LIMIT_REDACT);
    pii_policy_set_on_invalid(NULL, PII_INVALID_TEXT);
    pii_policy_set_today(NULL, 20000);
    pii_policy_report_hashes(NULL, true);
    pii_policy_clear_actions(NULL);
    pii_policy_free(NULL);
    cr_expect_not(pii_policy_needs_key(NULL));
    cr_expect_not(pii_policy_in_order(NULL));
    cr_expect_eq(pii_policy_field_count(NULL), 0);
}

Test(policy_calls, entities_and_confidence)
{
    refused(pii_policy_set(policy, NULL, true));
    refused(pii_policy_set(policy, "email", true));
    refused(pii_policy_set(policy, "", true));
    refused(pii_policy_set_entity_confidence(policy, "EMAIL", 1.01));
    refused(pii_policy_set_entity_confidence(policy, "e mail", 0.5));
    refused(pii_policy_set_min_confidence(policy, -0.01));
    refused(pii_policy_set_min_confidence(policy, NAN));
    cr_expect_eq(pii_policy_set_min_confidence(policy, 0), PII_OK);
    cr_expect_eq(pii_policy_set_min_confidence(policy, 1), PII_OK);
}

Test(policy_calls, the_name_of_a_kernel_is_not_too_long)
{
    char name[300];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = 0;
    refused(pii_policy_set_kernel(policy, name));
    cr_expect_eq(pii_policy_set_kernel(policy, NULL), PII_OK);
}

Test(policy_calls, fields)
{
    refused(pii_policy_set_field(policy, NULL, "PHONE"));
    refused(pii_policy_set_field(policy, "phone", NULL));
    refused(pii_policy_set_field(policy, "phone", "phone"));
    cr_expect_eq(pii_policy_field_count(policy), 0);
    cr_expect_eq(pii_policy_set_field(policy, "a~b/c", "PHONE"), PII_OK);
    cr_expect_eq(pii_policy_field_count(policy), 1);
}

Test(policy_calls, actions)
{
    pii_place here = {.path = "/a"}, nowhere = {.path = "a"};
    pii_action wrong_kind = {.kind = (pii_action_kind)(PII_ACTION_BLOCK + 1)};
    pii_action wrong_level = {.kind = PII_ACTION_GENERALISE, .level = (pii_generalise_level)(PII_GENERALISE_AGE + 1)};
    pii_action wrong_key = {.kind = PII_ACTION_PSEUDONYM, .key = "K 1"};
    pii_action no_text = {.kind = PII_ACTION_TEXT};
    refused(pii_policy_set_action(policy, "EMAIL", NULL));
    refused(pii_policy_set_action(policy, "email", &label));
    refused(pii_policy_set_action(policy, "EMAIL", &wrong_kind));
    refused(pii_policy_set_action(policy, "EMAIL", &wrong_level));
    refused(pii_policy_set_action(policy, "EMAIL", &wrong_key));
    refused(pii_policy_set_action(policy, "EMAIL", &no_text));
    refused(pii_policy_set_action_at(policy, NULL, "EMAIL", &label));
    refused(pii_policy_set_action_at(policy, &nowhere, "EMAIL", &label));
    refused(pii_policy_set_action_at(policy, &here, "email", &label));
    refused(pii_policy_set_action_at(policy, &here, "EMAIL", &no_text));
    cr_expect_not(pii_policy_needs_key(policy));
}

/* A text is written as it stands into every format, so nothing in it may end a field of one. */
Test(policy_calls, texts_of_actions)
{
    static const char *const refusals[] = {
        "\"",         "it's",      "`",        "a\\b",         "a & b",        "$x",          "{x",
        "x}",         "</script>", "a\nb",     "a\x1F",        "a\x7F",        "\xC2\x85",    "\xC2\x9F",
        "\xE2\x80\xA8", "\xE2\x80\xA9", "\xFF", "a\xC3",
    };
    static const char *const fits[] = {"", "(gone)", "a < b", "<gone>", "\xC2\xA0", "\xE2\x80\xA7", "caf\xC3\xA9"};
    pii_action action = {.kind = PII_ACTION_TEXT};
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        action.text = refusals[i];
        cr_expect_eq(pii_policy_set_action(policy, "EMAIL", &action), PII_ERROR_ARGUMENT, "%zu", i);
    }
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
        action.text = fits[i];
        cr_expect_eq(pii_policy_set_action(policy, "EMAIL", &action), PII_OK, "%zu", i);
    }
    char longest[PII__ACTION_TEXT_MAX + 2];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = 0;
    action.text = longest;
    refused(pii_policy_set_action(policy, "EMAIL", &action));
    action.text = longest + 1;
    cr_expect_eq(pii_policy_set_action(policy, "EMAIL", &action), PII_OK);
}

Test(policy_calls, places_have_a_limit)
{
    pii_place here = {.path = "/a"};
    for (size_t i = 0; i < PII__PLACES_MAX; i++)
        cr_assert_eq(pii_policy_set_action_at(policy, &here, "EMAIL", &label), PII_OK);
    cr_expect_eq(pii_policy_set_action_at(policy, &here, "EMAIL", &label), PII_ERROR_LIMIT);
}

Test(policy_calls, keys_and_subjects)
{
    refused(pii_policy_add_key(policy, NULL, bytes, 32));
    refused(pii_policy_add_key(policy, "k", NULL, 32));
    refused(pii_policy_add_key(policy, "k", bytes, 31));
    refused(pii_policy_add_key(policy, "1k", bytes, 32));
    refused(pii_policy_add_key(policy, "k-1", bytes, 32));
    refused(pii_policy_add_key(policy, "", bytes, 32));
    refused(pii_policy_add_key(policy, "abcdefghijklmnopq", bytes, 32));
    cr_expect_eq(pii_policy_add_key(policy, "abcdefghijklmnop", bytes, 32), PII_OK);
    refused(pii_policy_add_key(policy, "abcdefghijklmnop", bytes, 32));
    refused(pii_policy_set_subject(policy, NULL, 1));
    cr_expect_eq(pii_policy_set_subject(policy, NULL, 0), PII_OK);
}

Test(policy_calls, allow_lists)
{
    static const char *const no_domains[] = {"", ".org", "example.", "org", "exa mple.org", "ex\xC3\xA9.org"};
    pii_place nowhere = {.path = "a"};
    refused(pii_policy_allow_value(policy, &nowhere, "EMAIL", "kid@example.org", 15));
    refused(pii_policy_allow_value(policy, NULL, NULL, "kid@example.org", 15));
    refused(pii_policy_allow_value(policy, NULL, "email", "kid@example.org", 15));
    refused(pii_policy_allow_value(policy, NULL, "EMAIL", NULL, 15));
    refused(pii_policy_allow_value(policy, NULL, "EMAIL", "kid@example.org", 0));
    static const char long_value[PII__VALUE_SIZE_MAX + 1] = "a";
    refused(pii_policy_allow_value(policy, NULL, "EMAIL", long_value, sizeof long_value));
    refused(pii_policy_allow_domain(policy, NULL, NULL, "example.org"));
    refused(pii_policy_allow_domain(policy, NULL, "PHONE", "example.org"));
    refused(pii_policy_allow_domain(policy, NULL, "EMAIL", NULL));
    for (size_t i = 0; i < sizeof no_domains / sizeof *no_domains; i++)
        refused(pii_policy_allow_domain(policy, NULL, "URL", no_domains[i]));
    refused(pii_policy_allow_hash(policy, NULL, 32));
    refused(pii_policy_allow_hash(policy, bytes, 31));
    refused(pii_policy_allow_hash(policy, bytes, 33));
}

Test(policy_calls, allow_lists_have_limits)
{
    for (unsigned i = 0; i < PII__ALLOW_ENTRIES_MAX; i++) {
        char value[32];
        int size = snprintf(value, sizeof value, "kid%u@example.org", i);
        cr_assert_eq(pii_policy_allow_value(policy, NULL, "EMAIL", value, (size_t)size), PII_OK);
    }
    cr_expect_eq(pii_policy_allow_value(policy, NULL, "EMAIL", "mom@example.org", 15), PII_ERROR_LIMIT);
    for (uint32_t i = 0; i < PII__ALLOW_HASHES_MAX; i++) {
        unsigned char hash[32] = {0};
        memcpy(hash, &i, sizeof i);
        cr_assert_eq(pii_policy_allow_hash(policy, hash, sizeof hash), PII_OK);
    }
    unsigned char first[32] = {0}, other[32] = {[31] = 1};
    cr_expect_eq(pii_policy_allow_hash(policy, first, sizeof first), PII_OK, "one that is there needs no room");
    cr_expect_eq(pii_policy_allow_hash(policy, other, sizeof other), PII_ERROR_LIMIT);
}
