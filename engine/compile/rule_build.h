/* rule_build.h - from a rule as it is written to a rule as it is matched. */
#ifndef PII__RULE_BUILD_H
#define PII__RULE_BUILD_H

#include "rule.h"
#include "rule_file.h"
#include "word_list.h"

typedef struct pii__rule_builder {
    pii__arena *texts;   /* of what the definitions point to; outlives them */
    pii__arena *scratch; /* of syntax trees, field paths and the like */
    pii__report *report;
    const pii__yaml_tree *tree;
    const pii__rule_file *file;
    pii__word_lists lists; /* in the scratch arena */
} pii__rule_builder;

/* Builds one rule, reports what it costs and what is unwise about it.
 * PII_ERROR_RULE: refused, the reasons are in the report. */
PII_MUST_CHECK pii_status pii__rule_build(pii__rule_builder *builder, const pii__rule_source *source,
                                          pii__rule_definition *ret);

#endif
