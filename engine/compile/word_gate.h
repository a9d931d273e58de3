/* word_gate.h - the word list that every match holds, as a gate. */
#ifndef PII__WORD_GATE_BUILDER_H
#define PII__WORD_GATE_BUILDER_H

#include "rule.h"
#include "shape_builder.h"

/* Looks in a part that begins at the pivot for a list of words, between a
 * negative look-behind and a negative look-ahead at single bytes that say where
 * words end. False when there is none; `*ret` may then hold anything. */
bool pii__word_gate_build(pii__part part, pii__word_gate *ret);

#endif
