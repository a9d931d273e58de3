/* block_id.h - the id of the block of a finding, as it may be shown.
 *
 * Fields with ids are not scanned. Before one is shown it is, by the rules, the policy and the known values of
 * the document, and one that is found something in, or is no plain ASCII, does not show. */
#ifndef PII__BLOCK_ID_H
#define PII__BLOCK_ID_H

#include "limits.h"
#include "segment.h"

/* All zero at first. */
typedef struct pii__block_id {
    pii__segment *segment;  /* in which ids are scanned; NULL before the first */
    uint64_t known_version; /* of the segment of the document, with which `text` was chosen */
    size_t size;            /* of the id at hand */
    uint8_t id[PII__BLOCK_ID_MAX];
    char text[PII__BLOCK_ID_MAX + 1]; /* what is shown of it */
} pii__block_id;

void pii__block_id_free(pii__block_id *block);

/* What is shown of an id, as far as the one of a `document` goes; valid until the next call. `size` 0: "". */
PII_MUST_CHECK pii_status pii__block_id_show(pii__block_id *block, const pii__segment *document, const uint8_t *id,
                                             size_t size, const char **ret);

#endif
