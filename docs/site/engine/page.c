/* page.c - scanning on the page: its scrubber, its policy, and what was found. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "binding_policy.h"

/* ---- Memory for texts that come in ---- */

EXPORT(page_take) void *page_take(size_t size)
{
    return malloc(size);
}

EXPORT(page_give) void page_give(void *block)
{
    free(block);
}

/* ---- Session ---- */

/* NULL: out of memory. It lives as long as the module. */
EXPORT(page_new) struct page *page_new(void)
{
    struct page *page = calloc(1, sizeof *page);
    if (page && pii_ruleset_default(NULL, &page->ruleset) == PII_OK && pii_policy_new(NULL, &page->policy) == PII_OK)
        return page;
    if (page)
        pii_ruleset_free(page->ruleset);
    free(page);
    return NULL;
}

void page_forget(struct page *page)
{
    pii_scrubber_free(page->scrubber);
    pii_scrubber_free(page->tester);
    page->scrubber = NULL;
    page->tester = NULL;
    page->result = (pii_result){0};
}

/* `name` NULL: the one by default. After an error the policy is the one before. */
EXPORT(page_policy) pii_status page_policy(struct page *page, const char *name)
{
    pii_policy *policy = NULL;
    pii_status status = pii__policy_make(name ? PII__POLICY_NAMED : PII__POLICY_USUAL, name, name ? strlen(name) : 0,
                                         &policy, NULL);
    if (status != PII_OK)
        return status;
    page_forget(page);
    pii_policy_free(page->policy);
    page->policy = policy;
    return PII_OK;
}

EXPORT(page_set) pii_status page_set(struct page *page, const char *setting, const char *value, size_t size)
{
    page_forget(page);
    return pii__policy_set_by_name(page->policy, setting, value, size);
}

EXPORT(page_confidence) pii_status page_confidence(struct page *page, double minimum)
{
    page_forget(page);
    return pii_policy_set_min_confidence(page->policy, minimum);
}

EXPORT(page_needs_key) bool page_needs_key(const struct page *page)
{
    return pii_policy_needs_key(page->policy);
}

/* ---- Scan ---- */

/* The result lives until the next call for this page. */
EXPORT(page_scrub) pii_status page_scrub(struct page *page, const char *format_name, const char *data, size_t size)
{
    pii_format format;
    pii_status status = pii_format_find(format_name, &format);
    page->result = (pii_result){0};
    if (status == PII_OK && !page->scrubber)
        status = pii_scrubber_new(page->ruleset, page->policy, NULL, &page->scrubber);
    return status == PII_OK ? pii_scrub(page->scrubber, format, data, size, &page->result) : status;
}

EXPORT(page_output) const char *page_output(const struct page *page)
{
    return page->result.data;
}

EXPORT(page_output_size) size_t page_output_size(const struct page *page)
{
    return page->result.size;
}

EXPORT(page_format) const char *page_format(const struct page *page)
{
    return pii_format_name(page->result.format);
}

EXPORT(page_fault) const char *page_fault(const struct page *page)
{
    return page->result.fault;
}

/* Places are below 2^53, so that a double holds them. */
EXPORT(page_error_offset) double page_error_offset(const struct page *page)
{
    return (double)page->result.error_offset;
}

EXPORT(page_finding_count) size_t page_finding_count(const struct page *page)
{
    return page->result.finding_count;
}

/* Of finding `index`, which there must be. */
EXPORT(page_entity) const char *page_entity(const struct page *page, size_t index)
{
    return page->result.findings[index].entity;
}

EXPORT(page_rule) const char *page_rule(const struct page *page, size_t index)
{
    return page->result.findings[index].rule;
}

EXPORT(page_path) const char *page_path(const struct page *page, size_t index)
{
    return page->result.findings[index].path;
}

EXPORT(page_block) const char *page_block(const struct page *page, size_t index)
{
    return page->result.findings[index].block;
}

EXPORT(page_action) const char *page_action(const struct page *page, size_t index)
{
    return pii__action_name(page->result.findings[index].action);
}

EXPORT(page_begin) double page_begin(const struct page *page, size_t index)
{
    return (double)page->result.findings[index].begin;
}

EXPORT(page_end) double page_end(const struct page *page, size_t index)
{
    return (double)page->result.findings[index].end;
}

EXPORT(page_found_confidence) double page_found_confidence(const struct page *page, size_t index)
{
    return page->result.findings[index].confidence;
}

EXPORT(page_replacement_size) size_t page_replacement_size(const struct page *page, size_t index)
{
    return page->result.findings[index].replacement_size;
}

/* ---- Words ---- */

EXPORT(page_status_text) const char *page_status_text(pii_status status)
{
    return pii_status_text(status);
}

EXPORT(page_reason) const char *page_reason(const char *entity)
{
    return pii_reason(entity);
}

EXPORT(page_message) const char *page_message(const char *entity, const char *language)
{
    return pii_message(entity, language);
}

/* NULL: there is no further one; the same below. */
EXPORT(page_language) const char *page_language(size_t index)
{
    const char *tag = NULL;
    return pii_message_language_at(index, &tag, NULL) ? tag : NULL;
}

EXPORT(page_language_name) const char *page_language_name(size_t index)
{
    const char *name = NULL;
    return pii_message_language_at(index, NULL, &name) ? name : NULL;
}

EXPORT(page_policy_name) const char *page_policy_name(size_t index)
{
    const char *name = NULL;
    return index < pii_policy_file(index, &name, NULL, NULL) ? name : NULL;
}

/* What the policy is, as YAML; a constant. */
EXPORT(page_policy_yaml) const char *page_policy_yaml(size_t index)
{
    const char *yaml = NULL;
    return index < pii_policy_file(index, NULL, &yaml, NULL) ? yaml : NULL;
}

EXPORT(page_policy_yaml_size) size_t page_policy_yaml_size(size_t index)
{
    size_t size = 0;
    return index < pii_policy_file(index, NULL, NULL, &size) ? size : 0;
}

EXPORT(page_format_name) const char *page_format_name(pii_format format)
{
    return pii_format_name(format);
}

EXPORT(page_version) const char *page_version(void)
{
    pii_build_info info;
    pii_build_info_get(&info);
    return info.version;
}
