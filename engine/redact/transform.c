#include "transform.h"

#include <string.h>

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

pii_status pii__transform(const pii__transform_input *input, pii__buffer *out)
{
    switch (input->action->kind) {
    case PII_ACTION_TEXT:
        return pii__buffer_append_text(out, input->action->text);
    case PII_ACTION_REMOVE:
        return PII_OK;
    case PII_ACTION_NUMBER:
    case PII_ACTION_KEEP:
    case PII_ACTION_BLOCK:
        return PII_ERROR_ARGUMENT;
    default:
        return append_label(input->entity, out);
    }
}
