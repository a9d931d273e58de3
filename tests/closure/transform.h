/* transform.h - other writings of a text that look or read the same: what people do to get past filters. */
#ifndef TRANSFORM_H
#define TRANSFORM_H

#include "session.h"

/* What a transformation touches: characters of one kind are written otherwise, or something that cannot
 * be seen is put in. */
typedef enum transform_kind {
    TRANSFORM_ROW,     /* a run of ASCII characters becomes the same run elsewhere in Unicode */
    TRANSFORM_SIGN,    /* one ASCII character becomes another text */
    TRANSFORM_AFTER,   /* a text comes after each letter and digit */
    TRANSFORM_BETWEEN, /* a text comes between any two characters */
    TRANSFORM_LINE,    /* line ends, in the whole text rather than in a span */
    TRANSFORM_MAIL     /* '@' and the dots of a host name are said in words */
} transform_kind;

typedef struct transform {
    const char *name;
    transform_kind kind;
    char first, last;   /* ROW: the run; SIGN, LINE: `first`; AFTER: the characters after which */
    const char *text;   /* ROW: what `first` becomes, the rest follows; otherwise the text; MAIL: for '@' */
    const char *dot;    /* MAIL: for a dot in the host name; NULL: stays */
    const char *rules;  /* id, or beginning of it, of the rules that it is for; NULL: all */
} transform;

extern const transform transforms[];
extern const size_t transform_count;

/* Appends the transformed text[0, size); false when nothing is changed by it. */
bool transform_apply(const transform *t, const char *text, size_t size, test_bytes *ret);

#endif
