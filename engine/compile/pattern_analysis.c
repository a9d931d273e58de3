/* Bounds, reach and tail of a pattern. */
#include "pattern_analysis.h"

#include "limits.h"
#include "shape_builder.h"
#include "text_of.h"

typedef struct reach {
    uint32_t behind;
    uint32_t ahead;
} reach;

const pii__node *pii__node_children(const pii__node *node)
{
    switch (node->kind) {
    case PII__NODE_CONCAT:
    case PII__NODE_ALTERNATION: return node->list.first;
    case PII__NODE_REPEAT: return node->repeat.child;
    case PII__NODE_GROUP: return node->group.child;
    case PII__NODE_LOOK: return node->look.child;
    default: return NULL;
    }
}

/* ---- Unbounded repeats ---- */

/* The first unbounded repeat, or with `nested` the first inside another one. */
static const pii__node *find_unbounded(const pii__node *node, bool nested, bool inside)
{
    if (node->kind == PII__NODE_REPEAT && node->repeat.max == PII__UNBOUNDED) {
        if (!nested || inside)
            return node;
        inside = true;
    }
    for (const pii__node *child = pii__node_children(node); child; child = child->next) {
        const pii__node *found = find_unbounded(child, nested, inside);
        if (found)
            return found;
    }
    return NULL;
}

/* ---- Reach ---- */

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t less(uint32_t a, uint32_t b)
{
    return a > b ? a - b : 0;
}

static uint32_t sum(uint32_t a, uint32_t b)
{
    return a > PII__UNBOUNDED - b ? PII__UNBOUNDED : a + b;
}

static reach widest(reach a, reach b)
{
    return (reach){larger(a.behind, b.behind), larger(a.ahead, b.ahead)};
}

static reach reach_of(const pii__node *node);

/* What a part in the middle sees reaches less far beyond the whole, by the
 * bytes that surely lie between. */
static reach reach_of_concat(const pii__node *node)
{
    reach whole = {0, 0};
    uint32_t before = 0;
    for (const pii__node *child = node->list.first; child; child = child->next) {
        reach part = reach_of(child);
        uint32_t after = less(less(node->width_min, before), child->width_min);
        whole = widest(whole, (reach){less(part.behind, before), less(part.ahead, after)});
        before = sum(before, child->width_min);
    }
    return whole;
}

/* Bytes before the start and after the end of what `node` covers that can
 * change whether or how it matches. */
static reach reach_of(const pii__node *node)
{
    reach whole = {0, 0};
    switch (node->kind) {
    case PII__NODE_CONCAT: return reach_of_concat(node);
    case PII__NODE_ALTERNATION:
        for (const pii__node *child = node->list.first; child; child = child->next)
            whole = widest(whole, reach_of(child));
        return whole;
    case PII__NODE_REPEAT: return reach_of(node->repeat.child);
    case PII__NODE_GROUP: return reach_of(node->group.child);
    case PII__NODE_LOOK:
        whole = reach_of(node->look.child);
        if (node->look.behind)
            whole.behind = sum(whole.behind, node->look.child->width_max);
        else
            whole.ahead = sum(whole.ahead, node->look.child->width_max);
        return whole;
    case PII__NODE_ANCHOR:
        if (node->anchor == PII__ANCHOR_LINE_END)
            return (reach){0, 1};
        return (reach){1, 1}; /* ^ does not match at the very end of a text, so it looks ahead, too */
    default: return whole;
    }
}

/* ---- The end of the pattern ---- */

typedef enum end_kind {
    END_FIXED, /* does not end in a bounded repeat, or the rule itself looks at what follows */
    END_TAIL,
    END_CUT
} end_kind;

static end_kind end_of(const pii__node *node, pii__byte_set *ret_tail);

static end_kind end_of_alternation(const pii__node *node, pii__byte_set *ret_tail)
{
    end_kind whole = end_of(node->list.first, ret_tail);
    for (const pii__node *child = node->list.first->next; child; child = child->next) {
        pii__byte_set tail = {{0}};
        end_kind part = end_of(child, &tail);
        if (part == END_FIXED && whole == END_FIXED)
            continue;
        if (part != END_TAIL || whole != END_TAIL || !pii__byte_set_equal(&tail, ret_tail))
            whole = END_CUT;
    }
    return whole;
}

static end_kind end_of(const pii__node *node, pii__byte_set *ret_tail)
{
    const pii__node *last = pii__node_children(node);
    switch (node->kind) {
    case PII__NODE_CONCAT:
        while (last && last->next)
            last = last->next;
        return last ? end_of(last, ret_tail) : END_FIXED;
    case PII__NODE_ALTERNATION: return end_of_alternation(node, ret_tail);
    case PII__NODE_GROUP: return end_of(last, ret_tail);
    case PII__NODE_REPEAT:
        if (node->repeat.max == 1 || node->repeat.max == node->repeat.min)
            return end_of(last, ret_tail) == END_FIXED ? END_FIXED : END_CUT;
        if (last->kind != PII__NODE_BYTE || node->repeat.mode == PII__REPEAT_LAZY)
            return END_CUT;
        *ret_tail = last->byte.set;
        return END_TAIL;
    default: return END_FIXED;
    }
}

/* ---- All together ---- */

static pii_status refuse(pii__pattern_problem *ret, size_t offset, const char *message, const char *expected)
{
    *ret = (pii__pattern_problem){.offset = offset, .message = message, .expected = expected};
    return PII_ERROR_RULE;
}

static pii_status check_bounds(const pii__syntax *syntax, pii__pattern_problem *ret_problem)
{
    const pii__node *root = syntax->root;
    const pii__node *repeat = find_unbounded(root, true, false);
    if (repeat)
        return refuse(ret_problem, repeat->repeat.sign_offset, "an unbounded repeat inside an unbounded repeat",
                      "{m,n} with a bound in both places");
    repeat = find_unbounded(root, false, false);
    if (repeat)
        return refuse(ret_problem, repeat->repeat.sign_offset, "the repeat has no upper bound", "{m,n}");
    if (!root->width_min)
        return refuse(ret_problem, 0, "the pattern can match nothing", "at least one byte in every match");
    if (syntax->pii && !syntax->pii->width_min)
        return refuse(ret_problem, syntax->pii->offset, "the group pii can match nothing",
                      "at least one byte in every match");
    if (root->width_max > PII__RULE_WIDTH_MAX)
        return refuse(ret_problem, 0, "the pattern can match too many bytes",
                      "at most " PII__TEXT_OF(PII__RULE_WIDTH_MAX) " bytes");
    repeat = pii__pattern_ambiguity(root);
    if (repeat)
        return refuse(ret_problem, repeat->repeat.sign_offset,
                      "the rounds of this repeat can share bytes in very many ways",
                      "a byte between the rounds that no round ends in, or a possessive repeat inside");
    return PII_OK;
}

pii_status pii__pattern_bounds(const pii__syntax *syntax, pii__pattern_facts *ret, pii__pattern_problem *ret_problem)
{
    pii_status status = check_bounds(syntax, ret_problem);
    if (status != PII_OK)
        return status;
    const pii__node *root = syntax->root;
    reach around = reach_of(root);
    if (around.behind > PII__RULE_REACH_MAX || around.ahead > PII__RULE_REACH_MAX)
        return refuse(ret_problem, 0, "a look-around sees too far",
                      "at most " PII__TEXT_OF(PII__RULE_REACH_MAX) " bytes before and after the match");
    pii__pattern_facts facts = {
        .width_min = root->width_min, .width_max = root->width_max, .behind = around.behind, .ahead = around.ahead};
    end_kind end = end_of(root, &facts.tail);
    pii__node_bytes(root, &facts.bytes);
    facts.kind_widths = pii__node_kind_widths(root);
    facts.has_tail = end == END_TAIL;
    facts.cut_end = end == END_CUT;
    if (!facts.has_tail)
        facts.tail = (pii__byte_set){{0}};
    *ret = facts;
    return PII_OK;
}

pii_status pii__pattern_analyse(pii__arena *arena, const pii__syntax *syntax, pii__pattern_facts *ret,
                                pii__pattern_problem *ret_problem)
{
    pii__pattern_facts facts = {0};
    pii_status status = pii__pattern_bounds(syntax, &facts, ret_problem);
    if (status == PII_OK)
        status = pii__pattern_gates(arena, syntax->root, facts.gates, &facts.gate_count, &facts.gate_share);
    if (status == PII_OK)
        *ret = facts;
    return status;
}
