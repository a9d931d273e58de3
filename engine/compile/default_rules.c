/* The embedded rules: as files, and as the ruleset that was made of them when
 * the library was built. Nothing else may refer to what make_default_rules
 * writes, as that program is linked from the rest of this layer. */
#include "default_rules.h"

#include "embedded.h"
#include "memory.h"
#include "ruleset.h"

pii_status pii_compiler_add_default(pii_compiler *compiler)
{
    if (!compiler)
        return PII_ERROR_ARGUMENT;
    return pii__compiler_add_ready(compiler, &pii__default_rules);
}

pii_status pii_ruleset_default(const pii_allocator *allocator, pii_ruleset **ret)
{
    if (!ret)
        return PII_ERROR_ARGUMENT;
    pii_allocator own = pii__allocator_or_default(allocator);
    const pii__ready_rules *ready = &pii__default_rules;
    return pii__ruleset_new(&own, ready->rules, ready->count, ready->plan, ret);
}

size_t pii_default_rule_file(size_t index, const char **ret_name, const char **ret_yaml, size_t *ret_size)
{
    return pii__embedded_file_at(pii__embedded_rules, index, ret_name, ret_yaml, ret_size);
}
