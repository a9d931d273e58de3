/* The gate of a pattern: its best pivot. */
#include "byte_share.h"
#include "pattern_analysis.h"
#include "shape_builder.h"

enum {
    parts_max = 64,
    spread_free = 32, /* a spread of so many starts doubles the price of a pivot */
    share_unit = 1000000
};

/* The pattern as a list of parts, each a possible pivot. */
typedef struct parts {
    const pii__node *nodes[parts_max];
    size_t count;
} parts;

static void flatten(const pii__node *node, parts *list)
{
    while (node->kind == PII__NODE_GROUP)
        node = node->group.child;
    if (node->kind == PII__NODE_CONCAT) {
        for (const pii__node *child = node->list.first; child; child = child->next)
            flatten(child, list);
    } else if (list->count < parts_max) {
        list->nodes[list->count++] = node;
    }
}

/* Of a million bytes, about how many begin the fingerprint. */
static double hits(const pii__shape *shape)
{
    double product = share_unit;
    for (int k = 0; k < PII__FINGERPRINT_SIZE; k++)
        product *= (double)pii__byte_share(&shape->fingerprint[k]) / PII__SHARE_ALL;
    return product;
}

static double price(const pii__gate *gate)
{
    return hits(gate->shape) * (spread_free + gate->far - gate->near);
}

pii_status pii__pattern_gate(pii__arena *arena, const pii__node *root, pii__gate *ret, uint32_t *ret_share)
{
    parts list = {.count = 0};
    flatten(root, &list);
    pii__gate best = {.shape = NULL}, gate = {.shape = NULL};
    pii__shape *room = NULL;
    for (size_t i = 0; i < list.count && gate.near < root->width_min; i++) { /* a pivot is a byte of the match */
        const pii__node *node = list.nodes[i];
        if (!room)
            room = pii__arena_take(arena, sizeof *room);
        if (!room)
            return PII_ERROR_MEMORY;
        pii__shape_build((pii__part){list.nodes + i, list.count - i}, room);
        gate.shape = room;
        if (!best.shape || price(&gate) < price(&best)) {
            best = gate;
            room = NULL;
        }
        gate.near += node->width_min;
        gate.far += node->width_max;
        pii__node_bytes(node, &gate.lead);
    }
    *ret = best;
    *ret_share = (uint32_t)hits(best.shape);
    return PII_OK;
}

/* ---- In words ---- */

static const char *byte_text(pii__arena *arena, uint8_t byte)
{
    if (byte == '\\' || byte == ']' || byte == '-' || byte == '[')
        return pii__arena_format(arena, "\\%c", byte);
    if (byte > ' ' && byte <= '~')
        return pii__arena_format(arena, "%c", byte);
    return pii__arena_format(arena, "\\x%02x", (unsigned)byte);
}

/* As a class of the pattern language. */
static const char *set_text(pii__arena *arena, const pii__byte_set *set)
{
    if (pii__byte_set_count(set) == 256)
        return "[^]";
    const char *text = "[";
    for (unsigned byte = 0; byte < 256 && text; byte++) {
        if (!pii__byte_set_has(set, (uint8_t)byte))
            continue;
        unsigned last = byte;
        while (last < 255 && pii__byte_set_has(set, (uint8_t)(last + 1)))
            last++;
        if (last < byte + 2)
            last = byte;
        const char *from = byte_text(arena, (uint8_t)byte), *to = byte_text(arena, (uint8_t)last);
        if (!from || !to)
            return NULL;
        text = last > byte ? pii__arena_format(arena, "%s%s-%s", text, from, to)
                           : pii__arena_format(arena, "%s%s", text, from);
        byte = last;
    }
    return text ? pii__arena_format(arena, "%s]", text) : NULL;
}

const char *pii__gate_text(pii__arena *arena, const pii__gate *gate)
{
    const char *text = "";
    for (int k = 0; k < PII__FINGERPRINT_SIZE && text; k++) {
        const char *set = set_text(arena, &gate->shape->fingerprint[k]);
        text = set ? pii__arena_format(arena, "%s%s", text, set) : NULL;
    }
    if (!text)
        return NULL;
    if (!gate->far)
        return pii__arena_format(arena, "%s at the start", text);
    return pii__arena_format(arena, "%s %u to %u bytes after the start", text, gate->near, gate->far);
}
