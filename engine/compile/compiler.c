/* The public face of the compiler: files in, one ruleset out. */
#include "compiler.h"

#include <string.h>

#include "entity.h"
#include "limits.h"
#include "rule_build.h"
#include "rule_tests.h"
#include "ruleset.h"
#include "text_of.h"

struct pii_compiler {
    pii_allocator allocator;
    pii__arena texts; /* of everything below */
    pii__report report;
    pii__rule_definition *rules;
    size_t rule_count;
    size_t rule_capacity;
    pii__rule_tests tests;
    const pii__plan *plan; /* for the first `planned` rules together */
    size_t planned;
    bool refused; /* a file had errors */
};

/* What a file has added, to take it back. */
typedef struct checkpoint {
    pii__arena_mark texts;
    size_t rules;
    size_t tests;
    size_t remarks;
    size_t errors;
} checkpoint;

pii_status pii_compiler_new(const pii_allocator *allocator, pii_compiler **ret)
{
    if (!ret)
        return PII_ERROR_ARGUMENT;
    pii_allocator own = pii__allocator_or_default(allocator);
    pii_compiler *compiler = pii__allocate(&own, sizeof *compiler);
    if (!compiler)
        return PII_ERROR_MEMORY;
    compiler->allocator = own;
    pii__arena_init(&compiler->texts, &compiler->allocator);
    pii__report_init(&compiler->report, &compiler->texts);
    pii__rule_tests_init(&compiler->tests, &compiler->texts);
    *ret = compiler;
    return PII_OK;
}

void pii_compiler_free(pii_compiler *compiler)
{
    if (!compiler)
        return;
    pii_allocator allocator = compiler->allocator;
    pii__report_free(&compiler->report);
    pii__rule_tests_free(&compiler->tests);
    pii__release(&allocator, compiler->rules);
    pii__arena_free(&compiler->texts);
    pii__release(&allocator, compiler);
}

static checkpoint checkpoint_get(const pii_compiler *compiler)
{
    return (checkpoint){.texts = pii__arena_mark_get(&compiler->texts),
                        .rules = compiler->rule_count,
                        .tests = compiler->tests.count,
                        .remarks = compiler->report.count,
                        .errors = compiler->report.errors};
}

static void take_back(pii_compiler *compiler, const checkpoint *before)
{
    pii__arena_rewind(&compiler->texts, before->texts);
    compiler->rule_count = before->rules;
    compiler->tests.count = before->tests;
    compiler->report.count = before->remarks;
    compiler->report.errors = before->errors;
    compiler->report.failed = false;
}

/* What adding answers, `status` being what it came to: a refusal is kept with its
 * remarks, anything else that went wrong leaves no trace. */
static pii_status conclude(pii_compiler *compiler, const checkpoint *before, pii_status status)
{
    compiler->report.rule = "";
    if (status == PII_OK && compiler->report.errors > before->errors)
        status = PII_ERROR_RULE;
    if (compiler->report.failed || compiler->texts.failed)
        status = PII_ERROR_MEMORY;
    if (status == PII_ERROR_RULE)
        compiler->refused = true;
    else if (status != PII_OK)
        take_back(compiler, before);
    return status;
}

/* ---- One file ---- */

static bool make_room(pii_compiler *compiler)
{
    if (compiler->rule_count < compiler->rule_capacity)
        return true;
    size_t capacity = compiler->rule_capacity ? compiler->rule_capacity * 2 : 32; /* at most PII__RULES_MAX * 2 */
    pii__rule_definition *rules = pii__reallocate(&compiler->allocator, compiler->rules, capacity * sizeof *rules);
    if (!rules)
        return false;
    compiler->rules = rules;
    compiler->rule_capacity = capacity;
    return true;
}

/* Entities that the rules so far declare, `name` among them. */
static size_t count_declared(const pii_compiler *compiler, const char *name)
{
    size_t count = pii__entity_find(name) ? 0 : 1;
    for (size_t i = 0; i < compiler->rule_count; i++) {
        const char *other = compiler->rules[i].entity;
        bool counted = pii__entity_find(other) || !strcmp(other, name);
        for (size_t k = 0; k < i && !counted; k++)
            counted = !strcmp(compiler->rules[k].entity, other);
        count += !counted;
    }
    return count;
}

static const char *whole_set_problem(const pii_compiler *compiler, const char *id, const char *entity,
                                     const char **ret_expected)
{
    if (compiler->rule_count == PII__RULES_MAX) {
        *ret_expected = "at most " PII__TEXT_OF(PII__RULES_MAX) " rules";
        return "too many rules";
    }
    for (size_t i = 0; i < compiler->rule_count; i++)
        if (!strcmp(compiler->rules[i].id, id)) {
            *ret_expected = "an id that no other rule has";
            return "duplicate rule id";
        }
    if (!pii__entity_find(entity) && pii__entity_count + count_declared(compiler, entity) > PII__ENTITIES_MAX) {
        *ret_expected = "at most " PII__TEXT_OF(PII__ENTITIES_MAX) " with the built-in ones";
        return "too many entities";
    }
    return NULL;
}

static pii_status add_rule(pii_compiler *compiler, pii__rule_builder *builder, const pii__rule_source *source)
{
    const char *expected = NULL;
    const char *problem = whole_set_problem(compiler, source->id->text, source->entity->text, &expected);
    const char *id = pii__arena_copy(&compiler->texts, source->id->text, source->id->size);
    if (!id || !make_room(compiler))
        return PII_ERROR_MEMORY;
    compiler->report.rule = id;
    if (problem)
        pii__report_add(&compiler->report, PII_SEVERITY_ERROR, source->id->place,
                        pii__arena_format(builder->scratch, "rules[%zu].id", source->index), problem, expected);
    pii_status tests = pii__rule_tests_add(&compiler->tests, &compiler->report, source);
    if (tests != PII_OK && tests != PII_ERROR_RULE)
        return tests;
    pii__rule_definition rule;
    pii_status status = pii__rule_build(builder, source, &rule);
    if (status != PII_OK)
        return status;
    if (problem || tests != PII_OK)
        return PII_ERROR_RULE;
    compiler->rules[compiler->rule_count++] = rule;
    return PII_OK;
}

/* Every rule is looked at, so that all errors show at once. */
static pii_status add_rules(pii_compiler *compiler, pii__rule_builder *builder)
{
    pii_status whole = PII_OK;
    for (size_t i = 0; i < builder->file->rule_count; i++) {
        pii__arena_mark mark = pii__arena_mark_get(builder->scratch);
        pii__word_list *lists = builder->lists.first;
        pii_status status = add_rule(compiler, builder, &builder->file->rules[i]);
        if (builder->scratch->failed)
            return PII_ERROR_MEMORY;
        if (status != PII_OK && status != PII_ERROR_RULE)
            return status;
        if (status == PII_ERROR_RULE)
            whole = status;
        if (builder->lists.first == lists) /* else a table was read, for later rules, too */
            pii__arena_rewind(builder->scratch, mark);
    }
    compiler->report.rule = "";
    return whole;
}

static pii_status read_file(pii_compiler *compiler, pii__arena *scratch, const void *yaml, size_t size)
{
    pii__yaml_tree tree;
    pii__rule_file file;
    if (size > PII__RULE_FILE_SIZE_MAX) {
        pii__report_add(&compiler->report, PII_SEVERITY_ERROR, (pii__place){0, 0}, NULL, "the file is too large",
                        "at most 4 MiB");
        return PII_ERROR_RULE;
    }
    pii_status status = pii__yaml_read(scratch, &compiler->report, yaml, size, &tree);
    if (status == PII_OK)
        status = pii__rule_file_read(scratch, &compiler->report, &tree, &file);
    if (status != PII_OK)
        return status;
    pii__rule_builder builder = {.texts = &compiler->texts,
                                 .scratch = scratch,
                                 .report = &compiler->report,
                                 .tree = &tree,
                                 .file = &file,
                                 .lists = {.arena = scratch}};
    if (!pii__word_lists_add(&builder.lists, file.lists))
        return PII_ERROR_MEMORY;
    return add_rules(compiler, &builder);
}

pii_status pii_compiler_add(pii_compiler *compiler, const char *name, const void *yaml, size_t size)
{
    if (!compiler || !name || (!yaml && size))
        return PII_ERROR_ARGUMENT;
    checkpoint before = checkpoint_get(compiler);
    pii__arena scratch;
    pii__arena_init(&scratch, &compiler->allocator);
    pii_status status = PII_ERROR_MEMORY;
    compiler->report.rule = "";
    compiler->report.file = pii__arena_copy(&compiler->texts, name, strlen(name));
    if (compiler->report.file)
        status = read_file(compiler, &scratch, yaml ? yaml : "", size);
    pii__arena_free(&scratch);
    return conclude(compiler, &before, status);
}

/* ---- Rules that were built before ---- */

static pii_status add_ready(pii_compiler *compiler, const pii__rule_definition *rule)
{
    const char *expected = NULL;
    const char *problem = whole_set_problem(compiler, rule->id, rule->entity, &expected);
    compiler->report.rule = rule->id;
    if (problem) {
        pii__report_add(&compiler->report, PII_SEVERITY_ERROR, (pii__place){0, 0}, NULL, problem, expected);
        return PII_ERROR_RULE;
    }
    if (!make_room(compiler))
        return PII_ERROR_MEMORY;
    compiler->rules[compiler->rule_count++] = *rule;
    return PII_OK;
}

pii_status pii__compiler_add_ready(pii_compiler *compiler, const pii__ready_rules *ready)
{
    pii_status whole = PII_OK;
    checkpoint before = checkpoint_get(compiler);
    compiler->report.file = ready->name;
    for (size_t i = 0; i < ready->count && (whole == PII_OK || whole == PII_ERROR_RULE); i++) {
        pii_status status = add_ready(compiler, &ready->rules[i]);
        if (status != PII_OK)
            whole = status;
    }
    if (!before.rules && whole == PII_OK) {
        compiler->plan = ready->plan;
        compiler->planned = ready->count;
    }
    return conclude(compiler, &before, whole);
}

/* ---- The whole ---- */

pii_status pii_compiler_finish(pii_compiler *compiler, pii_ruleset **ret)
{
    if (!compiler || !ret)
        return PII_ERROR_ARGUMENT;
    if (compiler->refused || !compiler->rule_count)
        return PII_ERROR_RULE;
    const pii__plan *plan = compiler->planned == compiler->rule_count ? compiler->plan : NULL;
    return pii__ruleset_new(&compiler->allocator, compiler->rules, compiler->rule_count, plan, ret);
}

size_t pii_compiler_diagnostics(const pii_compiler *compiler, const pii_diagnostic **ret)
{
    if (!compiler)
        return 0;
    if (ret)
        *ret = compiler->report.items;
    return compiler->report.count;
}

size_t pii_compiler_tests(const pii_compiler *compiler, const pii_rule_test **ret)
{
    if (!compiler)
        return 0;
    if (ret)
        *ret = compiler->tests.items;
    return compiler->tests.count;
}

size_t pii__compiler_rules(const pii_compiler *compiler, const pii__rule_definition **ret)
{
    *ret = compiler->rules;
    return compiler->rule_count;
}
