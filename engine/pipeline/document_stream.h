/* document_stream.h - a document that comes in pieces, on its way to a sink.
 *
 * Source that is not final yet is kept; what is final of the piece at hand goes
 * to the sink by reference. */
#ifndef PII__DOCUMENT_STREAM_H
#define PII__DOCUMENT_STREAM_H

#include "document.h"
#include "outlet.h"

typedef struct pii__document_stream {
    pii__document document;
    pii__reader reader;
    pii__buffer kept;   /* source from `given` on, up to the piece at hand */
    uint64_t given;     /* source before it has been given out */
    const uint8_t *piece;
    uint64_t piece_at; /* its source offset */
    pii__outlet *outlet;
    pii_finding_callback on_finding;
    void *finding_context;
} pii__document_stream;

void pii__document_stream_init(pii__document_stream *stream, pii__segment *segment, pii__reader reader,
                               const pii_allocator *allocator);
void pii__document_stream_free(pii__document_stream *stream);
void pii__document_stream_restart(pii__document_stream *stream);

/* Takes a piece and gives the outlet what is final; `flush`: all that can be. */
PII_MUST_CHECK pii_status pii__document_stream_write(pii__document_stream *stream, const uint8_t *bytes, size_t size,
                                                     bool flush, pii__outlet *outlet);
PII_MUST_CHECK pii_status pii__document_stream_finish(pii__document_stream *stream, pii__outlet *outlet);

#endif
