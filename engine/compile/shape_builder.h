/* shape_builder.h - from a part of a pattern tree to the shape of it. */
#ifndef PII__SHAPE_BUILDER_H
#define PII__SHAPE_BUILDER_H

#include "pattern_syntax.h"
#include "shape.h"

/* A part of a pattern: zero or more nodes, one after the other. */
typedef struct pii__part {
    const pii__node *const *nodes;
    size_t count;
} pii__part;

/* Builds the shape that holds wherever a match of the nodes, in this order,
 * begins; with its fingerprint. What is too far ahead, too wide or too
 * complicated is left out. */
void pii__shape_build(pii__part part, pii__shape *ret);

/* Adds to `set` every byte that a match of the node can hold. */
void pii__node_bytes(const pii__node *node, pii__byte_set *set);

#endif
