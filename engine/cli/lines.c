#include "lines.h"

#include <stdlib.h>
#include <string.h>

void lines_init(struct lines *lines)
{
    *lines = (struct lines){.line = 1};
}

void lines_free(struct lines *lines)
{
    free(lines->starts);
    lines->starts = NULL;
}

static bool push(struct lines *lines, uint64_t start)
{
    if (lines->count == lines->capacity) {
        size_t capacity = lines->capacity ? lines->capacity * 2 : 1024;
        uint64_t *starts = reallocarray(lines->starts, capacity, sizeof *starts);
        if (!starts)
            return false;
        lines->starts = starts;
        lines->capacity = capacity;
    }
    lines->starts[lines->count++] = start;
    return true;
}

bool lines_add(struct lines *lines, const uint8_t *bytes, size_t size)
{
    const uint8_t *end = bytes + size;
    for (const uint8_t *at = bytes; (at = memchr(at, '\n', (size_t)(end - at))) != NULL;) {
        at++;
        if (!push(lines, lines->end + (uint64_t)(at - bytes)))
            return false;
    }
    lines->end += size;
    return true;
}

static void advance(struct lines *lines, uint64_t offset)
{
    while (lines->head < lines->count && lines->starts[lines->head] <= offset) {
        lines->start = lines->starts[lines->head++];
        lines->line++;
    }
}

struct line_place lines_locate(struct lines *lines, uint64_t offset)
{
    advance(lines, offset);
    return (struct line_place){lines->line, offset - lines->start + 1};
}

void lines_forget(struct lines *lines, uint64_t offset)
{
    advance(lines, offset);
    lines->count -= lines->head;
    if (lines->count > 0)
        memmove(lines->starts, lines->starts + lines->head, lines->count * sizeof *lines->starts);
    lines->head = 0;
}
