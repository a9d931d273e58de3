/* outlet.h - pieces of output on their way to a sink, handed over in batches. */
#ifndef PII__OUTLET_H
#define PII__OUTLET_H

#include "piiglet_scan.h"

enum { PII__OUTLET_BATCH = 64 };

typedef struct pii__outlet {
    pii_sink sink;
    void *context;
    pii_piece pieces[PII__OUTLET_BATCH];
    size_t count;
} pii__outlet;

/* Adds a piece, which must stay as it is until the next flush; empty ones are
 * left out. PII_ERROR_SINK when the sink refused. */
PII_MUST_CHECK pii_status pii__outlet_put(pii__outlet *outlet, const void *data, size_t size);
PII_MUST_CHECK pii_status pii__outlet_flush(pii__outlet *outlet);

#endif
