/* policies - list and show. */
#include <string.h>

#include "command.h"
#include "message.h"
#include "writer.h"

#define DESCRIPTION "\ndescription: "

static void print_line(struct writer *writer, const char *name, const char *yaml)
{
    const char *text = strstr(yaml, DESCRIPTION);
    text = text ? text + strlen(DESCRIPTION) : "";
    writer_format(writer, "%-16s ", name);
    writer_put(writer, text, strcspn(text, "\n"));
    writer_text(writer, "\n");
}

static exit_code end(struct writer *writer)
{
    exit_code code = writer_end(writer);
    writer_free(writer);
    return code;
}

exit_code command_policies_list(const struct options *options)
{
    struct writer writer;
    const char *name, *yaml;
    size_t count = pii_policy_file(SIZE_MAX, NULL, NULL, NULL);
    if (options->file_count)
        return message_usage("policies list", "policies list takes no names");
    writer_init_stdout(&writer, NULL);
    for (size_t i = 0; i < count; i++) {
        (void)pii_policy_file(i, &name, &yaml, NULL);
        print_line(&writer, name, yaml);
    }
    return end(&writer);
}

exit_code command_policies_show(const struct options *options)
{
    struct writer writer;
    const char *name, *yaml;
    size_t size, count = pii_policy_file(SIZE_MAX, NULL, NULL, NULL);
    if (options->file_count != 1)
        return message_usage("policies show", "policies show takes the name of one policy");
    for (size_t i = 0; i < count; i++) {
        (void)pii_policy_file(i, &name, &yaml, &size);
        if (strcmp(name, options->files[0]) != 0)
            continue;
        writer_init_stdout(&writer, NULL);
        writer_put(&writer, yaml, size);
        return end(&writer);
    }
    return message_usage("policies show", "%s: no such policy; see piiglet policies list", options->files[0]);
}
