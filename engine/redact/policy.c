#include "policy.h"

#include <string.h>

#include "entity.h"
#include "memory.h"

pii_status pii_policy_new(const pii_allocator *allocator, pii_policy **ret)
{
    if (!ret)
        return PII_ERROR_ARGUMENT;
    pii_allocator own = pii__allocator_or_default(allocator);
    pii_policy *policy = pii__allocate(&own, sizeof *policy);
    if (!policy)
        return PII_ERROR_MEMORY;
    policy->allocator = own;
    policy->min_confidence = PII__MIN_CONFIDENCE;
    *ret = policy;
    return PII_OK;
}

static void clear_choices(pii_policy *policy)
{
    for (size_t i = 0; i < policy->choice_count; i++)
        pii__release(&policy->allocator, policy->choices[i].entity);
    pii__release(&policy->allocator, policy->choices);
    policy->choices = NULL;
    policy->choice_count = 0;
}

void pii_policy_free(pii_policy *policy)
{
    if (!policy)
        return;
    pii_allocator own = policy->allocator;
    clear_choices(policy);
    pii__policy_free_fields(policy);
    pii__release(&own, policy);
}

static pii__policy_choice *find_choice(const pii_policy *policy, const char *entity)
{
    for (size_t i = 0; i < policy->choice_count; i++)
        if (!strcmp(policy->choices[i].entity, entity))
            return &policy->choices[i];
    return NULL;
}

pii_status pii_policy_set(pii_policy *policy, const char *entity, bool on)
{
    if (!policy || !entity || !pii__entity_name_valid(entity))
        return PII_ERROR_ARGUMENT;
    pii__policy_choice *choice = find_choice(policy, entity);
    if (choice) {
        choice->on = on;
        return PII_OK;
    }
    char *name = pii__copy_string(&policy->allocator, entity, strlen(entity));
    pii__policy_choice *choices =
        name ? pii__reallocate(&policy->allocator, policy->choices, (policy->choice_count + 1) * sizeof *choices)
             : NULL;
    if (!choices) {
        pii__release(&policy->allocator, name);
        return PII_ERROR_MEMORY;
    }
    policy->choices = choices;
    policy->choices[policy->choice_count++] = (pii__policy_choice){name, on};
    return PII_OK;
}

void pii_policy_set_all(pii_policy *policy, bool on)
{
    if (!policy)
        return;
    clear_choices(policy);
    policy->base = on ? PII__POLICY_ALL : PII__POLICY_NONE;
}

pii_status pii_policy_set_min_confidence(pii_policy *policy, double confidence)
{
    if (!policy || !(confidence >= 0 && confidence <= 1))
        return PII_ERROR_ARGUMENT;
    policy->min_confidence = confidence;
    return PII_OK;
}

void pii_policy_set_on_limit(pii_policy *policy, pii_limit_action action)
{
    if (policy)
        policy->on_limit = action;
}

void pii_policy_set_on_invalid(pii_policy *policy, pii_invalid_action action)
{
    if (policy)
        policy->on_invalid = action;
}

pii_status pii_policy_set_kernel(pii_policy *policy, const char *name)
{
    if (!policy || (name && strlen(name) >= sizeof policy->kernel))
        return PII_ERROR_ARGUMENT;
    bool best = !name || !strcmp(name, "best");
    memset(policy->kernel, 0, sizeof policy->kernel);
    if (!best)
        memcpy(policy->kernel, name, strlen(name));
    return PII_OK;
}

bool pii__policy_on(const pii_policy *policy, const char *entity, bool on_by_default)
{
    const pii__policy_choice *choice = policy ? find_choice(policy, entity) : NULL;
    if (choice)
        return choice->on;
    if (!policy || policy->base == PII__POLICY_DEFAULT)
        return on_by_default;
    return policy->base == PII__POLICY_ALL;
}
