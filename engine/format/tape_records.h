/* tape_records.h - records of a document, where the map of the caller has fields that name whom they are about.
 *
 * A record is an item of the array that the document is. Its subject may come last in it, so that a record is scanned
 * as a whole. */
#ifndef PII__TAPE_RECORDS_H
#define PII__TAPE_RECORDS_H

#include "tape.h"

void pii__tape_records_free(pii__tape *tape);

/* No text is on the tape any more. */
void pii__tape_records_clear(pii__tape *tape);

/* A container was entered: it may be a record. */
void pii__tape_records_enter(pii__tape *tape, uint64_t source);

/* One was left, while a record was at hand: it may have been that. */
void pii__tape_records_leave(pii__tape *tape);

/* The last field has ended, and is a subject; the first one of a record that is not empty counts. */
void pii__tape_records_name(pii__tape *tape, const pii__field *field);

#endif
