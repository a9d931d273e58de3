/* scrubber.h - what the one-shot calls and the region calls share. */
#ifndef PII__SCRUBBER_H
#define PII__SCRUBBER_H

#include <stdatomic.h>

#include "buffer.h"
#include "document.h"

struct pii_scrubber {
    pii_allocator allocator;
    atomic_flag in_use;
    pii__segment segment;
    pii__document *document; /* NULL until the first one */
    pii__buffer output;
    pii__buffer paths; /* of the findings of a document, with their hashes and blocks, NUL-terminated */
    pii_finding *findings;
    size_t finding_count, finding_capacity; /* of the last call on plain text */
    pii__buffer replacements;               /* of those that are replaced, one after the other */
    uint64_t released; /* of the last region: its part of the output stands for */
    uint64_t final;    /* [released, final) of the source */
};

/* PII_ERROR_BUSY when the scrubber is in use already; else pii__scrubber_leave
 * must follow. */
PII_MUST_CHECK pii_status pii__scrubber_enter(pii_scrubber *scrubber);
void pii__scrubber_leave(pii_scrubber *scrubber);

/* Makes findings of the closed spans of the segment, with what takes their place;
 * the bytes of the text from `base` on are at hand. PII_ERROR_BLOCKED: all findings
 * are there, and segment.error_at is the first that blocks. */
PII_MUST_CHECK pii_status pii__scrubber_collect(pii_scrubber *scrubber, const uint8_t *bytes, uint64_t base,
                                                pii_result *result);

/* The next finding that is replaced, from `*index` on, and its replacement, from `*at` on; both go on. NULL:
 * there is none. */
const pii_finding *pii__scrubber_next(const pii_scrubber *scrubber, size_t *index, size_t *at,
                                      const uint8_t **ret_replacement);

#endif
