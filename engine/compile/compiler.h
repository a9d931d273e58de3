/* compiler.h - what lies behind pii_compiler: the rules as they are matched. */
#ifndef PII__COMPILER_H
#define PII__COMPILER_H

#include "piiglet_compile.h"
#include "rule.h"

/* The rules so far, in order; returns their number. `*ret` is valid until the
 * next call on this compiler. */
size_t pii__compiler_rules(const pii_compiler *compiler, const pii__rule_definition **ret);

/* Adds `count` rules that were built before. They are borrowed: what they point
 * to outlives the compiler. PII_ERROR_RULE as for pii_compiler_add: the set
 * cannot take them; remarks call them `name`, a constant. */
PII_MUST_CHECK pii_status pii__compiler_add_ready(pii_compiler *compiler, const char *name,
                                                  const pii__rule_definition *rules, size_t count);

#endif
