/* default_rules.h - the rules of rules/ as they were when the library was built,
 * ready to be matched; make_default_rules.c writes the definition. */
#ifndef PII__DEFAULT_RULES_H
#define PII__DEFAULT_RULES_H

#include "compiler.h"

extern const pii__ready_rules pii__default_rules;

#endif
