/* policy_action.h - an action as it is written in a policy:
 *
 *     EMAIL: pseudonym
 *     PERSON: {action: mask, first: 1, min_confidence: 0.8} */
#ifndef PII__POLICY_ACTION_H
#define PII__POLICY_ACTION_H

#include "piiglet_policy.h"
#include "yaml_fields.h"

/* Texts lie in the tree. */
typedef struct pii__action_source {
    bool acts; /* an action is named */
    pii_action action;
    double min_confidence; /* below 0: none is named */
} pii__action_source;

#define PII__ACTION_EXPECTED                                                                                           \
    "replace, number, text, mask, remove, keep, initial, generalise, shift, pseudonym, surrogate or block"

/* False, and a remark: it is no action. */
bool pii__policy_action_read(pii__yaml_reader *reader, const pii__yaml_node *node, const char *field,
                             pii__action_source *ret);

#endif
