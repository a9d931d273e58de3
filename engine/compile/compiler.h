/* compiler.h - what lies behind pii_compiler: the rules as they are matched. */
#ifndef PII__COMPILER_H
#define PII__COMPILER_H

#include "piiglet_compile.h"
#include "plan.h"
#include "rule.h"

/* The rules so far, in order; returns their number. `*ret` is valid until the
 * next call on this compiler. */
size_t pii__compiler_rules(const pii_compiler *compiler, const pii__rule_definition **ret);

/* Rules that were built before, and the plan for all of them, which are all
 * borrowed: they outlive the compiler, and the plan its rulesets. */
typedef struct pii__ready_rules {
    const char *name; /* what remarks call them */
    const pii__rule_definition *rules;
    size_t count;
    const pii__plan *plan;
} pii__ready_rules;

/* PII_ERROR_RULE as for pii_compiler_add: the set cannot take them. */
PII_MUST_CHECK pii_status pii__compiler_add_ready(pii_compiler *compiler, const pii__ready_rules *ready);

#endif
