/* shape_bytes.h - which bytes can stand around a place where a shape holds. */
#ifndef PII__SHAPE_BYTES_H
#define PII__SHAPE_BYTES_H

#include "shape.h"

enum {
    PII__OUTLINE_SIZE = 9 /* bytes of an outline: one before the place, and those from it on */
};

/* `at[0]` is about the byte before the place, if there is one, `at[1 + k]` about
 * the one k behind it. */
typedef struct pii__outline {
    pii__byte_set at[PII__OUTLINE_SIZE];
} pii__outline;

/* The outline of each op of the shape. */
void pii__shape_outlines(const pii__shape *shape, pii__outline ret[PII__SHAPE_OPS_MAX]);

#endif
