#include "word_gate.h"

#include <string.h>

enum { words_min = 8 }; /* fewer are no better than a shape */

static const pii__node *bare(const pii__node *node)
{
    while (node->kind == PII__NODE_GROUP)
        node = node->group.child;
    return node;
}

static bool subset(const pii__byte_set *set, const pii__byte_set *outer)
{
    pii__byte_set both = *set;
    pii__byte_set_meet(&both, outer);
    return pii__byte_set_equal(&both, set);
}

static bool disjoint(const pii__byte_set *a, const pii__byte_set *b)
{
    pii__byte_set both = *a;
    pii__byte_set_meet(&both, b);
    return pii__byte_set_count(&both) == 0;
}

/* The byte of a set that is one byte, or a letter in both cases. */
static bool one_letter(const pii__byte_set *set, uint8_t *ret)
{
    unsigned count = 0;
    for (unsigned byte = 0; byte < 256; byte++) {
        if (!pii__byte_set_has(set, (uint8_t)byte))
            continue;
        if (count++ && (*ret | 0x20) != (byte | 0x20))
            return false;
        *ret = (uint8_t)byte;
    }
    return count > 0;
}

/* Enters the first word of a list entry: its bytes up to the first that is no
 * word byte, or the end of the entry, where the look-ahead speaks. */
static bool enter_word(const pii__node *entry, pii__word_gate *gate)
{
    entry = bare(entry);
    const pii__node *node = entry->kind == PII__NODE_CONCAT ? entry->list.first : entry;
    uint32_t hash = 0;
    size_t size = 0;
    for (; node; node = entry->kind == PII__NODE_CONCAT ? node->next : NULL) {
        pii__byte_set set = {{0}};
        uint8_t byte;
        pii__node_bytes(node, &set);
        if (disjoint(&set, &gate->word) && node->width_min)
            break;
        if (node->kind != PII__NODE_BYTE || !subset(&set, &gate->word) || !one_letter(&set, &byte))
            return false;
        hash = pii__word_hash(hash, byte);
        size++;
    }
    gate->bits[hash % PII__WORD_BITS / 64] |= UINT64_C(1) << hash % 64;
    return size > 0;
}

/* Enters all entries of nested lists; returns their number, or 0 when one is
 * no word. */
static size_t enter_words(const pii__node *list, pii__word_gate *gate)
{
    list = bare(list);
    if (list->kind != PII__NODE_ALTERNATION)
        return enter_word(list, gate);
    size_t sum = 0;
    for (const pii__node *child = list->list.first; child; child = child->next) {
        size_t count = enter_words(child, gate);
        if (!count)
            return 0;
        sum += count;
    }
    return sum;
}

/* The bytes of a negative look-around at one byte. */
static bool negative_look(const pii__node *node, bool behind, pii__byte_set *set)
{
    if (node->kind != PII__NODE_LOOK || !node->look.negative || node->look.behind != behind)
        return false;
    const pii__node *child = bare(node->look.child);
    if (child->kind != PII__NODE_BYTE)
        return false;
    *set = child->byte.set;
    return true;
}

bool pii__word_gate_build(pii__part part, pii__word_gate *ret)
{
    memset(ret, 0, sizeof *ret);
    for (size_t i = 0; i + 1 < part.count; i++) {
        const pii__node *node = part.nodes[i];
        bool bounded = i && negative_look(part.nodes[i - 1], true, &ret->not_before) &&
                       negative_look(part.nodes[i + 1], false, &ret->word);
        if (bounded && bare(node)->kind == PII__NODE_ALTERNATION && enter_words(node, ret) >= words_min)
            return true;
        memset(ret->bits, 0, sizeof ret->bits);
        ret->near += node->width_min;
        ret->far += node->width_max;
        pii__node_bytes(node, &ret->between);
    }
    return false;
}
