/* shape.h - a necessary condition for a match, in terms of byte classes.
 *
 * A shape is a small expression over the text, true or false at each position
 * p: "a digit at p, and a digit or a dash at p + 1, and ...". The gate of a rule
 * is a shape that holds at the pivot of every match: some place that every
 * match has, at a bounded distance from its start. Being a condition on classes
 * at fixed distances only, it can be evaluated for 64 positions at a time with
 * shifts and logic on bit masks (plan.h).
 *
 * Two rules make it safe to drop conditions and to evaluate pieces of text: what
 * is negated is made of CLASS, AHEAD and OR only, and "not behind" is the only
 * way to look back, where what lies before the known text is in no class. So a
 * shape errs, if at all, by being true. */
#ifndef PII__SHAPE_H
#define PII__SHAPE_H

#include <stddef.h>

#include "byte_set.h"

typedef enum pii__shape_kind {
    PII__SHAPE_TRUE,
    PII__SHAPE_CLASS,      /* the byte at p is in `set` */
    PII__SHAPE_AND,        /* a and b */
    PII__SHAPE_OR,         /* a or b */
    PII__SHAPE_AND_NOT,    /* a and not b */
    PII__SHAPE_AHEAD,      /* a holds at p + distance */
    PII__SHAPE_NOT_BEHIND, /* a, and b does not hold at p - 1 */
} pii__shape_kind;

typedef struct pii__shape_op {
    uint8_t kind; /* pii__shape_kind */
    uint8_t distance;
    uint16_t a; /* earlier ops of the same shape */
    uint16_t b;
    pii__byte_set set;
} pii__shape_op;

enum {
    PII__SHAPE_OPS_MAX = 40, /* more cost more than the matches they rule out */
    PII__SHAPE_AHEAD_MAX = 56, /* farthest byte that the whole expression looks at; below 64 */
    PII__FINGERPRINT_SIZE = 3
};

/* `fingerprint[k]` holds every byte that can stand at p + k where the shape is
 * true; the sieve looks for it in all of the text. */
typedef struct pii__shape {
    pii__shape_op ops[PII__SHAPE_OPS_MAX];
    size_t count;
    uint16_t result; /* the op that is the shape */
    pii__byte_set fingerprint[PII__FINGERPRINT_SIZE];
} pii__shape;

#endif
