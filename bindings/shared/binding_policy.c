#include "binding_policy.h"

#include <string.h>

/* Which of two words `value` is: 0 or 1; -1: neither. */
static int which(const char *value, const char *first, const char *second)
{
    if (strcmp(value, first) == 0)
        return 0;
    return strcmp(value, second) == 0 ? 1 : -1;
}

pii_status pii__policy_set_by_name(pii_policy *policy, const char *setting, const char *value)
{
    int choice = -1;
    if (strcmp(setting, "on") == 0)
        return pii_policy_set(policy, value, true);
    if (strcmp(setting, "off") == 0)
        return pii_policy_set(policy, value, false);
    if (strcmp(setting, "kernel") == 0)
        return pii_policy_set_kernel(policy, value);
    if (strcmp(setting, "all") == 0 && (choice = which(value, "off", "on")) >= 0)
        pii_policy_set_all(policy, choice == 1);
    else if (strcmp(setting, "limit") == 0 && (choice = which(value, "block", "redact")) >= 0)
        pii_policy_set_on_limit(policy, choice == 1 ? PII_LIMIT_REDACT : PII_LIMIT_BLOCK);
    else if (strcmp(setting, "invalid") == 0 && (choice = which(value, "block", "text")) >= 0)
        pii_policy_set_on_invalid(policy, choice == 1 ? PII_INVALID_TEXT : PII_INVALID_BLOCK);
    return choice >= 0 ? PII_OK : PII_ERROR_ARGUMENT;
}
