/* shape_builder.h - from a part of a pattern tree to the shape of it. */
#ifndef PII__SHAPE_BUILDER_H
#define PII__SHAPE_BUILDER_H

#include "pattern_syntax.h"
#include "shape.h"

enum { PII__SHAPE_REACH_MAX = 48 }; /* a repeat that begins there may go on for some bytes */

/* A part of a pattern: zero or more nodes, one after the other. */
typedef struct pii__part {
    const pii__node *const *nodes;
    size_t count;
} pii__part;

/* Builds the shape that holds wherever a match of the nodes, in this order,
 * begins; with its fingerprint. It looks at most at the first `reach` bytes (up
 * to PII__SHAPE_REACH_MAX), and what is too wide or too complicated is left
 * out. False when it would have taken more than PII__SHAPE_OPS_MAX ops: the
 * shape is right all the same, but says less than one of a shorter reach may. */
bool pii__shape_build(pii__part part, uint32_t reach, pii__shape *ret);

/* Adds to a shape that is built what stands before its place: the byte there,
 * if the text has one, is the last of a match of `part`. */
void pii__shape_build_before(pii__part part, pii__shape *shape);

/* The node without the groups and lists of one around it. */
const pii__node *pii__node_bare(const pii__node *node);

/* Whether the node is exactly one byte out of a set, which is added to `set`;
 * otherwise `set` may hold some of it. */
bool pii__node_one_byte(const pii__node *node, pii__byte_set *set);

/* Adds to `set` the bytes that a match of the node can begin with; true when it can
 * be empty, so that what stands after it may be the beginning. */
bool pii__node_first(const pii__node *node, pii__byte_set *set);

/* Adds to `set` the bytes that a match of the node can end with; true when it can
 * be empty, so that what stands before it may be the end. */
bool pii__node_last(const pii__node *node, pii__byte_set *set);

/* Adds to `set` every byte that a match of the node can hold. */
void pii__node_bytes(const pii__node *node, pii__byte_set *set);

#endif
