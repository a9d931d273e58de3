/* Rule files: every mistake is reported, with the place, the field and what would be right. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "piiglet_compile.h"

static pii_compiler *compiler;

static void setup(void)
{
    cr_assert_eq(pii_compiler_new(NULL, &compiler), PII_OK);
}

static void teardown(void)
{
    pii_compiler_free(compiler);
}

TestSuite(compile_file, .init = setup, .fini = teardown);

#define HEAD                                                                                                           \
    "piiglet: 1\n"                                                                                                     \
    "family: try\n"                                                                                                    \
    "description: a try\n"
#define RULE_HEAD                                                                                                      \
    "rules:\n"                                                                                                         \
    "  - id: try.one\n"                                                                                                \
    "    entity: EMAIL\n"                                                                                              \
    "    description: one\n"
#define TESTS                                                                                                          \
    "    tests:\n"                                                                                                     \
    "      match: ['x{{@}}y']\n"                                                                                       \
    "      pass: [x]\n"
#define GOOD_RULE RULE_HEAD "    pattern: '@'\n    confidence: 0.9\n" TESTS

static pii_status add(const char *yaml)
{
    return pii_compiler_add(compiler, "try.yaml", yaml, strlen(yaml));
}

static const pii_diagnostic *first_error(void)
{
    const pii_diagnostic *items;
    size_t count = pii_compiler_diagnostics(compiler, &items);
    for (size_t i = 0; i < count; i++)
        if (items[i].severity == PII_SEVERITY_ERROR)
            return &items[i];
    return NULL;
}

static size_t count_of(pii_severity severity)
{
    const pii_diagnostic *items;
    size_t count = pii_compiler_diagnostics(compiler, &items), found = 0;
    for (size_t i = 0; i < count; i++)
        found += items[i].severity == severity;
    return found;
}

/* The file is refused for exactly this reason, and no ruleset comes of it. */
static void refuses(const char *yaml, unsigned line, unsigned column, const char *field, const char *message)
{
    teardown();
    setup();
    cr_assert_eq(add(yaml), PII_ERROR_RULE, "accepted:\n%s", yaml);
    const pii_diagnostic *error = first_error();
    cr_assert_not_null(error);
    cr_expect_eq(error->line, line, "%s: line %u", message, error->line);
    cr_expect_eq(error->column, column, "%s: column %u", message, error->column);
    cr_expect_str_eq(error->field, field, "%s: field %s", message, error->field);
    cr_expect_str_eq(error->message, message);
    cr_expect_str_eq(error->file, "try.yaml");
    cr_expect(*error->expected != 0, "%s: nothing expected", message);
    pii_ruleset *ruleset = NULL;
    cr_expect_eq(pii_compiler_finish(compiler, &ruleset), PII_ERROR_RULE);
    cr_expect_null(ruleset);
}

Test(compile_file, reads_a_whole_rule)
{
    cr_assert_eq(add(HEAD "entities: [STUDENT_ID]\n"
                          "lists:\n"
                          "  cue: [id, 'student no']\n" RULE_HEAD "    pattern: '(?i)\\bs(?<pii>\\d{6,9})'\n"
                          "    confidence: 0.25\n"
                          "    context:\n"
                          "      before: 30\n"
                          "      after: 0\n"
                          "      boost: {words: [badge, '@cue'], weight: 0.5}\n"
                          "      suppress: {words: [score], weight: 0.125}\n" TESTS),
                 PII_OK);
    pii_ruleset *ruleset = NULL;
    pii_rule_info rule;
    cr_assert_eq(pii_compiler_finish(compiler, &ruleset), PII_OK);
    cr_assert_eq(pii_ruleset_size(ruleset), 1);
    cr_assert_eq(pii_ruleset_rule(ruleset, 0, &rule), PII_OK);
    cr_expect_str_eq(rule.id, "try.one");
    cr_expect_str_eq(rule.entity, "EMAIL");
    cr_expect_str_eq(rule.description, "one");
    cr_expect_str_eq(rule.pattern, "(?i)\\bs(?<pii>\\d{6,9})");
    cr_expect_str_eq(rule.validator, "");
    cr_expect_str_eq(rule.gate, "[Ss][0-9][0-9] at the start");
    cr_expect_eq(rule.confidence, 0.25);
    cr_expect_eq(rule.width_min, 7);
    cr_expect_eq(rule.width_max, 10);
    cr_expect_eq(rule.behind, 31);
    cr_expect_eq(rule.ahead, 1);
    pii_ruleset_free(ruleset);
}

Test(compile_file, tells_syntax_errors_with_their_place)
{
    refuses(HEAD "rules: [\n", 5, 1, "", "did not find expected node content (while parsing a flow node)");
    refuses(HEAD "\tx: 1\n", 4, 1, "",
            "found a tab character that violates indentation (while scanning a plain scalar)");
    refuses(HEAD "x: @a\n", 4, 4, "",
            "found character that cannot start any token (while scanning for the next token)");
    refuses("piiglet: 1\nfamily: a\x01z\n", 2, 10, "", "control characters are not allowed");
    refuses("piiglet: 1\nfamily: a\xff\n", 2, 10, "", "invalid leading UTF-8 octet");
    refuses("piiglet: 1\nfamily: a\xe2\x80\xa8z\n", 2, 10, "", "an unusual line break character");
    refuses("", 1, 1, "", "not a rule file");
    refuses("- 1\n", 1, 1, "", "not a rule file");
}

Test(compile_file, refuses_yaml_that_hides_something)
{
    refuses(HEAD "lists: &a {x: [y]}\n", 4, 8, "", "alias, anchor or tag");
    refuses(HEAD "lists: {x: *a}\n", 4, 12, "", "alias, anchor or tag");
    refuses(HEAD "family: !!str try\n", 4, 9, "", "alias, anchor or tag");
    refuses(HEAD GOOD_RULE "---\n" HEAD, 13, 1, "", "a second document");
    refuses(HEAD "? [a, b]\n: 1\n", 4, 3, "", "a key that is no text");
    refuses(HEAD "lists: [[[[[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]]]]\n", 4, 23, "",
            "values are nested too deeply");
}

Test(compile_file, checks_the_head)
{
    refuses("family: try\npiiglet: 1\ndescription: d\n" GOOD_RULE, 2, 10, "piiglet",
            "the schema version is not the first key");
    refuses("piiglet: 2\nfamily: try\ndescription: d\n" GOOD_RULE, 1, 10, "piiglet", "unknown schema version");
    refuses("family: try\ndescription: d\n" GOOD_RULE, 1, 1, "piiglet", "missing key");
    refuses(HEAD, 1, 1, "rules", "missing key");
    refuses(HEAD "rules: []\n", 4, 8, "rules", "not a list");
    refuses(HEAD "rules: yes\n", 4, 8, "rules", "not a list");
    refuses(HEAD "rule: []\n" GOOD_RULE, 4, 1, "rule", "unknown key");
    refuses(HEAD "family: try\n" GOOD_RULE, 4, 1, "family", "duplicate key");
    refuses("piiglet: 1\nfamily: Try\ndescription: d\n" GOOD_RULE, 2, 9, "family", "not a family name");
    refuses("piiglet: 1\nfamily: try\ndescription: ''\n" GOOD_RULE, 3, 14, "description", "empty value");
    refuses(HEAD "entities: [Student]\n" GOOD_RULE, 4, 12, "entities", "not an entity name");
    refuses(HEAD "entities: [EMAIL]\n" GOOD_RULE, 4, 12, "entities", "this entity is built in");
    refuses(HEAD "lists: {a: [b], a: [c]}\n" GOOD_RULE, 4, 17, "lists.a", "duplicate key");
    refuses(HEAD "lists: {a: []}\n" GOOD_RULE, 4, 12, "lists.a", "not a list of texts");
    refuses(HEAD "lists: {a: [b, '']}\n" GOOD_RULE, 4, 16, "lists.a[1]", "empty value");
    refuses(HEAD "lists: {a-b: [b]}\n" GOOD_RULE, 4, 9, "lists.a-b", "not a list name");
}

Test(compile_file, checks_each_rule)
{
#define BODY "    pattern: '@'\n    confidence: 0.9\n"
    refuses(HEAD "rules:\n  - x\n", 5, 5, "rules[0]", "not a rule");
    refuses(HEAD RULE_HEAD BODY TESTS "    when: now\n", 13, 5, "rules[0].when", "unknown key");
    refuses(HEAD RULE_HEAD BODY "    entity: PHONE\n" TESTS, 10, 5, "rules[0].entity", "duplicate key");
    refuses(HEAD RULE_HEAD BODY, 5, 5, "rules[0].tests", "missing key");
    refuses(HEAD RULE_HEAD BODY "    tests: {match: ['{{@}}']}\n", 10, 12, "rules[0].tests.pass", "missing key");
    refuses(HEAD RULE_HEAD BODY "    tests: {match: [], pass: [x]}\n", 10, 20, "rules[0].tests.match",
            "not a list of texts");
    refuses(HEAD RULE_HEAD BODY "    tests: {match: ['a@b'], pass: [x]}\n", 10, 21, "tests.match",
            "the expected finding is not marked");
    refuses(HEAD RULE_HEAD BODY "    tests: {match: ['{{@}}{{@}}'], pass: [x]}\n", 10, 21, "tests.match",
            "the expected finding is not marked");
    refuses(HEAD RULE_HEAD BODY "    tests: {match: ['{{}}@'], pass: [x]}\n", 10, 21, "tests.match",
            "the expected finding is not marked");
    refuses(HEAD RULE_HEAD "    pattern: '@'\n    confidence: 1.5\n" TESTS, 9, 17, "rules[0].confidence",
            "not a number from 0 to 1");
    refuses(HEAD RULE_HEAD "    pattern: '@'\n    confidence: '0.5'\n" TESTS, 9, 17, "rules[0].confidence",
            "not a number from 0 to 1");
    refuses(HEAD RULE_HEAD "    pattern: '@'\n    confidence: .\n" TESTS, 9, 17, "rules[0].confidence",
            "not a number from 0 to 1");
    refuses(HEAD RULE_HEAD "    pattern: '@'\n    confidence: [0.5]\n" TESTS, 9, 17, "rules[0].confidence",
            "not a number from 0 to 1");
    refuses(HEAD RULE_HEAD BODY "    context: {before: 4}\n" TESTS, 10, 14, "rules[0].context",
            "a context without words");
    refuses(HEAD RULE_HEAD BODY "    context: {before: 600, boost: {words: [a], weight: 0.1}}\n" TESTS, 10, 23,
            "rules[0].context.before", "not a number of bytes");
    refuses(HEAD RULE_HEAD BODY "    context: {after: 1.5, boost: {words: [a], weight: 0.1}}\n" TESTS, 10, 22,
            "rules[0].context.after", "not a number of bytes");
    refuses(HEAD RULE_HEAD BODY "    context: {boost: {words: [a]}}\n" TESTS, 10, 22, "rules[0].context.boost.weight",
            "missing key");
    refuses(HEAD RULE_HEAD BODY "    context: {boost: {words: ['@no'], weight: 0.1}}\n" TESTS, 10, 31,
            "rules[0].context.boost.words", "unknown word list");
    refuses(HEAD RULE_HEAD BODY "    validator: no_such\n" TESTS, 10, 16, "rules[0].validator", "unknown validator");
    refuses("piiglet: 1\nfamily: two\ndescription: d\n" GOOD_RULE, 5, 9, "rules[0].id", "not a rule id of this file");
    refuses(HEAD "rules:\n  - id: try.one\n    entity: NO_SUCH\n    description: d\n" BODY TESTS, 6, 13,
            "rules[0].entity", "unknown entity");
    static const char *const no_ids[] = {"try.", "try", "tryone", "try.One", "try.{", "try.o-e", "other.one"};
    for (size_t i = 0; i < sizeof no_ids / sizeof *no_ids; i++) {
        char yaml[512];
        (void)snprintf(yaml, sizeof yaml,
                       HEAD "rules:\n  - id: '%s'\n    entity: EMAIL\n    description: d\n" BODY TESTS, no_ids[i]);
        refuses(yaml, 5, 9, "rules[0].id", "not a rule id of this file");
    }
    static const char *const no_numbers[] = {"+1", "-0", "1e0", "0..5", "0.0000000001", "0x1", "1,5"};
    for (size_t i = 0; i < sizeof no_numbers / sizeof *no_numbers; i++) {
        char yaml[512];
        (void)snprintf(yaml, sizeof yaml, HEAD RULE_HEAD "    pattern: '@'\n    confidence: %s\n" TESTS, no_numbers[i]);
        refuses(yaml, 9, 17, "rules[0].confidence", "not a number from 0 to 1");
    }
    refuses(HEAD RULE_HEAD BODY "    tests: [x]\n", 10, 12, "rules[0].tests", "not a mapping");
    refuses(HEAD RULE_HEAD BODY "    tests: {match: x, pass: [x]}\n", 10, 20, "rules[0].tests.match",
            "not a list of texts");
    refuses(HEAD RULE_HEAD BODY "    context: {before: [4], boost: {words: [a], weight: 0.1}}\n" TESTS, 10, 23,
            "rules[0].context.before", "not a number of bytes");
    refuses(HEAD RULE_HEAD "    pattern: [a]\n    confidence: 0.9\n" TESTS, 8, 14, "rules[0].pattern", "not a text");
}

Test(compile_file, tells_the_place_inside_a_pattern)
{
#define AFTER "    confidence: 0.9\n" TESTS
    refuses(HEAD RULE_HEAD "    pattern: 'a''b\\Cc'\n" AFTER, 8, 19, "rules[0].pattern",
            "\\C is refused: it splits characters");
    refuses(HEAD RULE_HEAD "    pattern: ab\\Cc\n" AFTER, 8, 16, "rules[0].pattern",
            "\\C is refused: it splits characters");
    refuses(HEAD RULE_HEAD "    pattern: \"ab+c\"\n" AFTER, 8, 17, "rules[0].pattern", "the repeat has no upper bound");
    refuses(HEAD RULE_HEAD "    pattern: \"\\\\d+c\"\n" AFTER, 8, 14, "rules[0].pattern",
            "the repeat has no upper bound");
    refuses(HEAD RULE_HEAD "    pattern: |\n      (?x) a\n      b c+\n" AFTER, 10, 10, "rules[0].pattern",
            "the repeat has no upper bound");
    refuses(HEAD RULE_HEAD "    pattern: '\xc3\xa9\xc3\xa9(?R)'\n" AFTER, 8, 19, "rules[0].pattern", "recursion");
    refuses(HEAD RULE_HEAD "    pattern: 'a(?&none)b'\n" AFTER, 8, 16, "rules[0].pattern", "unknown word list");
    refuses(HEAD "lists: {w: [one, two]}\n" RULE_HEAD "    pattern: '(?&w)b(?&w)(c'\n" AFTER, 9, 26, "rules[0].pattern",
            "the group is not closed");
    refuses(HEAD "lists: {w: [one, two]}\n" RULE_HEAD "    pattern: 'x(?<=(?&w)y?)z'\n" AFTER, 9, 16,
            "rules[0].pattern", "lookbehind assertion is not fixed length");
}

Test(compile_file, collects_all_errors_of_a_file)
{
    cr_expect_eq(add(HEAD
                     "nonsense: 1\n"
                     "rules:\n"
                     "  - {id: try.a, entity: EMAIL, description: d, confidence: 2, tests: {match: [x], pass: [y]}}\n"
                     "  - {id: other.b, pattern: '@'}\n"),
                 PII_ERROR_RULE);
    /* unknown key; number; pattern; id; entity, description, confidence, tests */
    cr_expect_eq(count_of(PII_SEVERITY_ERROR), 8);
    cr_expect_eq(add(HEAD RULE_HEAD "    pattern: '@+'\n    confidence: 0.9\n    validator: no\n    tests:\n"
                                    "      match: [x]\n      pass: [y]\n"),
                 PII_ERROR_RULE);
    /* repeat, validator, marker */
    cr_expect_eq(count_of(PII_SEVERITY_ERROR), 11);
}

Test(compile_file, warns_of_what_is_unwise)
{
    cr_expect_eq(add(HEAD RULE_HEAD "    pattern: '[a-z]{3} [a-z]{3}(?:,[a-z]{1,2}){1,3}'\n"
                                    "    confidence: 0.3\n" TESTS),
                 PII_OK);
    cr_expect_eq(count_of(PII_SEVERITY_WARNING), 2, "cut end, never accepted");
    cr_expect_eq(add(HEAD "rules:\n  - id: try.two\n    entity: EMAIL\n    description: d\n"
                          "    pattern: '[a-z]{3}'\n    confidence: 0.9\n" TESTS),
                 PII_OK);
    cr_expect_eq(count_of(PII_SEVERITY_WARNING), 3, "common bytes");
    cr_expect_eq(count_of(PII_SEVERITY_NOTE), 8, "width, gate, cost, tests of two rules");
}

Test(compile_file, takes_a_byte_order_mark_and_crlf)
{
    cr_expect_eq(add("\xef\xbb\xbf" HEAD GOOD_RULE), PII_OK);
    teardown();
    setup();
    refuses("piiglet: 1\r\nfamily: try\r\nnope: 1\r\n", 3, 1, "nope", "unknown key");
}

Test(compile_file, refuses_a_file_that_is_too_large)
{
    cr_expect_eq(pii_compiler_add(compiler, "try.yaml", "", (size_t)(4 << 20) + 1), PII_ERROR_RULE);
    cr_expect_str_eq(first_error()->message, "the file is too large");
}
