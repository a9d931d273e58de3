#include "buffer.h"

#include <string.h>

enum { first_capacity = 256 };

void pii__buffer_init(pii__buffer *buffer, const pii_allocator *allocator, size_t limit)
{
    *buffer = (pii__buffer){.allocator = allocator, .limit = limit};
}

void pii__buffer_free(pii__buffer *buffer)
{
    pii__release(buffer->allocator, buffer->bytes);
    pii__buffer_init(buffer, buffer->allocator, buffer->limit);
}

pii_status pii__buffer_reserve(pii__buffer *buffer, size_t extra)
{
    if (extra <= buffer->capacity - buffer->size)
        return PII_OK;
    if (extra > buffer->limit - buffer->size)
        return PII_ERROR_LIMIT;
    size_t need = buffer->size + extra;
    size_t capacity = buffer->capacity ? buffer->capacity : first_capacity;
    while (capacity < need)
        capacity = capacity <= buffer->limit / 2 ? capacity * 2 : buffer->limit;
    if (capacity > buffer->limit)
        capacity = buffer->limit;
    uint8_t *bytes = pii__reallocate(buffer->allocator, buffer->bytes, capacity);
    if (!bytes)
        return PII_ERROR_MEMORY;
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return PII_OK;
}

pii_status pii__buffer_append(pii__buffer *buffer, const void *bytes, size_t size)
{
    pii_status status = pii__buffer_reserve(buffer, size);
    if (status != PII_OK || !size)
        return status;
    memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
    return PII_OK;
}

pii_status pii__buffer_append_text(pii__buffer *buffer, const char *text)
{
    return pii__buffer_append(buffer, text, strlen(text));
}

void pii__buffer_drop_front(pii__buffer *buffer, size_t size)
{
    if (size > buffer->size)
        size = buffer->size;
    if (!size)
        return;
    memmove(buffer->bytes, buffer->bytes + size, buffer->size - size);
    buffer->size -= size;
}

void pii__buffer_clear(pii__buffer *buffer)
{
    buffer->size = 0;
}
