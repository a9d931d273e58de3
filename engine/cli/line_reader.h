/* line_reader.h - an input line by line; lines may be long. */
#ifndef CLI_LINE_READER_H
#define CLI_LINE_READER_H

#include <stddef.h>
#include <stdint.h>

#include "input.h"

#define LINE_SIZE_MAX ((size_t)1 << 30)

struct line_reader {
    struct input *input;
    char *bytes; /* [begin, end) has been read and not handed out */
    size_t begin;
    size_t end;
    size_t capacity;
    uint64_t offset; /* in the input, of the line handed out last */
    uint64_t number; /* of that line, from 1 */
    bool ended;      /* a line end came after it; only the last line may have none */
    uint64_t next;   /* offset of bytes[begin] in the input */
    bool at_end;
};

void line_reader_init(struct line_reader *reader, struct input *input);
void line_reader_free(struct line_reader *reader);

/* The next line without its line end, NUL behind it; may be changed, valid
 * until the next call. `*ret_line` is NULL at the end of the input. Reports
 * errors; a line above LINE_SIZE_MAX is EXIT_ENGINE. */
exit_code line_reader_next(struct line_reader *reader, char **ret_line, size_t *ret_size);

/* Whether the next line can be handed out without waiting for more of the input. */
bool line_reader_has_line(const struct line_reader *reader);

#endif
