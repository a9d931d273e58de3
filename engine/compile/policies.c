/* The policies of rules/policies, which are embedded as they are written. */
#include <string.h>

#include "embedded.h"
#include "piiglet_policy.h"

pii_status pii_policy_named(const pii_allocator *allocator, const char *name, pii_policy **ret)
{
    for (const pii__embedded_file *file = pii__embedded_policies; name && ret && file->name; file++)
        if (!strcmp(file->name, name))
            return pii_policy_load(allocator, file->bytes, file->size, ret, NULL);
    return PII_ERROR_ARGUMENT;
}

size_t pii_policy_file(size_t index, const char **ret_name, const char **ret_yaml, size_t *ret_size)
{
    return pii__embedded_file_at(pii__embedded_policies, index, ret_name, ret_yaml, ret_size);
}
