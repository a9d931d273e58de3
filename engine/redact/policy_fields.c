/* policy_fields.c - what a policy says that fields of documents are. */
#include <string.h>

#include "entity.h"
#include "memory.h"
#include "policy.h"

static bool what_valid(const char *what)
{
    return strcmp(what, "text") == 0 || strcmp(what, "never") == 0 || pii__entity_name_valid(what);
}

pii_status pii_policy_set_field(pii_policy *policy, const char *path, const char *what)
{
    if (!policy || !path || !what || (*path && *path != '/') || !what_valid(what))
        return PII_ERROR_ARGUMENT;
    pii__policy_field *fields = pii__grow(&policy->allocator, policy->fields, &policy->field_capacity,
                                          policy->field_count, sizeof *fields);
    if (!fields)
        return PII_ERROR_MEMORY;
    policy->fields = fields;
    pii__policy_field field = {.path = pii__copy_string(&policy->allocator, path, strlen(path)),
                               .what = pii__copy_string(&policy->allocator, what, strlen(what))};
    if (!field.path || !field.what) {
        pii__release(&policy->allocator, field.path);
        pii__release(&policy->allocator, field.what);
        return PII_ERROR_MEMORY;
    }
    fields[policy->field_count++] = field;
    return PII_OK;
}

void pii__policy_free_fields(pii_policy *policy)
{
    for (size_t i = 0; i < policy->field_count; i++) {
        pii__release(&policy->allocator, policy->fields[i].path);
        pii__release(&policy->allocator, policy->fields[i].what);
    }
    pii__release(&policy->allocator, policy->fields);
}
