/* gate.h - where in a text a match of a rule may start.
 *
 * A gate never decides a match: it may only leave out starts at which the
 * pattern cannot match. tests/split and the differential test hold it to that. */
#ifndef PII__GATE_H
#define PII__GATE_H

#include <stddef.h>

#include "rule.h"

/* Start offsets [begin, end) that may match. */
typedef struct pii__window {
    size_t begin;
    size_t end;
} pii__window;

/* The first window at or after `from` among the starts [from, until) of
 * text[0, size); false when there is none. Windows come in order and disjoint
 * when `from` is the end of the last one. */
bool pii__gate_next(const pii__gate *gate, const uint8_t *text, size_t size, size_t from, size_t until,
                    pii__window *ret);

#endif
