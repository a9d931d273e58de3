/* document.h - a document in a format on its way through front-end, scan and
 * splice, in as many pieces as its bytes come in.
 *
 * The front-end puts the text of all fields on the tape; whenever enough has
 * come together, and at the end, it is scanned as one text of fields. Findings
 * come back as spans of the source with the bytes that take their place. What
 * lies before `released` is final.
 *
 * So that this does not depend on where pieces are cut, a scan ends after a field
 * that nothing later can matter to; only a field longer than a batch is scanned
 * in several steps, as a stream of text is. */
#ifndef PII__DOCUMENT_H
#define PII__DOCUMENT_H

#include "block_id.h"
#include "front_end.h"
#include "segment.h"

/* A finding of which `replacement` takes the place, or that stays as it is, or blocks, when it is NULL; all are
 * valid during the call. */
typedef pii_status (*pii__document_callback)(void *context, const pii_finding *finding, const char *replacement,
                                             size_t size);

typedef struct pii__document {
    pii__segment *segment; /* borrowed; works for nobody else meanwhile */
    pii__reader reader;
    pii__tape tape;
    pii__clean clean;       /* from one document to the next, as rules and policy are the same */
    uint64_t known_version; /* of the known values with which it was clean */
    uint64_t offset;    /* source bytes taken */
    uint64_t batch;     /* source offset at which the last batch ended */
    uint64_t released;  /* source before it is final */
    pii__kind_widths widths; /* of the shortest matches there can be */
    bool careful;            /* fields may be findings, or be left alone, whatever they hold */
    bool paths;              /* the callback is told those of findings, and blocks */
    uint64_t fields_end; /* fields that begin before this place of the text have been told of */
    uint64_t next_part;  /* end of the text from which on a scan of a part of it is worth while */
    uint64_t whole_end; /* source before it is replaced by a finding already */
    uint64_t kept_end;  /* source before it has been told of */
    uint64_t error_at;
    pii__buffer path;
    pii__buffer replacement;
    pii__buffer inner; /* a replacement, escaped for a document inside a field */
    pii__buffer text;  /* one that has to be changed before */
    pii__block_id block;
    pii__document_callback on_finding;
    void *context;
    pii_explain_callback explain; /* NULL: off */
    void *explain_context;
    _Alignas(max_align_t) unsigned char state[PII__FRONT_END_STATE_MAX];
} pii__document;

void pii__document_init(pii__document *document, pii__segment *segment, const pii_allocator *allocator);
void pii__document_free(pii__document *document);

/* A new document begins. */
void pii__document_restart(pii__document *document, pii__reader reader);

/* Takes the next bytes. After an error only restart and free may follow;
 * document->error_at says where it was noticed. */
PII_MUST_CHECK pii_status pii__document_feed(pii__document *document, const uint8_t *bytes, size_t size);

/* Makes final all that can be; nothing is waited for that is not needed. */
PII_MUST_CHECK pii_status pii__document_flush(pii__document *document);

/* The document is complete: all of it becomes final. */
PII_MUST_CHECK pii_status pii__document_finish(pii__document *document);

/* What the rules of the format were broken by; NULL: nothing. */
const char *pii__document_fault(const pii__document *document);

#endif
