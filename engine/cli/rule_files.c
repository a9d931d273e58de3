#include "rule_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "content.h"
#include "input.h"
#include "message.h"

/* Far above what the compiler takes; it says so itself with a diagnostic. */
#define RULE_FILE_READ_MAX ((size_t)16 << 20)

static exit_code add_file(pii_compiler *compiler, const char *path)
{
    struct input input;
    exit_code code = input_open(&input, path);
    if (code != EXIT_DONE)
        return code;
    struct content content = {0};
    code = content_read(&content, &input, RULE_FILE_READ_MAX);
    if (code == EXIT_DONE) {
        pii_status status = pii_compiler_add(compiler, input.name, content.bytes, content.size);
        if (status == PII_ERROR_RULE)
            code = EXIT_INVALID;
        else if (status != PII_OK)
            code = message_status(input.name, status, 0);
    }
    content_free(&content);
    input_close(&input);
    return code;
}

static int is_rule_file(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && dot != entry->d_name && !strcmp(dot, ".yaml");
}

/* alphasort would ask the locale. */
static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static exit_code add_entry(pii_compiler *compiler, const char *directory, const char *name)
{
    char *path;
    if (asprintf(&path, "%s/%s", directory, name) < 0)
        return message_memory();
    exit_code code = add_file(compiler, path);
    free(path);
    return code;
}

static exit_code add_directory(pii_compiler *compiler, const char *path)
{
    struct dirent **entries;
    int count = scandir(path, &entries, is_rule_file, compare_names);
    if (count < 0)
        return message_io(path, errno);
    exit_code code = EXIT_DONE;
    if (count == 0) {
        message("%s: holds no rule file (*.yaml); name another directory or a file", path);
        code = EXIT_IO;
    }
    for (int i = 0; i < count; i++) {
        code = exit_worst(code, add_entry(compiler, path, entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
    return code;
}

exit_code rule_files_add(pii_compiler *compiler, const char *const *paths, int count)
{
    exit_code code = EXIT_DONE;
    for (int i = 0; i < count; i++) {
        struct stat status;
        bool directory = !input_is_stdin(paths[i]) && stat(paths[i], &status) == 0 && S_ISDIR(status.st_mode);
        code = exit_worst(code, directory ? add_directory(compiler, paths[i]) : add_file(compiler, paths[i]));
    }
    return code;
}

/* The files themselves, as they come with remarks and test vectors. */
static exit_code add_default_files(pii_compiler *compiler)
{
    exit_code code = EXIT_DONE;
    const char *name, *yaml;
    size_t size, count = pii_default_rule_file(SIZE_MAX, NULL, NULL, NULL);
    for (size_t i = 0; i < count; i++) {
        (void)pii_default_rule_file(i, &name, &yaml, &size);
        pii_status status = pii_compiler_add(compiler, name, yaml, size);
        if (status == PII_ERROR_RULE)
            code = EXIT_INVALID;
        else if (status != PII_OK)
            return message_setup("built-in rules", status);
    }
    return code;
}

exit_code rule_files_add_or_default(pii_compiler *compiler, const char *const *paths, int count)
{
    return count > 0 ? rule_files_add(compiler, paths, count) : add_default_files(compiler);
}

static void print(const pii_diagnostic *diagnostic, struct writer *writer)
{
    static const char *const severities[] = {"note", "warning", "error"};
    writer_text(writer, diagnostic->file);
    writer_format(writer, ":%u:%u: %s: ", diagnostic->line, diagnostic->column, severities[diagnostic->severity]);
    const char *const places[] = {diagnostic->rule, diagnostic->field};
    for (int i = 0; i < 2; i++) {
        if (!*places[i])
            continue;
        writer_text(writer, places[i]);
        writer_text(writer, ": ");
    }
    writer_text(writer, diagnostic->message);
    if (*diagnostic->expected) {
        writer_text(writer, " (expected ");
        writer_text(writer, diagnostic->expected);
        writer_text(writer, ")");
    }
    writer_text(writer, "\n");
}

void rule_files_print(const pii_compiler *compiler, pii_severity least, struct writer *writer)
{
    const pii_diagnostic *diagnostics = NULL;
    size_t count = pii_compiler_diagnostics(compiler, &diagnostics);
    for (size_t i = 0; i < count; i++)
        if (diagnostics[i].severity >= least)
            print(&diagnostics[i], writer);
}

exit_code rule_files_refused(const pii_compiler *compiler)
{
    struct writer writer;
    writer_init(&writer, STDERR_FILENO, "standard error", NULL);
    rule_files_print(compiler, PII_SEVERITY_ERROR, &writer);
    (void)writer_end(&writer);
    writer_free(&writer);
    message("rules refused and nothing read; see piiglet rules lint");
    return EXIT_INVALID;
}
