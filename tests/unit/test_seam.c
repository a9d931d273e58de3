/* Two seams are equal only where a scan would go on alike from both: a guess that is taken for the truth leaks. */
#include <criterion/criterion.h>

#include "seam.h"

enum { COUNT = 2 };

struct filled {
    pii_seam seam;
    pii__span spans[COUNT];
    pii__rule_mark marks[COUNT];
};

/* A seam with something of everything. */
static void fill(struct filled *ret)
{
    *ret = (struct filled){
        .seam = {.known = true, .place = 100, .open = true, .winner_size = 7, .span_count = COUNT, .mark_count = COUNT},
        .spans = {{.begin = 101, .end = 120, .rule = 3, .confidence = 0.6}, {.begin = 130, .end = 140, .rule = 4}},
        .marks = {{.rule = 1, .covered = 9}, {.rule = 5, .open = true, .confidence = 0.7, .open_begin = 90}},
    };
    ret->seam.cluster = (pii__span){.begin = 80, .end = 99, .rule = 2, .confidence = 0.5};
    ret->seam.spans = ret->spans;
    ret->seam.marks = ret->marks;
}

static struct filled one, other;

static void setup(void)
{
    fill(&one);
    fill(&other);
}

TestSuite(seam, .init = setup);

static bool equal(void)
{
    bool answer = pii_seam_equal(&one.seam, &other.seam);
    cr_assert_eq(answer, pii_seam_equal(&other.seam, &one.seam));
    return answer;
}

/* Alike but for one thing; then alike again. */
#define DIFFERS(place, value)                                                                                          \
    do {                                                                                                               \
        other.place = (value);                                                                                         \
        cr_expect_not(equal(), #place);                                                                                \
        fill(&other);                                                                                                  \
        cr_assert(equal());                                                                                            \
    } while (0)

Test(seam, all_that_a_scan_carries_is_compared)
{
    cr_assert(equal());
    DIFFERS(seam.known, false);
    DIFFERS(seam.place, 101);
    DIFFERS(seam.ruleset, (pii_ruleset *)&one);
    DIFFERS(seam.open, false);
    DIFFERS(seam.winner_size, 8);
    DIFFERS(seam.cluster.begin, 81);
    DIFFERS(seam.cluster.end, 98);
    DIFFERS(seam.cluster.rule, 1);
    DIFFERS(seam.cluster.confidence, 0.6);
    DIFFERS(seam.span_count, 1);
    DIFFERS(spans[1].begin, 131);
    DIFFERS(spans[1].end, 141);
    DIFFERS(spans[0].rule, 4);
    DIFFERS(spans[0].confidence, 0.5);
    DIFFERS(seam.mark_count, 1);
    DIFFERS(marks[0].rule, 2);
    DIFFERS(marks[0].covered, 10);
    DIFFERS(marks[1].open, false);
    DIFFERS(marks[1].open_begin, 91);
    DIFFERS(marks[1].confidence, 0.8);
}

Test(seam, what_has_no_meaning_is_not_compared)
{
    other.marks[0].open_begin = 50; /* the rule has no match that goes on */
    other.marks[0].confidence = 0.9;
    other.seam.keep = 40;
    other.seam.lookback = 3;
    other.seam.behind_wall = true;
    cr_expect(equal());
    one.seam.open = other.seam.open = false;
    other.seam.cluster.begin = 1;
    other.seam.winner_size = 99;
    cr_expect(equal());
}

Test(seam, none_is_the_start_of_a_text)
{
    pii_seam start = {.known = true}, unknown = {.known = false};
    cr_expect(pii_seam_equal(NULL, NULL));
    cr_expect(pii_seam_equal(&start, NULL));
    cr_expect(pii_seam_equal(NULL, &start));
    cr_expect_not(pii_seam_equal(&unknown, NULL));
    cr_expect_not(pii_seam_equal(&unknown, &unknown), "of what is not known nothing is equal");
    start.place = 1;
    cr_expect_not(pii_seam_equal(NULL, &start));
    start = (pii_seam){.known = true, .open = true};
    cr_expect_not(pii_seam_equal(&start, NULL));
    start = (pii_seam){.known = true, .span_count = 1};
    cr_expect_not(pii_seam_equal(&start, NULL));
    start = (pii_seam){.known = true, .mark_count = 1};
    cr_expect_not(pii_seam_equal(&start, NULL));
}
