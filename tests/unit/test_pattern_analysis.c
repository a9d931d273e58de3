/* What is derived from patterns: by hand for known ones, and held against PCRE2
 * for random ones - a wrong fact would be a missed finding. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "pattern.h"
#include "pattern_analysis.h"
#include "shape_holds.h"

static pii__arena arena;
static uint64_t seed = UINT64_C(0x9E3779B97F4A7C15);

static void setup(void)
{
    pii__arena_init(&arena, &pii__default_allocator);
}

static void teardown(void)
{
    pii__arena_free(&arena);
}

TestSuite(pattern_analysis, .init = setup, .fini = teardown);

static pii_status analyse(const char *pattern, pii__pattern_facts *facts, pii__pattern_problem *problem)
{
    pii__syntax syntax;
    pii_status status = pii__pattern_parse(&arena, pattern, strlen(pattern), &syntax, problem);
    return status == PII_OK ? pii__pattern_analyse(&arena, &syntax, facts, problem) : status;
}

static pii__pattern_facts facts_of(const char *pattern)
{
    pii__pattern_facts facts = {0};
    pii__pattern_problem problem = {0};
    cr_assert_eq(analyse(pattern, &facts, &problem), PII_OK, "%s: %s", pattern, problem.message);
    return facts;
}

static void refuses(const char *pattern, size_t offset, const char *message)
{
    pii__pattern_facts facts = {.width_max = 77};
    pii__pattern_problem problem = {0};
    cr_expect_eq(analyse(pattern, &facts, &problem), PII_ERROR_RULE, "%s was accepted", pattern);
    cr_expect_eq(problem.offset, offset, "%s: refused at %zu", pattern, problem.offset);
    cr_expect_str_eq(problem.message, message);
    cr_expect_eq(facts.width_max, 77, "the output was touched");
}

/* ---- By hand ---- */

Test(pattern_analysis, refuses_what_has_no_bound)
{
    refuses("a\\d+", 3, "the repeat has no upper bound");
    refuses("(?:ab|c*)d", 7, "the repeat has no upper bound");
    refuses("a(?=.*b)", 5, "the repeat has no upper bound");
    refuses("a{3,}", 1, "the repeat has no upper bound");
    refuses("(?:a+b)+c", 4, "an unbounded repeat inside an unbounded repeat");
    refuses("(?:(?:a|b+)x{2,9})*c", 9, "an unbounded repeat inside an unbounded repeat");
    refuses("x{5000}", 0, "the pattern can match too many bytes");
    refuses("(?:(?:a{1000}){1000}){5000}", 0, "the pattern can match too many bytes");
    refuses("a(?=b{600})", 0, "a look-around sees too far");
    refuses("(?<=b{600})a", 0, "a look-around sees too far");
}

Test(pattern_analysis, refuses_a_match_of_nothing)
{
    refuses("", 0, "the pattern can match nothing");
    refuses("a?", 0, "the pattern can match nothing");
    refuses("(?=a)", 0, "the pattern can match nothing");
    refuses("a|b{0,3}", 0, "the pattern can match nothing");
    refuses("a(?<pii>b?)", 1, "the group pii can match nothing");
}

static void expect_reach(const char *pattern, uint32_t behind, uint32_t ahead)
{
    pii__pattern_facts facts = facts_of(pattern);
    cr_expect_eq(facts.behind, behind, "%s: %u behind", pattern, facts.behind);
    cr_expect_eq(facts.ahead, ahead, "%s: %u ahead", pattern, facts.ahead);
}

Test(pattern_analysis, adds_up_what_look_arounds_see)
{
    expect_reach("abc", 0, 0);
    expect_reach("\\babc\\b", 1, 1);
    expect_reach("^abc$", 1, 1);
    expect_reach("a\\bbc", 0, 0);
    expect_reach("(?<!ab)cd(?![ef]{3})", 2, 3);
    expect_reach("(?<=a(?<=bb))c", 2, 0);
    expect_reach("(?<=(?<=xyz)ab)c", 5, 0);
    expect_reach("a(?=b(?=cd))", 0, 3);
    expect_reach("a(?=bcd)bc", 0, 1);
    expect_reach("ab(?<=xxab)", 2, 0);
    expect_reach("a?(?<!xy)b", 2, 0);
    expect_reach("(?=abc|d)a", 0, 2);
    expect_reach("(?:(?<!-)\\d){2,3}", 1, 0);
}

static void expect_end(const char *pattern, bool tail, bool cut)
{
    pii__pattern_facts facts = facts_of(pattern);
    cr_expect_eq(facts.has_tail, tail, "%s: tail %d", pattern, facts.has_tail);
    cr_expect_eq(facts.cut_end, cut, "%s: cut %d", pattern, facts.cut_end);
    cr_expect_eq(pii__byte_set_count(&facts.tail) > 0, tail);
}

Test(pattern_analysis, finds_tails)
{
    expect_end("a\\d{1,3}", true, false);
    expect_end("a(?:b[x-z]{0,9})", true, false);
    expect_end("(?<pii>a\\d{2,5})", true, false);
    expect_end("a\\d{1,3}+", true, false);
    expect_end("a\\d{1,3}|b\\d{1,9}", true, false);
    expect_end("a\\d{1,3}|b[a-z]{1,9}", false, true);
    expect_end("a\\d{1,3}?", false, true);
    expect_end("a(?:-\\d){1,3}", false, true);
    expect_end("a(?:-\\d{1,3})?", false, true);
    expect_end("a\\d{3}", false, false);
    expect_end("a\\d?", false, false);
    expect_end("a\\d{1,3}(?!\\d)", false, false);
    expect_end("a\\d{1,3}\\b", false, false);
    expect_end("a(?<pii>\\d{1,3})b", false, false);
}

static void expect_gate(const char *pattern, const char *text)
{
    pii__pattern_facts facts = facts_of(pattern);
    const char *gate = pii__gates_text(&arena, facts.gates, facts.gate_count);
    cr_expect_str_eq(gate, text, "%s: %s", pattern, gate);
}

Test(pattern_analysis, chooses_the_rarest_place_as_pivot)
{
    expect_gate("[a-z]{1,64}@[a-z]{2,9}", "[@][a-z][a-z] at byte 1 to 64");
    expect_gate("\\(?\\d{3}", "[(0-9][0-9][0-9] at the start");
    expect_gate("\\d{2}[ ]x", "[0-9][0-9][\\x20] at the start"); /* one byte more is known */
    expect_gate("ab(?:c@d|e@f)", "[b][ce][@] at byte 1");
    expect_gate("(?:@a)?[a-c]q", "[a-c][q] at byte 0 to 2");
    expect_gate("(?:e{40})(?:t|@)[0-9]", "[@t][0-9] at byte 40");
    expect_gate("(?:foo|bar|baz)x(?=9)", "[x][9] at byte 3");
    expect_gate("(?i)at", "[Aa][Tt] at the start");
}

static void refuses_shared(const char *pattern, size_t offset)
{
    refuses(pattern, offset, "the rounds of this repeat can share bytes in very many ways");
}

Test(pattern_analysis, refuses_rounds_that_share_bytes)
{
    refuses_shared("@(?:[a-z]{1,20}){1,9}x", 16);
    refuses_shared("@(?:[ ]?[a-z]{1,20}){1,9}x", 20);
    refuses_shared("@(?:[a-z]{1,20}[ ]?){1,9}x", 20);
    refuses_shared("@(?:a[a-z]?){30}x", 12);
    refuses_shared("@(?:(?:ab|a)b?a?){25}", 17);
    refuses_shared("@(?:a|aa){1,60}x", 9);
    refuses_shared("@(?:[a-f]c|a|ac[0-9]c){60}x", 22);
    refuses_shared("@(?:[a-z]{2,20}[aeiou]){9}x", 23);
    refuses_shared("@(?=(?:[a-z]{1,20}){1,9}x)a", 19);
}

Test(pattern_analysis, takes_rounds_that_share_few_or_none)
{
    static const char *const taken[] = {
        "@(?:a|ab|cab){1,60}x",        "@(?:[a-m]{1,20}mz){1,9}x",
        "@(?:(?:ab|a)b?c?){25}",       "@(?:[a-z]{1,20}[ ]){1,9}x",     "@(?:[ ][a-z]{1,20}){1,9}x",
        "@(?:[a-z]{1,20}+){1,9}x", "@(?:(?>[a-z]{1,20})){1,9}x", "@(?:\\d{1,4}){1,3}x", "@(?:[a-z]{8}){1,99}x",
    };
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        cr_expect_gt(facts_of(taken[i]).width_min, 0, "%s was refused", taken[i]);
}

Test(pattern_analysis, knows_common_from_rare)
{
    cr_expect_gt(facts_of("[a-z]{3} [a-z]{3}").gate_share, 50000);
    cr_expect_lt(facts_of("[a-z]{3}@[a-z]{3}").gate_share, 200);
    cr_expect_gt(facts_of("(?s)..").gate_share, 800000);
}

/* ---- Random patterns against PCRE2 ---- */

static size_t below(size_t bound)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)(seed >> 11) % bound;
}

static const char *one_of(const char *const *texts, size_t count)
{
    return texts[below(count)];
}

#define ONE_OF(...)                                                                                                    \
    one_of((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void put(char *pattern, size_t size, const char *text)
{
    size_t used = strlen(pattern);
    if (used + strlen(text) < size)
        memcpy(pattern + used, text, strlen(text) + 1);
}

static void make_alternation(char *pattern, size_t size, int depth, bool fixed);

static void make_item(char *pattern, size_t size, int depth, bool fixed)
{
    size_t kind = below(depth > 0 ? 12 : 6);
    bool repeatable = true;
    if (kind < 3)
        put(pattern, size, ONE_OF("a", "b", "1", "-", "@", "\\n"));
    else if (kind < 5)
        put(pattern, size, ONE_OF("[ab]", "[^a]", "\\d", "\\w", ".", "[a-z1-]", "[\\s@]", "(?i:A)"));
    else if (kind < 6) {
        put(pattern, size, ONE_OF("\\b", "^", "$", "\\B"));
        repeatable = false;
    } else if (kind < 10) {
        put(pattern, size, ONE_OF("(?:", "(", "(?>", "(?i:"));
        make_alternation(pattern, size, depth - 1, fixed);
        put(pattern, size, ")");
    } else {
        bool behind = below(2);
        put(pattern, size, behind ? ONE_OF("(?<=", "(?<!") : ONE_OF("(?=", "(?!"));
        make_alternation(pattern, size, depth - 1, behind);
        put(pattern, size, ")");
        repeatable = false;
    }
    if (repeatable && !below(3))
        put(pattern, size, fixed ? "{2}" : ONE_OF("?", "{1,3}", "{2}", "{0,2}", "{2,4}?", "{1,2}+", "??"));
}

static void make_alternation(char *pattern, size_t size, int depth, bool fixed)
{
    size_t branches = below(4) ? 1 : 2;
    for (size_t i = 0; i < branches; i++) {
        if (i)
            put(pattern, size, "|");
        for (size_t items = 1 + below(3); items; items--)
            make_item(pattern, size, depth, fixed);
    }
}

/* A text that has a good chance to match `node`. */
static void sample(const pii__node *node, uint8_t *text, size_t size, size_t *used)
{
    switch (node->kind) {
    case PII__NODE_BYTE:
        if (*used == size)
            return;
        for (uint8_t byte = (uint8_t)below(256);; byte = (uint8_t)(byte + 1))
            if (pii__byte_set_has(&node->byte.set, byte)) {
                text[(*used)++] = byte;
                return;
            }
    case PII__NODE_CONCAT:
        for (const pii__node *child = node->list.first; child; child = child->next)
            sample(child, text, size, used);
        return;
    case PII__NODE_ALTERNATION: {
        const pii__node *child = node->list.first;
        for (size_t skip = below(node->list.count); skip; skip--)
            child = child->next;
        sample(child, text, size, used);
        return;
    }
    case PII__NODE_REPEAT:
        for (size_t times = node->repeat.min + below(node->repeat.max - node->repeat.min + 1); times; times--)
            sample(node->repeat.child, text, size, used);
        return;
    case PII__NODE_GROUP: sample(node->group.child, text, size, used); return;
    case PII__NODE_LOOK:
        if (!node->look.negative && below(2))
            sample(node->look.child, text, size, used);
        return;
    default: return;
    }
}

static size_t make_text(const pii__node *root, uint8_t *text, size_t size)
{
    static const uint8_t noise[] = "ab1-@\n A.\r\xc3z";
    size_t used = 0;
    for (size_t part = 0; part < 4; part++) {
        for (size_t count = below(4); count && used < size; count--)
            text[used++] = noise[below(sizeof noise - 1)];
        sample(root, text, size, &used);
    }
    return used;
}

static bool match_at(const pii__pattern *pattern, pii__matcher *matcher, const uint8_t *text, size_t from, size_t to,
                     size_t size, size_t start, pii__match *match)
{
    bool found = false;
    pii__subject subject = {.text = text + from, .size = to - from, .at_start = !from, .at_end = to == size};
    cr_assert_eq(pii__pattern_search(pattern, matcher, &subject, start - from, start - from + 1, &found, match),
                 PII_OK);
    return found;
}

static bool begins_fingerprint(const pii__shape *shape, const uint8_t *text, size_t size, size_t at)
{
    for (size_t k = 0; k < PII__FINGERPRINT_SIZE && at + k < size; k++)
        if (!pii__byte_set_has(&shape->fingerprint[k], text[at + k]))
            return false;
    return true;
}

static bool has_key(const pii__word_set *words, uint64_t key)
{
    for (size_t i = 0; i < words->count; i++)
        if (words->keys[i] == key)
            return true;
    return false;
}

/* As a text is looked up: by what begins where a run of letters does, or where a
 * character beyond ASCII does that no letter stands before. */
static bool word_from(const pii__word_set *words, const uint8_t *text, size_t size, size_t at)
{
    uint8_t head[PII__WORD_HEAD + PII__WORD_NON_ASCII + 1] = {0};
    size_t letters = 0, rest = size - at < PII__WORD_HEAD + 2 ? size - at : PII__WORD_HEAD + 2;
    if (at && pii__ascii_letter(text[at - 1]))
        return false;
    memcpy(head, text + at, rest);
    while (letters < PII__WORD_HEAD && pii__ascii_letter(head[letters]))
        letters++;
    if (!letters)
        return head[0] >= 0xC0 && (has_key(words, pii__word_key(head, PII__WORD_NON_ASCII, 0)) ||
                                   has_key(words, pii__word_key(head, PII__WORD_NON_ASCII_FIRST, 0)));
    uint8_t sign = letters <= PII__WORD_SHORT ? pii__sign_class(head[letters]) : 0;
    return has_key(words, pii__word_key(head, letters, sign)) ||
           (letters <= PII__WORD_HEAD - PII__WORD_NON_ASCII &&
            has_key(words, pii__word_key(head, letters + PII__WORD_NON_ASCII, 0)));
}

static bool word_near(const pii__word_gate *words, const uint8_t *text, size_t size, size_t first, size_t pivot)
{
    bool between = true, found = !words;
    if (words && words->before) {
        for (size_t back = words->near; back <= words->far && back <= pivot - first && !found; back++)
            found = word_from(&words->words, text, size, pivot - back);
        return found;
    }
    for (size_t at = pivot; words && !found && between && at <= pivot + words->far && at <= size; at++) {
        found = at >= pivot + words->near && word_from(&words->words, text, size, at);
        between = at < size && pii__byte_set_has(&words->between, text[at]);
    }
    return found;
}

static bool ending_before(const pii__ending_gate *ending, const uint8_t *text, size_t pivot)
{
    for (size_t d = ending ? ending->near : 0; ending && d <= ending->far; d++) {
        if (pivot < d + PII__ENDING_SIZE)
            return true;
        const uint8_t *at = text + pivot - d;
        uint32_t code = (at[-1] & 31u) | (at[-2] & 31u) << 5 | (at[-3] & 31u) << 10;
        if (ending->bits[code / 64] >> code % 64 & 1)
            return true;
    }
    return !ending;
}

static bool passes(const pii__gate *gate, const uint8_t *text, size_t size, const pii__match *match)
{
    for (size_t at = match->begin; at <= match->begin + gate->far && at < match->end; at++) {
        if (at >= match->begin + gate->near && shape_holds(gate->shape, text, size, at) &&
            begins_fingerprint(gate->shape, text, size, at) && word_near(gate->words, text, size, match->begin, at) &&
            ending_before(gate->ending, text, at))
            return true;
        if (!pii__byte_set_has(&gate->lead, text[at]))
            return false;
    }
    return false;
}

static void hold_match(const char *pattern, const pii__pattern_facts *facts, const uint8_t *text, size_t size,
                       const pii__match *match)
{
    size_t width = match->end - match->begin;
    cr_expect(width >= facts->width_min && width <= facts->width_max, "%s: width %zu", pattern, width);
    unsigned kinds = 0;
    for (size_t at = match->begin; at < match->end; at++)
        kinds |= text[at] < 0x80 ? pii__byte_kinds[text[at]] : PII__KIND_OTHER;
    cr_expect(width >= facts->kind_widths.of[kinds], "%s: width %zu of kinds %u", pattern, width, kinds);
    for (size_t i = 0; i < facts->gate_count; i++)
        cr_expect_leq(shape_reach(facts->gates[i].shape), PII__SHAPE_AHEAD_MAX, "%s: looks too far ahead", pattern);
    bool passed = false;
    for (size_t i = 0; i < facts->gate_count && !passed; i++)
        passed = passes(&facts->gates[i], text, size, match);
    cr_expect(passed, "%s: no gate lets a match through", pattern);
}

/* Nothing outside [start - behind, start + width + ahead) may matter. */
static size_t hold_text(const char *source, const pii__pattern *pattern, pii__matcher *matcher,
                        const pii__pattern_facts *facts, const uint8_t *text, size_t size)
{
    size_t matches = 0;
    for (size_t start = 0; start < size; start++) {
        size_t from = start > facts->behind ? start - facts->behind : 0;
        size_t to = start + facts->width_max + facts->ahead;
        if (to > size)
            to = size;
        pii__match whole = {0}, part = {0};
        bool in_whole = match_at(pattern, matcher, text, 0, size, size, start, &whole);
        bool in_part = match_at(pattern, matcher, text, from, to, size, start, &part);
        cr_expect_eq(in_whole, in_part, "%s: a cut changes whether it matches", source);
        if (!in_whole || !in_part)
            continue;
        cr_expect_eq(whole.end, part.end + from, "%s: a cut changes how it matches", source);
        hold_match(source, facts, text, size, &whole);
        matches++;
    }
    return matches;
}

Test(pattern_analysis, holds_for_random_patterns)
{
    pii__matcher *matcher = NULL;
    cr_assert_eq(pii__matcher_new(&pii__default_allocator, &matcher), PII_OK);
    size_t patterns = 0, matches = 0;
    for (size_t round = 0; round < 3000; round++) {
        char source[512] = "";
        make_alternation(source, sizeof source - 8, 3, false);
        pii__syntax syntax;
        pii__pattern_facts facts;
        pii__pattern_problem problem;
        pii__pattern_error error;
        pii__pattern *pattern = NULL;
        uint8_t text[160];
        pii__arena_mark mark = pii__arena_mark_get(&arena);
        /* PCRE2 also refuses look-behinds of varying width, which we leave to it. */
        if (pii__pattern_parse(&arena, source, strlen(source), &syntax, &problem) == PII_OK &&
            pii__pattern_analyse(&arena, &syntax, &facts, &problem) == PII_OK &&
            pii__pattern_check(&pii__default_allocator, source, &error) == PII_OK) {
            cr_assert_eq(pii__pattern_new(&pii__default_allocator, source, &pattern), PII_OK);
            for (size_t texts = 0; texts < 6; texts++)
                matches += hold_text(source, pattern, matcher, &facts, text, make_text(syntax.root, text, sizeof text));
            pii__pattern_free(pattern);
            patterns++;
        }
        pii__arena_rewind(&arena, mark);
    }
    pii__matcher_free(matcher);
    cr_expect_gt(patterns, 1000, "only %zu random patterns were of use", patterns);
    cr_expect_gt(matches, 10000, "only %zu matches", matches);
}

/* ---- Broken patterns ---- */

/* Whatever we accept, PCRE2 accepts, but for the width of look-behinds. */
Test(pattern_analysis, accepts_nothing_that_pcre2_refuses)
{
    static const char bytes[] = "(((?:<=!>)))[[^]]-\\dwbkx41{},?*+|^$.#iab &:alpha \xc3\xa9";
    size_t accepted = 0;
    for (size_t round = 0; round < 60000; round++) {
        char source[256] = "";
        make_alternation(source, sizeof source - 8, 2, false);
        size_t size = strlen(source);
        for (size_t edits = 1 + below(3); edits && size; edits--)
            source[below(size)] = bytes[below(sizeof bytes - 1)];
        pii__syntax syntax;
        pii__pattern_problem problem;
        pii__pattern_error error = {0};
        pii__arena_mark mark = pii__arena_mark_get(&arena);
        if (pii__pattern_parse(&arena, source, size, &syntax, &problem) == PII_OK) {
            bool good = pii__pattern_check(&pii__default_allocator, source, &error) == PII_OK;
            cr_expect(good || strstr(error.message, "lookbehind"), "%s: %s", source, error.message);
            accepted++;
        }
        pii__arena_rewind(&arena, mark);
    }
    cr_expect_gt(accepted, 5000, "only %zu broken patterns were accepted", accepted);
}
