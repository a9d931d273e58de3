/* The rules that were compiled when the library was built are those of the
 * embedded files: every field, the plan, and what they find. A field that is new
 * in rule.h, shape.h or plan.h has to be added here and in make_default_rules.c. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "default_rules.h"
#include "piiglet.h"
#include "outlines.h"
#include "ruleset.h"

/* The embedded files, compiled now. */
static pii_compiler *compiler;
static pii_ruleset *ruleset;

static void setup(void)
{
    const char *name, *yaml;
    size_t size, count = pii_default_rule_file(SIZE_MAX, NULL, NULL, NULL);
    cr_assert_eq(pii_compiler_new(NULL, &compiler), PII_OK);
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(pii_default_rule_file(i, &name, &yaml, &size), count);
        cr_assert_eq(pii_compiler_add(compiler, name, yaml, size), PII_OK);
    }
    cr_assert_eq(pii_compiler_finish(compiler, &ruleset), PII_OK);
}

static void teardown(void)
{
    pii_ruleset_free(ruleset);
    pii_compiler_free(compiler);
}

TestSuite(default_rules, .init = setup, .fini = teardown);

/* ---- Definitions ---- */

static bool same_text(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

static bool same_number(double a, double b)
{
    return !(a < b) && !(b < a);
}

static bool same_shape(const pii__shape *a, const pii__shape *b)
{
    bool same = a->count == b->count && a->result == b->result;
    for (size_t i = 0; i < a->count && same; i++) {
        const pii__shape_op *x = &a->ops[i], *y = &b->ops[i];
        same = x->kind == y->kind && x->distance == y->distance && x->a == y->a && x->b == y->b &&
               pii__byte_set_equal(&x->set, &y->set);
    }
    for (size_t i = 0; i < PII__FINGERPRINT_SIZE; i++)
        same = same && pii__byte_set_equal(&a->fingerprint[i], &b->fingerprint[i]);
    return same;
}

static bool same_set(const pii__word_set *a, const pii__word_set *b)
{
    return a->count == b->count && (!a->count || !memcmp(a->keys, b->keys, a->count * sizeof *a->keys));
}

static bool same_words(const pii__word_gate *a, const pii__word_gate *b)
{
    if (!a || !b)
        return a == b;
    return a->before == b->before && a->near == b->near && a->far == b->far && a->width == b->width &&
           pii__byte_set_equal(&a->between, &b->between) && same_set(&a->words, &b->words);
}

static bool same_ending(const pii__ending_gate *a, const pii__ending_gate *b)
{
    return a && b ? a->near == b->near && a->far == b->far && !memcmp(a->bits, b->bits, sizeof a->bits) : a == b;
}

static bool same_gates(const pii__rule_definition *a, const pii__rule_definition *b)
{
    bool same = a->gate_count == b->gate_count;
    for (size_t i = 0; i < a->gate_count && same; i++) {
        const pii__gate *x = &a->gates[i], *y = &b->gates[i];
        same = same_shape(x->shape, y->shape) && x->near == y->near && x->far == y->far &&
               pii__byte_set_equal(&x->lead, &y->lead) && same_words(x->words, y->words) &&
               same_ending(x->ending, y->ending);
    }
    return same;
}

static bool same_context(const pii__context *a, const pii__context *b)
{
    return same_text(a->pattern, b->pattern) && same_number(a->weight, b->weight) && same_set(&a->words, &b->words);
}

static bool same_rule(const pii__rule_definition *a, const pii__rule_definition *b)
{
    return same_text(a->id, b->id) && same_text(a->entity, b->entity) && a->entity_on == b->entity_on &&
           same_text(a->description, b->description) && same_text(a->pattern, b->pattern) &&
           a->validator == b->validator && same_number(a->confidence, b->confidence) &&
           same_context(&a->boost, &b->boost) && same_context(&a->suppress, &b->suppress) &&
           a->context_before == b->context_before && a->context_after == b->context_after &&
           a->width_min == b->width_min && a->width_max == b->width_max && a->behind == b->behind &&
           memcmp(&a->kind_widths, &b->kind_widths, sizeof a->kind_widths) == 0 &&
           a->ahead == b->ahead && a->has_tail == b->has_tail &&
           pii__byte_set_equal(&a->bytes, &b->bytes) && pii__byte_set_equal(&a->tail, &b->tail) &&
           same_gates(a, b) && same_text(a->gate_text, b->gate_text);
}

Test(default_rules, are_those_of_the_files_in_every_field)
{
    const pii__rule_definition *rules = NULL;
    cr_assert_eq(pii__compiler_rules(compiler, &rules), pii__default_rules.count);
    cr_assert_gt(pii__default_rules.count, 1);
    for (size_t i = 0; i < pii__default_rules.count; i++)
        cr_expect(same_rule(&pii__default_rules.rules[i], &rules[i]), "%s", rules[i].id);
    cr_expect_not(same_rule(&rules[0], &rules[1]));
}

/* ---- Plan ---- */

static bool same_group(const pii__plan_group *a, const pii__plan_group *b)
{
    bool same = a->step_count == b->step_count && a->column_count == b->column_count &&
                a->result_count == b->result_count && !memcmp(&a->classes, &b->classes, sizeof a->classes) &&
                !memcmp(a->steps, b->steps, a->step_count * sizeof *a->steps);
    for (size_t i = 0; i < a->result_count && same; i++)
        same = a->results[i].shape == b->results[i].shape && a->results[i].column == b->results[i].column;
    return same;
}

Test(default_rules, have_the_plan_that_would_be_made)
{
    const pii__plan *ready = pii__default_rules.plan, *made = ruleset->own_plan;
    cr_assert_not_null(made);
    cr_assert_eq(ready->group_count, made->group_count);
    cr_expect_eq(ready->column_count, made->column_count);
    cr_expect_eq(memcmp(&ready->sieve, &made->sieve, sizeof made->sieve), 0);
    for (size_t i = 0; i < made->group_count; i++)
        cr_expect(same_group(&ready->groups[i], &made->groups[i]), "group %zu", i);
    cr_assert_eq(ready->shape_count, made->shape_count);
    for (size_t i = 0; i < made->shape_count; i++) {
        cr_expect_eq(ready->buckets[i], made->buckets[i]);
        cr_expect_eq(ready->groups_of[i], made->groups_of[i]);
    }
    size_t row_bytes = ready->outlines.words * sizeof *ready->outlines.rows;
    cr_assert_eq(ready->outlines.words, made->outlines.words);
    cr_expect_arr_eq(ready->outlines.rows, made->outlines.rows, pii__outline_row_count() * row_bytes);
}

/* ---- Findings ---- */

static pii_scrubber *scrubber_of(pii_ruleset *rules)
{
    pii_policy *policy = NULL;
    pii_scrubber *scrubber = NULL;
    cr_assert_eq(pii_policy_new(NULL, &policy), PII_OK);
    pii_policy_set_all(policy, true);
    cr_assert_eq(pii_scrubber_new(rules, policy, NULL, &scrubber), PII_OK);
    pii_policy_free(policy);
    return scrubber;
}

static bool same_findings(const pii_result *a, const pii_result *b)
{
    bool same = a->outcome == b->outcome && a->finding_count == b->finding_count;
    for (size_t i = 0; i < a->finding_count && same; i++) {
        const pii_finding *x = &a->findings[i], *y = &b->findings[i];
        same = x->begin == y->begin && x->end == y->end && !strcmp(x->rule, y->rule) &&
               !strcmp(x->entity, y->entity) && same_number(x->confidence, y->confidence);
    }
    return same;
}

Test(default_rules, find_what_the_files_find)
{
    pii_ruleset *ready = NULL;
    cr_assert_eq(pii_ruleset_default(NULL, &ready), PII_OK);
    cr_expect_null(ready->own_plan);
    pii_scrubber *one = scrubber_of(ready), *other = scrubber_of(ruleset);
    const pii_rule_test *vectors = NULL;
    size_t count = pii_compiler_tests(compiler, &vectors), found = 0;
    for (size_t i = 0; i < count; i++) {
        pii_result a, b;
        cr_assert_eq(pii_scan(one, PII_FORMAT_TEXT, vectors[i].text, vectors[i].size, &a), PII_OK);
        cr_assert_eq(pii_scan(other, PII_FORMAT_TEXT, vectors[i].text, vectors[i].size, &b), PII_OK);
        cr_expect(same_findings(&a, &b), "%s:%u", vectors[i].file, vectors[i].line);
        found += a.finding_count;
    }
    cr_expect_gt(found, 0);
    pii_scrubber_free(one);
    pii_scrubber_free(other);
    pii_ruleset_free(ready);
}

/* ---- Together with rules of the user ---- */

static const char more[] = "piiglet: 1\nfamily: club\ndescription: d\nentities: [CLUB_ID]\nrules:\n"
                           "  - id: club.number\n    entity: CLUB_ID\n    description: d\n"
                           "    pattern: 'club#\\d{4}'\n    confidence: 0.9\n"
                           "    tests:\n      match: ['{{club#1234}}']\n      pass: ['club']\n";

Test(default_rules, go_together_with_rules_of_the_user)
{
    pii_compiler *both = NULL;
    pii_ruleset *rules = NULL;
    cr_assert_eq(pii_compiler_new(NULL, &both), PII_OK);
    cr_assert_eq(pii_compiler_add_default(both), PII_OK);
    cr_expect_eq(pii_compiler_tests(both, NULL), 0);
    cr_assert_eq(pii_compiler_add(both, "club", more, strlen(more)), PII_OK);
    cr_assert_eq(pii_compiler_finish(both, &rules), PII_OK);
    pii_compiler_free(both);
    cr_expect_eq(pii_ruleset_size(rules), pii__default_rules.count + 1);
    cr_expect_not_null(rules->own_plan, "the ready plan knows nothing of the new rule");
    pii_scrubber *scrubber = scrubber_of(rules);
    pii_result result;
    const char *text = "club#2024 writes to kim@example.org";
    cr_assert_eq(pii_scrub(scrubber, PII_FORMAT_TEXT, text, strlen(text), &result), PII_OK);
    cr_expect_eq(result.finding_count, 2);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(rules);
}

Test(default_rules, are_refused_beside_rules_of_the_same_id)
{
    const pii_diagnostic *items = NULL;
    pii_ruleset *untouched = NULL;
    size_t before = pii_compiler_diagnostics(compiler, NULL);
    cr_expect_eq(pii_compiler_add_default(compiler), PII_ERROR_RULE);
    size_t after = pii_compiler_diagnostics(compiler, &items);
    cr_assert_eq(after - before, pii__default_rules.count);
    cr_expect_eq(items[before].severity, PII_SEVERITY_ERROR);
    cr_expect_str_eq(items[before].file, "built-in rules");
    cr_expect_str_eq(items[before].rule, pii__default_rules.rules[0].id);
    cr_expect_str_eq(items[before].message, "duplicate rule id");
    cr_expect_eq(pii_compiler_finish(compiler, &untouched), PII_ERROR_RULE);
    cr_expect_null(untouched);
}
