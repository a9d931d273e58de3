/* ending_gate.h - the list of endings that stands before a pivot, as a gate. */
#ifndef PII__ENDING_GATE_BUILDER_H
#define PII__ENDING_GATE_BUILDER_H

#include "rule.h"
#include "shape_builder.h"

/* Looks for a list of literals close before node `pivot`. False when there is
 * none; `*ret` may then hold anything. */
bool pii__ending_gate_build(pii__part all, size_t pivot, pii__ending_gate *ret);

#endif
