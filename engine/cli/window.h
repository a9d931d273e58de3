/* window.h - the most recent bytes of a stream, addressed by their offset. */
#ifndef CLI_WINDOW_H
#define CLI_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct window {
    uint8_t *bytes; /* the bytes [begin, begin + size) of the stream */
    uint64_t begin;
    size_t size;
    size_t capacity;
};

/* Appends. False: out of memory. */
bool window_add(struct window *window, const void *bytes, size_t size);

/* Forgets everything before `offset`. */
void window_forget(struct window *window, uint64_t offset);

/* Offset behind the last byte. */
uint64_t window_end(const struct window *window);

/* Wipes and frees. */
void window_free(struct window *window);

#endif
