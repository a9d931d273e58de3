/* binding_text.h - offsets of UTF-8 text in the units that a language counts in. */
#ifndef PII__BINDING_TEXT_H
#define PII__BINDING_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum pii__unit {
    PII__UNIT_BYTE,
    PII__UNIT_CODE_POINT, /* Python */
    PII__UNIT_UTF16       /* JavaScript */
} pii__unit;

/* A place in a text, which moves forward only: findings are in order, so all of a text's places cost
 * one walk over it. */
typedef struct pii__place {
    const char *data; /* valid UTF-8, unless bytes are counted */
    pii__unit unit;
    size_t byte;
    size_t units; /* before `byte` */
} pii__place;

/* Moves to `byte`, which is no earlier, and returns the units before it. */
size_t pii__place_move(pii__place *place, size_t byte);

#endif
