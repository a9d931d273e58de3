/* pattern_analysis.h - what the compiler derives from a pattern.
 *
 * Everything here holds for each match of the pattern in any text, which is
 * what lets the engine skip places and cut streams: a wrong fact is a missed
 * finding. tests/unit/test_pattern_analysis.c holds random patterns to it. */
#ifndef PII__PATTERN_ANALYSIS_H
#define PII__PATTERN_ANALYSIS_H

#include "pattern_syntax.h"
#include "rule.h"

typedef struct pii__pattern_facts {
    uint32_t width_min;
    uint32_t width_max;
    pii__kind_widths kind_widths;
    uint32_t behind; /* bytes before a match that look-behind, \b and ^ see */
    uint32_t ahead;  /* bytes after it that look-ahead, \b and $ see */
    pii__byte_set bytes; /* all that a match can hold */
    bool has_tail;
    pii__byte_set tail;
    bool cut_end; /* ends in a bounded repeat that is no tail: a longer text is matched in part */
    pii__gate gates[PII__GATES_MAX];
    size_t gate_count;
    uint32_t gate_share; /* of a million bytes of ordinary text, about how many the gates stop at */
} pii__pattern_facts;

/* PII_ERROR_RULE, with `*ret_problem`: nested unbounded repeats, an unbounded
 * width, a match (or a group "pii") of nothing, a width above
 * PII__RULE_WIDTH_MAX, a look-around beyond PII__RULE_REACH_MAX, a repeat
 * whose rounds can share the same bytes in very many ways. */
PII_MUST_CHECK pii_status pii__pattern_analyse(pii__arena *arena, const pii__syntax *syntax, pii__pattern_facts *ret,
                                               pii__pattern_problem *ret_problem);

/* The same without the gates, which are none in `*ret`. */
PII_MUST_CHECK pii_status pii__pattern_bounds(const pii__syntax *syntax, pii__pattern_facts *ret,
                                              pii__pattern_problem *ret_problem);

/* The gates alone: of all places that every match has, the one whose shape
 * ordinary text meets least often; or such a place for each branch of an
 * alternation where that is better. What gates point at lives in the arena.
 * Widths must be bounded. PII_ERROR_MEMORY is the only error. */
PII_MUST_CHECK pii_status pii__pattern_gates(pii__arena *arena, const pii__node *root, pii__gate ret[PII__GATES_MAX],
                                             size_t *ret_count, uint32_t *ret_share);

/* The first repeat whose rounds can share bytes in more ways than a match may
 * take steps (PII__MATCH_LIMIT), or NULL. */
const pii__node *pii__pattern_ambiguity(const pii__node *root);

/* Bytes of the shortest match of the node there can be that consists of certain kinds of bytes only. */
pii__kind_widths pii__node_kind_widths(const pii__node *node);

/* The children of any node, as a list. */
const pii__node *pii__node_children(const pii__node *node);

/* One or more gates in words; NULL when out of memory. */
const char *pii__gates_text(pii__arena *arena, const pii__gate *gates, size_t count);

#endif
