/* rule_remarks.h - what a rule costs, and what is unwise about it, for its author. */
#ifndef PII__RULE_REMARKS_H
#define PII__RULE_REMARKS_H

#include "pattern_analysis.h"
#include "rule_build.h"

/* Adds the notes and warnings about a rule that was built. */
void pii__rule_remarks_add(pii__rule_builder *builder, const pii__rule_source *source,
                           const pii__pattern_facts *facts, const pii__rule_definition *rule);

#endif
