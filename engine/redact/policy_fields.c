/* policy_fields.c - what a policy says that fields of documents are. */
#include <string.h>

#include "entity.h"
#include "memory.h"
#include "policy.h"

static bool is_subject(const char *what)
{
    return strcmp(what, "subject") == 0;
}

static bool what_valid(const char *what)
{
    return strcmp(what, "text") == 0 || strcmp(what, "never") == 0 || is_subject(what) || pii__entity_name_valid(what);
}

/* A path as it is; a name as that of a member of each item. NULL: no memory. */
static char *path_of(const pii_allocator *allocator, const char *name)
{
    static const char item[] = "/*/";
    size_t size = strlen(name);
    if (!*name || *name == '/')
        return pii__copy_string(allocator, name, size);
    char *path = size < SIZE_MAX / 4 ? pii__allocate(allocator, sizeof item + 2 * size) : NULL;
    if (!path)
        return NULL;
    memcpy(path, item, sizeof item - 1);
    for (char *to = path + sizeof item - 1; *name; name++) {
        bool escape = *name == '/' || *name == '~';
        if (escape)
            *to++ = '~';
        *to++ = escape ? (*name == '/' ? '1' : '0') : *name;
    }
    return path;
}

pii_status pii_policy_set_field(pii_policy *policy, const char *name, const char *what)
{
    if (!policy || !name || !what || !what_valid(what))
        return PII_ERROR_ARGUMENT;
    pii__policy_field *fields = pii__grow(&policy->allocator, policy->fields, &policy->field_capacity,
                                          policy->field_count, sizeof *fields);
    if (!fields)
        return PII_ERROR_MEMORY;
    policy->fields = fields;
    pii__policy_field field = {.path = path_of(&policy->allocator, name),
                               .what = pii__copy_string(&policy->allocator, what, strlen(what))};
    if (!field.path || !field.what) {
        pii__release(&policy->allocator, field.path);
        pii__release(&policy->allocator, field.what);
        return PII_ERROR_MEMORY;
    }
    fields[policy->field_count++] = field;
    return PII_OK;
}

size_t pii_policy_field_count(const pii_policy *policy)
{
    return policy ? policy->field_count : 0;
}

bool pii__policy_names_subjects(const pii_policy *policy)
{
    for (size_t i = 0; policy && i < policy->field_count; i++)
        if (is_subject(policy->fields[i].what))
            return true;
    return false;
}

void pii__policy_free_fields(pii_policy *policy)
{
    for (size_t i = 0; i < policy->field_count; i++) {
        pii__release(&policy->allocator, policy->fields[i].path);
        pii__release(&policy->allocator, policy->fields[i].what);
    }
    pii__release(&policy->allocator, policy->fields);
}
