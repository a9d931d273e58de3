/* Policies: what a file may say and how it is refused, which action counts, what is left alone. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "piiglet.h"
#include "place_pattern.h"

static const unsigned char key[32] = {1, 2, 3};

static const char head[] = "piiglet: 1\npolicy: sample\ndescription: of a test\n";

static pii_policy *load(const char *rest)
{
    char yaml[4096];
    pii_policy *policy = NULL;
    pii_policy_error error = {0};
    (void)snprintf(yaml, sizeof yaml, "%s%s", head, rest);
    cr_assert_eq(pii_policy_load(NULL, yaml, strlen(yaml), &policy, &error), PII_OK, "%u: %s", error.line,
                 error.message);
    return policy;
}

/* What a text becomes by a policy, which is freed. */
static void expect(pii_policy *policy, pii_format format, const char *text, const char *expected)
{
    pii_ruleset *rules = NULL;
    pii_scrubber *scrubber = NULL;
    pii_result result;
    cr_assert_eq(pii_ruleset_default(NULL, &rules), PII_OK);
    cr_assert_eq(pii_scrubber_new(rules, policy, NULL, &scrubber), PII_OK);
    pii_policy_free(policy);
    cr_assert_eq(pii_scrub(scrubber, format, text, strlen(text), &result), PII_OK);
    cr_expect(result.size == strlen(expected) && memcmp(result.data, expected, result.size) == 0, "%s became %.*s",
              text, (int)result.size, result.data);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(rules);
}

Test(policy, refusals_say_where)
{
    static const struct {
        const char *rest;
        unsigned line;
        const char *message;
    } cases[] = {
        {"actions: mask\n", 4, "unknown key"},
        {"action: hash\n", 4, "unknown action"},
        {"action: {action: mask, text: x}\n", 4, "a key that this action does not have"},
        {"action: text\n", 4, "missing key"},
        {"action: {action: text, text: 'a\"b'}\n", 4, "not a value that can be used here"},
        {"action: {action: generalise, to: week}\n", 4, "unknown word"},
        {"entities:\n  email: mask\n", 5, "not an entity name"},
        {"entities:\n  EMAIL: mask\n  EMAIL: keep\n", 6, "duplicate key"},
        {"entities:\n  EMAIL: {min_confidence: 2}\n", 5, "not a number from 0 to 1"},
        {"places:\n  - {path: x, action: keep}\n", 5, "not a path"},
        {"places:\n  - {project: nothing-like-it, action: keep}\n", 5, "not a kind of project"},
        {"places:\n  - {entity: EMAIL, action: keep}\n", 5, "a place that is everywhere"},
        {"allow:\n  - {entity: EMAIL}\n", 5, "an entry that names nothing"},
        {"allow:\n  - {values: [a]}\n", 5, "missing key"},
        {"allow:\n  - {entity: PHONE, domains: [example.org]}\n", 5, "not a value that can be used here"},
        {"allow:\n  - {entity: EMAIL, domains: [org]}\n", 5, "not a value that can be used here"},
        {"allow:\n  - {entity: EMAIL, patterns: ['(a{1,9}){1,9}{1,9}b']}\n", 5, ""},
        {"allow:\n  - {entity: EMAIL, patterns: ['a*@b']}\n", 5, ""},
        {"allow:\n  - {entity: EMAIL, patterns: ['[']}\n", 5, ""},
        {"allow:\n  - {entity: EMAIL, values: [\"a\\0b\"]}\n", 5, "a text with a NUL"},
        {"columns: {x: email}\n", 4, "not a value that can be used here"},
        {"allow_hashes: [abc]\n", 4, "not a hash"},
        {"allow_hashes: [[a]]\n", 4, "not a text"},
        {"allow_hashes: [abcdef0123456789abcdef0123456789abcdef0123456789abcdef012345678g]\n", 4, "not a hash"},
        {"allow_hashes: [abcdef0123456789abcdef0123456789abcdef0123456789abcdef012345678G]\n", 4, "not a hash"},
        {"allow_hashes: [abcdef0123456789abcdef0123456789abcdef0123456789abcdef012345678/]\n", 4, "not a hash"},
        {"base: some\n", 4, "unknown word"},
        {"action: [mask]\n", 4, ""},
        {"action: {min_confidence: 0.5}\n", 4, ""},
        {"action: {action: mask, min_confidence: 0.5}\n", 4, "not an action"},
        {"action: \"m\\0\"\n", 4, "a text with a NUL"},
        {"columns: {x: [EMAIL]}\n", 4, ""},
        {"columns: [x]\n", 4, ""},
        {"entities: [EMAIL]\n", 4, ""},
        {"entities:\n  EMAIL: [mask]\n", 5, ""},
        {"places:\n  - keep\n", 5, ""},
        {"places:\n  - {path: /a, action: {action: mask, min_confidence: 0.5}}\n", 5, ""},
        {"allow:\n  - kid@example.org\n", 5, ""},
        {"limit: pass\n", 4, "unknown word"},
        {"invalid: pass\n", 4, "unknown word"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char yaml[1024];
        pii_policy *policy = NULL;
        pii_policy_error error = {0};
        (void)snprintf(yaml, sizeof yaml, "%s%s", head, cases[i].rest);
        cr_expect_eq(pii_policy_load(NULL, yaml, strlen(yaml), &policy, &error), PII_ERROR_RULE, "%s", cases[i].rest);
        cr_expect_null(policy);
        cr_expect_eq(error.line, cases[i].line, "%s: line %u", cases[i].rest, error.line);
        cr_expect(strncmp(error.message, cases[i].message, strlen(cases[i].message)) == 0, "%s: %s", cases[i].rest,
                  error.message);
    }
}

Test(policy, built_in_ones_load)
{
    const char *name;
    size_t count = pii_policy_file(SIZE_MAX, NULL, NULL, NULL);
    cr_expect_geq(count, 8u);
    for (size_t i = 0; i < count; i++) {
        pii_policy *policy = NULL;
        pii_policy_file(i, &name, NULL, NULL);
        cr_expect_eq(pii_policy_named(NULL, name, &policy), PII_OK, "%s", name);
        pii_policy_free(policy);
    }
    pii_policy *policy = NULL;
    cr_expect_eq(pii_policy_named(NULL, "save-under-12", &policy), PII_ERROR_ARGUMENT);
    cr_expect_null(policy);
}

Test(policy, a_key_that_lacks_is_refused)
{
    pii_ruleset *rules = NULL;
    pii_scrubber *scrubber = NULL;
    pii_policy *policy = load("entities: {EMAIL: {action: pseudonym, key: k2}}\n");
    cr_assert_eq(pii_ruleset_default(NULL, &rules), PII_OK);
    cr_expect(pii_policy_needs_key(policy));
    cr_expect_eq(pii_scrubber_new(rules, policy, NULL, &scrubber), PII_ERROR_KEY);
    cr_assert_eq(pii_policy_add_key(policy, "k1", key, sizeof key), PII_OK);
    cr_expect_eq(pii_scrubber_new(rules, policy, NULL, &scrubber), PII_ERROR_KEY, "it is another one");
    cr_assert_eq(pii_policy_add_key(policy, "k2", key, sizeof key), PII_OK);
    cr_expect_eq(pii_scrubber_new(rules, policy, NULL, &scrubber), PII_OK);
    pii_scrubber_free(scrubber);
    pii_policy_free(policy);
    pii_ruleset_free(rules);
}

Test(policy, a_text_that_would_be_found_is_refused)
{
    pii_ruleset *rules = NULL;
    pii_scrubber *scrubber = NULL;
    pii_policy *policy = load("entities: {PHONE: {action: text, text: write to office@example.org}}\n");
    cr_assert_eq(pii_ruleset_default(NULL, &rules), PII_OK);
    cr_expect_eq(pii_scrubber_new(rules, policy, NULL, &scrubber), PII_ERROR_ARGUMENT);
    pii_policy_free(policy);
    pii_ruleset_free(rules);
}

Test(policy, an_unknown_entity_is_refused_and_a_known_one_may_lack)
{
    pii_ruleset *rules = NULL;
    pii_scrubber *scrubber = NULL;
    pii_policy *policy = load("entities: {EMIAL: mask}\n");
    cr_assert_eq(pii_ruleset_default(NULL, &rules), PII_OK);
    cr_expect_eq(pii_scrubber_new(rules, policy, NULL, &scrubber), PII_ERROR_ARGUMENT);
    pii_policy_free(policy);
    pii_ruleset_free(rules);
}

Test(policy, numbers_are_those_of_the_document)
{
    expect(load("action: number\n"), PII_FORMAT_TEXT,
           "kid@example.org, Kid@Example.org and mom@example.org; call 415-555-0134 or (415) 555 0134",
           "[EMAIL_1], [EMAIL_1] and [EMAIL_2]; call [PHONE_1] or [PHONE_1]");
}

Test(policy, places_count_before_entities)
{
    expect(load("entities: {EMAIL: mask}\nplaces:\n  - {path: /a/*/mail, entity: EMAIL, action: keep}\n"
                "  - {path: '/**/mail', action: remove}\n"),
           PII_FORMAT_JSON,
           "{\"a\": {\"x\": {\"mail\": \"k@example.org\"}}, \"mail\": \"k@example.org\", \"b\": \"k@example.org\"}",
           "{\"a\": {\"x\": {\"mail\": \"k@example.org\"}}, \"mail\": \" \", \"b\": \"*@*******.***\"}");
}

Test(policy, columns_are_what_it_says)
{
    expect(load("entities: {PERSON: initial}\ncolumns: {name: PERSON, id: never}\n"), PII_FORMAT_CSV,
           "name,id,note\nZoe Q,415-555-0134,415-555-0134\n", "name,id,note\nZ.,415-555-0134,[PHONE]\n");
}

Test(policy, paths)
{
    cr_expect(pii__path_fits("/a/*/c", "/a/b/c"));
    cr_expect(!pii__path_fits("/a/*/c", "/a/c"));
    cr_expect(!pii__path_fits("/a/*", "/a/b/c"));
    cr_expect(pii__path_fits("/**/c", "/c"));
    cr_expect(pii__path_fits("/**/c", "/a/c/b/c"));
    cr_expect(pii__path_fits("/a/**", "/a"));
    cr_expect(pii__path_fits("/**/b/*/d/**", "/b/a/b/c/d"));
    cr_expect(!pii__path_fits("/**/c", "/c/d"));
    cr_expect(!pii__path_fits("/a", ""));
    cr_expect(pii__path_fits("/**", ""));
    cr_expect(!pii__path_pattern_valid(""));
    cr_expect(!pii__path_pattern_valid("/"));
    cr_expect(!pii__path_pattern_valid("a/b"));
    cr_expect(!pii__path_pattern_valid("/a//b"));
}

Test(policy, values_are_allowed_however_they_are_written)
{
    static const char rest[] = "allow:\n  - {entity: PHONE, values: ['(800) 555-0100']}\n";
    expect(load(rest), PII_FORMAT_TEXT, "call 800-555-0100 or 800-555-0101", "call 800-555-0100 or [PHONE]");
    expect(load(rest), PII_FORMAT_TEXT, "call 800.555.0100 ext. 7", "call [PHONE]");
}

Test(policy, domains_are_what_a_browser_connects_to)
{
    static const char rest[] = "allow:\n  - {entity: EMAIL, domains: [example.org]}\n"
                               "  - {entity: URL, domains: [example.org]}\n";
    expect(load(rest), PII_FORMAT_TEXT, "a@example.org b@mail.example.org c@badexample.org d@example.org.example.com",
           "a@example.org b@mail.example.org [EMAIL] [EMAIL]");
    expect(load(rest), PII_FORMAT_TEXT,
           "see https://www.example.org/u/mira or https://example.org@evil.example.com/u/mira",
           "see https://www.example.org/u/mira or [URL]");
}

Test(policy, patterns_fit_the_whole_finding)
{
    static const char rest[] = "allow:\n  - {entity: EMAIL, patterns: ['player[0-9]{1,4}@example\\.com']}\n";
    expect(load(rest), PII_FORMAT_TEXT, "player12@example.com xplayer12@example.com player12@example.com.br",
           "player12@example.com [EMAIL] [EMAIL]");
}

/* The hash of the only finding of a document. */
static void hash_of(const char *document, unsigned char ret[32])
{
    pii_ruleset *rules = NULL;
    pii_policy *policy = NULL;
    pii_scrubber *scrubber = NULL;
    pii_result result;
    cr_assert_eq(pii_ruleset_default(NULL, &rules), PII_OK);
    cr_assert_eq(pii_policy_new(NULL, &policy), PII_OK);
    pii_policy_report_hashes(policy, true);
    cr_assert_eq(pii_scrubber_new(rules, policy, NULL, &scrubber), PII_OK);
    cr_assert_eq(pii_scan(scrubber, PII_FORMAT_JSON, document, strlen(document), &result), PII_OK);
    cr_assert_eq(result.finding_count, 1u);
    cr_assert_eq(strlen(result.findings[0].allow_hash), 64u);
    for (size_t i = 0; i < 32; i++) {
        unsigned byte = 0;
        cr_assert_eq(sscanf(result.findings[0].allow_hash + 2 * i, "%2x", &byte), 1);
        ret[i] = (unsigned char)byte;
    }
    pii_scrubber_free(scrubber);
    pii_policy_free(policy);
    pii_ruleset_free(rules);
}

Test(policy, a_lessons_example_is_left_alone_in_its_place)
{
    static const char lesson[] = "{\"hint\": \"write to bot@example.org, as in the lesson\"}";
    unsigned char hash[32];
    pii_policy *policy = NULL;
    hash_of(lesson, hash);
    cr_assert_eq(pii_policy_new(NULL, &policy), PII_OK);
    cr_assert_eq(pii_policy_allow_hash(policy, hash, sizeof hash), PII_OK);
    expect(policy, PII_FORMAT_JSON,
           "{\"hint\": \"write to bot@example.org, as in the lesson\", \"mine\": \"write to bot@example.org, as in the "
           "lesson\", \"kid\": {\"hint\": \"bot@example.org\"}}",
           "{\"hint\": \"write to bot@example.org, as in the lesson\", \"mine\": \"write to [EMAIL], as in the "
           "lesson\", \"kid\": {\"hint\": \"[EMAIL]\"}}");
    cr_assert_eq(pii_policy_new(NULL, &policy), PII_OK);
    cr_assert_eq(pii_policy_allow_hash(policy, hash, sizeof hash), PII_OK);
    expect(policy, PII_FORMAT_JSON, "{\"hint\": \"write to bot@example.org, as I said\"}",
           "{\"hint\": \"write to [EMAIL], as I said\"}");
}

Test(policy, confidence_is_that_of_the_entity)
{
    expect(load("entities: {EMAIL: {min_confidence: 0.99}}\n"), PII_FORMAT_TEXT, "kid@example.org, 415-555-0134",
           "kid@example.org, [PHONE]");
    expect(load("min_confidence: 1\nentities: {EMAIL: {min_confidence: 0.1}}\n"), PII_FORMAT_TEXT,
           "kid@example.org, 415-555-0134", "[EMAIL], 415-555-0134");
}

Test(policy, block_shows_findings_and_no_data)
{
    static const char text[] = "call 415-555-0134, mail kid@example.org";
    pii_ruleset *rules = NULL;
    pii_scrubber *scrubber = NULL;
    pii_policy *policy = load("entities: {EMAIL: block}\n");
    pii_result result;
    cr_assert_eq(pii_ruleset_default(NULL, &rules), PII_OK);
    cr_assert_eq(pii_scrubber_new(rules, policy, NULL, &scrubber), PII_OK);
    cr_expect_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, text, strlen(text), &result), PII_ERROR_BLOCKED);
    cr_expect_eq(result.outcome, PII_OUTCOME_BLOCKED);
    cr_expect_null(result.data);
    cr_expect_eq(result.finding_count, 2u);
    cr_expect_eq(result.findings[1].action, PII_ACTION_BLOCK);
    cr_expect_eq(result.error_offset, 24u);
    pii_policy_clear_actions(policy);
    pii_scrubber_free(scrubber);
    pii_policy_free(policy);
    pii_ruleset_free(rules);
}

Test(policy, regions_refuse_numbers)
{
    pii_ruleset *rules = NULL;
    pii_scrubber *scrubber = NULL;
    pii_seam *seam = NULL;
    pii_policy *policy = load("action: number\n");
    pii_region region = {.data = "x", .size = 1, .ends = true, .until = 1};
    pii_result result;
    cr_expect(pii_policy_in_order(policy));
    cr_assert_eq(pii_ruleset_default(NULL, &rules), PII_OK);
    cr_assert_eq(pii_scrubber_new(rules, policy, NULL, &scrubber), PII_OK);
    cr_assert_eq(pii_seam_new(NULL, &seam), PII_OK);
    cr_expect_eq(pii_region_scan(scrubber, PII_FORMAT_TEXT, &region, NULL, seam, &result), PII_ERROR_ARGUMENT);
    pii_seam_free(seam);
    pii_scrubber_free(scrubber);
    pii_policy_free(policy);
    pii_ruleset_free(rules);
}
