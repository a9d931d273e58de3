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
};

/* By the name of the format; NULL: unknown. */
const struct format_encodings *encodings_of(const char *name);

#endif
