/* lines.h - from byte offsets to lines and columns, for a stream.
 *
 * Offsets must be asked for in ascending order. Only what matters behind the last
 * offset asked for, or forgotten, is remembered: three words for 64 bytes in which a
 * line ends or which are not ASCII. So memory is bounded by what the engine has not
 * yet decided about. */
#ifndef CLI_LINES_H
#define CLI_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wide_text.h"

/* At most 64 bytes; bit i of a mask stands for the byte at begin + i. */
struct lines_block {
    uint64_t begin;     /* offset */
    uint64_t line_ends; /* bytes that a line feed ends with */
    uint64_t continued; /* bytes of a character but for one of them */
};

struct lines {
    struct wide_text form;      /* of the input */
    uint32_t unit;              /* the last bytes added, in the order of the units */
    uint64_t line;              /* of the last offset asked for, from 1 */
    uint64_t start;             /* offset of the first byte of that line */
    uint64_t continued;         /* bytes of that line so far that count for no character */
    uint64_t end;               /* bytes added so far */
    struct lines_block *blocks; /* of later bytes, ascending: [head, count) */
    size_t head;
    size_t count;
    size_t capacity;
};

struct line_place {
    uint64_t line;
    uint64_t column; /* code points, from 1; a byte that is no UTF-8 counts unless it looks like a continuation */
};

void lines_init(struct lines *lines, struct wide_text form);
void lines_free(struct lines *lines);

/* The next bytes of the input. False: out of memory. */
bool lines_add(struct lines *lines, const uint8_t *bytes, size_t size);

/* Where `offset` lies; it must have been added already. */
struct line_place lines_locate(struct lines *lines, uint64_t offset);

/* No offset below this one will be asked for. */
void lines_forget(struct lines *lines, uint64_t offset);

#endif
