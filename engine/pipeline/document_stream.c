#include "document_stream.h"

/* Source bytes up to offset `until`, unchanged: first those that were kept, then
 * those of the piece. */
static pii_status put_source(pii__document_stream *stream, uint64_t until)
{
    pii_status status = PII_OK;
    uint64_t from = stream->given;
    uint64_t kept_until = until < stream->piece_at ? until : stream->piece_at;
    if (until <= from)
        return PII_OK;
    stream->given = until;
    if (from < kept_until) {
        uint64_t kept_at = stream->piece_at - stream->kept.size;
        status = pii__outlet_put(stream->outlet, stream->kept.bytes + (from - kept_at), (size_t)(kept_until - from));
        from = kept_until;
    }
    if (status == PII_OK && from < until)
        status = pii__outlet_put(stream->outlet, stream->piece + (from - stream->piece_at), (size_t)(until - from));
    return status;
}

/* The replacement does not outlive the call, so it is handed over at once. */
static pii_status put_finding(void *context, const pii_finding *finding, const char *replacement, size_t size)
{
    pii__document_stream *stream = context;
    pii_status status = put_source(stream, finding->begin);
    if (status != PII_OK)
        return status;
    if (stream->on_finding)
        stream->on_finding(stream->finding_context, finding);
    if (!replacement)
        return finding->action == PII_ACTION_BLOCK ? PII_ERROR_BLOCKED : PII_OK;
    stream->given = finding->end;
    status = pii__outlet_put(stream->outlet, replacement, size);
    return status == PII_OK ? pii__outlet_flush(stream->outlet) : status;
}

void pii__document_stream_init(pii__document_stream *stream, pii__segment *segment, pii__reader reader,
                               const pii_allocator *allocator)
{
    *stream = (pii__document_stream){.reader = reader};
    pii__document_init(&stream->document, segment, allocator);
    pii__buffer_init(&stream->kept, allocator, SIZE_MAX / 4);
    pii__document_stream_restart(stream);
}

void pii__document_stream_free(pii__document_stream *stream)
{
    pii__document_free(&stream->document);
    pii__buffer_free(&stream->kept);
}

void pii__document_stream_restart(pii__document_stream *stream)
{
    pii__document_restart(&stream->document, stream->reader);
    stream->document.on_finding = put_finding;
    stream->document.context = stream;
    pii__buffer_clear(&stream->kept);
    stream->given = stream->piece_at = 0;
}

/* Gives out what is final, and keeps the rest of the piece. */
static pii_status end_piece(pii__document_stream *stream, size_t size)
{
    pii_status status = put_source(stream, stream->document.released);
    if (status == PII_OK)
        status = pii__outlet_flush(stream->outlet);
    if (status != PII_OK)
        return status;
    uint64_t kept_at = stream->piece_at - stream->kept.size;
    if (stream->given > kept_at)
        pii__buffer_drop_front(&stream->kept, (size_t)(stream->given - kept_at));
    size_t done = stream->given > stream->piece_at ? (size_t)(stream->given - stream->piece_at) : 0;
    stream->piece_at += size;
    return pii__buffer_append(&stream->kept, stream->piece + done, size - done);
}

pii_status pii__document_stream_write(pii__document_stream *stream, const uint8_t *bytes, size_t size, bool flush,
                                      pii__outlet *outlet)
{
    stream->outlet = outlet;
    stream->piece = bytes;
    stream->document.paths = stream->on_finding != NULL;
    pii_status status = pii__document_feed(&stream->document, bytes, size);
    if (status == PII_OK && flush)
        status = pii__document_flush(&stream->document);
    return status == PII_OK ? end_piece(stream, size) : status;
}

pii_status pii__document_stream_finish(pii__document_stream *stream, pii__outlet *outlet)
{
    stream->outlet = outlet;
    stream->piece = (const uint8_t *)"";
    stream->document.paths = stream->on_finding != NULL;
    pii_status status = pii__document_finish(&stream->document);
    return status == PII_OK ? end_piece(stream, 0) : status;
}
