#include <criterion/criterion.h>

#include "memory.h"
#include "resolve.h"

static pii__resolver resolver;

static void setup(void)
{
    pii__resolver_init(&resolver, &pii__default_allocator);
}

static void teardown(void)
{
    pii__resolver_free(&resolver);
}

TestSuite(resolve, .init = setup, .fini = teardown);

static void add(uint64_t begin, uint64_t end, uint32_t rule, double confidence)
{
    pii__span span = {.begin = begin, .end = end, .rule = rule, .confidence = confidence};
    cr_assert_eq(pii__resolver_add(&resolver, span), PII_OK);
}

static void expect_one(uint64_t begin, uint64_t end, uint32_t rule)
{
    cr_assert_eq(pii__resolver_advance(&resolver, UINT64_MAX), PII_OK);
    cr_assert_eq(resolver.closed_count, 1);
    cr_expect_eq(resolver.closed[0].begin, begin);
    cr_expect_eq(resolver.closed[0].end, end);
    cr_expect_eq(resolver.closed[0].rule, rule);
}

Test(resolve, longest_wins_and_the_union_is_covered)
{
    add(0, 10, 2, 0.5);
    add(5, 25, 1, 0.4);
    add(20, 30, 0, 1);
    expect_one(0, 30, 1);
}

Test(resolve, more_confident_wins_among_equals)
{
    add(0, 10, 1, 0.5);
    add(0, 10, 2, 0.9);
    expect_one(0, 10, 2);
}

Test(resolve, lower_rank_wins_a_tie)
{
    add(0, 10, 1, 0.5);
    add(0, 10, 2, 0.5);
    expect_one(0, 10, 1);
}

Test(resolve, neighbours_stay_apart)
{
    add(0, 10, 1, 0.5);
    add(10, 20, 1, 0.5);
    cr_assert_eq(pii__resolver_advance(&resolver, 19), PII_OK);
    cr_expect_eq(resolver.closed_count, 1);
    cr_expect(resolver.open);
    cr_assert_eq(pii__resolver_advance(&resolver, 20), PII_OK);
    cr_expect_eq(resolver.closed_count, 2);
    cr_expect_not(resolver.open);
}

Test(resolve, a_match_that_goes_on_stays_one)
{
    add(0, 10, 1, 0.5);
    add(4, 12, 0, 0.5);
    cr_assert_eq(pii__resolver_advance(&resolver, 9), PII_OK);
    add(0, 40, 1, 0.5);
    expect_one(0, 40, 1);
}

Test(resolve, sorts_by_begin_then_rank)
{
    pii__span spans[100];
    for (size_t i = 0; i < 100; i++)
        spans[i] = (pii__span){.begin = (i * 37) % 50, .end = 100, .rule = (uint32_t)(i % 7)};
    pii__resolver_sort(spans, 100);
    for (size_t i = 1; i < 100; i++) {
        cr_expect_leq(spans[i - 1].begin, spans[i].begin);
        if (spans[i - 1].begin == spans[i].begin)
            cr_expect_leq(spans[i - 1].rule, spans[i].rule);
    }
}
