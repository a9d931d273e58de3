#include "word_gate.h"

#include <string.h>

static pii__byte_set letters(void)
{
    pii__byte_set set = {{0}};
    pii__byte_set_add_range(&set, 'A', 'Z');
    pii__byte_set_add_range(&set, 'a', 'z');
    return set;
}

static bool has_letters(const pii__byte_set *set)
{
    pii__byte_set both = letters();
    pii__byte_set_meet(&both, set);
    return pii__byte_set_count(&both) > 0;
}

/* Whether a look-around node says that no letter stands there. */
static bool forbids_letters(const pii__node *node, bool behind)
{
    pii__byte_set set = {{0}};
    if (node->kind != PII__NODE_LOOK || node->look.behind != behind || !node->look.negative ||
        !pii__node_one_byte(node->look.child, &set))
        return false;
    pii__byte_set_invert(&set);
    return !has_letters(&set);
}

/* Whether no letter can stand before node `index`: its words, all of which begin
 * with an ASCII letter if `plain`, begin where a run of letters begins. */
static bool begins_run(pii__part all, size_t index, bool plain)
{
    for (size_t i = index; i-- > 0;) {
        const pii__node *node = all.nodes[i];
        pii__byte_set before = {{0}};
        if (forbids_letters(node, true) ||
            (plain && node->kind == PII__NODE_ANCHOR && node->anchor == PII__ANCHOR_BOUNDARY))
            return true;
        bool open = pii__node_last(node, &before);
        if (has_letters(&before))
            return false;
        if (!open)
            return true;
    }
    return false;
}

/* Whether no letter can stand after node `index`, where it ends with one. */
static bool ends_run(pii__part all, size_t index)
{
    for (size_t i = index + 1; i < all.count; i++) {
        pii__byte_set after = {{0}};
        bool boundary = all.nodes[i]->kind == PII__NODE_ANCHOR && all.nodes[i]->anchor == PII__ANCHOR_BOUNDARY;
        if ((boundary && i == index + 1) || forbids_letters(all.nodes[i], false))
            return true;
        bool open = pii__node_first(all.nodes[i], &after);
        if (has_letters(&after))
            return false;
        if (!open)
            return true;
    }
    return false;
}

/* Whether node `index` is a list of words. */
static bool take_list(pii__part all, size_t index, pii__word_heads *heads)
{
    heads->count = 0;
    heads->open = heads->non_ascii = false;
    return pii__node_bare(all.nodes[index])->kind == PII__NODE_ALTERNATION &&
           pii__word_heads_of(heads, all.nodes[index]) && begins_run(all, index, !heads->non_ascii) &&
           (!heads->open || ends_run(all, index));
}

size_t pii__word_list_find(pii__part all, pii__word_heads *heads)
{
    size_t i = 0;
    while (i < all.count && !take_list(all, i, heads))
        i++;
    return i;
}

bool pii__word_gate_build(pii__part all, size_t pivot, pii__word_heads *heads, pii__word_gate *ret)
{
    memset(ret, 0, sizeof *ret);
    for (size_t i = pivot; i < all.count; i++) {
        if (take_list(all, i, heads))
            return true;
        ret->near += all.nodes[i]->width_min;
        ret->far += all.nodes[i]->width_max;
        pii__node_bytes(all.nodes[i], &ret->between);
    }
    memset(ret, 0, sizeof *ret);
    ret->before = true;
    for (size_t i = pivot; i-- > 0;) {
        ret->near += all.nodes[i]->width_min;
        ret->far += all.nodes[i]->width_max;
        ret->width = all.nodes[i]->width_max;
        if (take_list(all, i, heads))
            return true;
        pii__node_bytes(all.nodes[i], &ret->between);
    }
    return false;
}
