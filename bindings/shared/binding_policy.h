/* binding_policy.h - the settings of a policy by name, so that each language hands over words. */
#ifndef PII__BINDING_POLICY_H
#define PII__BINDING_POLICY_H

#include "piiglet.h"

/* Settings and their values: all (on, off), on and off (an entity), limit (block, redact),
 * invalid (block, text), kernel (its name). PII_ERROR_ARGUMENT: there is no such setting or value. */
PII_MUST_CHECK pii_status pii__policy_set_by_name(pii_policy *policy, const char *setting, const char *value);

#endif
