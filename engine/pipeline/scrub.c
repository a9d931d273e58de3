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

pii_status pii__scrubber_collect(pii_scrubber *scrubber, pii_result *result)
{
    const pii__resolver *resolver = &scrubber->segment.resolver;
    size_t count = resolver->closed_count;
    if (count > PII__FINDINGS_MAX)
        return PII_ERROR_LIMIT;
    if (count > scrubber->finding_capacity) {
        pii_finding *bigger =
            pii__reallocate(&scrubber->allocator, scrubber->findings, count * 2 * sizeof *scrubber->findings);
        if (!bigger)
            return PII_ERROR_MEMORY;
        scrubber->findings = bigger;
        scrubber->finding_capacity = count * 2;
    }
    for (size_t i = 0; i < count; i++)
        scrubber->findings[i] = pii__segment_finding(&scrubber->segment, &resolver->closed[i]);
    result->findings = scrubber->findings;
    result->finding_count = count;
    return PII_OK;
}

/* Source bytes between the findings, replacements in their place. */
static pii_status redact(pii_scrubber *scrubber, const uint8_t *bytes, size_t size)
{
    const pii__segment *segment = &scrubber->segment;
    size_t done = 0;
    pii__buffer_clear(&scrubber->output);
    for (size_t i = 0; i < segment->resolver.closed_count; i++) {
        const pii__span *span = &segment->resolver.closed[i];
        pii_status status = pii__buffer_append(&scrubber->output, bytes + done, (size_t)span->begin - done);
        if (status == PII_OK)
            status = pii__buffer_append_text(&scrubber->output, pii__segment_replacement(segment, span));
        if (status != PII_OK)
            return status;
        done = (size_t)span->end;
    }
    return pii__buffer_append(&scrubber->output, bytes + done, size - done);
}

static pii_status run(pii_scrubber *scrubber, const uint8_t *bytes, size_t size, bool rewrite, pii_result *result)
{
    pii__segment *segment = &scrubber->segment;
    pii__segment_restart(segment);
    pii_status status = pii__segment_feed(segment, bytes, size, 0, true);
    if (status == PII_OK)
        status = pii__scrubber_collect(scrubber, result);
    bool changed = segment->resolver.closed_count > 0;
    if (status == PII_OK && rewrite && changed)
        status = redact(scrubber, bytes, size);
    if (status != PII_OK) {
        *result = (pii_result){.error_offset = segment->error_at};
        result->outcome = PII_OUTCOME_LIMIT;
        return status;
    }
    result->outcome = changed ? PII_OUTCOME_REDACTED : PII_OUTCOME_CLEAN;
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
    if (status != PII_OK)
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
