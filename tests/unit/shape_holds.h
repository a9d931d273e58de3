/* shape_holds.h - a shape read literally, one place at a time: the reference
 * for the programs that evaluate it on bit masks. */
#ifndef SHAPE_HOLDS_H
#define SHAPE_HOLDS_H

#include "shape.h"

static inline bool shape_op_holds(const pii__shape *shape, size_t index, const uint8_t *text, size_t size, size_t at)
{
    const pii__shape_op *op = &shape->ops[index];
    switch (op->kind) {
    case PII__SHAPE_TRUE: return true;
    case PII__SHAPE_CLASS: return at < size && pii__byte_set_has(&op->set, text[at]);
    case PII__SHAPE_AND:
        return shape_op_holds(shape, op->a, text, size, at) && shape_op_holds(shape, op->b, text, size, at);
    case PII__SHAPE_OR:
        return shape_op_holds(shape, op->a, text, size, at) || shape_op_holds(shape, op->b, text, size, at);
    case PII__SHAPE_AND_NOT:
        return shape_op_holds(shape, op->a, text, size, at) && !shape_op_holds(shape, op->b, text, size, at);
    case PII__SHAPE_AHEAD: return shape_op_holds(shape, op->a, text, size, at + op->distance);
    default: /* PII__SHAPE_NOT_BEHIND */
        return shape_op_holds(shape, op->a, text, size, at) &&
               !(at > 0 && shape_op_holds(shape, op->b, text, size, at - 1));
    }
}

/* The farthest byte after its place that the shape looks at. */
static inline unsigned shape_reach(const pii__shape *shape)
{
    unsigned reach[PII__SHAPE_OPS_MAX] = {0};
    for (size_t i = 0; i < shape->count; i++) {
        const pii__shape_op *op = &shape->ops[i];
        if (op->kind == PII__SHAPE_TRUE || op->kind == PII__SHAPE_CLASS)
            continue;
        unsigned other = op->kind == PII__SHAPE_AHEAD ? 0 : reach[op->b];
        reach[i] = reach[op->a] + op->distance;
        reach[i] = reach[i] > other ? reach[i] : other;
    }
    return reach[shape->result];
}

static inline bool shape_holds(const pii__shape *shape, const uint8_t *text, size_t size, size_t at)
{
    return shape_op_holds(shape, shape->result, text, size, at);
}

#endif
