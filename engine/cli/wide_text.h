/* wide_text.h - bytes of a file in UTF-16 or UTF-32, as they are shown. */
#ifndef CLI_WIDE_TEXT_H
#define CLI_WIDE_TEXT_H

#include <stdbool.h>

#include "writer.h"

/* How the characters of a file are written; all zero: as UTF-8. */
struct wide_text {
    unsigned unit_size; /* bytes; 0: UTF-8 */
    bool big;
};

/* By the first bytes of the file. */
struct wide_text wide_text_of(const void *bytes, size_t size);

/* How many of the bytes are whole characters. */
size_t wide_text_whole(struct wide_text form, const void *bytes, size_t size);

/* As print_visible. */
void wide_text_print(struct writer *writer, struct wide_text form, const void *bytes, size_t size);

/* A copy as UTF-8, NUL-terminated, to be freed; NULL: out of memory. */
char *wide_text_copy(struct wide_text form, const void *bytes, size_t size, size_t *ret_size);

#endif
