#include "window.h"

#include <stdlib.h>
#include <string.h>

uint64_t window_end(const struct window *window)
{
    return window->begin + window->size;
}

static bool grow(struct window *window, size_t size)
{
    size_t capacity = window->capacity ? window->capacity : 4096;
    while (capacity < size)
        capacity *= 2;
    uint8_t *bytes = malloc(capacity);
    if (!bytes)
        return false;
    struct window grown = {bytes, window->begin, window->size, capacity};
    if (window->size)
        memcpy(bytes, window->bytes, window->size);
    window_free(window);
    *window = grown;
    return true;
}

bool window_add(struct window *window, const void *bytes, size_t size)
{
    if (size == 0)
        return true;
    if (size > window->capacity - window->size && !grow(window, window->size + size))
        return false;
    memcpy(window->bytes + window->size, bytes, size);
    window->size += size;
    return true;
}

void window_forget(struct window *window, uint64_t offset)
{
    if (offset <= window->begin)
        return;
    uint64_t gone = offset - window->begin;
    size_t drop = gone < window->size ? (size_t)gone : window->size;
    window->begin += drop;
    window->size -= drop;
    if (drop && window->size)
        memmove(window->bytes, window->bytes + drop, window->size);
}

void window_free(struct window *window)
{
    if (window->bytes)
        explicit_bzero(window->bytes, window->capacity);
    free(window->bytes);
    *window = (struct window){0};
}
