/* lines.h - from byte offsets to lines and columns, for a stream.
 *
 * Offsets must be asked for in ascending order. Only line ends behind the last
 * offset asked for, or forgotten, are remembered, so that memory is bounded by
 * what the engine has not yet decided about. */
#ifndef CLI_LINES_H
#define CLI_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lines {
    uint64_t line;    /* of the last offset asked for, from 1 */
    uint64_t start;   /* offset of the first byte of that line */
    uint64_t end;     /* bytes added so far */
    uint64_t *starts; /* of later lines, ascending: [head, count) */
    size_t head;
    size_t count;
    size_t capacity;
};

struct line_place {
    uint64_t line;
    uint64_t column; /* bytes, from 1 */
};

void lines_init(struct lines *lines);
void lines_free(struct lines *lines);

/* The next bytes of the input. False: out of memory. */
bool lines_add(struct lines *lines, const uint8_t *bytes, size_t size);

/* Where `offset` lies; it must have been added already. */
struct line_place lines_locate(struct lines *lines, uint64_t offset);

/* No offset below this one will be asked for. */
void lines_forget(struct lines *lines, uint64_t offset);

#endif
