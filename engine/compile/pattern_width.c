/* How short a match can be that is made of certain kinds of bytes only. */
#include "pattern_analysis.h"

/* What a look-around or an anchor asks for is left out, so that a match may be thought to be shorter than
 * it is, but never longer. */
static const pii__kind_widths nothing = {{0}};

static uint16_t sum(uint32_t a, uint32_t b)
{
    return a + b < PII__NO_WIDTH ? (uint16_t)(a + b) : PII__NO_WIDTH;
}

static pii__kind_widths width_of_byte(const pii__byte_set *set)
{
    pii__kind_widths widths;
    unsigned kinds = pii__byte_set_kinds(set);
    for (unsigned i = 0; i < PII__KIND_SETS; i++)
        widths.of[i] = kinds & i ? 1 : PII__NO_WIDTH;
    return widths;
}

static pii__kind_widths width_of_list(const pii__node *node, bool all)
{
    pii__kind_widths widths = pii__node_kind_widths(node->list.first);
    for (const pii__node *child = node->list.first->next; child; child = child->next) {
        pii__kind_widths other = pii__node_kind_widths(child);
        for (unsigned i = 0; i < PII__KIND_SETS; i++)
            if (all)
                widths.of[i] = sum(widths.of[i], other.of[i]);
            else
                widths.of[i] = other.of[i] < widths.of[i] ? other.of[i] : widths.of[i];
    }
    return widths;
}

static pii__kind_widths width_of_repeat(const pii__node *node)
{
    if (!node->repeat.min)
        return nothing;
    pii__kind_widths widths = pii__node_kind_widths(node->repeat.child);
    for (unsigned i = 0; i < PII__KIND_SETS; i++) {
        uint64_t width = (uint64_t)widths.of[i] * node->repeat.min;
        widths.of[i] = width < PII__NO_WIDTH ? (uint16_t)width : PII__NO_WIDTH;
    }
    return widths;
}

pii__kind_widths pii__node_kind_widths(const pii__node *node)
{
    switch (node->kind) {
    case PII__NODE_BYTE: return width_of_byte(&node->byte.set);
    case PII__NODE_CONCAT: return node->list.first ? width_of_list(node, true) : nothing;
    case PII__NODE_ALTERNATION: return width_of_list(node, false);
    case PII__NODE_REPEAT: return width_of_repeat(node);
    case PII__NODE_GROUP: return pii__node_kind_widths(node->group.child);
    case PII__NODE_REFERENCE: return pii__node_kind_widths(node->reference.group);
    case PII__NODE_LOOK:
    case PII__NODE_ANCHOR: return nothing;
    }
    return nothing;
}
