/* word_gate.h - the word list that every match holds, as a gate. */
#ifndef PII__WORD_GATE_BUILDER_H
#define PII__WORD_GATE_BUILDER_H

#include "rule.h"
#include "shape_builder.h"
#include "word_heads.h"

/* Index of the first node that is a list of words a gate can be made of, or
 * all.count. `heads` is room to work in. */
size_t pii__word_list_find(pii__part all, pii__word_heads *heads);

/* Looks in a list of nodes for a list of words: after the pivot, which is at
 * `pivot`, or else before it. False when there is none; `*ret` may then hold
 * anything. The words are left in `heads`. */
bool pii__word_gate_build(pii__part all, size_t pivot, pii__word_heads *heads, pii__word_gate *ret);

#endif
