#include "setup.h"

#include <string.h>

#include "columns.h"
#include "known_file.h"
#include "message.h"
#include "policy_source.h"
#include "rule_files.h"

#define ENTITY_NAME_SIZE_MAX 64

static exit_code fill_compiler(pii_compiler *compiler, const struct options *options)
{
    if (!options->no_default_rules) {
        pii_status status = pii_compiler_add_default(compiler);
        if (status != PII_OK)
            return message_setup("built-in rules", status);
    }
    return rule_files_add(compiler, options->rules, options->rules_count);
}

exit_code setup_ruleset(const struct options *options, pii_ruleset **ret)
{
    pii_compiler *compiler = NULL;
    pii_status status = pii_compiler_new(NULL, &compiler);
    if (status != PII_OK)
        return message_memory();
    exit_code code = fill_compiler(compiler, options);
    if (code == EXIT_DONE) {
        status = pii_compiler_finish(compiler, ret);
        if (status == PII_ERROR_RULE)
            code = EXIT_INVALID;
        else if (status != PII_OK)
            code = message_setup("rules", status);
    }
    if (code == EXIT_INVALID)
        code = rule_files_refused(compiler);
    pii_compiler_free(compiler);
    return code;
}

/* Calls back for each entity that has rules, once. */
static void each_entity(const pii_ruleset *ruleset, void (*function)(void *, const char *), void *context)
{
    size_t count = pii_ruleset_size(ruleset);
    for (size_t i = 0; i < count; i++) {
        pii_rule_info rule;
        if (pii_ruleset_rule(ruleset, i, &rule) != PII_OK)
            continue;
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++) {
            pii_rule_info earlier;
            seen = pii_ruleset_rule(ruleset, j, &earlier) == PII_OK && !strcmp(earlier.entity, rule.entity);
        }
        if (!seen)
            function(context, rule.entity);
    }
}

struct name_match {
    const char *name;
    bool found;
};

static void match_name(void *context, const char *entity)
{
    struct name_match *match = context;
    if (!strcmp(match->name, entity))
        match->found = true;
}

struct name_list {
    char text[2048];
    size_t size;
};

static void append_name(void *context, const char *entity)
{
    struct name_list *list = context;
    size_t size = strlen(entity);
    if (list->size + size + 2 >= sizeof list->text)
        return;
    if (list->size > 0) {
        list->text[list->size++] = ',';
        list->text[list->size++] = ' ';
    }
    memcpy(list->text + list->size, entity, size);
    list->size += size;
    list->text[list->size] = '\0';
}

/* One name of --only or --except; small letters will do. */
static exit_code set_entity(struct setup *setup, const struct options *options, const char *text, size_t size, bool on)
{
    char name[ENTITY_NAME_SIZE_MAX + 1];
    size_t length = size < sizeof name ? size : sizeof name - 1;
    for (size_t i = 0; i < length; i++)
        name[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    name[length] = '\0';
    struct name_match match = {name, false};
    each_entity(setup->ruleset, match_name, &match);
    if (!match.found) {
        struct name_list list = {0};
        each_entity(setup->ruleset, append_name, &list);
        return message_usage(options->command_text, "entity %s has no rule; known: %s", name, list.text);
    }
    return pii_policy_set(setup->policy, name, on) == PII_OK ? EXIT_DONE : message_memory();
}

static exit_code set_entities(struct setup *setup, const struct options *options, const char *names, bool on)
{
    for (;;) {
        size_t size = strcspn(names, ",");
        exit_code code = set_entity(setup, options, names, size, on);
        if (code != EXIT_DONE || !names[size])
            return code;
        names += size + 1;
    }
}

static bool kernel_known(const char *name)
{
    bool known = !name || strcmp(name, "best") == 0;
    for (size_t i = 0; !known && pii_kernel_name(i); i++)
        known = strcmp(pii_kernel_name(i), name) == 0;
    return known;
}

/* What only rules and policy together tell. */
static exit_code check_policy(const struct setup *setup, const struct options *options)
{
    pii_scrubber *scrubber = NULL;
    pii_status status = pii_scrubber_new(setup->ruleset, setup->policy, NULL, &scrubber);
    pii_scrubber_free(scrubber);
    if (status == PII_ERROR_KEY)
        return message_usage(options->command_text, "%s: an action needs a key of an id that none was given with",
                             options->policy);
    if (status == PII_ERROR_ARGUMENT)
        return message_usage(options->command_text,
                             "%s: names an entity that nobody knows, or puts in a text that a rule finds",
                             options->policy);
    return status == PII_OK ? EXIT_DONE : message_setup(options->policy, status);
}

exit_code setup_make(struct setup *setup, const struct options *options)
{
    *setup = (struct setup){0};
    exit_code code = setup_ruleset(options, &setup->ruleset);
    if (code != EXIT_DONE)
        return code;
    code = policy_source_make(options, &setup->policy);
    if (code == EXIT_DONE && options->known)
        code = known_file_read(options->known, setup->ruleset, &setup->known);
    if (code != EXIT_DONE)
        return code;
    if (options->min_confidence >= 0 && pii_policy_set_min_confidence(setup->policy, options->min_confidence) != PII_OK)
        return message_memory();
    if (pii_policy_set_kernel(setup->policy, options->kernel) != PII_OK || !kernel_known(options->kernel))
        return message_usage(options->command_text, "--kernel %s: this build has no such kernel", options->kernel);
    if (options->lenient)
        pii_policy_set_on_invalid(setup->policy, PII_INVALID_TEXT);
    code = columns_set(setup->policy, setup->ruleset, options);
    if (code == EXIT_DONE && options->policy)
        code = check_policy(setup, options);
    if (code != EXIT_DONE)
        return code;
    if (options->only) {
        pii_policy_set_all(setup->policy, false);
        return set_entities(setup, options, options->only, true);
    }
    return options->except ? set_entities(setup, options, options->except, false) : EXIT_DONE;
}

void setup_free(struct setup *setup)
{
    pii_known_free(setup->known);
    pii_policy_free(setup->policy);
    pii_ruleset_free(setup->ruleset);
}
