#include "shape_builder.h"

#include <string.h>

#include "fence.h"
#include "shape_bytes.h"

enum {
    branches_max = 8,    /* more alternatives are taken together, byte by byte */
    optional_bytes_max = 8, /* so many optional repeats of a byte are told apart */
    optional_groups_max = 2,
    no_op = UINT16_MAX
};

/* `next` in the functions below is the op that must hold where the node ends;
 * `offset` is the farthest that the node can begin from the pivot. The ops of a
 * node are built before those of what stands in front of it. */
typedef struct builder {
    pii__shape *shape;
    uint32_t reach;
    bool overflow;
} builder;

static uint16_t build(builder *b, const pii__node *node, uint16_t next, uint32_t offset);

static uint16_t add(builder *b, pii__shape_op op)
{
    pii__shape *shape = b->shape;
    for (size_t i = 0; i < shape->count; i++)
        if (!memcmp(&shape->ops[i], &op, sizeof op))
            return (uint16_t)i;
    if (shape->count == PII__SHAPE_OPS_MAX) {
        b->overflow = true;
        return 0; /* the first op is TRUE: the condition is left out */
    }
    shape->ops[shape->count] = op;
    return (uint16_t)shape->count++;
}

static bool is_true(const builder *b, uint16_t op)
{
    return b->shape->ops[op].kind == PII__SHAPE_TRUE;
}

static pii__shape_op new_op(pii__shape_kind kind, uint16_t a, uint16_t b)
{
    pii__shape_op op;
    memset(&op, 0, sizeof op); /* compared as memory */
    op.kind = (uint8_t)kind;
    op.a = a;
    op.b = b;
    return op;
}

static uint16_t add_class(builder *b, const pii__byte_set *set)
{
    pii__shape_op op = new_op(PII__SHAPE_CLASS, 0, 0);
    op.set = *set;
    return add(b, op);
}

static uint16_t add_and(builder *b, uint16_t left, uint16_t right)
{
    if (is_true(b, left) || left == right)
        return right;
    return is_true(b, right) ? left : add(b, new_op(PII__SHAPE_AND, left, right));
}

static uint16_t add_or(builder *b, uint16_t left, uint16_t right)
{
    if (is_true(b, left) || is_true(b, right))
        return 0;
    return left == right ? left : add(b, new_op(PII__SHAPE_OR, left, right));
}

static uint16_t add_ahead(builder *b, uint16_t a, uint32_t distance)
{
    if (is_true(b, a) || !distance)
        return a;
    pii__shape_op op = new_op(PII__SHAPE_AHEAD, a, 0);
    op.distance = (uint8_t)distance;
    return add(b, op);
}

/* "a and not b" may be left out, but b must not be: the class goes in first. */
static uint16_t add_negative(builder *b, pii__shape_kind kind, uint16_t a, const pii__byte_set *set)
{
    uint16_t class = add_class(b, set);
    return is_true(b, class) ? a : add(b, new_op(kind, a, class));
}

static uint16_t add_byte(builder *b, const pii__byte_set *set, uint16_t next)
{
    return add_and(b, add_class(b, set), add_ahead(b, next, 1));
}

/* `count` bytes of the class, then `next`. Runs are made of runs of half the
 * length, which rules with the same class share. */
static uint16_t add_run(builder *b, const pii__byte_set *set, uint32_t count, uint16_t next)
{
    if (!count)
        return next;
    uint16_t run = add_class(b, set);
    uint32_t length = 1;
    for (; length * 2 <= count; length *= 2)
        run = add_and(b, run, add_ahead(b, run, length));
    if (length < count)
        run = add_and(b, run, add_ahead(b, run, count - length));
    return add_and(b, run, add_ahead(b, next, count));
}

const pii__node *pii__node_bare(const pii__node *node)
{
    for (;;) {
        if (node->kind == PII__NODE_GROUP)
            node = node->group.child;
        else if ((node->kind == PII__NODE_CONCAT || node->kind == PII__NODE_ALTERNATION) && node->list.count == 1)
            node = node->list.first;
        else
            return node;
    }
}

bool pii__node_one_byte(const pii__node *node, pii__byte_set *set)
{
    node = pii__node_bare(node);
    if (node->kind == PII__NODE_BYTE) {
        pii__byte_set_join(set, &node->byte.set);
        return true;
    }
    if (node->kind != PII__NODE_ALTERNATION)
        return false;
    for (const pii__node *child = node->list.first; child; child = child->next)
        if (!pii__node_one_byte(child, set))
            return false;
    return true;
}

static uint16_t build_look(builder *b, const pii__node *node, uint16_t next, uint32_t offset)
{
    pii__byte_set set = {{0}};
    if (node->look.negative) {
        if (!pii__node_one_byte(node->look.child, &set))
            return next;
        pii__byte_set_take_out_fences(&set);
        if (!node->look.behind)
            set.bits[0] &= ~UINT64_C(1); /* zeros stand for what comes after the text: nothing */
        return add_negative(b, node->look.behind ? PII__SHAPE_NOT_BEHIND : PII__SHAPE_AND_NOT, next, &set);
    }
    return node->look.behind ? next : add_and(b, next, build(b, node->look.child, 0, offset));
}

static const pii__byte_set every_byte = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};

static bool inside(const pii__byte_set *set, const pii__byte_set *outer)
{
    pii__byte_set both = *set;
    pii__byte_set_meet(&both, outer);
    return pii__byte_set_equal(&both, set);
}

/* Before a word byte, \b says that none stands before it. Elsewhere it says
 * nothing here. */
static uint16_t build_boundary(builder *b, uint16_t next)
{
    pii__byte_set word = {{0}};
    pii__byte_set_add_range(&word, '0', '9');
    pii__byte_set_add_range(&word, 'A', 'Z');
    pii__byte_set_add_range(&word, 'a', 'z');
    pii__byte_set_add(&word, '_');
    pii__outline outlines[PII__SHAPE_OPS_MAX];
    pii__shape_outlines(b->shape, outlines);
    return inside(&outlines[next].at[1], &word) ? add_negative(b, PII__SHAPE_NOT_BEHIND, next, &word) : next;
}

/* Adds the bytes that can stand at the first `size` places of a match; quickly
 * where it begins with so many single bytes. */
static void join_first(const pii__node *node, uint32_t size, pii__byte_set first[PII__FINGERPRINT_SIZE])
{
    const pii__node *byte = pii__node_bare(node)->kind == PII__NODE_CONCAT ? pii__node_bare(node)->list.first : NULL;
    const pii__node *start = byte;
    uint32_t known = 0;
    for (; byte && byte->kind == PII__NODE_BYTE && known < size; byte = byte->next)
        known++;
    if (known == size) {
        byte = start;
        for (uint32_t k = 0; k < size; k++, byte = byte->next)
            pii__byte_set_join(&first[k], &byte->byte.set);
        return;
    }
    pii__shape alone;
    (void)pii__shape_build((pii__part){&node, 1}, size, &alone);
    for (uint32_t k = 0; k < size; k++)
        pii__byte_set_join(&first[k], &alone.fingerprint[k]);
}

/* Many alternatives, such as a word list: the bytes that can stand at each of
 * the first places, all alternatives together. */
static uint16_t build_union(builder *b, const pii__node *node)
{
    pii__byte_set first[PII__FINGERPRINT_SIZE] = {{{0}}};
    uint32_t size = node->width_min < PII__FINGERPRINT_SIZE ? node->width_min : PII__FINGERPRINT_SIZE;
    for (const pii__node *child = node->list.first; child; child = child->next)
        join_first(child, size, first);
    uint16_t result = 0;
    for (uint32_t k = size; k-- > 0;)
        result = add_and(b, add_class(b, &first[k]), add_ahead(b, result, 1));
    return result;
}

static uint16_t build_alternation(builder *b, const pii__node *node, uint16_t next, uint32_t offset)
{
    if (node->list.count > branches_max)
        return build_union(b, node);
    uint16_t result = no_op;
    for (const pii__node *child = node->list.first; child; child = child->next) {
        uint16_t branch = build(b, child, next, offset);
        result = result == no_op ? branch : add_or(b, result, branch);
    }
    return result;
}

/* min bytes of the class, up to max - min more, then `next`. */
static uint16_t build_byte_repeat(builder *b, const pii__node *node, const pii__byte_set *set, uint16_t next,
                                  uint32_t offset)
{
    uint32_t min = node->repeat.min, more = node->repeat.max - node->repeat.min, room = b->reach - offset + 1;
    if (min > room)
        return add_run(b, set, room, 0);
    if (more > optional_bytes_max)
        return min ? add_run(b, set, min, 0) : add_or(b, next, add_class(b, set));
    uint16_t rest = next;
    for (uint32_t i = 0; i < more; i++)
        rest = add_or(b, next, add_byte(b, set, rest));
    return add_run(b, set, min, rest);
}

static uint16_t build_repeat(builder *b, const pii__node *node, uint16_t next, uint32_t offset)
{
    const pii__node *child = node->repeat.child;
    pii__byte_set set = {{0}};
    if (pii__node_one_byte(child, &set))
        return build_byte_repeat(b, node, &set, next, offset);
    uint32_t min = node->repeat.min, more = node->repeat.max - min;
    uint16_t rest = next;
    if (more > optional_groups_max)
        rest = min ? 0 : add_or(b, next, build(b, child, 0, offset));
    else
        for (uint32_t i = more; i-- > 0;)
            rest = add_or(b, next, build(b, child, rest, offset + (min + i) * child->width_max));
    for (uint32_t i = min; i-- > 0;)
        rest = build(b, child, rest, offset + i * child->width_max);
    return rest;
}

/* How far behind the start of a node the op of what follows it is used; less
 * than its width where only the shortest way through it is followed. */
static uint32_t next_distance(const pii__node *node)
{
    pii__byte_set set = {{0}};
    uint32_t distance = 0, most;
    switch (node->kind) {
    case PII__NODE_GROUP: return next_distance(node->group.child);
    case PII__NODE_CONCAT:
        for (const pii__node *child = node->list.first; child; child = child->next)
            distance += next_distance(child);
        return distance;
    case PII__NODE_ALTERNATION:
        for (const pii__node *child = node->list.first; child; child = child->next)
            distance = next_distance(child) > distance ? next_distance(child) : distance;
        return distance;
    case PII__NODE_REPEAT:
        most = pii__node_one_byte(node->repeat.child, &set) ? optional_bytes_max : optional_groups_max;
        return node->repeat.max - node->repeat.min > most ? 0 : node->width_max;
    default: return node->width_max;
    }
}

static uint16_t build_list(builder *b, const pii__node *node, uint16_t next, uint32_t offset)
{
    if (!node)
        return next;
    uint16_t rest = build_list(b, node->next, next, offset + next_distance(node));
    return build(b, node, rest, offset);
}

/* Whatever ends beyond the reach of a shape is left out. */
static uint16_t build(builder *b, const pii__node *node, uint16_t next, uint32_t offset)
{
    if (offset > b->reach)
        return 0;
    if (offset + next_distance(node) > b->reach)
        next = 0;
    switch (node->kind) {
    case PII__NODE_BYTE: return add_byte(b, &node->byte.set, next);
    case PII__NODE_CONCAT: return build_list(b, node->list.first, next, offset);
    case PII__NODE_ALTERNATION: return build_alternation(b, node, next, offset);
    case PII__NODE_REPEAT: return build_repeat(b, node, next, offset);
    case PII__NODE_GROUP: return build(b, node->group.child, next, offset);
    case PII__NODE_LOOK: return build_look(b, node, next, offset);
    case PII__NODE_ANCHOR: return node->anchor == PII__ANCHOR_BOUNDARY ? build_boundary(b, next) : next;
    case PII__NODE_REFERENCE: return 0;
    }
    return 0;
}

bool pii__shape_build(pii__part part, uint32_t reach, pii__shape *ret)
{
    enum { nodes_max = 64 };
    memset(ret, 0, sizeof *ret);
    ret->ops[0] = new_op(PII__SHAPE_TRUE, 0, 0);
    ret->count = 1;
    builder b = {.shape = ret, .reach = reach};
    uint32_t offsets[nodes_max], offset = 0;
    size_t count = 0;
    for (; count < part.count && count < nodes_max && offset <= reach; count++) {
        offsets[count] = offset;
        offset += next_distance(part.nodes[count]);
    }
    uint16_t next = 0;
    for (size_t i = count; i-- > 0;)
        next = build(&b, part.nodes[i], next, offsets[i]);
    pii__outline outlines[PII__SHAPE_OPS_MAX];
    pii__shape_outlines(ret, outlines);
    memcpy(ret->fingerprint, &outlines[next].at[1], sizeof ret->fingerprint);
    ret->result = next;
    return !b.overflow;
}

bool pii__node_first(const pii__node *node, pii__byte_set *set)
{
    bool open = true;
    switch (node->kind) {
    case PII__NODE_BYTE: pii__byte_set_join(set, &node->byte.set); return false;
    case PII__NODE_CONCAT:
        for (const pii__node *child = node->list.first; child && open; child = child->next)
            open = pii__node_first(child, set);
        return open;
    case PII__NODE_ALTERNATION:
        open = false;
        for (const pii__node *child = node->list.first; child; child = child->next)
            open |= pii__node_first(child, set);
        return open;
    case PII__NODE_REPEAT: open = pii__node_first(node->repeat.child, set); return open || !node->repeat.min;
    case PII__NODE_GROUP: return pii__node_first(node->group.child, set);
    case PII__NODE_REFERENCE: *set = every_byte; return !node->width_min;
    case PII__NODE_LOOK:
    case PII__NODE_ANCHOR: return true;
    }
    return true;
}

bool pii__node_last(const pii__node *node, pii__byte_set *set)
{
    bool open = true;
    switch (node->kind) {
    case PII__NODE_BYTE: pii__byte_set_join(set, &node->byte.set); return false;
    case PII__NODE_CONCAT: {
        pii__byte_set ends = {{0}};
        for (const pii__node *child = node->list.first; child; child = child->next) {
            pii__byte_set own = {{0}};
            bool empty = pii__node_last(child, &own);
            if (!empty)
                memset(&ends, 0, sizeof ends);
            pii__byte_set_join(&ends, &own);
            open &= empty;
        }
        pii__byte_set_join(set, &ends);
        return open;
    }
    case PII__NODE_ALTERNATION:
        open = false;
        for (const pii__node *child = node->list.first; child; child = child->next)
            open |= pii__node_last(child, set);
        return open;
    case PII__NODE_REPEAT: open = pii__node_last(node->repeat.child, set); return open || !node->repeat.min;
    case PII__NODE_GROUP: return pii__node_last(node->group.child, set);
    case PII__NODE_REFERENCE: *set = every_byte; return !node->width_min;
    case PII__NODE_LOOK:
    case PII__NODE_ANCHOR: return true;
    }
    return true;
}

void pii__shape_build_before(pii__part part, pii__shape *shape)
{
    pii__byte_set last = {{0}};
    bool open = true;
    for (size_t i = part.count; open && i-- > 0;) {
        pii__byte_set own = {{0}};
        open = pii__node_last(part.nodes[i], &own);
        pii__byte_set_join(&last, &own);
    }
    if (open || pii__byte_set_count(&last) == 256)
        return;
    builder b = {.shape = shape};
    pii__byte_set_invert(&last);
    uint16_t both = add_negative(&b, PII__SHAPE_NOT_BEHIND, shape->result, &last);
    if (!b.overflow)
        shape->result = both;
}

void pii__node_bytes(const pii__node *node, pii__byte_set *set)
{
    switch (node->kind) {
    case PII__NODE_BYTE: pii__byte_set_join(set, &node->byte.set); break;
    case PII__NODE_CONCAT:
    case PII__NODE_ALTERNATION:
        for (const pii__node *child = node->list.first; child; child = child->next)
            pii__node_bytes(child, set);
        break;
    case PII__NODE_REPEAT: pii__node_bytes(node->repeat.child, set); break;
    case PII__NODE_GROUP: pii__node_bytes(node->group.child, set); break;
    case PII__NODE_REFERENCE: pii__node_bytes(node->reference.group, set); break;
    case PII__NODE_LOOK:
    case PII__NODE_ANCHOR: break;
    }
}
