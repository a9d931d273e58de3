/* The compiler as its callers see it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "piiglet.h"
#include "ruleset.h"

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
    cr_assert_eq(count, 9, "four notes a rule, and this");
    cr_expect_str_eq(items[4].message, "duplicate rule id");
    cr_expect_str_eq(items[4].rule, "one.a");
    cr_expect_eq(items[4].line, 6);
    cr_expect_eq(items[4].column, 9);
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

/* Whether a rule of this pattern goes to PCRE2 with `part` in it. */
static bool compiles_to(const char *name, const char *pattern, const char *part)
{
    pii_compiler *own = compiler;
    pii_ruleset *ruleset = NULL;
    cr_assert_eq(pii_compiler_new(NULL, &compiler), PII_OK);
    cr_assert_eq(add_rule("one", name, "EMAIL", pattern), PII_OK);
    cr_assert_eq(pii_compiler_finish(compiler, &ruleset), PII_OK);
    bool holds = strstr(ruleset->rules[0].definition.pattern, part) != NULL;
    pii_ruleset_free(ruleset);
    pii_compiler_free(compiler);
    compiler = own;
    return holds;
}

Test(compile_compiler, gives_word_lists_to_pcre2_as_tries)
{
    char nested[512] = "";
    for (int i = 0; i < 63; i++)
        strcat(nested, "(?:");
    strcat(nested, "(?&us_states)");
    for (int i = 0; i < 63; i++)
        strcat(nested, ")");
    cr_expect(compiles_to("trie", "x(?&us_states)", "w[ \\t]{1,4}(?:"));
    cr_expect_not(compiles_to("trie", "x(?&us_states)", "new[ \\t]{1,4}york"));
    cr_expect(compiles_to("flat", nested, "new[ \\t]{1,4}york"), "a trie in 63 groups is nested too deeply");
}

/* Patterns that others were brought down by, with and without the bounds that are asked for here. */
Test(compile_compiler, refuses_patterns_whose_time_explodes)
{
    static const char *const known_bad[] = {
        "(?:a+)+x",
        "(?:a*)*x",
        "(?:a|aa)+x",
        "(?:[a-z]+)*@",
        "(?:\\w+\\s?)*!",
        "(?:.*a){12}",
        "(?:a|a?)+x",
        "(?:[a-z]{1,20}){1,20}@",
        "(?:[a-z]{1,20}[ ]?){1,9}@",
        "(?:a{1,40}){1,40}x",
        "(?:a|aa){1,60}x",
        "(?:a?){2,99}x",
        "(?:[0-9]{1,9}-?){1,9}x",
        "(?:.{0,60}a){12}",
        "(?:(?:ab|a)b?a?){25}x",
        "x(?=(?:[a-z]{1,20}){1,9}y)",
        "(?:[ ]?[a-z]{0,30}[ ]?){2,40}@",
        "(?:(?:[a-z]{1,9}\\.?){1,9}){1,9}@",
    };
    for (size_t i = 0; i < sizeof known_bad / sizeof known_bad[0]; i++) {
        const pii_diagnostic *items;
        size_t before = pii_compiler_diagnostics(compiler, &items);
        cr_expect_eq(add_rule("one", "a", "EMAIL", known_bad[i]), PII_ERROR_RULE, "%s was taken", known_bad[i]);
        cr_assert_eq(pii_compiler_diagnostics(compiler, &items), before + 1);
        cr_expect_str_eq(items[before].field, "rules[0].pattern");
    }
    cr_expect_eq(add_rule("one", "a", "EMAIL", "(?:[a-z]{1,20}+[ ]?){1,9}@"), PII_OK);
    cr_expect_eq(add_rule("one", "b", "EMAIL", "(?:[a-z]{1,20}[ ]){1,9}@"), PII_OK);
}

Test(compile_compiler, refuses_context_words_that_are_no_pattern)
{
    const char *yaml = "piiglet: 1\nfamily: one\ndescription: d\nrules:\n  - id: one.a\n    entity: EMAIL\n"
                       "    description: d\n    pattern: 'a@b'\n    confidence: 0.9\n"
                       "    context: {boost: {words: [\"n\\0l\"], weight: 0.1}}\n"
                       "    tests:\n      match: ['{{a@b}}']\n      pass: ['a']\n";
    cr_assert_eq(pii_compiler_add(compiler, "one", yaml, strlen(yaml)), PII_ERROR_RULE);
    const pii_diagnostic *items;
    cr_assert_eq(pii_compiler_diagnostics(compiler, &items), 1);
    cr_expect_str_eq(items[0].field, "rules[0].context.boost.words");
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
