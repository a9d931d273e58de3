/* binding_policy.h - policies from words: each language hands over names and values, and no more. */
#ifndef PII__BINDING_POLICY_H
#define PII__BINDING_POLICY_H

#include "piiglet.h"

/* Where a policy comes from. */
typedef enum pii__policy_source {
    PII__POLICY_USUAL, /* what counts by default */
    PII__POLICY_NAMED, /* a built-in one; `text` is its name, with _ or - */
    PII__POLICY_YAML   /* `text` is a policy file */
} pii__policy_source;

/* Makes a policy. PII_ERROR_ARGUMENT: there is none of that name; PII_ERROR_RULE: `*ret_error` says why. */
PII_MUST_CHECK pii_status pii__policy_make(pii__policy_source source, const char *text, size_t size,
                                           pii_policy **ret, pii_policy_error *ret_error);

/* Sets something by its name; `value` has `size` bytes and a NUL after them:
 *
 *     all: on, off     on, off: an entity     limit: block, redact     invalid: block, text     kernel: its name
 *     key:ID: 32 bytes     subject: any bytes     today: days since 1970-01-01 as digits
 *
 * PII_ERROR_ARGUMENT: there is no such setting or value. */
PII_MUST_CHECK pii_status pii__policy_set_by_name(pii_policy *policy, const char *setting, const char *value,
                                                  size_t size);

/* "replace", "keep" ...: what became of a finding. */
const char *pii__action_name(pii_action_kind kind);

#endif
