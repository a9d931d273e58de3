/* rules - list and lint. */
#include <string.h>

#include "command.h"
#include "message.h"
#include "rule_files.h"
#include "setup.h"

static void print_padded(struct writer *writer, const char *text, size_t width)
{
    static const char blanks[] = "                                                                ";
    size_t size = strlen(text);
    writer_put(writer, text, size);
    if (size < width)
        writer_put(writer, blanks, width - size < sizeof blanks - 1 ? width - size : sizeof blanks - 1);
    writer_text(writer, "  ");
}

struct widths {
    size_t id;
    size_t entity;
};

static struct widths measure(const pii_ruleset *ruleset)
{
    struct widths widths = {sizeof "RULE" - 1, sizeof "ENTITY" - 1};
    for (size_t i = 0; i < pii_ruleset_size(ruleset); i++) {
        pii_rule_info rule;
        if (pii_ruleset_rule(ruleset, i, &rule) != PII_OK)
            continue;
        size_t id = strlen(rule.id), entity = strlen(rule.entity);
        widths.id = id > widths.id ? id : widths.id;
        widths.entity = entity > widths.entity ? entity : widths.entity;
    }
    return widths;
}

static exit_code print_list(const pii_ruleset *ruleset)
{
    struct writer writer;
    writer_init_stdout(&writer, NULL);
    struct widths widths = measure(ruleset);
    print_padded(&writer, "RULE", widths.id);
    print_padded(&writer, "ENTITY", widths.entity);
    writer_text(&writer, "CONFIDENCE  WIDTH      GATE\n");
    for (size_t i = 0; i < pii_ruleset_size(ruleset); i++) {
        pii_rule_info rule;
        if (pii_ruleset_rule(ruleset, i, &rule) != PII_OK)
            continue;
        print_padded(&writer, rule.id, widths.id);
        print_padded(&writer, rule.entity, widths.entity);
        writer_format(&writer, "      %.2f  %4zu-%-4zu  ", rule.confidence, rule.width_min, rule.width_max);
        writer_text(&writer, rule.gate);
        writer_text(&writer, "\n");
    }
    exit_code code = writer_end(&writer);
    writer_free(&writer);
    return code;
}

/* Files on the command line stand in for the built-in rules. */
exit_code command_rules_list(const struct options *options)
{
    struct options own = *options;
    if (options->file_count > 0) {
        own.no_default_rules = true;
        for (int i = 0; i < options->file_count; i++)
            own.rules[own.rules_count++] = options->files[i];
    }
    pii_ruleset *ruleset = NULL;
    exit_code code = setup_ruleset(&own, &ruleset);
    if (code == EXIT_DONE)
        code = print_list(ruleset);
    pii_ruleset_free(ruleset);
    return code;
}

static exit_code lint(pii_compiler *compiler, const struct options *options)
{
    exit_code code = rule_files_add_or_default(compiler, options->files, options->file_count);
    if (code > EXIT_INVALID)
        return code;
    pii_ruleset *ruleset = NULL;
    pii_status status = pii_compiler_finish(compiler, &ruleset);
    pii_ruleset_free(ruleset);
    if (status != PII_OK && status != PII_ERROR_RULE)
        return message_setup("rules", status);
    return status == PII_OK ? code : EXIT_INVALID;
}

static void print_lint_summary(const pii_compiler *compiler, struct writer *writer)
{
    const pii_diagnostic *diagnostics = NULL;
    size_t counts[3] = {0, 0, 0};
    size_t count = pii_compiler_diagnostics(compiler, &diagnostics);
    for (size_t i = 0; i < count; i++)
        counts[diagnostics[i].severity]++;
    writer_format(writer, "%zu errors, %zu warnings, %zu notes\n", counts[PII_SEVERITY_ERROR],
                  counts[PII_SEVERITY_WARNING], counts[PII_SEVERITY_NOTE]);
}

exit_code command_rules_lint(const struct options *options)
{
    pii_compiler *compiler = NULL;
    if (pii_compiler_new(NULL, &compiler) != PII_OK)
        return message_memory();
    exit_code code = lint(compiler, options);
    struct writer writer;
    writer_init_stdout(&writer, NULL);
    rule_files_print(compiler, PII_SEVERITY_NOTE, &writer);
    print_lint_summary(compiler, &writer);
    code = exit_worst(code, writer_end(&writer));
    writer_free(&writer);
    pii_compiler_free(compiler);
    return code;
}
