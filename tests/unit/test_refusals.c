/* What public calls answer to arguments that are missing or wrong: an error, outputs as they were. Policies have a file
 * of their own. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "limits.h"
#include "piiglet.h"

static const char text[] = "mail kid@example.org";

static pii_ruleset *rules;
static pii_scrubber *scrubber;

static void setup(void)
{
    cr_assert_eq(pii_ruleset_default(NULL, &rules), PII_OK);
    cr_assert_eq(pii_scrubber_new(rules, NULL, NULL, &scrubber), PII_OK);
}

static void teardown(void)
{
    pii_scrubber_free(scrubber);
    pii_ruleset_free(rules);
}

TestSuite(refusals, .init = setup, .fini = teardown);

static int take(void *context, const pii_piece *pieces, size_t count)
{
    (void)context, (void)pieces, (void)count;
    return 0;
}

static void refused(pii_status status)
{
    cr_expect_eq(status, PII_ERROR_ARGUMENT);
}

Test(refusals, every_status_has_a_text_of_its_own)
{
    const char *unknown = pii_status_text((pii_status)1000);
    for (int i = PII_OK; i <= PII_ERROR_KEY; i++) {
        cr_expect_str_neq(pii_status_text((pii_status)i), unknown);
        for (int j = PII_OK; j < i; j++)
            cr_expect_str_neq(pii_status_text((pii_status)i), pii_status_text((pii_status)j));
    }
}

Test(refusals, one_shot)
{
    pii_result result;
    refused(pii_scrubber_new(NULL, NULL, NULL, &(pii_scrubber *){NULL}));
    refused(pii_scrubber_new(rules, NULL, NULL, NULL));
    refused(pii_scrub(NULL, PII_FORMAT_TEXT, text, sizeof text - 1, &result));
    refused(pii_scrub(scrubber, PII_FORMAT_TEXT, NULL, 1, &result));
    refused(pii_scrub(scrubber, PII_FORMAT_TEXT, text, sizeof text - 1, NULL));
    refused(pii_scrub(scrubber, (pii_format)100000, text, sizeof text - 1, &result));
    refused(pii_scan(NULL, PII_FORMAT_TEXT, text, sizeof text - 1, &result));
    refused(pii_explain(scrubber, PII_FORMAT_TEXT, text, sizeof text - 1, NULL, NULL, &result));
    cr_expect_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, NULL, 0, &result), PII_OK);
    cr_expect_eq(result.size, 0);
}

Test(refusals, streams)
{
    pii_stream *stream = NULL;
    refused(pii_stream_new(NULL, NULL, PII_FORMAT_TEXT, NULL, &stream));
    refused(pii_stream_new(rules, NULL, PII_FORMAT_TEXT, NULL, NULL));
    refused(pii_stream_new(rules, NULL, (pii_format)100000, NULL, &stream));
    cr_expect_null(stream);
    refused(pii_stream_write(NULL, text, 1, take, NULL));
    refused(pii_stream_finish(NULL, take, NULL));
    refused(pii_stream_run(NULL, NULL, NULL, PII_FLUSH, NULL));
    pii_stream_on_finding(NULL, NULL, NULL);
    pii_stream_reset(NULL);
    pii_stream_free(NULL);
    cr_expect_eq(pii_stream_offset(NULL), 0);
    cr_expect_null(pii_stream_fault(NULL, NULL));
    cr_assert_eq(pii_stream_new(rules, NULL, PII_FORMAT_TEXT, NULL, &stream), PII_OK);
    refused(pii_stream_write(stream, NULL, 1, take, NULL));
    refused(pii_stream_write(stream, text, 1, NULL, NULL));
    cr_expect_eq(pii_stream_write(stream, NULL, 0, take, NULL), PII_OK);
    cr_expect_eq(pii_stream_finish(stream, take, NULL), PII_OK);
    cr_expect_eq(pii_stream_write(stream, text, 1, take, NULL), PII_ERROR_STATE);
    cr_expect_null(pii_stream_fault(stream, NULL));
    pii_stream_free(stream);
}

Test(refusals, regions)
{
    pii_seam *entry = NULL, *exit = NULL;
    pii_result result;
    pii_region region = {.data = text, .size = sizeof text - 1, .ends = true, .until = sizeof text - 1};
    pii_region nothing = {.data = NULL, .size = 1, .ends = true, .until = 1};
    refused(pii_seam_new(NULL, NULL));
    cr_assert_eq(pii_seam_new(NULL, &entry), PII_OK);
    cr_assert_eq(pii_seam_new(NULL, &exit), PII_OK);
    cr_expect_not(pii_seam_equal(entry, exit), "nothing is known of them");
    refused(pii_region_scan(scrubber, PII_FORMAT_JSON, &region, NULL, exit, &result));
    refused(pii_region_scan(scrubber, PII_FORMAT_TEXT, &nothing, NULL, exit, &result));
    refused(pii_region_scan(scrubber, PII_FORMAT_TEXT, &region, entry, exit, &result));
    refused(pii_region_scan(scrubber, PII_FORMAT_TEXT, &region, exit, exit, &result));
    refused(pii_region_write(NULL, &region, take, NULL));
    cr_assert_eq(pii_region_scan(scrubber, PII_FORMAT_TEXT, &region, NULL, exit, &result), PII_OK);
    cr_expect_eq(result.finding_count, 1);
    pii_seam_free(entry);
    pii_seam_free(exit);
    pii_seam_free(NULL);
}

Test(refusals, known_values)
{
    static const char long_value[PII__KNOWN_VALUE_SIZE_MAX + 1] = "a";
    pii_known_builder *builder = NULL;
    pii_known *known = NULL;
    refused(pii_known_builder_new(NULL, NULL));
    cr_assert_eq(pii_known_builder_new(NULL, &builder), PII_OK);
    refused(pii_known_builder_add(NULL, "PERSON", "Zora", 4, 0));
    refused(pii_known_builder_add(builder, NULL, "Zora", 4, 0));
    refused(pii_known_builder_add(builder, "person", "Zora", 4, 0));
    refused(pii_known_builder_add(builder, "PERSON", NULL, 4, 0));
    refused(pii_known_builder_add(builder, "PERSON", "Zora", 4, 1u << 30));
    cr_expect_neq(pii_known_builder_add(builder, "PERSON", long_value, sizeof long_value, 0), PII_OK);
    refused(pii_known_builder_finish(NULL, &known));
    refused(pii_known_builder_finish(builder, NULL));
    cr_expect_null(known);
    cr_expect_eq(pii_known_size(NULL), 0);
    cr_expect_eq(pii_known_hold_back(NULL), 0);
    cr_expect_null(pii_known_ref(NULL));
    refused(pii_scrubber_set_known(NULL, NULL));
    refused(pii_stream_set_known(NULL, NULL));
    pii_known_free(NULL);
    pii_known_builder_free(builder);
    pii_known_builder_free(NULL);
}

Test(refusals, rulesets_and_compilers)
{
    pii_compiler *compiler = NULL;
    pii_ruleset *made = NULL;
    pii_rule_info info;
    refused(pii_compiler_new(NULL, NULL));
    refused(pii_compiler_add(NULL, "a", "", 0));
    refused(pii_compiler_add_default(NULL));
    refused(pii_compiler_finish(NULL, &made));
    cr_assert_eq(pii_compiler_new(NULL, &compiler), PII_OK);
    refused(pii_compiler_add(compiler, NULL, "", 0));
    refused(pii_compiler_add(compiler, "a", NULL, 1));
    refused(pii_compiler_finish(compiler, NULL));
    refused(pii_ruleset_default(NULL, NULL));
    refused(pii_ruleset_rule(NULL, 0, &info));
    refused(pii_ruleset_rule(rules, pii_ruleset_size(rules), &info));
    refused(pii_ruleset_rule(rules, 0, NULL));
    cr_expect_eq(pii_ruleset_size(NULL), 0);
    cr_expect_null(pii_ruleset_ref(NULL));
    pii_ruleset_free(NULL);
    pii_compiler_free(compiler);
    pii_compiler_free(NULL);
}

Test(refusals, formats)
{
    pii_format format = PII_FORMAT_CSV;
    refused(pii_format_find(NULL, &format));
    refused(pii_format_find("json", NULL));
    refused(pii_format_find("parchment", &format));
    refused(pii_format_detect(NULL, 1, true, NULL, &format));
    refused(pii_format_detect("a", 1, true, NULL, NULL));
    cr_expect_eq(format, PII_FORMAT_CSV);
    cr_expect_eq(pii_format_detect(NULL, 0, true, NULL, &format), PII_OK);
    cr_expect_eq(format, PII_FORMAT_TEXT);
}
