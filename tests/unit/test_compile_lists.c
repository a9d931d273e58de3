/* Word lists: where they come from, what they become, how places survive. */
#include <criterion/criterion.h>
#include <string.h>

#include "embedded.h"
#include "limits.h"
#include "memory.h"
#include "pattern.h"
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

static void expands_as(pii__word_form form, const char *source, const char *pattern)
{
    pii__expansion expansion;
    size_t offset = 0;
    cr_assert_eq(pii__word_lists_expand(&lists, form, source, strlen(source), &expansion, &offset), PII_OK, "%s",
                 source);
    cr_expect_str_eq(expansion.pattern, pattern);
    cr_expect_eq(expansion.size, strlen(pattern));
}

static void expands(const char *source, const char *pattern)
{
    expands_as(PII__WORDS_FLAT, source, pattern);
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

Test(compile_lists, keep_bytes_that_free_spacing_would_leave_out)
{
    add("w: ['\xc3\x85s']");
    expands("(?x) (?&w)", "(?x) (?:\xc3\\x85s)");
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
    cr_expect_eq(pii__word_lists_expand(&lists, PII__WORDS_FLAT, source, strlen(source), &expansion, &offset),
                 PII_ERROR_RULE);
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
    cr_assert_eq(pii__word_lists_expand(&lists, PII__WORDS_FLAT, source, strlen(source), &expansion, &offset), PII_OK);
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
    cr_expect_eq(pii__word_lists_expand(&lists, PII__WORDS_FLAT, source, strlen(source), &expansion, &offset),
                 PII_ERROR_LIMIT);
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

/* ---- Tries ---- */

static void trie(const char *yaml, const char *pattern)
{
    lists.first = NULL;
    add(yaml);
    expands_as(PII__WORDS_TRIE, "(?&w)", pattern);
}

Test(compile_lists, share_beginnings_in_tries)
{
    trie("w: [street, alley, st, aly]", "(?:al(?:ley|y)|st(?:reet|))");
    trie("w: [road]", "(?:road)");
    trie("w: [a b, a c, a]", "(?:a(?:[ \\t]{1,4}(?:b|c)|))");
    trie("w: ['p.o.', 'p.o. box']", "(?:p\\.o\\.(?:[ \\t]{1,4}box|))");
    trie("w: [\xc3\xa9, \xc3\xa8]", "(?:\xc3(?:\xa8|\xa9))");
}

Test(compile_lists, stay_flat_where_order_would_change)
{
    trie("w: [Ave, avenue, b]", "(?:avenue|Ave|b)");
    trie("w: [xAve, xavenue, x]", "(?:x(?:avenue|Ave|))");
    trie("w: ['a  b', a c]", "(?:a(?:[ \\t]{1,4}[ \\t]{1,4}b|[ \\t]{1,4}c))");
    trie("w: ['a ', a b]", "(?:a(?:[ \\t]{1,4}b|[ \\t]{1,4}))");
    trie("w: [\"a\\tb\", a bc]", "(?:a(?:[ \\t]{1,4}bc|\\\tb))");
}

Test(compile_lists, nest_groups_in_tries_to_a_bound)
{
    char yaml[5000] = "w: [a";
    size_t size = strlen(yaml);
    for (int i = 2; i <= 80; i++) {
        yaml[size++] = ',';
        memset(yaml + size, 'a', (size_t)i);
        size += (size_t)i;
    }
    yaml[size] = ']';
    add(yaml);
    pii__expansion expansion;
    size_t offset, depth = 0, deepest = 0;
    cr_assert_eq(pii__word_lists_expand(&lists, PII__WORDS_TRIE, "(?&w)", 5, &expansion, &offset), PII_OK);
    for (const char *c = expansion.pattern; *c; c++) {
        depth += *c == '(';
        depth -= *c == ')';
        deepest = depth > deepest ? depth : deepest;
    }
    cr_expect_gt(deepest, 10);
    cr_expect_lt(deepest, PII__PATTERN_DEPTH_MAX);
}

/* ---- Both forms find the same ---- */

static uint64_t seed = UINT64_C(0x2545F4914F6CDD1D);

static size_t below(size_t bound)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)(seed >> 20) % bound;
}

/* A sequence of pieces; few of them, so that words meet in prefixes and in texts. */
static size_t random_bytes(char *bytes, size_t pieces)
{
    static const char *const all[] = {"a", "a", "a",  "b", "b",    "c",    "x",        "y", " ", " ",
                                      "A", "B", "\t", ".", "\xc3", "\x85", "\xc3\xa9", "(", "-", "ab c"};
    size_t size = 0;
    for (size_t i = 0; i < pieces; i++) {
        const char *piece = all[below(sizeof all / sizeof all[0])];
        memcpy(bytes + size, piece, strlen(piece));
        size += strlen(piece);
    }
    return size;
}

/* One list in both forms within one pattern: each %s is the list. */
typedef struct form_pair {
    pii__pattern *flat;
    pii__pattern *trie;
} form_pair;

static pii__pattern *pattern_with(const char *frame, pii__word_form form, const pii__word *words, size_t count)
{
    pii__pattern *pattern = NULL;
    pii__buffer text;
    pii__buffer_init(&text, &pii__default_allocator, PII__PATTERN_SIZE_MAX);
    for (const char *at = frame; *at;) {
        if (*at == '%') {
            cr_assert_eq(pii__words_append(&arena, &text, form, words, count), PII_OK);
            at++;
        } else
            cr_assert_eq(pii__buffer_append(&text, at++, 1), PII_OK);
    }
    cr_assert_eq(pii__buffer_append(&text, "", 1), PII_OK);
    cr_assert_eq(pii__pattern_new(&pii__default_allocator, (const char *)text.bytes, &pattern), PII_OK);
    pii__buffer_free(&text);
    return pattern;
}

/* Searches from every place, so that shorter words are seen as well. */
static size_t count_equal_matches(form_pair pair, pii__matcher *matcher, const char *text, size_t size)
{
    size_t matches = 0;
    pii__subject subject = {.text = (const uint8_t *)text, .size = size, .at_start = true, .at_end = true};
    for (size_t from = 0; from <= size; from++) {
        bool found[2] = {false, false};
        pii__match match[2] = {{0}};
        cr_assert_eq(pii__pattern_search(pair.flat, matcher, &subject, from, size + 1, &found[0], &match[0]), PII_OK);
        cr_assert_eq(pii__pattern_search(pair.trie, matcher, &subject, from, size + 1, &found[1], &match[1]), PII_OK);
        cr_assert_eq(found[0], found[1]);
        if (!found[0])
            break;
        cr_assert_eq(memcmp(&match[0], &match[1], sizeof match[0]), 0, "\"%.*s\" from %zu: [%zu, %zu), [%zu, %zu)",
                     (int)size, text, from, match[0].begin, match[0].end, match[1].begin, match[1].end);
        from = match[0].begin;
        matches++;
    }
    return matches;
}

/* What follows a list decides how far it goes back in it. */
static const char *const frames[] = {"%",         "%(?![a-z])", "%x",         "%.{0,3}y",       "%(?<pii>%)",
                                     "(?:%x?)?y", "%{2,3}?\\.", "%(?=[ ab])", "(?>%)(?![a-z])", "(?<=x)%(?!\\xc3)"};

static size_t compare_forms(const char *frame, const pii__word *words, size_t count, const char *text, size_t size)
{
    static const char *const modes[] = {"", "(?i)", "(?x)", "(?xi)"};
    char source[64];
    size_t matches = 0;
    pii__matcher *matcher = NULL;
    cr_assert_eq(pii__matcher_new(&pii__default_allocator, &matcher), PII_OK);
    for (size_t mode = 0; mode < sizeof modes / sizeof modes[0]; mode++) {
        strcat(strcpy(source, modes[mode]), frame);
        form_pair pair = {pattern_with(source, PII__WORDS_FLAT, words, count),
                          pattern_with(source, PII__WORDS_TRIE, words, count)};
        matches += count_equal_matches(pair, matcher, text, size);
        pii__pattern_free(pair.flat);
        pii__pattern_free(pair.trie);
    }
    pii__matcher_free(matcher);
    return matches;
}

Test(compile_lists, of_random_words_match_alike_in_both_forms, .timeout = 280)
{
    enum { rounds = 2000, word_max = 24, text_pieces = 300 };
    char bytes[word_max][64], text[text_pieces * 4];
    size_t matches = 0;
    for (int round = 0; round < rounds; round++) {
        pii__word words[word_max];
        size_t count = 1 + below(word_max), size = random_bytes(text, text_pieces);
        for (size_t i = 0; i < count; i++)
            words[i] = (pii__word){bytes[i], random_bytes(bytes[i], 1 + below(6))};
        count = pii__words_sort(words, count);
        matches += compare_forms(frames[(size_t)round % (sizeof frames / sizeof frames[0])], words, count, text, size);
    }
    cr_expect_gt(matches, 10000);
}

Test(compile_lists, of_data_tables_match_alike_in_both_forms, .timeout = 280)
{
    for (const pii__embedded_file *table = pii__embedded_tables; table->name; table++) {
        const pii__word_list *list = NULL;
        cr_assert_eq(pii__word_lists_find(&lists, table->name, strlen(table->name), &list), PII_OK);
        size_t size = 0, room = 4;
        for (size_t i = 0; i < list->count; i++)
            room += 2 * list->words[i].size + 4;
        char *text = pii__arena_take(&arena, room);
        cr_assert_not_null(text);
        for (size_t i = 0; i < list->count; i++) { /* each word before a blank, and each before a letter */
            memcpy(text + size, list->words[i].text, list->words[i].size);
            memcpy(text + size + list->words[i].size, " x", 2);
            size += list->words[i].size + 1;
            memcpy(text + size + 1, list->words[i].text, list->words[i].size);
            memcpy(text + size + 1 + list->words[i].size, "y", 1);
            size += list->words[i].size + 2;
        }
        cr_expect_geq(compare_forms("%(?![a-z])", list->words, list->count, text, size), 2 * list->count, "%s",
                      table->name);
        (void)compare_forms("%.{0,3}y", list->words, list->count, text, size);
    }
}
