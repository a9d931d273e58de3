#include "transform.h"

#include <string.h>

#include "transforms.h"

bool pii__action_needs_value(pii_action_kind kind)
{
    return kind != PII_ACTION_REPLACE && kind != PII_ACTION_TEXT && kind != PII_ACTION_REMOVE;
}

bool pii__action_needs_key(pii_action_kind kind)
{
    return kind == PII_ACTION_SHIFT || kind == PII_ACTION_PSEUDONYM;
}

static pii_status append_label(const char *entity, pii__buffer *out)
{
    size_t size = strlen(entity);
    pii_status status = pii__buffer_reserve(out, size + 2);
    if (status != PII_OK)
        return status;
    out->bytes[out->size] = '[';
    memcpy(out->bytes + out->size + 1, entity, size);
    out->bytes[out->size + size + 1] = ']';
    out->size += size + 2;
    return PII_OK;
}

/* Writing stops at the end of what is used, so wiping that is enough. */
static pii_status transform_value(const pii__transform_input *input,
                                  bool (*transform)(const pii__transform_input *, pii__replacement *), pii__buffer *out)
{
    pii__replacement replacement;
    pii__replacement_clear(&replacement);
    bool understood = input->size <= PII__VALUE_SIZE_MAX && transform(input, &replacement) && !replacement.full;
    pii_status status =
        understood ? pii__buffer_append(out, replacement.bytes, replacement.size) : append_label(input->entity, out);
    pii__wipe(replacement.bytes, replacement.size);
    return status;
}

pii_status pii__transform(const pii__transform_input *input, pii__buffer *out)
{
    const pii_action *action = input->action;
    bool key_there = pii__keyring_find(input->keys, action->key) != NULL;
    if (!key_there && (pii__action_needs_key(action->kind) || (action->kind == PII_ACTION_SURROGATE && action->key)))
        return PII_ERROR_ARGUMENT;
    switch (action->kind) {
    case PII_ACTION_REPLACE: return append_label(input->entity, out);
    case PII_ACTION_TEXT: return pii__buffer_append_text(out, action->text);
    case PII_ACTION_REMOVE: return PII_OK;
    case PII_ACTION_MASK: return transform_value(input, pii__transform_mask, out);
    case PII_ACTION_INITIAL: return transform_value(input, pii__transform_initial, out);
    case PII_ACTION_GENERALISE: return transform_value(input, pii__transform_generalise, out);
    case PII_ACTION_SHIFT: return transform_value(input, pii__transform_shift, out);
    case PII_ACTION_PSEUDONYM: return transform_value(input, pii__transform_pseudonym, out);
    case PII_ACTION_SURROGATE: return transform_value(input, pii__transform_surrogate, out);
    default: return PII_ERROR_ARGUMENT;
    }
}
