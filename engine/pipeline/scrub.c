/* scrub.c - the one-shot calls: a segment that is all there at once. */
#include "detect.h"
#include "document_scrub.h"
#include "encoding.h"

pii_status pii_scrubber_new(pii_ruleset *ruleset, const pii_policy *policy, const pii_allocator *allocator,
                            pii_scrubber **ret)
{
    if (!ruleset || !ret)
        return PII_ERROR_ARGUMENT;
    pii_allocator own = pii__allocator_or_default(allocator);
    pii_scrubber *scrubber = pii__allocate(&own, sizeof *scrubber);
    if (!scrubber)
        return PII_ERROR_MEMORY;
    scrubber->allocator = own;
    atomic_flag_clear(&scrubber->in_use);
    pii__buffer_init(&scrubber->output, &scrubber->allocator, PII__OUTPUT_SIZE_MAX);
    pii__buffer_init(&scrubber->paths, &scrubber->allocator, PII__OUTPUT_SIZE_MAX);
    pii__buffer_init(&scrubber->replacements, &scrubber->allocator, PII__OUTPUT_SIZE_MAX);
    pii_status status = pii__segment_init(&scrubber->segment, ruleset, policy, &own);
    if (status != PII_OK) {
        pii_scrubber_free(scrubber);
        return status;
    }
    *ret = scrubber;
    return PII_OK;
}

void pii_scrubber_free(pii_scrubber *scrubber)
{
    if (!scrubber)
        return;
    pii_allocator own = scrubber->allocator;
    pii__segment_free(&scrubber->segment);
    if (scrubber->document)
        pii__document_free(scrubber->document);
    pii__release(&own, scrubber->document);
    pii__buffer_free(&scrubber->output);
    pii__buffer_free(&scrubber->paths);
    pii__buffer_free(&scrubber->replacements);
    pii__release(&own, scrubber->findings);
    pii__release(&own, scrubber);
}

pii_status pii_scrubber_set_known(pii_scrubber *scrubber, pii_known *known)
{
    if (!scrubber)
        return PII_ERROR_ARGUMENT;
    pii_status status = pii__scrubber_enter(scrubber);
    if (status != PII_OK)
        return status;
    status = pii__segment_set_known(&scrubber->segment, known);
    pii__scrubber_leave(scrubber);
    return status;
}

pii_status pii__scrubber_enter(pii_scrubber *scrubber)
{
    return atomic_flag_test_and_set_explicit(&scrubber->in_use, memory_order_acquire) ? PII_ERROR_BUSY : PII_OK;
}

void pii__scrubber_leave(pii_scrubber *scrubber)
{
    atomic_flag_clear_explicit(&scrubber->in_use, memory_order_release);
}

static pii_status reserve_findings(pii_scrubber *scrubber, size_t count)
{
    if (count > PII__FINDINGS_MAX)
        return PII_ERROR_LIMIT;
    if (count <= scrubber->finding_capacity)
        return PII_OK;
    pii_finding *bigger =
        pii__reallocate(&scrubber->allocator, scrubber->findings, count * 2 * sizeof *scrubber->findings);
    if (!bigger)
        return PII_ERROR_MEMORY;
    scrubber->findings = bigger;
    scrubber->finding_capacity = count * 2;
    return PII_OK;
}

pii_status pii__scrubber_collect(pii_scrubber *scrubber, const uint8_t *bytes, uint64_t base, pii_result *result)
{
    pii__segment *segment = &scrubber->segment;
    size_t count = segment->resolver.closed_count;
    bool blocked = false;
    pii__buffer_clear(&scrubber->replacements);
    scrubber->finding_count = 0;
    pii_status status = reserve_findings(scrubber, count);
    for (size_t i = 0; status == PII_OK && i < count; i++) {
        const pii__span *span = &segment->resolver.closed[i];
        pii__found found = pii__segment_found(segment, span, bytes, base);
        pii_finding *finding = &scrubber->findings[scrubber->finding_count];
        pii__answer answer;
        status = pii__segment_treat(segment, span, &found, &answer, finding);
        if (status == PII_OK && answer.kind == PII__ANSWER_REPLACED)
            status = pii__buffer_append(&scrubber->replacements, answer.text, answer.size);
        if (answer.kind == PII__ANSWER_BLOCKED && !blocked) {
            blocked = true;
            segment->error_at = span->begin;
        }
        scrubber->finding_count += answer.kind != PII__ANSWER_ALLOWED;
    }
    result->findings = scrubber->findings;
    result->finding_count = scrubber->finding_count;
    return status == PII_OK && blocked ? PII_ERROR_BLOCKED : status;
}

const pii_finding *pii__scrubber_next(const pii_scrubber *scrubber, size_t *index, size_t *at,
                                      const uint8_t **ret_replacement)
{
    while (*index < scrubber->finding_count && scrubber->findings[*index].action == PII_ACTION_KEEP)
        ++*index;
    if (*index == scrubber->finding_count)
        return NULL;
    const pii_finding *finding = &scrubber->findings[(*index)++];
    *ret_replacement = scrubber->replacements.bytes + *at;
    *at += finding->replacement_size;
    return finding;
}

/* Source bytes between the findings, replacements in their place. */
static pii_status redact(pii_scrubber *scrubber, const uint8_t *bytes, size_t size)
{
    size_t done = 0, index = 0, at = 0;
    const pii_finding *finding;
    const uint8_t *replacement;
    pii__buffer_clear(&scrubber->output);
    while ((finding = pii__scrubber_next(scrubber, &index, &at, &replacement))) {
        pii_status status = pii__buffer_append(&scrubber->output, bytes + done, (size_t)finding->begin - done);
        if (status == PII_OK)
            status = pii__buffer_append(&scrubber->output, replacement, finding->replacement_size);
        if (status != PII_OK)
            return status;
        done = (size_t)finding->end;
    }
    return pii__buffer_append(&scrubber->output, bytes + done, size - done);
}

static pii_status run(pii_scrubber *scrubber, const uint8_t *bytes, size_t size, bool rewrite, pii_result *result)
{
    pii__segment *segment = &scrubber->segment;
    size_t index = 0, at = 0;
    const uint8_t *replacement;
    pii__segment_restart(segment);
    pii__treatment_restart(&segment->treatment);
    pii_status status = pii__segment_feed(segment, bytes, size, 0, true);
    if (status == PII_OK)
        status = pii__scrubber_collect(scrubber, bytes, 0, result);
    bool changed = status == PII_OK && pii__scrubber_next(scrubber, &index, &at, &replacement);
    if (rewrite && changed)
        status = redact(scrubber, bytes, size);
    if (status == PII_ERROR_BLOCKED) {
        result->error_offset = segment->error_at;
        result->outcome = PII_OUTCOME_BLOCKED;
        return status;
    }
    if (status != PII_OK) {
        *result = (pii_result){.error_offset = segment->error_at};
        result->outcome = PII_OUTCOME_LIMIT;
        return status;
    }
    result->outcome = result->finding_count ? PII_OUTCOME_REDACTED : PII_OUTCOME_CLEAN;
    if (rewrite) {
        result->data = changed ? (const char *)scrubber->output.bytes : (const char *)bytes;
        result->size = changed ? scrubber->output.size : size;
    }
    return PII_OK;
}

static pii_status run_document(pii_scrubber *scrubber, pii__reader reader, const uint8_t *bytes, size_t size,
                               bool rewrite, pii_result *result)
{
    pii_result done = {0};
    pii_status status = pii__document_scrub(scrubber, reader, bytes, size, rewrite, &done);
    if (status == PII_ERROR_BLOCKED)
        done.outcome = PII_OUTCOME_BLOCKED;
    else if (status != PII_OK)
        done.outcome = status == PII_ERROR_INVALID ? PII_OUTCOME_INVALID : PII_OUTCOME_LIMIT;
    *result = done;
    return status;
}

/* In its format, which may have to be chosen first. */
static pii_status run_format(pii_scrubber *scrubber, pii_format format, const uint8_t *bytes, size_t size, bool rewrite,
                             pii_result *result)
{
    pii__reader reader;
    pii_status status = PII_OK;
    if (format == PII_FORMAT_AUTO)
        status = pii__detect(bytes, size, true, &scrubber->allocator,
                             pii__text_masker_of(&scrubber->segment.masker), &format);
    if (status != PII_OK || !pii__reader_of(format, &reader))
        return status == PII_OK ? PII_ERROR_ARGUMENT : status;
    reader = pii__encoding_reader(pii__encoding_of(bytes, size, true), reader);
    status = reader.front_end ? run_document(scrubber, reader, bytes, size, rewrite, result)
                              : run(scrubber, bytes, size, rewrite, result);
    result->format = format;
    return status;
}

/* The common frame of the three calls: arguments, in-use flag, empty result. */
static pii_status guarded_run(pii_scrubber *scrubber, pii_format format, const void *data, size_t size, bool rewrite,
                              pii_explain_callback explain, void *context, pii_result *ret)
{
    if (!ret)
        return PII_ERROR_ARGUMENT;
    *ret = (pii_result){.outcome = PII_OUTCOME_LIMIT};
    if (!scrubber || (!data && size) || !pii_format_name(format))
        return PII_ERROR_ARGUMENT;
    pii_status status = pii__scrubber_enter(scrubber);
    if (status != PII_OK)
        return status;
    scrubber->segment.explain = explain;
    scrubber->segment.explain_context = context;
    status = run_format(scrubber, format, data ? data : "", size, rewrite, ret);
    pii__scrubber_leave(scrubber);
    return status;
}

pii_status pii_scrub(pii_scrubber *scrubber, pii_format format, const void *data, size_t size, pii_result *ret)
{
    return guarded_run(scrubber, format, data, size, true, NULL, NULL, ret);
}

pii_status pii_scan(pii_scrubber *scrubber, pii_format format, const void *data, size_t size, pii_result *ret)
{
    return guarded_run(scrubber, format, data, size, false, NULL, NULL, ret);
}

pii_status pii_explain(pii_scrubber *scrubber, pii_format format, const void *data, size_t size,
                       pii_explain_callback callback, void *context, pii_result *ret)
{
    return callback ? guarded_run(scrubber, format, data, size, false, callback, context, ret) : PII_ERROR_ARGUMENT;
}
