#include "columns.h"

#include <stdlib.h>
#include <string.h>

#include "message.h"

static bool entity_known(const pii_ruleset *ruleset, const char *name)
{
    pii_rule_info rule;
    for (size_t i = 0; pii_ruleset_rule(ruleset, i, &rule) == PII_OK; i++)
        if (strcmp(rule.entity, name) == 0)
            return true;
    return false;
}

static bool is_word(const char *what)
{
    return strcmp(what, "text") == 0 || strcmp(what, "never") == 0 || strcmp(what, "subject") == 0;
}

static exit_code set_column(pii_policy *policy, const pii_ruleset *ruleset, const struct options *options,
                            const char *column)
{
    const char *what = strrchr(column, '=');
    if (!what || what == column || !what[1])
        return message_usage(options->command_text,
                             "--column %s: expected NAME=ENTITY, NAME=text, NAME=never or NAME=subject", column);
    size_t size = (size_t)(what++ - column);
    if (!is_word(what) && !entity_known(ruleset, what))
        return message_usage(options->command_text,
                             "--column %s: %s is no entity that has a rule, text, never or subject", column, what);
    char *name = strndup(column, size);
    pii_status status = name ? pii_policy_set_field(policy, name, what) : PII_ERROR_MEMORY;
    free(name);
    return status == PII_OK ? EXIT_DONE : message_memory();
}

exit_code columns_set(pii_policy *policy, const pii_ruleset *ruleset, const struct options *options)
{
    exit_code code = EXIT_DONE;
    for (int i = 0; code == EXIT_DONE && i < options->columns_count; i++)
        code = set_column(policy, ruleset, options, options->columns[i]);
    return code;
}

exit_code columns_check(const pii_policy *policy, const struct options *options, const char *document, uint64_t met)
{
    exit_code code = EXIT_DONE;
    size_t first = pii_policy_field_count(policy) - (size_t)options->columns_count;
    for (int i = 0; i < options->columns_count; i++) {
        size_t bit = first + (size_t)i;
        if (met >> (bit < 63 ? bit : 63) & 1)
            continue;
        const char *column = options->columns[i];
        message("%s: no field is named %.*s; see --column in piiglet scrub --help", document,
                (int)(strrchr(column, '=') - column), column);
        code = EXIT_INVALID;
    }
    return code;
}
