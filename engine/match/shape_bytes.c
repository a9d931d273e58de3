#include "shape_bytes.h"

static const pii__byte_set every_byte = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};

enum { before = 0, here = 1 };

/* A class that must not stand at a place; of what is more than a class nothing is known. */
static void leave_out(const pii__shape_op *op, pii__byte_set *set)
{
    if (op->kind != PII__SHAPE_CLASS)
        return;
    for (int i = 0; i < 4; i++)
        set->bits[i] &= ~op->set.bits[i];
}

static void outline_of(const pii__shape_op *ops, const pii__shape_op *op, const pii__outline *known,
                       pii__outline *ret)
{
    for (size_t k = 0; k < PII__OUTLINE_SIZE; k++)
        ret->at[k] = every_byte;
    switch (op->kind) {
    case PII__SHAPE_TRUE: return;
    case PII__SHAPE_CLASS: ret->at[here] = op->set; return;
    case PII__SHAPE_AHEAD:
        for (size_t k = op->distance; k < PII__OUTLINE_SIZE; k++)
            ret->at[k] = known[op->a].at[k - op->distance];
        return;
    default: *ret = known[op->a];
    }
    switch (op->kind) {
    case PII__SHAPE_OR:
        for (size_t k = 0; k < PII__OUTLINE_SIZE; k++)
            pii__byte_set_join(&ret->at[k], &known[op->b].at[k]);
        return;
    case PII__SHAPE_AND:
        for (size_t k = 0; k < PII__OUTLINE_SIZE; k++)
            pii__byte_set_meet(&ret->at[k], &known[op->b].at[k]);
        return;
    case PII__SHAPE_AND_NOT: leave_out(&ops[op->b], &ret->at[here]); return;
    case PII__SHAPE_NOT_BEHIND: leave_out(&ops[op->b], &ret->at[before]); return;
    }
}

void pii__shape_outlines(const pii__shape *shape, pii__outline ret[PII__SHAPE_OPS_MAX])
{
    for (size_t i = 0; i < shape->count; i++)
        outline_of(shape->ops, &shape->ops[i], ret, &ret[i]);
}
