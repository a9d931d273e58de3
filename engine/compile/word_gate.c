#include "word_gate.h"

#include <string.h>

#include "fence.h"

enum {
    words_min = 8,  /* fewer are no better than a shape */
    next_reach = 12 /* far enough to see past optional signs after a word */
};

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
    entry = pii__node_bare(entry);
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
    return size > 0 && size <= PII__WORD_SIZE_MAX;
}

/* Enters all entries of nested lists; returns their number, or 0 when one is
 * no word. */
static size_t enter_words(const pii__node *list, pii__word_gate *gate)
{
    list = pii__node_bare(list);
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
    memset(set, 0, sizeof *set);
    bool one_byte = pii__node_one_byte(node->look.child, set);
    pii__byte_set_take_out_fences(set);
    return one_byte;
}

/* What bytes make words of a list is said by a look-ahead after it; or it is
 * letters, when no letter can follow. */
static bool find_word_bytes(pii__part all, size_t list, pii__byte_set *ret)
{
    if (list + 1 < all.count && negative_look(all.nodes[list + 1], false, ret))
        return true;
    pii__shape next;
    (void)pii__shape_build((pii__part){all.nodes + list + 1, all.count - list - 1}, next_reach, &next);
    memset(ret, 0, sizeof *ret);
    pii__byte_set_add_range(ret, 'A', 'Z');
    pii__byte_set_add_range(ret, 'a', 'z');
    pii__byte_set_add_range(ret, 0x80, 0xFF);
    return disjoint(&next.fingerprint[0], ret);
}

/* Whether node `list` is a list of words; fills all but the distances. */
static bool take_list(pii__part all, size_t list, pii__word_gate *ret)
{
    if (pii__node_bare(all.nodes[list])->kind != PII__NODE_ALTERNATION || !find_word_bytes(all, list, &ret->word))
        return false;
    memset(ret->bits, 0, sizeof ret->bits);
    memset(&ret->not_before, 0, sizeof ret->not_before);
    if (list && !negative_look(all.nodes[list - 1], true, &ret->not_before))
        memset(&ret->not_before, 0, sizeof ret->not_before);
    return enter_words(all.nodes[list], ret) >= words_min;
}

size_t pii__word_list_find(pii__part all)
{
    pii__word_gate gate;
    size_t i = 0;
    while (i < all.count && !take_list(all, i, &gate))
        i++;
    return i;
}

bool pii__word_gate_build(pii__part all, size_t pivot, pii__word_gate *ret)
{
    memset(ret, 0, sizeof *ret);
    for (size_t i = pivot; i < all.count; i++) {
        if (take_list(all, i, ret))
            return true;
        ret->near += all.nodes[i]->width_min;
        ret->far += all.nodes[i]->width_max;
        pii__node_bytes(all.nodes[i], &ret->between);
    }
    ret->before = true;
    ret->near = ret->far = 0;
    for (size_t i = pivot; i-- > 0;) {
        ret->near += all.nodes[i]->width_min;
        ret->far += all.nodes[i]->width_max;
        if (take_list(all, i, ret))
            return true;
    }
    return false;
}
