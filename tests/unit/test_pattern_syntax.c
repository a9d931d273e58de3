/* The pattern parser: what it refuses and where, and that what it reads is what PCRE2 reads. */
#include <criterion/criterion.h>
#include <string.h>

#include "memory.h"
#include "pattern.h"
#include "pattern_syntax.h"

static pii__arena arena;

static void setup(void)
{
    pii__arena_init(&arena, &pii__default_allocator);
}

static void teardown(void)
{
    pii__arena_free(&arena);
}

TestSuite(pattern_syntax, .init = setup, .fini = teardown);

static pii__syntax parse(const char *pattern)
{
    pii__syntax syntax = {0};
    pii__pattern_problem problem = {0};
    pii_status status = pii__pattern_parse(&arena, pattern, strlen(pattern), &syntax, &problem);
    cr_assert_eq(status, PII_OK, "%s: %s", pattern, problem.message ? problem.message : "");
    return syntax;
}

static void refuses(const char *pattern, size_t offset)
{
    pii__syntax syntax = {0};
    pii__pattern_problem problem = {.offset = SIZE_MAX};
    pii_status status = pii__pattern_parse(&arena, pattern, strlen(pattern), &syntax, &problem);
    cr_expect_eq(status, PII_ERROR_RULE, "%s was accepted", pattern);
    cr_expect_eq(problem.offset, offset, "%s: refused at %zu", pattern, problem.offset);
    cr_expect_not_null(problem.message);
    cr_expect_not_null(problem.expected);
    cr_expect_null(syntax.root, "the output was touched");
}

Test(pattern_syntax, refuses_what_cannot_be_bounded_or_streamed)
{
    refuses("a\\Cb", 1);
    refuses("a\\Kb", 1);
    refuses("\\Aab", 0);
    refuses("ab\\z", 2);
    refuses("ab\\Z", 2);
    refuses("\\Gab", 0);
    refuses("a(?C1)b", 1);
    refuses("(*COMMIT)a", 0);
    refuses("(*UTF)a", 0);
    refuses("a(?R)?", 1);
    refuses("(a)(?1)", 3);
    refuses("(a)(?-1)", 3);
    refuses("(?<n>a)(?P>n)", 7);
    refuses("(?<n>a)(?&n)", 7);
    refuses("(?|a|b)", 0);
    refuses("(?(?=a)b|c)", 0);
}

Test(pattern_syntax, refuses_what_needs_characters_instead_of_bytes)
{
    refuses("a\\X", 1);
    refuses("\\p{L}", 0);
    refuses("\\PL", 0);
    refuses("a\\R", 1);
    refuses("\\x{100}", 0);
    refuses("[\xc3\xa9]", 1);
    refuses("a\xc3\xa9?", 3);
    refuses("\xc3\xa9{2,3}", 2);
}

Test(pattern_syntax, refuses_bad_form)
{
    refuses("(a", 0);
    refuses("a)b", 1);
    refuses("[a-", 0);
    refuses("[z-a]", 1);
    refuses("[\\d-z]", 1);
    refuses("[[:nope:]]", 1);
    refuses("[[.a.]]", 1);
    refuses("[\\N]", 1);
    refuses("[\\b]", 1);
    refuses("[\\x00-\\xff]{0}", 11);
    refuses("[^\\x00-\\xff]", 0);
    refuses("*a", 0);
    refuses("a**", 2);
    refuses("a{2}{3}", 4);
    refuses("a{3,2}", 1);
    refuses("a{70000}", 1);
    refuses("a{,3}", 1);
    refuses("a{", 1);
    refuses("{", 0);
    refuses("\\b+", 2);
    refuses("^*", 1);
    refuses("(?=a)+", 5);
    refuses("a\\", 1);
    refuses("\\q", 0);
    refuses("\\1", 0);
    refuses("\\x4", 0);
    refuses("\\x{}", 0);
    refuses("\\k<n>", 0);
    refuses("(?<n>a\\k<n>)", 6);
    refuses("(?<n>a)(?<n>b)", 7);
    refuses("(?<1n>a)", 3);
    refuses("(?#text)a", 0);
    refuses("(?J)a", 0);
    refuses("(?-m)a", 0);
    refuses("(?xx)a", 0);
    refuses("(?=(?<pii>a))b", 3);
}

Test(pattern_syntax, refuses_deep_nesting_and_nul)
{
    char deep[256] = {0};
    memset(deep, '(', 100);
    deep[100] = 'a';
    memset(deep + 101, ')', 100);
    refuses(deep, 64);
    pii__syntax syntax;
    pii__pattern_problem problem;
    cr_expect_eq(pii__pattern_parse(&arena, "a\0b", 3, &syntax, &problem), PII_ERROR_RULE);
}

static void expect_width(const char *pattern, uint32_t min, uint32_t max)
{
    pii__syntax syntax = parse(pattern);
    cr_expect_eq(syntax.root->width_min, min, "%s: at least %u", pattern, syntax.root->width_min);
    cr_expect_eq(syntax.root->width_max, max, "%s: at most %u", pattern, syntax.root->width_max);
}

Test(pattern_syntax, knows_widths)
{
    expect_width("abc", 3, 3);
    expect_width("a|bcd|", 0, 3);
    expect_width("(?:ab){2,5}c?", 4, 11);
    expect_width("\\d{1,3}(?:\\.\\d{1,3}){3}", 7, 15);
    expect_width("(?<=abc)d(?!ef)\\b$", 1, 1);
    expect_width("(?<s>[-.]{1,2})a\\k<s>", 3, 5);
    expect_width("a+", 1, PII__UNBOUNDED);
    expect_width("(?:a*){0,3}b", 1, PII__UNBOUNDED);
    expect_width("(?:(?:a{1000}){1000}){5000}", PII__UNBOUNDED, PII__UNBOUNDED);
    expect_width("\xc3\xa9t\xc3\xa9", 5, 5);
    expect_width("(?x) a b # c\n [ ] \\ ", 4, 4);
    expect_width("a(?x: b )c d", 5, 5);
}

Test(pattern_syntax, keeps_places)
{
    pii__syntax syntax = parse("ab(?<pii>c{2,3})|[x-z]");
    cr_expect_eq(syntax.root->kind, PII__NODE_ALTERNATION);
    cr_expect_eq(syntax.root->list.count, 2);
    cr_expect_eq(syntax.pii->offset, 2);
    cr_expect_eq(syntax.pii->length, 14);
    const pii__node *repeat = syntax.pii->group.child->list.first;
    cr_expect_eq(repeat->kind, PII__NODE_REPEAT);
    cr_expect_eq(repeat->offset, 9);
    cr_expect_eq(repeat->repeat.sign_offset, 10);
    const pii__node *class = syntax.root->list.first->next->list.first;
    cr_expect_eq(class->offset, 17);
    cr_expect_eq(class->length, 5);
    cr_expect_not(class->byte.literal);
}

Test(pattern_syntax, keeps_word_lists_as_literals)
{
    pii__syntax syntax = parse("(?i)(?:Road|St\\.)");
    const pii__node *list = syntax.root->list.first->group.child;
    cr_assert_eq(list->kind, PII__NODE_ALTERNATION);
    for (const pii__node *word = list->list.first; word; word = word->next)
        for (const pii__node *byte = word->list.first; byte; byte = byte->next)
            cr_expect(byte->kind == PII__NODE_BYTE && byte->byte.literal);
    const pii__byte_set *r = &list->list.first->list.first->byte.set;
    cr_expect(pii__byte_set_has(r, 'R') && pii__byte_set_has(r, 'r') && pii__byte_set_count(r) == 2);
}

/* PCRE2's answer for each of the 256 one-byte texts must be ours. */
static void agrees(const char *pattern)
{
    pii__pattern *compiled = NULL;
    pii__matcher *matcher = NULL;
    cr_assert_eq(pii__pattern_new(&pii__default_allocator, pattern, &compiled), PII_OK);
    cr_assert_eq(pii__matcher_new(&pii__default_allocator, &matcher), PII_OK);
    const pii__node *node = parse(pattern).root->list.first;
    cr_assert_eq(node->kind, PII__NODE_BYTE, "%s", pattern);
    for (unsigned byte = 0; byte < 256; byte++) {
        uint8_t text = (uint8_t)byte;
        pii__subject subject = {.text = &text, .size = 1, .at_start = true, .at_end = true};
        pii__match match;
        bool found = false;
        cr_assert_eq(pii__pattern_search(compiled, matcher, &subject, 0, 1, &found, &match), PII_OK);
        cr_expect_eq(found, pii__byte_set_has(&node->byte.set, text), "%s: byte %02x", pattern, byte);
    }
    pii__matcher_free(matcher);
    pii__pattern_free(compiled);
}

/* clang-format off */
static const char *const one_byte_patterns[] = {
    "a", "(?i)a", "(?i)\\x4b", "(?i)\\x{6b}", ".", "(?s).", "\\N", "(?s)\\N", "\\d", "\\D", "\\w", "\\W", "\\s",
    "\\S", "\\h", "\\H", "\\n", "\\r", "\\t", "\\f", "\\a", "\\e", "\\.", "\\-", "\\_", "\\ ", "]", "}", "-",
    "\\xff", "[]a]", "[^]a]", "[a-]", "[-a]", "[a\\-z]", "[+--]", "[a-cx-z]", "[^a-c]", "(?i)[a-c]",
    "(?i)[^a-c]", "(?i)[X-b]", "[\\d.]", "[^\\d.]", "[\\D.]", "[\\w\\s]", "[^\\W]", "[\\h\\x41]",
    "[\\x80-\\xff]", "[^\\x00-\\x7f]", "[[]", "[[a]", "[\\]]", "[\\\\]", "[.$*+?{}()|]", "[\\n-\\r]",
    "(?x)[ #]", "[[:alnum:]]", "[[:alpha:]]", "[[:ascii:]]", "[[:blank:]]", "[[:cntrl:]]", "[[:digit:]]",
    "[[:graph:]]", "[[:lower:]]", "[[:print:]]", "[[:punct:]]", "[[:space:]]", "[[:upper:]]", "[[:word:]]",
    "[[:xdigit:]]", "[^[:alpha:]]", "[[:^alpha:]]", "[[:^upper:]x]", "(?i)[[:upper:]]", "(?i)[[:^lower:]]",
    "(?i)[[:xdigit:]]", "(?i)[^[:upper:]]", "[:alpha]", "(?i)\\W",
};
/* clang-format on */

Test(pattern_syntax, reads_classes_as_pcre2_does)
{
    for (size_t i = 0; i < sizeof one_byte_patterns / sizeof one_byte_patterns[0]; i++)
        agrees(one_byte_patterns[i]);
}

/* Whole-pattern agreement: options, their scope, blanks, quantifier forms. */
Test(pattern_syntax, reads_options_as_pcre2_does)
{
    static const struct {
        const char *pattern;
        const char *text;
        bool match;
    } cases[] = {
        {"^(?:a(?i)b|c)d$", "Cd", true},
        {"^(?:a(?i)b|c)d$", "CD", false},
        {"^(?:a(?i)b)c$", "aBC", false},
        {"^(?i:a)b$", "Ab", true},
        {"^(?i:a)b$", "AB", false},
        {"(?x)^a b$", "ab", true},
        {"(?x)^a {2} $", "aa", true},
        {"(?i)^a(?-i)b$", "Ab", true},
        {"(?i)^a(?-i)b$", "AB", false},
        {"(?s)^a.b$", "a\nb", true},
        {"^a.b$", "a\nb", false},
        {"^b$", "a\nb\nc", true},
        {"^b$", "a\rb\rc", true},
        {"(?s-i)^a.$", "a\n", true},
        {"(?x)^[ ]$", " ", true},
        {"(?x) ^a(?-x) b$", "a b", true},
        {"^(?<s>[-.])a\\k<s>$", "-a.", false},
        {"^(?<s>[-.])a\\k{s}$", ".a.", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        (void)parse(cases[i].pattern);
        pii__pattern *compiled = NULL;
        pii__matcher *matcher = NULL;
        pii__match match;
        bool found = false;
        cr_assert_eq(pii__pattern_new(&pii__default_allocator, cases[i].pattern, &compiled), PII_OK);
        cr_assert_eq(pii__matcher_new(&pii__default_allocator, &matcher), PII_OK);
        size_t size = strlen(cases[i].text);
        pii__subject subject = {.text = (const uint8_t *)cases[i].text, .size = size, .at_start = true, .at_end = true};
        cr_assert_eq(pii__pattern_search(compiled, matcher, &subject, 0, size, &found, &match), PII_OK);
        cr_expect_eq(found, cases[i].match, "%s on \"%s\"", cases[i].pattern, cases[i].text);
        pii__matcher_free(matcher);
        pii__pattern_free(compiled);
    }
}
