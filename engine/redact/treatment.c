#include "treatment.h"

#include <stdio.h>
#include <string.h>

#include "normalise.h"
#include "transform.h"
#include "utf8.h"

static bool is_placed(const pii_policy *policy)
{
    return policy &&
           (policy->place_count || policy->allowed.count || policy->allowed.hash_count || policy->reports_hashes);
}

static bool is_plain(const pii_policy *policy)
{
    return !policy || (policy->action.kind == PII_ACTION_REPLACE && !is_placed(policy));
}

void pii__treatment_init(pii__treatment *treatment, const pii_allocator *allocator, const pii_policy *policy)
{
    *treatment = (pii__treatment){.allocator = allocator, .policy = pii__policy_ref(policy)};
    treatment->plain = is_plain(policy);
    treatment->placed = is_placed(policy);
    for (size_t i = 0; policy && i < policy->choice_count; i++)
        treatment->plain &= !policy->choices[i].acts;
    treatment->by_record = pii__policy_names_subjects(policy);
    pii__numbering_init(&treatment->numbering, allocator);
    pii__allow_memory_init(&treatment->memory, allocator);
    pii__buffer_init(&treatment->text, allocator, SIZE_MAX / 4);
}

void pii__treatment_free(pii__treatment *treatment)
{
    if (!treatment->allocator)
        return;
    pii__numbering_free(&treatment->numbering);
    pii__allow_memory_free(&treatment->memory);
    pii__buffer_free(&treatment->text);
    pii_policy_free(treatment->policy);
}

void pii__treatment_restart(pii__treatment *treatment)
{
    if (treatment->numbering.count)
        pii__numbering_restart(&treatment->numbering);
}

/* ---- Texts ---- */

/* Whether an ASCII byte means nothing in any format. */
static bool means_nothing(uint8_t byte)
{
    switch (byte) {
    case '"': case '\'': case '`': case '<': case '>': case '&': case '\\': case '{': case '}': case '$': return false;
    default: return byte >= ' ' && byte < 0x7F;
    }
}

static bool ends_lines(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x2028 ||
           code_point == 0x2029;
}

/* A value may hold anything, and what is made of it stands in any place of any
 * format: quotes, brackets of markup, controls and broken characters become blanks. */
static void make_harmless(pii__buffer *text)
{
    for (size_t at = 0; at < text->size;) {
        if (means_nothing(text->bytes[at])) {
            at++;
            continue;
        }
        pii__character character = pii__utf8_decode(text->bytes + at, text->size - at);
        size_t size = character.size > 0 ? (size_t)character.size : character.size < 0 ? (size_t)-character.size : 1;
        if (character.size <= 0 || character.code_point < 0x80 || ends_lines(character.code_point))
            memset(text->bytes + at, ' ', size);
        at += size;
    }
}

static pii_status number(pii__treatment *treatment, const pii__found *found)
{
    pii__value_text form;
    char digits[32];
    uint32_t value = 0;
    pii_status status = PII_OK;
    if (pii__value_normalise(found->entity, found->value, found->size, &form))
        status = pii__numbering_find(&treatment->numbering, found->entity, form.bytes, form.size, &value);
    pii__value_wipe(&form);
    if (status != PII_OK)
        return status;
    size_t size = value ? strlen(found->label) - 1 : strlen(found->label);
    status = pii__buffer_append(&treatment->text, found->label, size);
    (void)snprintf(digits, sizeof digits, "_%u]", (unsigned)value);
    return status == PII_OK && value ? pii__buffer_append_text(&treatment->text, digits) : status;
}

static pii_status transform(pii__treatment *treatment, const pii__found *found, const pii_action *action)
{
    const pii_policy *policy = treatment->policy;
    pii__transform_input input = {
        .action = action,
        .entity = found->entity,
        .value = found->value,
        .size = found->size,
        .keys = &policy->keys,
        .reference_day = policy->today,
        .subject = found->subject ? found->subject : policy->subject,
        .subject_size = found->subject ? found->subject_size : policy->subject_size,
    };
    return pii__transform(&input, &treatment->text);
}

/* Whom a date belongs to is not known where records were to say it, and this one does not. */
static bool lacks_subject(const pii__treatment *treatment, const pii__found *found, const pii_action *action)
{
    return action->kind == PII_ACTION_SHIFT && treatment->by_record && !found->subject && !treatment->policy->subject;
}

static pii_status replace(pii__treatment *treatment, const pii__found *found, const pii_action *action,
                          pii__answer *ret)
{
    pii__buffer *text = &treatment->text;
    if (action->kind == PII_ACTION_REPLACE || (!found->value && pii__action_needs_value(action->kind)) ||
        lacks_subject(treatment, found, action))
        return PII_OK;
    pii__buffer_clear(text);
    pii_status status =
        action->kind == PII_ACTION_NUMBER ? number(treatment, found) : transform(treatment, found, action);
    if (status == PII_OK && action->kind != PII_ACTION_TEXT)
        make_harmless(text);
    ret->size = text->size;
    if (status == PII_OK)
        status = pii__buffer_append(text, "", 1);
    ret->text = (const char *)text->bytes;
    return status;
}

static void show_hash(const pii__found *found, char *ret)
{
    uint8_t hash[PII__ALLOW_HASH_SIZE];
    if (pii__allow_hash_of(found, hash))
        for (size_t i = 0; i < sizeof hash; i++)
            (void)snprintf(ret + 2 * i, 3, "%02x", hash[i]);
}

pii_status pii__treat(pii__treatment *treatment, const pii__found *found, pii__answer *ret)
{
    ret->kind = PII__ANSWER_REPLACED;
    ret->action = PII_ACTION_REPLACE;
    ret->text = found->label;
    ret->size = strlen(found->label);
    ret->hash[0] = '\0';
    if (treatment->plain)
        return PII_OK;
    const pii_policy *policy = treatment->policy;
    bool allowed;
    pii_status status = pii__allowed(&policy->allowed, &treatment->memory, found, &allowed);
    if (status != PII_OK)
        return status;
    if (policy->reports_hashes)
        show_hash(found, ret->hash);
    const pii_action *action = pii__policy_action(policy, found->entity, found->project, found->path);
    ret->action = action->kind;
    if (allowed)
        ret->kind = PII__ANSWER_ALLOWED;
    else if (action->kind == PII_ACTION_KEEP)
        ret->kind = PII__ANSWER_KEPT;
    else if (action->kind == PII_ACTION_BLOCK)
        ret->kind = PII__ANSWER_BLOCKED;
    else
        status = replace(treatment, found, action, ret);
    return status;
}
