/* The compiler as its callers see it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "piiglet.h"

static pii_compiler *compiler;

static void setup(void)
{
    cr_assert_eq(pii_compiler_new(NULL, &compiler), PII_OK);
}

static void teardown(void)
{
    pii_compiler_free(compiler);
}

TestSuite(compile_compiler, .init = setup, .fini = teardown);

static pii_status add_rule(const char *family, const char *name, const char *entity, const char *pattern)
{
    char yaml[1024];
    int size = snprintf(yaml, sizeof yaml,
                        "piiglet: 1\nfamily: %s\ndescription: d\nentities: [OWN_ONE]\nrules:\n"
                        "  - id: %s.%s\n    entity: %s\n    description: d\n    pattern: '%s'\n    confidence: 0.9\n"
                        "    tests:\n      match: ['to {{a@b}} now', \"{{n\\0l}}\"]\n      pass: ['{{ plain }}']\n",
                        family, family, name, entity, pattern);
    return pii_compiler_add(compiler, family, yaml, (size_t)size);
}

Test(compile_compiler, joins_files_into_one_set)
{
    cr_expect_eq(add_rule("one", "a", "EMAIL", "a@b"), PII_OK);
    cr_expect_eq(add_rule("two", "b", "OWN_ONE", "c#d"), PII_OK);
    pii_ruleset *ruleset = NULL;
    cr_assert_eq(pii_compiler_finish(compiler, &ruleset), PII_OK);
    pii_compiler_free(compiler);
    compiler = NULL;
    pii_rule_info rule;
    cr_expect_eq(pii_ruleset_size(ruleset), 2);
    cr_assert_eq(pii_ruleset_rule(ruleset, 1, &rule), PII_OK);
    cr_expect_str_eq(rule.id, "two.b");
    cr_expect_str_eq(rule.entity, "OWN_ONE");
    pii_scrubber *scrubber = NULL;
    pii_result result;
    cr_assert_eq(pii_scrubber_new(ruleset, NULL, NULL, &scrubber), PII_OK);
    pii_ruleset_free(ruleset);
    cr_assert_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, "x c#d a@b", 9, &result), PII_OK);
    cr_expect_eq(result.size, 19);
    cr_expect_eq(memcmp(result.data, "x [OWN_ONE] [EMAIL]", 19), 0);
    pii_scrubber_free(scrubber);
}

Test(compile_compiler, refuses_the_same_id_twice)
{
    cr_expect_eq(add_rule("one", "a", "EMAIL", "a@b"), PII_OK);
    cr_expect_eq(add_rule("one", "a", "EMAIL", "c@d"), PII_ERROR_RULE);
    const pii_diagnostic *items;
    size_t count = pii_compiler_diagnostics(compiler, &items);
    cr_assert_eq(count, 3);
    cr_expect_str_eq(items[1].message, "duplicate rule id");
    cr_expect_str_eq(items[1].rule, "one.a");
    cr_expect_eq(items[1].line, 6);
    cr_expect_eq(items[1].column, 9);
}

Test(compile_compiler, makes_no_set_after_an_error)
{
    cr_expect_eq(add_rule("one", "a", "EMAIL", "a@b"), PII_OK);
    cr_expect_eq(add_rule("one", "b", "EMAIL", "a+"), PII_ERROR_RULE);
    cr_expect_eq(add_rule("one", "c", "EMAIL", "a@b"), PII_OK);
    pii_ruleset *ruleset = NULL;
    cr_expect_eq(pii_compiler_finish(compiler, &ruleset), PII_ERROR_RULE);
    cr_expect_null(ruleset);
}

Test(compile_compiler, makes_no_empty_set)
{
    pii_ruleset *ruleset = NULL;
    cr_expect_eq(pii_compiler_finish(compiler, &ruleset), PII_ERROR_RULE);
    cr_expect_null(ruleset);
    cr_expect_eq(pii_compiler_diagnostics(compiler, NULL), 0);
    cr_expect_eq(pii_compiler_tests(compiler, NULL), 0);
}

Test(compile_compiler, hands_out_tests_without_markers)
{
    const pii_rule_test *tests;
    cr_expect_eq(add_rule("one", "a", "EMAIL", "a@b"), PII_OK);
    cr_assert_eq(pii_compiler_tests(compiler, &tests), 3);
    cr_expect_str_eq(tests[0].text, "to a@b now");
    cr_expect(tests[0].match);
    cr_expect_eq(tests[0].begin, 3);
    cr_expect_eq(tests[0].end, 6);
    cr_expect_eq(tests[0].line, 12);
    cr_expect_str_eq(tests[0].rule, "one.a");
    cr_expect_str_eq(tests[0].file, "one");
    cr_expect_eq(tests[1].size, 3);
    cr_expect_eq(memcmp(tests[1].text, "n\0l", 3), 0);
    cr_expect_not(tests[2].match);
    cr_expect_str_eq(tests[2].text, "{{ plain }}");
    cr_expect_eq(tests[2].line, 13);
}

Test(compile_compiler, checks_its_arguments)
{
    pii_ruleset *ruleset = NULL;
    cr_expect_eq(pii_compiler_new(NULL, NULL), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_compiler_add(NULL, "n", "", 0), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_compiler_add(compiler, NULL, "", 0), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_compiler_add(compiler, "n", NULL, 1), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_compiler_add(compiler, "n", NULL, 0), PII_ERROR_RULE);
    cr_expect_eq(pii_compiler_add_default(NULL), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_compiler_finish(compiler, NULL), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_compiler_finish(NULL, &ruleset), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii_ruleset_default(NULL, NULL), PII_ERROR_ARGUMENT);
    pii_compiler_free(NULL);
}

Test(compile_compiler, embeds_rules_that_load_without_errors)
{
    const char *name = NULL, *yaml = NULL;
    size_t size = 0, count = pii_default_rule_file(SIZE_MAX, NULL, NULL, NULL);
    cr_assert_gt(count, 0);
    cr_expect_eq(pii_default_rule_file(count - 1, &name, &yaml, &size), count);
    cr_expect_eq(strncmp(name, "rules/", 6), 0);
    cr_expect_eq(strlen(yaml), size);
    cr_expect_eq(pii_compiler_add_default(compiler), PII_OK);
    const pii_diagnostic *items;
    size_t remarks = pii_compiler_diagnostics(compiler, &items);
    for (size_t i = 0; i < remarks; i++)
        cr_expect_neq(items[i].severity, PII_SEVERITY_ERROR, "%s:%u: %s", items[i].file, items[i].line,
                      items[i].message);
    pii_ruleset *ruleset = NULL;
    cr_expect_eq(pii_ruleset_default(NULL, &ruleset), PII_OK);
    pii_ruleset_free(ruleset);
}
