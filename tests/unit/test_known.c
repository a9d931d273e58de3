/* Known values: what a builder takes, the ways to write a value that are found, and what is not. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "limits.h"
#include "piiglet.h"
#include "scrubber.h"
#include "test_rules.h"

static pii_ruleset *rules;
static pii_scrubber *scrubber;
static pii_known_builder *builder;

static void setup(void)
{
    rules = test_ruleset();
    cr_assert_not_null(rules);
    cr_assert_eq(pii_scrubber_new(rules, NULL, NULL, &scrubber), PII_OK);
    cr_assert_eq(pii_known_builder_new(NULL, &builder), PII_OK);
}

static void teardown(void)
{
    pii_known_builder_free(builder);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(rules);
}

TestSuite(known, .init = setup, .fini = teardown);

static pii_status add(const char *entity, const char *value, unsigned options)
{
    return pii_known_builder_add(builder, entity, value, strlen(value), options);
}

static void use_all(void)
{
    pii_known *known = NULL;
    cr_assert_eq(pii_known_builder_finish(builder, &known), PII_OK);
    cr_assert_eq(pii_scrubber_set_known(scrubber, known), PII_OK);
    pii_known_free(known);
}

static void use(const char *entity, const char *value, unsigned options)
{
    cr_assert_eq(add(entity, value, options), PII_OK);
    use_all();
}

static void becomes(const char *text, const char *expected)
{
    pii_result result;
    cr_assert_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, text, strlen(text), &result), PII_OK);
    cr_expect(result.size == strlen(expected) && !memcmp(result.data, expected, result.size), "%s: %.*s", text,
              (int)result.size, result.data);
}

/* Whether each text as a whole, amid others, is one finding. */
static void found(const char *const *texts)
{
    char text[512], expected[512];
    for (; *texts; texts++) {
        (void)snprintf(text, sizeof text, "say: %s; or", *texts);
        becomes(text, "say: [PERSON]; or");
        (void)snprintf(text, sizeof text, "(%s's)", *texts);
        (void)snprintf(expected, sizeof expected, "([PERSON]'s)");
        becomes(text, expected);
    }
}

static void passed(const char *const *texts)
{
    for (; *texts; texts++)
        becomes(*texts, *texts);
}

Test(known, ways_to_write_a_name)
{
    use("PERSON", "Ada Lovelace", 0);
    found((const char *const[]){"Ada Lovelace", "ADA LOVELACE", "ada lovelace", "ada_lovelace", "Ada-Lovelace",
                                "AdaLovelace", "Ada\nLovelace", "Lovelace, Ada", "lovelace ada", "A. Lovelace",
                                "a. lovelace", "A Lovelace", "Lovelace, A", "Ada L", "Addie Lovelace", "Ada Lovelaces",
                                "\xc3\x81" "da L\xc3\xb3velace", "\xef\xbc\xa1" "da Lovelace",
                                "Ada Love\xe2\x80\x8blace", NULL});
    passed((const char *const[]){"Ada", "Lovelace", "a lovelace", "adalovelace9", "Ada Lovelacey", "xAda Lovelace",
                                 "Ada. Then Lovelace", "Lovelace. Ada", "Ada @ Lovelace", "Ada         Lovelace",
                                 "ada l", "Ada\x0cLovelace", NULL});
    becomes("Ada L. and A.Lovelace", "[PERSON]. and [PERSON]");
}

Test(known, names_of_several_parts)
{
    cr_assert_eq(add("PERSON", "Mary-Jane O'Brien", 0), PII_OK);
    cr_assert_eq(add("PERSON", "Garc\xc3\xad" "a M\xc3\xa1rquez, Gabriel Jos\xc3\xa9", 0), PII_OK);
    use("PERSON", "Emmy Amalie Noether", 0);
    found((const char *const[]){"Mary Jane OBrien", "maryjane o brien", "M. O\xe2\x80\x99" "Brien", "Mary-Jane O",
                                "Gabriel Garcia", "Gabriel Garcia Marquez", "Gabriel Jose Garcia Marquez",
                                "Marquez, Gabriel", "G. J. Garcia Marquez", "Emmy Noether", "E. A. Noether",
                                "Emmy A. Noether", "Noether, Emmy", NULL});
    passed((const char *const[]){"Mary Jane", "Garcia Marquez", "Emmy Amalie", "E. B. Noether", NULL});
}

Test(known, letters_spelled_out)
{
    cr_assert_eq(add("PERSON", "J\xc3\xb6rg M\xc3\xbcller", 0), PII_OK);
    use("PERSON", "Soeren Strauss", 0);
    found((const char *const[]){"J\xc3\xb6rg M\xc3\xbcller", "Joerg Mueller", "jorg muller",
                                "J\xc3\x96RG M\xc3\x9cLLER",
                                "J\xc3\xb6rg Mueller", "S\xc3\xb8ren Strau\xc3\x9f", NULL});
}

Test(known, words_that_are_names)
{
    cr_assert_eq(add("PERSON", "May Ingram", PII_KNOWN_GIVEN_ALONE), PII_OK);
    cr_assert_eq(add("PERSON", "Amy King", 0), PII_OK);
    use("PERSON", "Zora Young", PII_KNOWN_GIVEN_ALONE | PII_KNOWN_SURNAME_ALONE);
    found((const char *const[]){"A. King", "A King", "May", "zora", "ZORA", "Young", NULL});
    passed((const char *const[]){"a king", "you may", "so young", "may I", "the King", NULL});
    becomes("May I, Amy?", "[PERSON] I, Amy?");
    becomes("may I. said", "[PERSON]. said");
}

Test(known, other_values_are_taken_as_they_are)
{
    cr_assert_eq(add("SOCIAL_HANDLE", "skater_kid", 0), PII_OK);
    cr_assert_eq(add("ADDRESS", "Lincoln High School", 0), PII_OK);
    cr_assert_eq(add("PERSON", "Grace Hopper", PII_KNOWN_EXACT), PII_OK);
    cr_assert_eq(add("PERSON", "\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e", 0), PII_OK);
    use("EMAIL", "kid@home", 0);
    becomes("skater kid, SkaterKid, skater-kids", "[SOCIAL_HANDLE], [SOCIAL_HANDLE], skater-kids");
    becomes("lincoln-high-school; lincoln high", "[ADDRESS]; lincoln high");
    becomes("Grace Hopper, G. Hopper", "[PERSON], G. Hopper");
    becomes("\xe6\x88\x91\xe5\x8f\xab\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e\xe3\x80\x82",
            "\xe6\x88\x91\xe5\x8f\xab[PERSON]\xe3\x80\x82");
    becomes("kid@home kid home", "[EMAIL] kid home");
}

Test(known, what_a_builder_refuses)
{
    char longest[PII__KNOWN_VALUE_SIZE_MAX + 2];
    memset(longest, 'x', sizeof longest);
    cr_expect_eq(add("PERSON", "", 0), PII_ERROR_ARGUMENT);
    cr_expect_eq(add("PERSON", "A", 0), PII_ERROR_ARGUMENT);
    cr_expect_eq(add("PERSON", " - ", 0), PII_ERROR_ARGUMENT);
    cr_expect_eq(add("person", "Ada", 0), PII_ERROR_ARGUMENT);
    cr_expect_eq(add("EMAIL", "kid@home", PII_KNOWN_EXACT), PII_ERROR_ARGUMENT);
    cr_expect_eq(add("PERSON", "Ada", 8), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_known_builder_add(builder, "GUID", longest, sizeof longest - 1, 0), PII_ERROR_LIMIT);
    cr_expect_eq(pii_known_builder_add(builder, "GUID", longest, sizeof longest - 2, 0), PII_OK);
    cr_expect_eq(add("NOBODY_HAS_IT", "!", 0), PII_ERROR_ARGUMENT);
    pii_known *known = NULL;
    cr_assert_eq(pii_known_builder_finish(builder, &known), PII_OK);
    cr_expect_eq(pii_known_size(known), 1);
    cr_expect_eq(pii_scrubber_set_known(scrubber, known), PII_OK, "a refused value left its entity behind");
    pii_known_free(known);
}

Test(known, set_and_taken_away)
{
    use("PERSON", "Ada Lovelace", 0);
    becomes("Ada Lovelace", "[PERSON]");
    cr_assert_eq(add("NOBODY_HAS_IT", "some value", 0), PII_OK);
    pii_known *known = NULL;
    cr_assert_eq(pii_known_builder_finish(builder, &known), PII_OK);
    cr_expect_eq(pii_scrubber_set_known(scrubber, known), PII_ERROR_ARGUMENT);
    pii_known_free(known);
    becomes("Ada Lovelace", "[PERSON]");
    cr_assert_eq(pii_scrubber_set_known(scrubber, NULL), PII_OK);
    becomes("Ada Lovelace", "Ada Lovelace");
}

/* A document that was clean is not scanned again while the version stays (engine/pipeline/document.c). */
Test(known, only_other_values_are_a_new_version)
{
    uint64_t none = scrubber->segment.known_version;
    cr_assert_eq(pii_scrubber_set_known(scrubber, NULL), PII_OK);
    cr_expect_eq(scrubber->segment.known_version, none);
    pii_known *known = NULL;
    cr_assert_eq(add("PERSON", "Ada Lovelace", 0), PII_OK);
    cr_assert_eq(pii_known_builder_finish(builder, &known), PII_OK);
    cr_assert_eq(pii_scrubber_set_known(scrubber, known), PII_OK);
    uint64_t some = scrubber->segment.known_version;
    cr_expect_neq(some, none);
    cr_assert_eq(pii_scrubber_set_known(scrubber, known), PII_OK);
    cr_expect_eq(scrubber->segment.known_version, some);
    cr_assert_eq(pii_scrubber_set_known(scrubber, NULL), PII_OK);
    cr_expect_neq(scrubber->segment.known_version, some);
    pii_known_free(known);
}

static int drop(void *context, const pii_piece *pieces, size_t count)
{
    (void)context;
    (void)pieces;
    (void)count;
    return 0;
}

Test(known, a_stream_takes_them_before_its_first_byte)
{
    pii_stream *stream = NULL;
    pii_known *known = NULL;
    cr_assert_eq(add("PERSON", "Ada Lovelace", 0), PII_OK);
    cr_assert_eq(pii_known_builder_finish(builder, &known), PII_OK);
    cr_expect_gt(pii_known_hold_back(known), strlen("Ada Lovelace"));
    cr_assert_eq(pii_stream_new(rules, NULL, PII_FORMAT_TEXT, NULL, &stream), PII_OK);
    cr_expect_eq(pii_stream_set_known(stream, known), PII_OK);
    cr_expect_eq(pii_stream_write(stream, "Ada", 3, drop, NULL), PII_OK);
    cr_expect_eq(pii_stream_set_known(stream, NULL), PII_ERROR_STATE);
    pii_stream_reset(stream);
    cr_expect_eq(pii_stream_set_known(stream, NULL), PII_OK);
    pii_stream_free(stream);
    pii_known_free(known);
}

Test(known, explained)
{
    use("PERSON", "Ada Lovelace", 0);
    pii_result result;
    cr_assert_eq(pii_scan(scrubber, PII_FORMAT_TEXT, "to Ada L. now", 13, &result), PII_OK);
    cr_assert_eq(result.finding_count, 1);
    cr_expect_str_eq(result.findings[0].rule, PII_KNOWN_RULE);
    cr_expect_str_eq(result.findings[0].entity, "PERSON");
    cr_expect_eq(result.findings[0].begin, 3);
    cr_expect_eq(result.findings[0].end, 8);
}

/* A list of values; the line and the text of the first one that is refused, if one is. */
static pii_status add_list(const char *list, size_t *ret_line, const char **ret_fault)
{
    return pii_known_builder_add_list(builder, list, strlen(list), ret_line, ret_fault);
}

Test(known, list)
{
    size_t line = 0;
    const char *fault = NULL;
    cr_assert_eq(pii_known_builder_add_list(builder, NULL, 0, &line, &fault), PII_OK);
    cr_assert_eq(add_list("\xef\xbb\xbf" "Ada Lovelace\r\n\nURL\tskater_kid\n"
                          "PERSON\tMay Hopper\tgiven-alone,surname-alone", &line, &fault), PII_OK);
    use_all();
    becomes("Lovelace, Ada; skater-kid; May; Hopper", "[PERSON]; [URL]; [PERSON]; [PERSON]");
    cr_expect_eq(line, 0);
    cr_expect_null(fault);
}

Test(known, list_refused)
{
    static const char *const lists[] = {"a", "Ada Lovelace\n\nurl\tskater", "\tvalue", "PERSON\tAda Lovelace\tnever",
                                        "URL\tskater_kid\texact", "PERSON\t"};
    static const size_t lines[] = {1, 3, 1, 1, 1, 1};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        size_t line = 0;
        const char *fault = NULL;
        cr_expect_eq(add_list(lists[i], &line, &fault), PII_ERROR_ARGUMENT, "%s", lists[i]);
        cr_expect_eq(line, lines[i], "%s", lists[i]);
        cr_expect_not_null(fault, "%s", lists[i]);
    }
    size_t line = 7;
    const char *fault = NULL;
    cr_expect_eq(pii_known_builder_add_list(NULL, "Ada Lovelace", 12, &line, &fault), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_known_builder_add_list(builder, NULL, 1, &line, &fault), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_known_builder_add_list(builder, "Ada Lovelace", 12, NULL, &fault), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_known_builder_add_list(builder, "Ada Lovelace", 12, &line, NULL), PII_ERROR_ARGUMENT);
    cr_expect(line == 7 && !fault);
}
