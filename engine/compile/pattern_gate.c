/* The gate of a pattern: the rarest byte class that every match must hold at a
 * bounded distance from its start. */
#include "limits.h"
#include "pattern_analysis.h"

enum {
    facts_max = 32,  /* the better ones are kept */
    copies_max = 32, /* of the class in "class{n}" */
    spread_free = 16 /* a spread of so many bytes doubles the price */
};

/* Every match that starts at s has a byte of `set` in [s + near, s + far]. */
typedef struct fact {
    pii__byte_set set;
    uint32_t near;
    uint32_t far;
    uint64_t price; /* set when it enters a list; lower is better */
} fact;

typedef struct fact_list {
    size_t count;
    fact facts[facts_max];
} fact_list;

/* ---- How rare a class is ---- */

/* About how often a byte stands in 10,000 bytes of stories, chat and code; a
 * rough guess is enough, as only the order of classes depends on it. Digits
 * come in runs, so that they count for less than their number. */
static const uint16_t printable_share[95] = {
    1500, 15,  60,  3,   3,   2,   3,   35,  25,  25,  5,  6,  90,  40,  100, 20,  /* blank ! " # ... / */
    12,   12,  10,  8,   8,   8,   7,   7,   7,   7,   35, 15, 15,  25,  15,  20,  /* 0 ... 9 : ; < = > ? */
    2,    30,  16,  22,  18,  18,  14,  13,  22,  45,  9,  8,  16,  24,  20,  18,  /* @ A ... O */
    20,   2,   18,  32,  36,  8,   6,   22,  2,   14,  2,  8,  3,   8,   1,   15,  /* P ... Z [ \ ] ^ _ */
    2,    550, 100, 200, 250, 800, 130, 130, 330, 450, 15, 60, 280, 170, 460, 500, /* ` a ... o */
    150,  8,   400, 430, 600, 200, 70,  130, 20,  130, 8,  8,  2,   8,   1,        /* p ... z { | } ~ */
};

static uint32_t byte_share(uint8_t byte)
{
    if (byte >= ' ' && byte <= '~')
        return printable_share[byte - ' '];
    if (byte == '\n')
        return 180;
    if (byte == '\t')
        return 20;
    return byte >= 0x80 ? 3 : 1;
}

static uint32_t set_share(const pii__byte_set *set)
{
    uint32_t share = 0;
    for (unsigned word = 0; word < 4; word++)
        for (uint64_t bits = set->bits[word]; bits; bits &= bits - 1)
            share += byte_share((uint8_t)(word * 64 + (unsigned)__builtin_ctzll(bits)));
    return share;
}

/* A wide spread makes each stop of the gate a longer window. */
static uint64_t price(const fact *candidate)
{
    uint64_t spread = candidate->far - candidate->near;
    return set_share(&candidate->set) * (spread_free + spread);
}

/* ---- Facts ---- */

/* When the list is full the dearest fact goes: facts are independent, leaving
 * one out is never wrong. */
static void add_fact(fact_list *list, fact added)
{
    added.price = price(&added);
    if (list->count < facts_max) {
        list->facts[list->count++] = added;
        return;
    }
    fact *worst = list->facts;
    for (size_t i = 1; i < list->count; i++)
        if (list->facts[i].price > worst->price)
            worst = &list->facts[i];
    if (added.price < worst->price)
        *worst = added;
}

static const fact *best_fact(const fact_list *list)
{
    const fact *best = NULL;
    for (size_t i = 0; i < list->count; i++)
        if (!best || list->facts[i].price < best->price)
            best = &list->facts[i];
    return best;
}

/* A match holds one of the two facts, so it holds this. */
static fact either(const fact *a, const fact *b)
{
    fact joined = {
        .set = a->set, .near = a->near < b->near ? a->near : b->near, .far = a->far > b->far ? a->far : b->far};
    pii__byte_set_join(&joined.set, &b->set);
    return joined;
}

static bool collect(pii__arena *arena, const pii__node *node, uint32_t near, uint32_t far, fact_list *list);

/* Position by position, and the best of each branch together. */
static bool collect_alternation(pii__arena *arena, const pii__node *node, uint32_t near, uint32_t far, fact_list *list)
{
    pii__arena_mark mark = pii__arena_mark_get(arena);
    fact_list *lists = pii__arena_take_array(arena, 2, sizeof *lists);
    if (!lists)
        return false;
    fact_list *all = &lists[0], *branch = &lists[1];
    fact best = {.near = 0};
    bool good = true, first = true;
    for (const pii__node *child = node->list.first; good && child; child = child->next, first = false) {
        branch->count = 0;
        good = collect(arena, child, near, far, branch);
        if (first)
            *all = *branch;
        all->count = branch->count < all->count ? branch->count : all->count;
        if (!good || !all->count)
            break;
        const fact *own = best_fact(branch);
        best = first ? *own : either(&best, own);
        for (size_t i = 0; i < all->count; i++)
            all->facts[i] = either(&all->facts[i], &branch->facts[i]);
    }
    for (size_t i = 0; good && i < all->count; i++)
        add_fact(list, all->facts[i]);
    if (good && all->count)
        add_fact(list, best);
    if (good)
        pii__arena_rewind(arena, mark);
    return good;
}

/* Only the first round of a longer child is looked into: rounds repeat it. */
static bool collect_repeat(pii__arena *arena, const pii__node *node, uint32_t near, uint32_t far, fact_list *list)
{
    const pii__node *child = node->repeat.child;
    uint32_t copies = child->kind == PII__NODE_BYTE ? node->repeat.min : node->repeat.min > 0;
    for (uint32_t i = 0; i < copies && i < copies_max; i++)
        if (!collect(arena, child, near + i, far + i, list))
            return false;
    return true;
}

/* Adds what is known of `node` when it starts at [near, far] of the match.
 * Widths are bounded by PII__RULE_WIDTH_MAX when this runs. */
static bool collect(pii__arena *arena, const pii__node *node, uint32_t near, uint32_t far, fact_list *list)
{
    switch (node->kind) {
    case PII__NODE_BYTE: add_fact(list, (fact){.set = node->byte.set, .near = near, .far = far}); return true;
    case PII__NODE_CONCAT:
        for (const pii__node *child = node->list.first; child; child = child->next) {
            if (!collect(arena, child, near, far, list))
                return false;
            near += child->width_min;
            far += child->width_max;
        }
        return true;
    case PII__NODE_ALTERNATION: return collect_alternation(arena, node, near, far, list);
    case PII__NODE_REPEAT: return collect_repeat(arena, node, near, far, list);
    case PII__NODE_GROUP: return collect(arena, node->group.child, near, far, list);
    default: return true; /* a look-around may see bytes that the match does not hold */
    }
}

/* ---- The first byte ---- */

bool pii__pattern_first(const pii__node *node, pii__byte_set *set)
{
    bool open = false;
    switch (node->kind) {
    case PII__NODE_BYTE: pii__byte_set_join(set, &node->byte.set); return false;
    case PII__NODE_CONCAT:
        for (const pii__node *child = node->list.first; child; child = child->next)
            if (!pii__pattern_first(child, set))
                return false;
        return true;
    case PII__NODE_ALTERNATION:
        for (const pii__node *child = node->list.first; child; child = child->next)
            open |= pii__pattern_first(child, set);
        return open;
    case PII__NODE_REPEAT: open = pii__pattern_first(node->repeat.child, set); return open || !node->repeat.min;
    case PII__NODE_GROUP: return pii__pattern_first(node->group.child, set);
    case PII__NODE_REFERENCE: pii__byte_set_add_range(set, 0, 255); return !node->width_min;
    default: return true;
    }
}

pii_status pii__pattern_gate(pii__arena *arena, const pii__node *root, pii__gate *ret, uint32_t *ret_share)
{
    fact_list *list = pii__arena_take(arena, sizeof *list);
    if (!list || !collect(arena, root, 0, 0, list))
        return PII_ERROR_MEMORY;
    pii__gate gate = {.anchored = false};
    (void)pii__pattern_first(root, &gate.first);
    const fact *best = best_fact(list);
    *ret_share = set_share(&gate.first);
    if (best) {
        gate.anchored = true;
        gate.anchor = best->set;
        gate.near = best->near;
        gate.far = best->far;
        *ret_share = set_share(&best->set);
    }
    *ret = gate;
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
        return "any byte";
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
    const char *first = set_text(arena, &gate->first);
    if (!first)
        return NULL;
    if (!gate->anchored)
        return pii__arena_format(arena, "first byte %s", first);
    const char *anchor = set_text(arena, &gate->anchor);
    if (!anchor)
        return NULL;
    if (!gate->far)
        return pii__arena_format(arena, "first byte %s", anchor);
    if (gate->near == gate->far)
        return pii__arena_format(arena, "%s at byte %u, first byte %s", anchor, gate->near, first);
    return pii__arena_format(arena, "%s at byte %u to %u, first byte %s", anchor, gate->near, gate->far, first);
}
