/* Word lists: where they come from, what they become, how places survive. */
#include <criterion/criterion.h>
#include <string.h>

#include "embedded.h"
#include "limits.h"
#include "memory.h"
#include "word_list.h"

static pii__arena arena;
static pii__word_lists lists;

static void setup(void)
{
    pii__arena_init(&arena, &pii__default_allocator);
    lists = (pii__word_lists){.arena = &arena};
}

static void teardown(void)
{
    pii__arena_free(&arena);
}

TestSuite(compile_lists, .init = setup, .fini = teardown);

static void add(const char *yaml)
{
    pii__report report;
    pii__yaml_tree tree;
    pii__report_init(&report, &arena);
    cr_assert_eq(pii__yaml_read(&arena, &report, yaml, strlen(yaml), &tree), PII_OK);
    cr_assert(pii__word_lists_add(&lists, tree.root));
    pii__report_free(&report);
}

static void expands(const char *source, const char *pattern)
{
    pii__expansion expansion;
    size_t offset = 0;
    cr_assert_eq(pii__word_lists_expand(&lists, source, strlen(source), &expansion, &offset), PII_OK, "%s", source);
    cr_expect_str_eq(expansion.pattern, pattern);
    cr_expect_eq(expansion.size, strlen(pattern));
}

Test(compile_lists, become_alternations_longest_first)
{
    add("w: [a, ccc, bb, 'bb', dd]");
    expands("(?&w)", "(?:ccc|bb|dd|a)");
    expands("x(?&w)?(?&w)y", "x(?:ccc|bb|dd|a)?(?:ccc|bb|dd|a)y");
    expands("no list", "no list");
    expands("", "");
}

Test(compile_lists, escape_what_is_special)
{
    add("w: ['a.b', 'x y', \"it's #1\", 'caf\xc3\xa9', 'a|b']");
    expands("(?&w)", "(?:it\\'s[ \\t]{1,4}\\#1|caf\xc3\xa9|a\\.b|a\\|b|x[ \\t]{1,4}y)");
}

Test(compile_lists, are_not_looked_for_in_classes_and_escapes)
{
    add("w: [a]");
    expands("[(?&w)]\\(?&w)", "[(?&w)]\\(?&w)");
    expands("[](?&w)](?&w)", "[](?&w)](?:a)");
    expands("[^](?&w)](?&w)", "[^](?&w)](?:a)");
    expands("[[:alpha:](?&w)](?&w)", "[[:alpha:](?&w)](?:a)");
    expands("\\[(?&w)", "\\[(?:a)");
    expands("[\\](?&w)](?&w)", "[\\](?&w)](?:a)");
}

static void refuses(const char *source, size_t where)
{
    pii__expansion expansion;
    size_t offset = SIZE_MAX;
    cr_expect_eq(pii__word_lists_expand(&lists, source, strlen(source), &expansion, &offset), PII_ERROR_RULE);
    cr_expect_eq(offset, where);
}

Test(compile_lists, must_exist)
{
    add("w: [a]");
    refuses("ab(?&none)", 2);
    refuses("(?&w)(?&w", 5);
    refuses("(?&)", 0);
}

Test(compile_lists, keep_places)
{
    add("w: [one, two]");
    pii__expansion expansion;
    size_t offset;
    const char *source = "ab(?&w)c(?&w)d"; /* ab(?:one|two)c(?:one|two)d */
    cr_assert_eq(pii__word_lists_expand(&lists, source, strlen(source), &expansion, &offset), PII_OK);
    cr_expect_eq(pii__expansion_source(&expansion, 1), 1);
    cr_expect_eq(pii__expansion_source(&expansion, 2), 2);
    cr_expect_eq(pii__expansion_source(&expansion, 12), 2);
    cr_expect_eq(pii__expansion_source(&expansion, 13), 7);
    cr_expect_eq(pii__expansion_source(&expansion, 20), 8);
    cr_expect_eq(pii__expansion_source(&expansion, 25), 13);
    cr_expect_eq(pii__expansion_source(&expansion, 26), 14);
}

Test(compile_lists, have_a_limit)
{
    char word[1024];
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = 0;
    char yaml[1100] = "w: [";
    strcat(strcat(yaml, word), "]");
    add(yaml);
    char source[500] = "";
    for (int i = 0; i < 65; i++)
        strcat(source, "(?&w)");
    pii__expansion expansion;
    size_t offset;
    cr_expect_eq(pii__word_lists_expand(&lists, source, strlen(source), &expansion, &offset), PII_ERROR_LIMIT);
}

Test(compile_lists, come_from_data_tables)
{
    const pii__word_list *list = NULL;
    cr_assert_eq(pii__word_lists_find(&lists, "us_states", 9, &list), PII_OK);
    cr_expect_gt(list->count, 50);
    bool maine = false;
    for (size_t i = 0; i < list->count; i++) {
        cr_expect(list->words[i].size && list->words[i].text[0] != '#');
        cr_expect_null(memchr(list->words[i].text, '\t', list->words[i].size));
        maine |= list->words[i].size == 5 && !memcmp(list->words[i].text, "maine", 5);
    }
    cr_expect(maine);
    const pii__word_list *again = NULL;
    cr_assert_eq(pii__word_lists_find(&lists, "us_states", 9, &again), PII_OK);
    cr_expect_eq(list, again);
}

Test(compile_lists, of_a_file_come_before_tables)
{
    add("us_states: [only]");
    expands("(?&us_states)", "(?:only)");
}
