/* validate_case.h - one validator on one candidate, written as text with the
 * match in [[ ]]. */
#ifndef VALIDATE_CASE_H
#define VALIDATE_CASE_H

#include <criterion/criterion.h>
#include <string.h>

#include "validate.h"

#define CASE_SIZE_MAX 512
#define CASE_CONFIDENCE 0.5

typedef struct validate_case {
    char text[CASE_SIZE_MAX];
    pii__candidate candidate;
    pii__verdict verdict;
} validate_case;

/* Runs the validator `name` on `marked`. */
static inline void validate_run(validate_case *c, const char *name, const char *marked)
{
    const char *open = strstr(marked, "[[");
    const char *close = open ? strstr(open, "]]") : NULL;
    cr_assert(close, "no [[ ]] in \"%s\"", marked);
    size_t before = (size_t)(open - marked);
    size_t inside = (size_t)(close - open) - 2;
    size_t after = strlen(close + 2);
    cr_assert_lt(before + inside + after, (size_t)CASE_SIZE_MAX);
    memcpy(c->text, marked, before);
    memcpy(c->text + before, open + 2, inside);
    memcpy(c->text + before + inside, close + 2, after);
    c->text[before + inside + after] = '\0';

    const pii__validator *validator = pii__validator_find(name);
    cr_assert(validator, "no validator %s", name);
    size_t first = before > validator->behind ? before - validator->behind : 0;
    size_t last = before + inside + (after < validator->ahead ? after : validator->ahead);
    c->candidate = (pii__candidate){
        .text = (const uint8_t *)c->text + first,
        .size = last - first,
        .match_begin = before - first,
        .match_end = before + inside - first,
        .begin = before - first,
        .end = before + inside - first,
    };
    c->verdict = (pii__verdict){.valid = true,
                                .confidence = CASE_CONFIDENCE,
                                .begin = before - first,
                                .end = before + inside - first,
                                .reason = ""};
    validator->validate(&c->candidate, &c->verdict);
    cr_expect_leq(c->candidate.match_begin, c->verdict.begin);
    cr_expect_lt(c->verdict.begin, c->verdict.end, "%s: \"%s\"", name, marked);
    cr_expect_leq(c->verdict.end, c->candidate.match_end);
    cr_expect(c->verdict.valid || c->verdict.reason[0], "%s refuses \"%s\" without a reason", name, marked);
}

static inline void expect_valid(const char *name, const char *marked)
{
    validate_case c;
    validate_run(&c, name, marked);
    cr_expect(c.verdict.valid, "%s refuses \"%s\": %s", name, marked, c.verdict.reason);
}

static inline void expect_refused(const char *name, const char *marked)
{
    validate_case c;
    validate_run(&c, name, marked);
    cr_expect(!c.verdict.valid, "%s takes \"%s\"", name, marked);
}

/* Valid, and the span is then `span`. */
static inline void expect_span(const char *name, const char *marked, const char *span)
{
    validate_case c;
    validate_run(&c, name, marked);
    size_t size = c.verdict.end - c.verdict.begin;
    const char *found = (const char *)c.candidate.text + c.verdict.begin;
    cr_expect(c.verdict.valid, "%s refuses \"%s\": %s", name, marked, c.verdict.reason);
    cr_expect(size == strlen(span) && !memcmp(found, span, size), "%s on \"%s\": \"%.*s\"", name, marked, (int)size,
              found);
}

/* The confidence that a base of CASE_CONFIDENCE becomes; below 0 when refused. */
static inline double confidence_of(const char *name, const char *marked)
{
    validate_case c;
    validate_run(&c, name, marked);
    return c.verdict.valid ? c.verdict.confidence : -1;
}

static inline void expect_surer(const char *name, const char *surer, const char *than)
{
    double a = confidence_of(name, surer);
    double b = confidence_of(name, than);
    cr_expect_gt(a, b, "%s: %.2f for \"%s\", %.2f for \"%s\"", name, a, surer, b, than);
}

#endif
