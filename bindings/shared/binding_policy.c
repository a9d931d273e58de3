#include "binding_policy.h"

#include <stdlib.h>
#include <string.h>

/* Names of built-in policies are shorter. */
#define NAME_SIZE 64

/* In some languages a name has _ where its file has -. */
static pii_status make_named(const char *text, size_t size, pii_policy **ret)
{
    char name[NAME_SIZE];
    if (size >= sizeof name)
        return PII_ERROR_ARGUMENT;
    memcpy(name, text, size);
    name[size] = '\0';
    for (char *at = strchr(name, '_'); at; at = strchr(at, '_'))
        *at = '-';
    return pii_policy_named(NULL, name, ret);
}

pii_status pii__policy_make(pii__policy_source source, const char *text, size_t size, pii_policy **ret,
                            pii_policy_error *ret_error)
{
    switch (source) {
    case PII__POLICY_USUAL: return pii_policy_new(NULL, ret);
    case PII__POLICY_NAMED: return make_named(text, size, ret);
    case PII__POLICY_YAML: return pii_policy_load(NULL, text, size, ret, ret_error);
    }
    return PII_ERROR_ARGUMENT;
}

/* Which of two words `value` is: 0 or 1; -1: neither. */
static int which(const char *value, const char *first, const char *second)
{
    if (strcmp(value, first) == 0)
        return 0;
    return strcmp(value, second) == 0 ? 1 : -1;
}

/* Days since 1970-01-01; those of our calendar have six digits at most. */
static pii_status set_today(pii_policy *policy, const char *value, size_t size)
{
    if (size == 0 || size > 6 || strspn(value, "0123456789") != size)
        return PII_ERROR_ARGUMENT;
    pii_policy_set_today(policy, (uint32_t)strtoul(value, NULL, 10));
    return PII_OK;
}

/* Settings that have one of two words as their value. */
static pii_status set_choice(pii_policy *policy, const char *setting, const char *value)
{
    int choice = -1;
    if (strcmp(setting, "all") == 0 && (choice = which(value, "off", "on")) >= 0)
        pii_policy_set_all(policy, choice == 1);
    else if (strcmp(setting, "limit") == 0 && (choice = which(value, "block", "redact")) >= 0)
        pii_policy_set_on_limit(policy, choice == 1 ? PII_LIMIT_REDACT : PII_LIMIT_BLOCK);
    else if (strcmp(setting, "invalid") == 0 && (choice = which(value, "block", "text")) >= 0)
        pii_policy_set_on_invalid(policy, choice == 1 ? PII_INVALID_TEXT : PII_INVALID_BLOCK);
    return choice >= 0 ? PII_OK : PII_ERROR_ARGUMENT;
}

pii_status pii__policy_set_by_name(pii_policy *policy, const char *setting, const char *value, size_t size)
{
    static const char key[] = "key:";
    if (strncmp(setting, key, sizeof key - 1) == 0)
        return pii_policy_add_key(policy, setting + sizeof key - 1, value, size);
    if (strcmp(setting, "subject") == 0)
        return pii_policy_set_subject(policy, value, size);
    if (strlen(value) != size) /* the others are words */
        return PII_ERROR_ARGUMENT;
    if (strcmp(setting, "on") == 0)
        return pii_policy_set(policy, value, true);
    if (strcmp(setting, "off") == 0)
        return pii_policy_set(policy, value, false);
    if (strcmp(setting, "kernel") == 0)
        return pii_policy_set_kernel(policy, value);
    if (strcmp(setting, "today") == 0)
        return set_today(policy, value, size);
    return set_choice(policy, setting, value);
}

const char *pii__action_name(pii_action_kind kind)
{
    static const char *const names[] = {
        [PII_ACTION_REPLACE] = "replace",       [PII_ACTION_NUMBER] = "number",
        [PII_ACTION_TEXT] = "text",             [PII_ACTION_MASK] = "mask",
        [PII_ACTION_REMOVE] = "remove",         [PII_ACTION_KEEP] = "keep",
        [PII_ACTION_INITIAL] = "initial",       [PII_ACTION_GENERALISE] = "generalise",
        [PII_ACTION_SHIFT] = "shift",           [PII_ACTION_PSEUDONYM] = "pseudonym",
        [PII_ACTION_SURROGATE] = "surrogate",   [PII_ACTION_BLOCK] = "block",
    };
    return (size_t)kind < sizeof names / sizeof names[0] ? names[kind] : "other";
}
