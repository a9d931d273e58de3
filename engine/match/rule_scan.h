/* rule_scan.h - one rule over windows of a text: match, validator, context, score. */
#ifndef PII__RULE_SCAN_H
#define PII__RULE_SCAN_H

#include "field_bounds.h"
#include "scan.h"

/* One rule at work on one text. */
typedef struct pii__rule_scan {
    pii__scanner *scanner;
    const pii__rule *rule;
    uint32_t rank;
    const pii__subject *text;
    const pii__field_view *field; /* what the rule sees of it: all, or the field at hand */
    size_t from;                  /* the starts of this call */
    size_t until;
} pii__rule_scan;

/* The first start of this call that the rule has not dealt with. */
static inline size_t pii__rule_next_start(const pii__rule_scan *j)
{
    uint64_t next = j->scanner->states[j->rank].next, origin = j->scanner->origin;
    return next > origin ? (size_t)(next - origin) + j->from : j->from;
}

/* All matches that start in the window. */
PII_MUST_CHECK pii_status pii__rule_scan_window(const pii__rule_scan *j, pii__start_window tried);

/* The over-long match that an earlier call left open. */
PII_MUST_CHECK pii_status pii__rule_go_on(const pii__rule_scan *j);

/* Whether a confidence is enough. */
bool pii__confidence_reaches(double confidence, double minimum);

#endif
