#include "known_file.h"

#include "content.h"
#include "message.h"

#define KNOWN_FILE_SIZE_MAX ((size_t)256 << 20)

static exit_code add_values(pii_known_builder *builder, const char *name, const struct content *content)
{
    size_t line = 0;
    const char *fault = NULL;
    pii_status status = pii_known_builder_add_list(builder, content->bytes, content->size, &line, &fault);
    if (status == PII_OK)
        return EXIT_DONE;
    if (status == PII_ERROR_MEMORY)
        return message_memory();
    message("%s: line %zu: %s", name, line, fault);
    return EXIT_INVALID;
}

/* Whether the ruleset has all entities: a scrubber takes the values, or does not. */
static exit_code check_entities(const char *name, pii_ruleset *ruleset, pii_known *known)
{
    pii_scrubber *scrubber = NULL;
    pii_status status = pii_scrubber_new(ruleset, NULL, NULL, &scrubber);
    if (status == PII_OK)
        status = pii_scrubber_set_known(scrubber, known);
    pii_scrubber_free(scrubber);
    if (status == PII_OK)
        return EXIT_DONE;
    if (status == PII_ERROR_MEMORY)
        return message_memory();
    message("%s: an entity before a TAB is unknown; \"piiglet rules list\" shows them", name);
    return EXIT_INVALID;
}

exit_code known_file_read(const char *path, pii_ruleset *ruleset, pii_known **ret)
{
    struct input input;
    struct content content = {0};
    pii_known_builder *builder = NULL;
    exit_code code = input_open(&input, path);
    if (code != EXIT_DONE)
        return code;
    if (pii_known_builder_new(NULL, &builder) != PII_OK)
        code = message_memory();
    if (code == EXIT_DONE)
        code = content_read(&content, &input, KNOWN_FILE_SIZE_MAX);
    if (code == EXIT_DONE && content.size)
        code = add_values(builder, input.name, &content);
    if (code == EXIT_DONE && pii_known_builder_finish(builder, ret) != PII_OK)
        code = message_memory();
    if (code == EXIT_DONE)
        code = check_entities(input.name, ruleset, *ret);
    pii_known_builder_free(builder);
    content_free(&content);
    input_close(&input);
    return code;
}
