/* page_rules.c - rules that the reader wrote: compiled, remarked upon, tested. */
#include "page.h"

#include <string.h>

/* The rules that are built in and those of `yaml`, which may be empty. After PII_ERROR_RULE the rules are those
 * before, and the remarks say why. */
EXPORT(page_rules) pii_status page_rules(struct page *page, const char *yaml, size_t size)
{
    page_forget(page);
    pii_compiler_free(page->compiler);
    page->compiler = NULL;
    pii_ruleset *ruleset = NULL;
    pii_status status = pii_compiler_new(NULL, &page->compiler);
    if (status == PII_OK && size > 0)
        status = pii_compiler_add(page->compiler, "your rules", yaml, size);
    if (status == PII_OK)
        status = pii_compiler_add_default(page->compiler);
    if (status == PII_OK)
        status = pii_compiler_finish(page->compiler, &ruleset);
    if (status != PII_OK)
        return status;
    pii_ruleset_free(page->ruleset);
    page->ruleset = ruleset;
    return PII_OK;
}

/* ---- Remarks ---- */

static const pii_diagnostic *remark(const struct page *page, size_t index)
{
    const pii_diagnostic *remarks = NULL;
    size_t count = page->compiler ? pii_compiler_diagnostics(page->compiler, &remarks) : 0;
    return index < count ? &remarks[index] : NULL;
}

EXPORT(page_remark_count) size_t page_remark_count(const struct page *page)
{
    const pii_diagnostic *remarks = NULL;
    return page->compiler ? pii_compiler_diagnostics(page->compiler, &remarks) : 0;
}

EXPORT(page_remark_severity) int page_remark_severity(const struct page *page, size_t index)
{
    return (int)remark(page, index)->severity;
}

EXPORT(page_remark_line) unsigned page_remark_line(const struct page *page, size_t index)
{
    return remark(page, index)->line;
}

EXPORT(page_remark_column) unsigned page_remark_column(const struct page *page, size_t index)
{
    return remark(page, index)->column;
}

EXPORT(page_remark_rule) const char *page_remark_rule(const struct page *page, size_t index)
{
    return remark(page, index)->rule;
}

EXPORT(page_remark_field) const char *page_remark_field(const struct page *page, size_t index)
{
    return remark(page, index)->field;
}

EXPORT(page_remark_message) const char *page_remark_message(const struct page *page, size_t index)
{
    return remark(page, index)->message;
}

EXPORT(page_remark_expected) const char *page_remark_expected(const struct page *page, size_t index)
{
    return remark(page, index)->expected;
}

/* ---- Tests ---- */

EXPORT(page_test_count) size_t page_test_count(const struct page *page)
{
    const pii_rule_test *tests = NULL;
    return page->compiler ? pii_compiler_tests(page->compiler, &tests) : 0;
}

/* What the rule makes of the text by itself, before overlaps are resolved. */
static void look(void *context, const pii_explanation *explanation)
{
    struct page_verdict *verdict = context;
    if (explanation->decision != PII_DECISION_ACCEPTED || strcmp(explanation->rule, verdict->test->rule) != 0)
        return;
    if (verdict->found++ == 0) {
        verdict->begin = explanation->begin;
        verdict->end = explanation->end;
    }
    verdict->exact |= explanation->begin == verdict->test->begin && explanation->end == verdict->test->end;
}

static pii_status make_tester(struct page *page)
{
    pii_policy *policy = NULL;
    pii_status status = pii_policy_new(NULL, &policy);
    if (status == PII_OK) {
        pii_policy_set_all(policy, true);
        status = pii_scrubber_new(page->ruleset, policy, NULL, &page->tester);
    }
    pii_policy_free(policy);
    return status;
}

/* Runs test `index`, which there must be, of the rules that compiled. */
EXPORT(page_test_run) pii_status page_test_run(struct page *page, size_t index)
{
    const pii_rule_test *tests = NULL;
    pii_compiler_tests(page->compiler, &tests);
    page->verdict = (struct page_verdict){.test = &tests[index]};
    pii_status status = page->tester ? PII_OK : make_tester(page);
    pii_result result;
    if (status == PII_OK)
        status = pii_explain(page->tester, PII_FORMAT_TEXT, tests[index].text, tests[index].size, look,
                             &page->verdict, &result);
    return status;
}

/* The next ones are about the test that ran last. */
EXPORT(page_test_passed) bool page_test_passed(const struct page *page)
{
    return page->verdict.test->match ? page->verdict.exact : page->verdict.found == 0;
}

EXPORT(page_test_rule) const char *page_test_rule(const struct page *page)
{
    return page->verdict.test->rule;
}

EXPORT(page_test_line) unsigned page_test_line(const struct page *page)
{
    return page->verdict.test->line;
}

EXPORT(page_test_match) bool page_test_match(const struct page *page)
{
    return page->verdict.test->match;
}

EXPORT(page_test_found) size_t page_test_found(const struct page *page)
{
    return page->verdict.found;
}
