/* binding_collect.h - what one call on a stream yields, kept until the language has taken it over.
 *
 * Sink and callback of a stream run while other threads of the language may run too, so they make no
 * objects of it: output and findings are gathered here. */
#ifndef PII__BINDING_COLLECT_H
#define PII__BINDING_COLLECT_H

#include "piiglet.h"

/* All zero: empty. Findings own their path and block; entity and rule belong to the ruleset. */
typedef struct pii__collection {
    char *data;
    size_t size;
    size_t capacity;
    pii_finding *findings;
    size_t finding_count;
    size_t finding_capacity;
    bool out_of_memory; /* something is missing: the call has failed */
} pii__collection;

/* A pii_sink and a pii_finding_callback; the context is the collection. */
int pii__collect_pieces(void *context, const pii_piece *pieces, size_t count);
void pii__collect_finding(void *context, const pii_finding *finding);

/* Empties the collection and keeps its memory, or frees that too. */
void pii__collection_clear(pii__collection *collection);
void pii__collection_free(pii__collection *collection);

/* Writes (`data` not NULL) or finishes a stream whose findings go to the collection, which is emptied
 * before. PII_ERROR_MEMORY also when the collection could not take everything. */
PII_MUST_CHECK pii_status pii__collect_write(pii__collection *collection, pii_stream *stream, const void *data,
                                             size_t size);
PII_MUST_CHECK pii_status pii__collect_finish(pii__collection *collection, pii_stream *stream);

#endif
