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

/* Adds the bytes with which `node` could go on where it may also end; true when
 * what stands before it can be the end, too. */
static bool add_going_on(const pii__node *node, pii__byte_set *set)
{
    bool open = node->kind == PII__NODE_CONCAT;
    if (node->kind == PII__NODE_GROUP && node->group.atomic)
        return !node->width_min;
    if (node->kind == PII__NODE_REPEAT && node->repeat.mode == PII__REPEAT_POSSESSIVE)
        return !node->width_min;
    if (node->kind == PII__NODE_LOOK)
        return true;
    for (const pii__node *child = pii__node_children(node); child; child = child->next) {
        pii__byte_set part = {{0}};
        bool open_part = add_going_on(child, &part);
        if (node->kind == PII__NODE_CONCAT && !open_part)
            *set = (pii__byte_set){{0}}; /* it ends no earlier than here */
        open = node->kind == PII__NODE_CONCAT ? open && open_part : open || open_part;
        pii__byte_set_join(set, &part);
    }
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
    pii__byte_set shared = {{0}}, first = {{0}};
    (void)add_going_on(child, &shared);
    (void)add_first(child, &first);
    pii__byte_set_meet(&shared, &first);
    return pii__byte_set_count(&shared) > 0;
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
