/* default_rules.h - the rules of rules/ as they were when the library was built,
 * ready to be matched; make_default_rules.c writes the definitions. */
#ifndef PII__DEFAULT_RULES_H
#define PII__DEFAULT_RULES_H

#include "rule.h"

extern const pii__rule_definition pii__default_rules[];
extern const size_t pii__default_rule_count;

#endif
