#include "policy_source.h"

#include <string.h>
#include <time.h>

#include "content.h"
#include "key_source.h"
#include "message.h"

#define FILE_SIZE_MAX ((size_t)4 << 20)

static exit_code refused(const char *name, const pii_policy_error *error)
{
    message("%s:%u:%u: %s%s%s", name, error->line, error->column, error->field, *error->field ? ": " : "",
            error->message);
    return EXIT_INVALID;
}

static exit_code load(const char *name, const char *yaml, size_t size, pii_policy **ret)
{
    pii_policy_error error;
    pii_status status = pii_policy_load(NULL, yaml, size, ret, &error);
    if (status == PII_ERROR_RULE)
        return refused(name, &error);
    return status == PII_OK ? EXIT_DONE : message_memory();
}

static exit_code load_file(const char *path, pii_policy **ret)
{
    struct input input;
    struct content content = {0};
    exit_code code = input_open(&input, path);
    if (code != EXIT_DONE) {
        if (!strpbrk(path, "./"))
            message("no policy %s is built in, either; see piiglet policies list", path);
        return code;
    }
    code = content_read(&content, &input, FILE_SIZE_MAX);
    input_close(&input);
    if (code == EXIT_DONE)
        code = load(input.name, content.bytes, content.size, ret);
    content_free(&content);
    return code;
}

static exit_code load_any(const char *text, pii_policy **ret)
{
    const char *name, *yaml;
    size_t size, count = pii_policy_file(SIZE_MAX, NULL, NULL, NULL);
    if (!text)
        return pii_policy_new(NULL, ret) == PII_OK ? EXIT_DONE : message_memory();
    for (size_t i = 0; i < count; i++) {
        (void)pii_policy_file(i, &name, &yaml, &size);
        if (!strcmp(name, text))
            return load(name, yaml, size, ret);
    }
    return load_file(text, ret);
}

static uint32_t day_of_clock(void)
{
    time_t now = time(NULL);
    return now > 0 ? (uint32_t)(now / SECONDS_OF_DAY) : 0;
}

static exit_code add_keys(const struct options *options, pii_policy *policy)
{
    exit_code code = key_source_add(options, policy);
    if (code != EXIT_DONE)
        return code;
    pii_policy_set_today(policy, options->today ? options->today : day_of_clock());
    if (options->subject && pii_policy_set_subject(policy, options->subject, strlen(options->subject)) != PII_OK)
        return message_memory();
    if (pii_policy_needs_key(policy) && !options->keys_count)
        return message_usage("scrub", "this policy needs a key; give one with --key-file or --key-fd");
    return EXIT_DONE;
}

exit_code policy_source_make(const struct options *options, pii_policy **ret)
{
    pii_policy *policy = NULL;
    exit_code code = load_any(options->policy, &policy);
    if (code == EXIT_DONE && options->command == COMMAND_SCRUB)
        code = add_keys(options, policy);
    else if (code == EXIT_DONE)
        pii_policy_clear_actions(policy);
    if (code == EXIT_DONE) {
        pii_policy_report_hashes(policy, options->hashes);
        *ret = policy;
    } else {
        pii_policy_free(policy);
    }
    return code;
}
