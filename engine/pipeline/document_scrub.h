/* document_scrub.h - the one-shot calls for documents. */
#ifndef PII__DOCUMENT_SCRUB_H
#define PII__DOCUMENT_SCRUB_H

#include "scrubber.h"

/* Fills `*result` but for its outcome after an error. */
PII_MUST_CHECK pii_status pii__document_scrub(pii_scrubber *scrubber, pii__reader reader,
                                              const uint8_t *bytes, size_t size, bool rewrite, pii_result *result);

#endif
