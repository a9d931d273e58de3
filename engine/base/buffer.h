/* buffer.h - a growing run of bytes with a hard cap.
 *
 * Invariant: size <= capacity <= limit. A failed append changes nothing. */
#ifndef PII__BUFFER_H
#define PII__BUFFER_H

#include "memory.h"

typedef struct pii__buffer {
    const pii_allocator *allocator; /* borrowed; outlives the buffer */
    uint8_t *bytes;
    size_t size;
    size_t capacity;
    size_t limit; /* largest capacity; PII_ERROR_LIMIT beyond it */
} pii__buffer;

/* No memory is taken before the first append. */
void pii__buffer_init(pii__buffer *buffer, const pii_allocator *allocator, size_t limit);
void pii__buffer_free(pii__buffer *buffer);

/* Room for `extra` more bytes. PII_ERROR_MEMORY or PII_ERROR_LIMIT. */
PII_MUST_CHECK pii_status pii__buffer_reserve(pii__buffer *buffer, size_t extra);
PII_MUST_CHECK pii_status pii__buffer_append(pii__buffer *buffer, const void *bytes, size_t size);
PII_MUST_CHECK pii_status pii__buffer_append_text(pii__buffer *buffer, const char *text);

/* Drops the first `size` bytes (at most all), moving the rest to the front. */
void pii__buffer_drop_front(pii__buffer *buffer, size_t size);

/* Empties it and keeps the memory. */
void pii__buffer_clear(pii__buffer *buffer);

#endif
