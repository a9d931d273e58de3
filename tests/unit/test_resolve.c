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

/* `places`: they begin at so many, `apart` bytes from each other. */
static void expect_sorted(size_t count, uint64_t places, uint64_t apart)
{
    static pii__span spans[3000], room[3000];
    for (size_t i = 0; i < count; i++)
        spans[i] = (pii__span){.begin = i * 37 % places * apart, .end = i, .rule = (uint32_t)(i * 5 % 7)};
    pii__resolver_sort(spans, count, room);
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += spans[i].end;
        cr_assert(!i || spans[i - 1].begin <= spans[i].begin);
        cr_assert(!i || spans[i - 1].begin < spans[i].begin || spans[i - 1].rule <= spans[i].rule);
    }
    cr_expect_eq(sum, count * (count - 1) / 2, "none is lost");
}

Test(resolve, sorts_by_begin_then_rank)
{
    for (size_t count = 1; count < 3000; count += 1 + count / 2) {
        expect_sorted(count, 1, 1);
        expect_sorted(count, 50, 1);
        expect_sorted(count, 2000, 1);
        expect_sorted(count, 2000, 1000000);
        expect_sorted(count, 2, UINT64_MAX);
        expect_sorted(count, 3, UINT64_MAX / 2);
    }
}
