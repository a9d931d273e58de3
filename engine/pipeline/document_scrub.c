/* document_scrub.c - the one-shot calls for a document that is all there at once. */
#include "document_scrub.h"

/* What the callback works on. */
typedef struct scrub {
    pii_scrubber *scrubber;
    const uint8_t *bytes;
    bool rewrite;
    size_t done;  /* source bytes that the output stands for */
    size_t count; /* findings */
    bool changed;
    bool blocked;
    uint64_t blocked_at; /* of the first finding that blocks */
} scrub;

static pii_status keep_finding(scrub *s, const pii_finding *finding)
{
    pii_scrubber *scrubber = s->scrubber;
    if (s->count == PII__FINDINGS_MAX)
        return PII_ERROR_LIMIT;
    pii_finding *findings = pii__grow(&scrubber->allocator, scrubber->findings, &scrubber->finding_capacity, s->count,
                                      sizeof *findings);
    if (!findings)
        return PII_ERROR_MEMORY;
    scrubber->findings = findings;
    findings[s->count++] = *finding;
    pii_status status = pii__buffer_append(&scrubber->paths, finding->path, strlen(finding->path) + 1);
    if (status == PII_OK)
        status = pii__buffer_append(&scrubber->paths, finding->allow_hash, strlen(finding->allow_hash) + 1);
    return status == PII_OK ? pii__buffer_append(&scrubber->paths, finding->block, strlen(finding->block) + 1) : status;
}

static pii_status take_finding(void *context, const pii_finding *finding, const char *replacement, size_t size)
{
    scrub *s = context;
    pii__buffer *output = &s->scrubber->output;
    pii_status status = keep_finding(s, finding);
    if (finding->action == PII_ACTION_BLOCK && !s->blocked) {
        s->blocked = true;
        s->blocked_at = finding->begin;
    }
    if (status != PII_OK || !replacement)
        return status;
    s->changed = true;
    if (s->rewrite)
        status = pii__buffer_append(output, s->bytes + s->done, (size_t)finding->begin - s->done);
    if (status == PII_OK && s->rewrite)
        status = pii__buffer_append(output, replacement, size);
    s->done = (size_t)finding->end;
    return status;
}

/* Paths, hashes and ids of blocks lie one after the other, and stay where they are from now on. */
static void place_paths(const scrub *s)
{
    const char *path = (const char *)s->scrubber->paths.bytes;
    for (size_t i = 0; i < s->count; i++) {
        s->scrubber->findings[i].path = path;
        path += strlen(path) + 1;
        s->scrubber->findings[i].allow_hash = path;
        path += strlen(path) + 1;
        s->scrubber->findings[i].block = path;
        path += strlen(path) + 1;
    }
}

static pii_status prepare(pii_scrubber *scrubber, pii__reader reader)
{
    if (!scrubber->document) {
        scrubber->document = pii__allocate(&scrubber->allocator, sizeof *scrubber->document);
        if (!scrubber->document)
            return PII_ERROR_MEMORY;
        pii__document_init(scrubber->document, &scrubber->segment, &scrubber->allocator);
    }
    pii__document_restart(scrubber->document, reader);
    pii__buffer_clear(&scrubber->output);
    pii__buffer_clear(&scrubber->paths);
    return PII_OK;
}

pii_status pii__document_scrub(pii_scrubber *scrubber, pii__reader reader, const uint8_t *bytes,
                               size_t size, bool rewrite, pii_result *result)
{
    pii_status status = prepare(scrubber, reader);
    if (status != PII_OK)
        return status;
    pii__document *document = scrubber->document;
    scrub s = {.scrubber = scrubber, .bytes = bytes, .rewrite = rewrite};
    document->on_finding = take_finding;
    document->context = &s;
    document->paths = true;
    document->explain = scrubber->segment.explain;
    document->explain_context = scrubber->segment.explain_context;
    status = pii__document_feed(document, bytes, size);
    if (status == PII_OK)
        status = pii__document_finish(document);
    if (status == PII_OK && rewrite && s.changed)
        status = pii__buffer_append(&scrubber->output, bytes + s.done, size - s.done);
    result->fault = pii__document_fault(document);
    result->fields_met = document->tape.met;
    result->error_offset = status == PII_OK ? document->tape.fault_at : document->error_at;
    if (status != PII_OK)
        return status;
    place_paths(&s);
    result->findings = scrubber->findings;
    result->finding_count = s.count;
    if (s.blocked) {
        result->error_offset = s.blocked_at;
        return PII_ERROR_BLOCKED;
    }
    result->outcome = s.count ? PII_OUTCOME_REDACTED : PII_OUTCOME_CLEAN;
    if (rewrite) {
        result->data = s.changed ? (const char *)scrubber->output.bytes : (const char *)bytes;
        result->size = s.changed ? scrubber->output.size : size;
    }
    return PII_OK;
}
