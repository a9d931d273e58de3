/* encodings.h - the ways in which a format can write the same text in a field. */
#ifndef ENCODINGS_H
#define ENCODINGS_H

#include "session.h"

typedef void (*format_encoding)(const char *text, test_bytes *ret);

struct format_encodings {
    pii_format format;
    const format_encoding *encodings; /* NULL after the last */

    /* What makes one document of several; NULL: nothing does. */
    void (*open)(test_bytes *ret);
    void (*between)(test_bytes *ret);
    void (*close)(test_bytes *ret);

    /* Any bytes as the content of a field, bytes that are no characters as they stand; and the field
     * that has such a content. NULL: no such tests. */
    void (*write_part)(const char *data, size_t size, test_bytes *ret);
    void (*quote)(const test_bytes *content, test_bytes *ret);
};

/* All of them; NULL after the last. */
const struct format_encodings *encodings_at(size_t index);

/* By the name of the format; NULL: unknown. */
const struct format_encodings *encodings_of(const char *name);

#endif
