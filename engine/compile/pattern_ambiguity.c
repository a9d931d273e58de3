/* Repeats that can divide the same bytes between their rounds in many ways.
 *
 * Where a round may end early, and the bytes it leaves can start the next one,
 * a failing match tries every division: (?:[a-z]{1,20}){1,9} has 20 choices in
 * each of 9 rounds. */
#include "limits.h"
#include "pattern_analysis.h"

/* Adds the bytes that `node` can start with; true when what follows it can be
 * the first byte, too. */
static bool add_first(const pii__node *node, pii__byte_set *set)
{
    bool open = false;
    switch (node->kind) {
    case PII__NODE_BYTE: pii__byte_set_join(set, &node->byte.set); return false;
    case PII__NODE_CONCAT:
        for (const pii__node *child = node->list.first; child; child = child->next)
            if (!add_first(child, set))
                return false;
        return true;
    case PII__NODE_ALTERNATION:
        for (const pii__node *child = node->list.first; child; child = child->next)
            open |= add_first(child, set);
        return open;
    case PII__NODE_REPEAT: open = add_first(node->repeat.child, set); return open || !node->repeat.min;
    case PII__NODE_GROUP: return add_first(node->group.child, set);
    case PII__NODE_REFERENCE: pii__byte_set_add_range(set, 0, 255); return !node->width_min;
    default: return true;
    }
}

/* Gives nothing back of what it took. */
static bool takes_all(const pii__node *node)
{
    return (node->kind == PII__NODE_GROUP && node->group.atomic) ||
           (node->kind == PII__NODE_REPEAT && node->repeat.mode == PII__REPEAT_POSSESSIVE);
}

/* Whether `node` can begin with one of the bytes. */
static bool meets_first(const pii__node *node, const pii__byte_set *bytes)
{
    pii__byte_set first = {{0}};
    (void)add_first(node, &first);
    pii__byte_set_meet(&first, bytes);
    return pii__byte_set_count(&first) > 0;
}

/* The bytes of a branch that is nothing but bytes one after the other. */
static const pii__node *first_byte(const pii__node *branch)
{
    return branch->kind == PII__NODE_CONCAT ? branch->list.first : branch;
}

/* Adds the byte with which `longer` goes on where `shorter` ends, if both match the same till then. */
static void add_rest(const pii__node *shorter, const pii__node *longer, pii__byte_set *set)
{
    bool one = shorter->kind == PII__NODE_BYTE;
    if (longer->kind != PII__NODE_CONCAT || (!one && shorter->kind != PII__NODE_CONCAT))
        return;
    const pii__node *a = first_byte(shorter), *b = first_byte(longer);
    for (; a && b && a->kind == PII__NODE_BYTE && b->kind == PII__NODE_BYTE; a = one ? NULL : a->next, b = b->next) {
        pii__byte_set both = a->byte.set;
        pii__byte_set_meet(&both, &b->byte.set);
        if (!pii__byte_set_count(&both))
            return;
    }
    if (!a && b && b->kind == PII__NODE_BYTE)
        pii__byte_set_join(set, &b->byte.set);
}

/* a|ab: what one branch matches, another goes on with. Each of many branches is not compared with each; for those
 * there is the step limit. */
static void add_rests(const pii__node *alternation, pii__byte_set *set)
{
    enum { branches_max = 64 };
    size_t count = 0;
    for (const pii__node *branch = alternation->list.first; branch; branch = branch->next)
        count++;
    if (count > branches_max)
        return;
    for (const pii__node *one = alternation->list.first; one; one = one->next)
        for (const pii__node *other = alternation->list.first; other; other = other->next)
            if (one != other)
                add_rest(one, other, set);
}

/* Adds the bytes with which `node` could go on where it may also end; true when
 * what stands before it can be the end, too. */
static bool add_going_on(const pii__node *node, pii__byte_set *set)
{
    bool open = node->kind == PII__NODE_CONCAT;
    if (takes_all(node))
        return !node->width_min;
    if (node->kind == PII__NODE_LOOK)
        return true;
    for (const pii__node *child = pii__node_children(node); child; child = child->next) {
        pii__byte_set part = {{0}};
        bool open_part = add_going_on(child, &part);
        if (node->kind == PII__NODE_CONCAT && !open_part && (takes_all(child) || !meets_first(child, set)))
            *set = (pii__byte_set){{0}}; /* it ends no earlier than here */
        open = node->kind == PII__NODE_CONCAT ? open && open_part : open || open_part;
        pii__byte_set_join(set, &part);
    }
    if (node->kind == PII__NODE_ALTERNATION)
        add_rests(node, set);
    if (node->kind != PII__NODE_REPEAT)
        return open || !node->width_min;
    if (node->repeat.min != node->repeat.max)
        (void)add_first(node->repeat.child, set);
    return open || !node->repeat.min;
}

/* Whether `choices` to the power of `rounds` is above the limit. */
static bool too_many(uint64_t choices, uint32_t rounds)
{
    uint64_t ways = 1;
    for (uint32_t i = 0; i < rounds && ways <= PII__MATCH_LIMIT && choices > 1; i++)
        ways *= choices;
    return ways > PII__MATCH_LIMIT;
}

static bool ambiguous(const pii__node *node)
{
    const pii__node *child = node->repeat.child;
    if (node->kind != PII__NODE_REPEAT ||
        !too_many((uint64_t)child->width_max - child->width_min + 1, node->repeat.max))
        return false;
    pii__byte_set going_on = {{0}};
    (void)add_going_on(child, &going_on);
    return meets_first(child, &going_on);
}

const pii__node *pii__pattern_ambiguity(const pii__node *root)
{
    if (root->kind == PII__NODE_REPEAT && ambiguous(root))
        return root;
    for (const pii__node *child = pii__node_children(root); child; child = child->next) {
        const pii__node *found = pii__pattern_ambiguity(child);
        if (found)
            return found;
    }
    return NULL;
}
