/* encoding.h - as which characters the bytes of a document are read.
 *
 * A byte order mark says it, or else the zeros beside the first two characters,
 * which are ASCII in most of what there is. All other bytes are UTF-8. */
#ifndef PII__ENCODING_H
#define PII__ENCODING_H

#include "front_end.h"

typedef enum pii__encoding {
    PII__UTF_8,
    PII__UTF_16_LITTLE,
    PII__UTF_16_BIG,
    PII__UTF_32_LITTLE,
    PII__UTF_32_BIG,
    PII__ENCODING_UNDECIDED /* more bytes have to come */
} pii__encoding;

enum { PII__ENCODING_MARK_MAX = 4 }; /* bytes that are always enough to tell */

/* By the first bytes of a document; `complete`: there are no more. */
pii__encoding pii__encoding_of(const uint8_t *bytes, size_t size, bool complete);

/* What reads a document that is in an encoding: for UTF-8 `reader` itself, also of text; else one around it. */
pii__reader pii__encoding_reader(pii__encoding encoding, pii__reader reader);

/* From PII__UTF_16_LITTLE on. */
extern const pii__front_end *const pii__wide_readers[];

/* Appends a document in UTF-16 or UTF-32 as UTF-8: what can be read of it. */
PII_MUST_CHECK pii_status pii__encoding_decode(pii__encoding encoding, const uint8_t *bytes, size_t size,
                                               const pii_allocator *allocator, pii__buffer *ret);

#endif
