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
    pii__buffer paths; /* of the findings of a document, NUL-terminated */
    pii_finding *findings;
    size_t finding_capacity;
    uint64_t released; /* of the last region: its part of the output stands for */
    uint64_t final;    /* [released, final) of the source */
};

/* PII_ERROR_BUSY when the scrubber is in use already; else pii__scrubber_leave
 * must follow. */
PII_MUST_CHECK pii_status pii__scrubber_enter(pii_scrubber *scrubber);
void pii__scrubber_leave(pii_scrubber *scrubber);

/* Hands the closed spans of the segment out as findings. */
PII_MUST_CHECK pii_status pii__scrubber_collect(pii_scrubber *scrubber, pii_result *result);

#endif
