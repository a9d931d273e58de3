#include "policy.h"

#include <string.h>

#include "entity.h"
#include "memory.h"
#include "transform.h"
#include "utf8.h"

pii_status pii_policy_new(const pii_allocator *allocator, pii_policy **ret)
{
    if (!ret)
        return PII_ERROR_ARGUMENT;
    pii_allocator own = pii__allocator_or_default(allocator);
    pii_policy *policy = pii__allocate(&own, sizeof *policy);
    if (!policy)
        return PII_ERROR_MEMORY;
    policy->allocator = own;
    atomic_init(&policy->references, 1);
    policy->min_confidence = PII__MIN_CONFIDENCE;
    *ret = policy;
    return PII_OK;
}

/* What a policy says does not change; how many hold it does. */
pii_policy *pii__policy_ref(const pii_policy *policy)
{
    pii_policy *held = (pii_policy *)(uintptr_t)policy;
    if (held)
        atomic_fetch_add_explicit(&held->references, 1, memory_order_relaxed);
    return held;
}

/* Texts that an action owns are given back. */
static void free_action(const pii_policy *policy, pii_action *action)
{
    pii__release(&policy->allocator, (char *)(uintptr_t)action->text);
    pii__release(&policy->allocator, (char *)(uintptr_t)action->key);
    *action = (pii_action){0};
}

static void free_actions(pii_policy *policy)
{
    free_action(policy, &policy->action);
    for (size_t i = 0; i < policy->choice_count; i++) {
        free_action(policy, &policy->choices[i].action);
        policy->choices[i].acts = false;
    }
    for (size_t i = 0; i < policy->place_count; i++) {
        pii__place_pattern_free(&policy->allocator, &policy->places[i].where);
        pii__release(&policy->allocator, policy->places[i].entity);
        free_action(policy, &policy->places[i].action);
    }
    policy->place_count = 0;
}

void pii_policy_free(pii_policy *policy)
{
    if (!policy || atomic_fetch_sub_explicit(&policy->references, 1, memory_order_acq_rel) != 1)
        return;
    pii_allocator own = policy->allocator;
    free_actions(policy);
    for (size_t i = 0; i < policy->choice_count; i++)
        pii__release(&own, policy->choices[i].entity);
    pii__release(&own, policy->choices);
    pii__release(&own, policy->places);
    pii__release(&own, policy->subject);
    pii__allow_list_free(&own, &policy->allowed);
    pii__policy_free_fields(policy);
    pii__release(&own, policy);
}

/* ---- Choices ---- */

static pii__policy_choice *find_choice(const pii_policy *policy, const char *entity)
{
    for (size_t i = 0; i < policy->choice_count; i++)
        if (pii__entity_is(policy->choices[i].entity, entity))
            return &policy->choices[i];
    return NULL;
}

/* The choice of an entity, which may be new. */
static pii_status make_choice(pii_policy *policy, const char *entity, pii__policy_choice **ret)
{
    if (!policy || !entity || !pii__entity_name_valid(entity))
        return PII_ERROR_ARGUMENT;
    *ret = find_choice(policy, entity);
    if (*ret)
        return PII_OK;
    char *name = pii__copy_string(&policy->allocator, entity, strlen(entity));
    pii__policy_choice *choices =
        name ? pii__reallocate(&policy->allocator, policy->choices, (policy->choice_count + 1) * sizeof *choices)
             : NULL;
    if (!choices) {
        pii__release(&policy->allocator, name);
        return PII_ERROR_MEMORY;
    }
    policy->choices = choices;
    *ret = &policy->choices[policy->choice_count++];
    **ret = (pii__policy_choice){.entity = name, .min_confidence = -1};
    return PII_OK;
}

pii_status pii_policy_set(pii_policy *policy, const char *entity, bool on)
{
    pii__policy_choice *choice;
    pii_status status = make_choice(policy, entity, &choice);
    if (status == PII_OK)
        choice->on = on ? PII__SWITCH_ON : PII__SWITCH_OFF;
    return status;
}

void pii_policy_set_all(pii_policy *policy, bool on)
{
    if (!policy)
        return;
    for (size_t i = 0; i < policy->choice_count; i++)
        policy->choices[i].on = PII__SWITCH_BASE;
    policy->base = on ? PII__POLICY_ALL : PII__POLICY_NONE;
}

static bool is_confidence(double confidence)
{
    return confidence >= 0 && confidence <= 1;
}

pii_status pii_policy_set_min_confidence(pii_policy *policy, double confidence)
{
    if (!policy || !is_confidence(confidence))
        return PII_ERROR_ARGUMENT;
    policy->min_confidence = confidence;
    return PII_OK;
}

pii_status pii_policy_set_entity_confidence(pii_policy *policy, const char *entity, double confidence)
{
    pii__policy_choice *choice;
    pii_status status = is_confidence(confidence) ? make_choice(policy, entity, &choice) : PII_ERROR_ARGUMENT;
    if (status == PII_OK)
        choice->min_confidence = confidence;
    return status;
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
    if (choice && choice->on != PII__SWITCH_BASE)
        return choice->on == PII__SWITCH_ON;
    if (!policy || policy->base == PII__POLICY_DEFAULT)
        return on_by_default;
    return policy->base == PII__POLICY_ALL;
}

double pii__policy_min_confidence(const pii_policy *policy, const char *entity)
{
    const pii__policy_choice *choice = policy ? find_choice(policy, entity) : NULL;
    if (choice && choice->min_confidence >= 0)
        return choice->min_confidence;
    return policy ? policy->min_confidence : PII__MIN_CONFIDENCE;
}

/* ---- Actions ---- */

/* Fit for every place of every format, so that it can be written as it stands. */
static bool text_fits(const char *text)
{
    size_t size = strlen(text);
    if (size > PII__ACTION_TEXT_MAX || strstr(text, "</"))
        return false;
    for (size_t at = 0; at < size;) {
        pii__character character = pii__utf8_decode((const uint8_t *)text + at, size - at);
        uint32_t c = character.code_point;
        if (character.size <= 0 || c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
            (c < 0x80 && strchr("\"'`\\&${}", (int)c)))
            return false;
        at += (size_t)character.size;
    }
    return true;
}

static bool action_valid(const pii_action *action)
{
    if (!action || (unsigned)action->kind > PII_ACTION_BLOCK || (unsigned)action->level > PII_GENERALISE_AGE)
        return false;
    if (action->kind == PII_ACTION_TEXT && (!action->text || !text_fits(action->text)))
        return false;
    return !action->key || pii__key_id_valid(action->key);
}

/* A copy with texts of its own, of an action that is valid. */
static pii_status copy_action(const pii_policy *policy, const pii_action *action, pii_action *ret)
{
    pii_action copy = *action;
    copy.text = copy.key = NULL;
    if (action->kind == PII_ACTION_TEXT)
        copy.text = pii__copy_string(&policy->allocator, action->text, strlen(action->text));
    if (action->key)
        copy.key = pii__copy_string(&policy->allocator, action->key, strlen(action->key));
    if ((action->kind == PII_ACTION_TEXT && !copy.text) || (action->key && !copy.key)) {
        free_action(policy, &copy);
        return PII_ERROR_MEMORY;
    }
    *ret = copy;
    return PII_OK;
}

pii_status pii_policy_set_action(pii_policy *policy, const char *entity, const pii_action *action)
{
    pii__policy_choice *choice = NULL;
    pii_action copy;
    if (!policy || !action_valid(action))
        return PII_ERROR_ARGUMENT;
    pii_status status = entity ? make_choice(policy, entity, &choice) : PII_OK;
    if (status == PII_OK)
        status = copy_action(policy, action, &copy);
    if (status != PII_OK)
        return status;
    pii_action *place = choice ? &choice->action : &policy->action;
    free_action(policy, place);
    *place = copy;
    if (choice)
        choice->acts = true;
    return PII_OK;
}

static bool place_valid(const pii_place *place)
{
    return !place || !place->path || pii__path_pattern_valid(place->path);
}

pii_status pii_policy_set_action_at(pii_policy *policy, const pii_place *place, const char *entity,
                                    const pii_action *action)
{
    if (!policy || !place || !place_valid(place) || !action_valid(action) ||
        (entity && !pii__entity_name_valid(entity)))
        return PII_ERROR_ARGUMENT;
    if (policy->place_count == PII__PLACES_MAX)
        return PII_ERROR_LIMIT;
    pii__policy_place *places =
        pii__grow(&policy->allocator, policy->places, &policy->place_capacity, policy->place_count, sizeof *places);
    if (!places)
        return PII_ERROR_MEMORY;
    policy->places = places;
    pii__policy_place *added = &places[policy->place_count];
    *added = (pii__policy_place){0};
    pii_status status = pii__place_pattern_copy(&policy->allocator, place, &added->where);
    if (status == PII_OK)
        status = copy_action(policy, action, &added->action);
    if (status == PII_OK && entity) {
        added->entity = pii__copy_string(&policy->allocator, entity, strlen(entity));
        status = added->entity ? PII_OK : PII_ERROR_MEMORY;
    }
    if (status == PII_OK) {
        policy->place_count++;
        return PII_OK;
    }
    pii__place_pattern_free(&policy->allocator, &added->where);
    free_action(policy, &added->action);
    return status;
}

void pii_policy_clear_actions(pii_policy *policy)
{
    if (policy)
        free_actions(policy);
}

const pii_action *pii__policy_action(const pii_policy *policy, const char *entity, const char *project,
                                     const char *path)
{
    for (size_t i = 0; i < policy->place_count; i++) {
        const pii__policy_place *place = &policy->places[i];
        if ((!place->entity || !strcmp(place->entity, entity)) && pii__place_fits(&place->where, project, path))
            return &place->action;
    }
    const pii__policy_choice *choice = find_choice(policy, entity);
    return choice && choice->acts ? &choice->action : &policy->action;
}

bool pii__policy_any_action(const pii_policy *policy, bool (*holds)(void *context, const pii_action *action),
                            void *context)
{
    if (!policy)
        return false;
    for (size_t i = 0; i < policy->choice_count; i++)
        if (policy->choices[i].acts && holds(context, &policy->choices[i].action))
            return true;
    for (size_t i = 0; i < policy->place_count; i++)
        if (holds(context, &policy->places[i].action))
            return true;
    return holds(context, &policy->action);
}

bool pii__policy_any_entity(const pii_policy *policy, bool (*holds)(void *context, const char *entity), void *context)
{
    if (!policy)
        return false;
    for (size_t i = 0; i < policy->choice_count; i++)
        if (holds(context, policy->choices[i].entity))
            return true;
    for (size_t i = 0; i < policy->place_count; i++)
        if (policy->places[i].entity && holds(context, policy->places[i].entity))
            return true;
    for (size_t i = 0; i < policy->allowed.count; i++)
        if (holds(context, policy->allowed.entries[i].entity))
            return true;
    return false;
}

/* ---- Keys, and what else actions need ---- */

pii_status pii_policy_add_key(pii_policy *policy, const char *id, const void *bytes, size_t size)
{
    return policy && id && bytes ? pii__keyring_add(&policy->keys, id, bytes, size) : PII_ERROR_ARGUMENT;
}

static bool needs_key(void *context, const pii_action *action)
{
    (void)context;
    return pii__action_needs_key(action->kind) || (action->kind == PII_ACTION_SURROGATE && action->key);
}

bool pii_policy_needs_key(const pii_policy *policy)
{
    return pii__policy_any_action(policy, needs_key, NULL);
}

static bool lacks_key(void *context, const pii_action *action)
{
    return needs_key(NULL, action) && !pii__keyring_find(context, action->key);
}

pii_status pii__policy_check_keys(const pii_policy *policy)
{
    void *keys = policy ? (void *)(uintptr_t)&policy->keys : NULL;
    return pii__policy_any_action(policy, lacks_key, keys) ? PII_ERROR_KEY : PII_OK;
}

static bool is_number(void *context, const pii_action *action)
{
    (void)context;
    return action->kind == PII_ACTION_NUMBER;
}

bool pii_policy_in_order(const pii_policy *policy)
{
    return pii__policy_any_action(policy, is_number, NULL);
}

pii_status pii_policy_set_subject(pii_policy *policy, const void *bytes, size_t size)
{
    if (!policy || (!bytes && size))
        return PII_ERROR_ARGUMENT;
    uint8_t *subject = pii__allocate(&policy->allocator, size);
    if (!subject)
        return PII_ERROR_MEMORY;
    if (size)
        memcpy(subject, bytes, size);
    pii__release(&policy->allocator, policy->subject);
    policy->subject = subject;
    policy->subject_size = size;
    return PII_OK;
}

void pii_policy_set_today(pii_policy *policy, uint32_t day)
{
    if (policy)
        policy->today = day;
}

/* ---- Allow lists ---- */

static pii_status allow(pii_policy *policy, const pii_place *place, pii__allow_kind kind, const char *entity,
                        const void *text, size_t size)
{
    if (!policy || !place_valid(place) || !entity || !pii__entity_name_valid(entity) || !text || !size ||
        (kind != PII__ALLOW_PATTERN && size > PII__VALUE_SIZE_MAX))
        return PII_ERROR_ARGUMENT;
    return pii__allow_add(&policy->allocator, &policy->allowed, kind, place, entity, text, size);
}

pii_status pii_policy_allow_value(pii_policy *policy, const pii_place *place, const char *entity, const void *value,
                                  size_t size)
{
    return allow(policy, place, PII__ALLOW_VALUE, entity, value, size);
}

static bool is_domain(const char *domain)
{
    size_t size = strlen(domain);
    if (!size || domain[0] == '.' || domain[size - 1] == '.' || !strchr(domain, '.'))
        return false;
    return strspn(domain, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") == size;
}

pii_status pii_policy_allow_domain(pii_policy *policy, const pii_place *place, const char *entity, const char *domain)
{
    if (!entity || (strcmp(entity, "EMAIL") != 0 && strcmp(entity, "URL") != 0) || !domain || !is_domain(domain))
        return PII_ERROR_ARGUMENT;
    return allow(policy, place, PII__ALLOW_DOMAIN, entity, domain, strlen(domain));
}

pii_status pii__policy_allow_pattern(pii_policy *policy, const pii_place *place, const char *entity,
                                     const char *pattern)
{
    return allow(policy, place, PII__ALLOW_PATTERN, entity, pattern, strlen(pattern));
}

pii_status pii_policy_allow_hash(pii_policy *policy, const void *hash, size_t size)
{
    if (!policy || !hash || size != PII__ALLOW_HASH_SIZE)
        return PII_ERROR_ARGUMENT;
    return pii__allow_add_hash(&policy->allocator, &policy->allowed, hash);
}

void pii_policy_report_hashes(pii_policy *policy, bool on)
{
    if (policy)
        policy->reports_hashes = on;
}
