#include "ending_gate.h"

#include <string.h>

enum {
    distance_max = 6, /* bytes that may come between an ending and the pivot */
    literals_min = 2  /* of one the shape knows already, or could */
};

/* The last bytes of a branch, the last one first: codes that each may have, one
 * bit per code; all where the branch does not say. */
typedef struct tail {
    uint32_t codes[PII__ENDING_SIZE];
    size_t known;
} tail;

static uint32_t codes_of(const pii__byte_set *set)
{
    uint32_t codes = 0;
    for (unsigned byte = 0; byte < 256; byte++)
        if (pii__byte_set_has(set, (uint8_t)byte))
            codes |= UINT32_C(1) << (byte & 31);
    return codes;
}

static void enter(const tail *end, pii__ending_gate *gate)
{
    for (uint32_t first = 0; first < 32; first++)
        for (uint32_t second = 0; second < 32; second++)
            for (uint32_t third = 0; third < 32; third++)
                if (end->codes[0] >> first & end->codes[1] >> second & end->codes[2] >> third & 1) {
                    uint32_t code = first | second << 5 | third << 10;
                    gate->bits[code / 64] |= UINT64_C(1) << code % 64;
                }
}

/* A branch: single bytes, as far as they are looked at. */
static bool read_branch(const pii__node *branch, tail *ret)
{
    const pii__node *bytes[64];
    size_t count = 0;
    *ret = (tail){{UINT32_MAX, UINT32_MAX, UINT32_MAX}, 0};
    branch = pii__node_bare(branch);
    if (branch->kind != PII__NODE_CONCAT)
        bytes[count++] = branch;
    else
        for (const pii__node *child = branch->list.first; child; child = child->next) {
            if (count == sizeof bytes / sizeof bytes[0])
                return false;
            bytes[count++] = pii__node_bare(child);
        }
    for (; count && ret->known < PII__ENDING_SIZE && bytes[count - 1]->kind == PII__NODE_BYTE; count--)
        ret->codes[ret->known++] = codes_of(&bytes[count - 1]->byte.set);
    return ret->known > 0;
}

/* Returns the number of literals, 0 when something is none. */
static size_t enter_branches(const pii__node *list, pii__ending_gate *gate)
{
    tail end;
    list = pii__node_bare(list);
    if (list->kind != PII__NODE_ALTERNATION) {
        if (!read_branch(list, &end))
            return 0;
        enter(&end, gate);
        return 1;
    }
    size_t sum = 0;
    for (const pii__node *child = list->list.first; child; child = child->next) {
        size_t count = enter_branches(child, gate);
        if (!count)
            return 0;
        sum += count;
    }
    return sum;
}

bool pii__ending_gate_build(pii__part all, size_t pivot, pii__ending_gate *ret)
{
    memset(ret, 0, sizeof *ret);
    for (size_t i = pivot; i-- > 0;) {
        const pii__node *node = pii__node_bare(all.nodes[i]);
        if (node->kind == PII__NODE_ALTERNATION) {
            memset(ret->bits, 0, sizeof ret->bits);
            if (enter_branches(node, ret) >= literals_min)
                return true;
        }
        ret->near += node->width_min;
        ret->far += node->width_max;
        if (ret->far > distance_max)
            return false;
    }
    return false;
}
