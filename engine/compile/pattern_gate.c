/* The gates of a pattern: pivots, and what must hold there. */
#include <string.h>

#include "byte_share.h"
#include "ending_gate.h"
#include "pattern_analysis.h"
#include "shape_bytes.h"
#include "shape_builder.h"
#include "word_gate.h"

enum {
    parts_max = 64,
    spread_free = 32, /* an effort of so many bytes doubles the price of a pivot */
    branches_max = 6,    /* of an alternation that is told apart */
    splits_max = 2,      /* alternations that are told apart, one after the other */
    share_worth_more = 200 /* a pivot rarer than this, of a million bytes, is good enough */
};

/* The pattern as a list of parts, each of which may begin at the pivot. */
typedef struct parts {
    const pii__node *nodes[parts_max];
    size_t count;
} parts;

/* A pivot: the parts up to `index` stand before it. */
typedef struct pivot {
    size_t index;
    double hits; /* of a million bytes, about how many begin the fingerprint */
    double price;
} pivot;

/* Ways to start, each a list of parts of its own. */
typedef struct ways {
    parts lists[PII__GATES_MAX];
    pivot pivots[PII__GATES_MAX];
    size_t count;
} ways;

static bool flatten(pii__arena *arena, const pii__node *node, parts *list);

/* The parts of the first round, if there are two, and of the last are parts; the
 * rounds between them are one part. From a pivot in the first round a shape sees
 * what follows in all of them, and one in the last is near to what follows. */
static bool flatten_repeat(pii__arena *arena, const pii__node *node, parts *list)
{
    const pii__node *child = node->repeat.child;
    uint32_t ends = node->repeat.min > 1 ? 2 : 1;
    if (ends == 2 && !flatten(arena, child, list))
        return false;
    if (node->repeat.max > ends) {
        pii__node *between = pii__arena_take(arena, sizeof *between);
        if (!between)
            return false;
        *between = *node;
        between->repeat.min -= ends;
        between->repeat.max -= ends;
        between->width_min -= ends * child->width_min;
        between->width_max -= ends * child->width_max;
        if (list->count < parts_max)
            list->nodes[list->count++] = between;
    }
    return flatten(arena, child, list);
}

/* False when out of memory. */
static bool flatten(pii__arena *arena, const pii__node *node, parts *list)
{
    pii__byte_set set = {{0}};
    node = pii__node_bare(node);
    if (node->kind == PII__NODE_CONCAT) {
        bool good = true;
        for (const pii__node *child = node->list.first; child && good; child = child->next)
            good = flatten(arena, child, list);
        return good;
    }
    if (node->kind == PII__NODE_REPEAT && node->repeat.min && !pii__node_one_byte(node->repeat.child, &set))
        return flatten_repeat(arena, node, list);
    if (list->count < parts_max)
        list->nodes[list->count++] = node;
    return true;
}

static uint32_t width_min(const parts *list, size_t from)
{
    uint32_t sum = 0;
    for (size_t i = from; i < list->count; i++)
        sum += list->nodes[i]->width_min;
    return sum;
}

/* The spread of starts before the pivot: all of them are tried. Where a list of
 * words is looked up first, that is rare. */
static uint32_t effort(const parts *list, size_t pivot_index, bool listed)
{
    uint32_t spread = 0;
    for (size_t i = 0; i < pivot_index && !listed; i++)
        spread += list->nodes[i]->width_max - list->nodes[i]->width_min;
    return spread;
}

/* Of a million bytes, about how many are such that the part may begin there: some hit
 * the sieve, and of these few have all the bytes around them. */
static double hits_of(pii__part part)
{
    const double sieve_price = 0.3; /* of a place, where that of one that fits is 1 */
    pii__shape shape;
    pii__outline outlines[PII__SHAPE_OPS_MAX];
    (void)pii__shape_build(part, PII__FINGERPRINT_SIZE, &shape);
    double hits = pii__sequence_share(shape.fingerprint, PII__FINGERPRINT_SIZE);
    if (!pii__shape_build(part, PII__OUTLINE_SIZE - 2, &shape))
        return hits;
    pii__shape_outlines(&shape, outlines);
    return sieve_price * hits + pii__sequence_share(&outlines[shape.result].at[1], PII__OUTLINE_SIZE - 1);
}

/* The part where ordinary text offers the fewest places. A pivot is a byte of
 * the match, so something must come after it. */
static pivot best_pivot(const parts *list, pii__word_heads *heads)
{
    pivot best = {.price = -1};
    bool listed = pii__word_list_find((pii__part){list->nodes, list->count}, heads) < list->count;
    for (size_t i = 0; i < list->count && width_min(list, i); i++) {
        pivot here = {.index = i, .hits = hits_of((pii__part){list->nodes + i, list->count - i})};
        here.price = here.hits * (spread_free + effort(list, i, listed));
        if (best.price < 0 || here.price < best.price)
            best = here;
    }
    return best;
}

static bool can_be_split(const pii__node *node)
{
    return node->kind == PII__NODE_ALTERNATION && node->list.count <= branches_max;
}

/* `list` with a branch in place of part `index`. */
static bool take_branch(pii__arena *arena, const parts *list, size_t index, const pii__node *branch, parts *ret)
{
    bool good = true;
    ret->count = 0;
    for (size_t i = 0; i < list->count && good; i++) {
        if (i == index)
            good = flatten(arena, branch, ret);
        else if (ret->count < parts_max)
            ret->nodes[ret->count++] = list->nodes[i];
    }
    return good;
}

static double total_price(const ways *all)
{
    double sum = 0;
    for (size_t i = 0; i < all->count; i++)
        sum += all->pivots[i].price;
    return sum;
}

/* Where one pivot for all matches is common, a pivot for each branch of an
 * alternation may be rare. False when out of memory. */
static bool find_ways(pii__arena *arena, const parts *list, unsigned splits, pii__word_heads *heads, ways *ret)
{
    ret->count = 1;
    ret->lists[0] = *list;
    ret->pivots[0] = best_pivot(list, heads);
    if (!splits || ret->pivots[0].hits < share_worth_more)
        return true;
    ways *tried = pii__arena_take(arena, sizeof *tried), *branch_ways = pii__arena_take(arena, sizeof *branch_ways);
    parts *branch_parts = pii__arena_take(arena, sizeof *branch_parts);
    bool good = tried && branch_ways && branch_parts;
    for (size_t i = 0; good && i < list->count; i++) {
        if (!can_be_split(list->nodes[i]))
            continue;
        tried->count = 0;
        const pii__node *branch = list->nodes[i]->list.first;
        for (; good && branch; branch = branch->next) {
            good = take_branch(arena, list, i, branch, branch_parts) &&
                   find_ways(arena, branch_parts, splits - 1, heads, branch_ways);
            if (!good || tried->count + branch_ways->count > PII__GATES_MAX)
                break;
            for (size_t k = 0; k < branch_ways->count; k++) {
                tried->lists[tried->count] = branch_ways->lists[k];
                tried->pivots[tried->count++] = branch_ways->pivots[k];
            }
        }
        if (good && !branch && total_price(tried) < total_price(ret))
            *ret = *tried;
    }
    return good;
}

/* The farthest-reaching shape that fits. */
static void build_shape(pii__part part, pii__shape *ret)
{
    static const uint32_t reaches[] = {PII__SHAPE_REACH_MAX, 32, 24, 16, 12, 8, 6, 4, PII__FINGERPRINT_SIZE};
    for (size_t i = 0; i < sizeof reaches / sizeof reaches[0]; i++)
        if (pii__shape_build(part, reaches[i], ret))
            break;
}

static bool make_gate(pii__arena *arena, const parts *list, const pivot *at, pii__word_heads *heads, pii__gate *ret)
{
    pii__part part = {list->nodes + at->index, list->count - at->index};
    pii__shape *shape = pii__arena_take(arena, sizeof *shape);
    pii__word_gate *words = pii__arena_take(arena, sizeof *words);
    if (!shape || !words)
        return false;
    build_shape(part, shape);
    pii__shape_build_before((pii__part){list->nodes, at->index}, shape);
    bool listed = pii__word_gate_build((pii__part){list->nodes, list->count}, at->index, heads, words);
    if (listed)
        words->words = pii__word_heads_finish(heads, arena);
    if (listed && !words->words.keys)
        return false;
    pii__ending_gate *ending = pii__arena_take(arena, sizeof *ending);
    if (!ending)
        return false;
    bool ends = pii__ending_gate_build((pii__part){list->nodes, list->count}, at->index, ending);
    *ret = (pii__gate){.shape = shape, .words = listed ? words : NULL, .ending = ends ? ending : NULL};
    for (size_t i = 0; i < at->index; i++) {
        ret->near += list->nodes[i]->width_min;
        ret->far += list->nodes[i]->width_max;
        pii__node_bytes(list->nodes[i], &ret->lead);
    }
    return true;
}

pii_status pii__pattern_gates(pii__arena *arena, const pii__node *root, pii__gate ret[PII__GATES_MAX],
                              size_t *ret_count, uint32_t *ret_share)
{
    parts *list = pii__arena_take(arena, sizeof *list);
    ways *all = pii__arena_take(arena, sizeof *all);
    pii__word_heads heads = {.keys = pii__arena_take_array(arena, PII__WORD_HEADS_MAX, sizeof *heads.keys)};
    if (!list || !all || !heads.keys)
        return PII_ERROR_MEMORY;
    if (!flatten(arena, root, list) || !find_ways(arena, list, splits_max, &heads, all))
        return PII_ERROR_MEMORY;
    double hits = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (!make_gate(arena, &all->lists[i], &all->pivots[i], &heads, &ret[i]))
            return PII_ERROR_MEMORY;
        hits += all->pivots[i].hits;
    }
    *ret_count = all->count;
    *ret_share = (uint32_t)hits;
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

static const char *gate_text(pii__arena *arena, const pii__gate *gate)
{
    const char *text = "";
    int last = PII__FINGERPRINT_SIZE - 1;
    while (last > 0 && pii__byte_set_count(&gate->shape->fingerprint[last]) == 256)
        last--; /* any byte says nothing */
    for (int k = 0; k <= last && text; k++) {
        const char *set = set_text(arena, &gate->shape->fingerprint[k]);
        text = set ? pii__arena_format(arena, "%s%s", text, set) : NULL;
    }
    if (!text)
        return NULL;
    const char *words = gate->words ? ", then a listed word" : "";
    if (!gate->far)
        return pii__arena_format(arena, "%s at the start%s", text, words);
    if (gate->near == gate->far)
        return pii__arena_format(arena, "%s at byte %u%s", text, gate->near, words);
    return pii__arena_format(arena, "%s at byte %u to %u%s", text, gate->near, gate->far, words);
}

/* Gates that differ in what comes after their first bytes read the same. */
const char *pii__gates_text(pii__arena *arena, const pii__gate *gates, size_t count)
{
    const char *texts[PII__GATES_MAX];
    const char *all = "";
    for (size_t i = 0; i < count && all; i++) {
        texts[i] = gate_text(arena, &gates[i]);
        if (!texts[i])
            return NULL;
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++)
            seen = !strcmp(texts[k], texts[i]);
        if (!seen)
            all = pii__arena_format(arena, "%s%s%s", all, i > 0 ? "; or " : "", texts[i]);
    }
    return all;
}
