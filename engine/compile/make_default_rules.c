/* make_default_rules - compiles the embedded rule files and prints the rules as C
 * definitions of what default_rules.h declares.
 *
 * Runs during the build, so that no program that uses the library has to read
 * and analyse the rules when it starts. Rules that are refused fail the build. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler.h"
#include "embedded.h"
#include "outlines.h"
#include "ruleset.h"
#include "validate.h"

/* ---- C literals ---- */

static bool plain(unsigned char byte)
{
    return byte >= ' ' && byte < 0x7f && !strchr("\"\\?", byte);
}

/* Octal escapes have three digits, so that what follows cannot join them. */
static void print_text(const char *name, const char *text)
{
    if (!text)
        return;
    printf("    .%s = \"", name);
    for (; *text; text++)
        printf(plain((unsigned char)*text) ? "%c" : "\\%03o", (unsigned char)*text);
    printf("\",\n");
}

static void print_set(const pii__byte_set *set)
{
    printf("{{");
    for (int i = 0; i < 4; i++)
        printf("%s0x%" PRIx64, i ? ", " : "", set->bits[i]);
    printf("}}");
}

/* ---- What gates point at ---- */

static void print_shape(const pii__shape *shape, size_t rule, size_t gate)
{
    printf("static const pii__shape shape_%zu_%zu = {\n", rule, gate);
    printf("    .count = %zu,\n    .result = %u,\n    .ops = {\n", shape->count, shape->result);
    for (size_t i = 0; i < shape->count; i++) {
        const pii__shape_op *op = &shape->ops[i];
        printf("        {%u, %u, %u, %u, ", op->kind, op->distance, op->a, op->b);
        print_set(&op->set);
        printf("},\n");
    }
    printf("    },\n    .fingerprint = {");
    for (size_t i = 0; i < PII__FINGERPRINT_SIZE; i++) {
        print_set(&shape->fingerprint[i]);
        printf(", ");
    }
    printf("},\n};\n");
}

static void print_word_set(const pii__word_set *words, const char *name)
{
    printf("static const uint64_t %s[] = {", name);
    for (size_t i = 0; i < words->count; i++)
        printf("%s0x%" PRIx64 ", ", i % 4 ? "" : "\n    ", words->keys[i]);
    printf("\n};\n");
}

static void print_word_gate(const pii__word_gate *words, size_t rule, size_t gate)
{
    char keys[64];
    (void)snprintf(keys, sizeof keys, "keys_%zu_%zu", rule, gate);
    print_word_set(&words->words, keys);
    printf("static const pii__word_gate words_%zu_%zu = {\n", rule, gate);
    printf("    .before = %d,\n    .near = %" PRIu32 ",\n    .far = %" PRIu32 ",\n    .between = ", words->before,
           words->near, words->far);
    print_set(&words->between);
    printf(",\n    .width = %" PRIu32 ",\n    .words = {%s, %zu},\n};\n", words->width, keys, words->words.count);
}

static void print_ending_gate(const pii__ending_gate *ending, size_t rule, size_t gate)
{
    printf("static const pii__ending_gate ending_%zu_%zu = {\n    .near = %" PRIu32 ",\n    .far = %" PRIu32
           ",\n    .bits = {", rule, gate, ending->near, ending->far);
    for (size_t i = 0; i < sizeof ending->bits / sizeof ending->bits[0]; i++)
        if (ending->bits[i])
            printf("[%zu] = 0x%" PRIx64 ", ", i, ending->bits[i]);
    printf("},\n};\n");
}

static void print_parts(const pii__rule_definition *rule, size_t index)
{
    for (size_t i = 0; i < rule->gate_count; i++) {
        print_shape(rule->gates[i].shape, index, i);
        if (rule->gates[i].words)
            print_word_gate(rule->gates[i].words, index, i);
        if (rule->gates[i].ending)
            print_ending_gate(rule->gates[i].ending, index, i);
    }
}

/* ---- Rules ---- */

static void print_gate(const pii__gate *gate, size_t rule, size_t index)
{
    printf("        {.shape = &shape_%zu_%zu, .near = %" PRIu32 ", .far = %" PRIu32 ", .lead = ", rule, index,
           gate->near, gate->far);
    print_set(&gate->lead);
    if (gate->words)
        printf(", .words = &words_%zu_%zu", rule, index);
    if (gate->ending)
        printf(", .ending = &ending_%zu_%zu", rule, index);
    printf("},\n");
}

static void print_context(const char *name, const pii__context *context, size_t rule)
{
    char member[32];
    (void)snprintf(member, sizeof member, "%s.pattern", name);
    print_text(member, context->pattern);
    printf("    .%s.weight = %.17g,\n", name, context->weight);
    if (context->words.count)
        printf("    .%s.words = {%s_%zu, %zu},\n", name, name, rule, context->words.count);
}

static void print_context_words(const char *name, const pii__context *context, size_t rule)
{
    char keys[64];
    (void)snprintf(keys, sizeof keys, "%s_%zu", name, rule);
    if (context->words.count)
        print_word_set(&context->words, keys);
}

static void print_rule(const pii__rule_definition *rule, size_t index)
{
    printf("{\n");
    print_text("id", rule->id);
    print_text("entity", rule->entity);
    printf("    .entity_on = %d,\n", rule->entity_on);
    print_text("description", rule->description);
    print_text("pattern", rule->pattern);
    if (rule->validator)
        printf("    .validator = &pii__validators[%td], /* %s */\n", rule->validator - pii__validators,
               rule->validator->name);
    printf("    .confidence = %.17g,\n", rule->confidence);
    print_context("boost", &rule->boost, index);
    print_context("suppress", &rule->suppress, index);
    printf("    .context_before = %" PRIu32 ",\n    .context_after = %" PRIu32 ",\n", rule->context_before,
           rule->context_after);
    printf("    .width_min = %" PRIu32 ",\n    .width_max = %" PRIu32 ",\n", rule->width_min, rule->width_max);
    printf("    .kind_widths = {{");
    for (size_t i = 0; i < PII__KIND_SETS; i++)
        printf("%u, ", rule->kind_widths.of[i]);
    printf("}},\n");
    printf("    .behind = %" PRIu32 ",\n    .ahead = %" PRIu32 ",\n", rule->behind, rule->ahead);
    printf("    .bytes = ");
    print_set(&rule->bytes);
    printf(",\n    .has_tail = %d,\n    .tail = ", rule->has_tail);
    print_set(&rule->tail);
    printf(",\n    .gates = {\n");
    for (size_t i = 0; i < rule->gate_count; i++)
        print_gate(&rule->gates[i], index, i);
    printf("    },\n    .gate_count = %zu,\n", rule->gate_count);
    print_text("gate_text", rule->gate_text);
    printf("},\n");
}

/* ---- The plan ---- */

static void print_bytes(const char *name, const uint8_t *bytes, size_t count)
{
    printf(".%s = {", name);
    for (size_t i = 0; i < count; i++)
        printf("%u, ", bytes[i]);
    printf("}, ");
}

static void print_sieve(const pii__sieve *sieve)
{
    printf("    .sieve = {\n        .banks = {\n");
    for (size_t i = 0; i < PII__SIEVE_BANKS; i++) {
        printf("            {");
        for (size_t k = 0; k < PII__FINGERPRINT_SIZE; k++) {
            char name[32];
            (void)snprintf(name, sizeof name, "low[%zu]", k);
            print_bytes(name, sieve->banks[i].low[k], sizeof sieve->banks[i].low[k]);
            (void)snprintf(name, sizeof name, "high[%zu]", k);
            print_bytes(name, sieve->banks[i].high[k], sizeof sieve->banks[i].high[k]);
        }
        printf("},\n");
    }
    printf("        },\n        .bank_count = %zu,\n        .buckets = 0x%" PRIx64 ",\n        .position = {\n",
           sieve->bank_count, sieve->buckets);
    for (size_t k = 0; k < PII__FINGERPRINT_SIZE; k++) {
        printf("            {");
        for (size_t byte = 0; byte < 256; byte++)
            printf("0x%" PRIx64 ", ", sieve->position[k][byte]);
        printf("},\n");
    }
    printf("        },\n    },\n");
}

static void print_classes(const pii__classes *classes)
{
    printf("        .classes = {\n            .tables = {\n");
    for (size_t i = 0; i < classes->table_count; i++) {
        printf("                {");
        print_bytes("low", classes->tables[i].low, sizeof classes->tables[i].low);
        print_bytes("high", classes->tables[i].high, sizeof classes->tables[i].high);
        printf("},\n");
    }
    printf("            },\n            .classes = {");
    for (size_t i = 0; i < classes->class_count; i++)
        printf("{%u, %u}, ", classes->classes[i].table, classes->classes[i].bits);
    printf("},\n            .table_count = %zu,\n            .class_count = %zu,\n        },\n", classes->table_count,
           classes->class_count);
}

/* What a group points at; no array is empty, as C has no such arrays. */
static void print_group_parts(const pii__plan_group *group, size_t index)
{
    printf("static const pii__step steps_%zu[] = {\n", index);
    for (size_t i = 0; i < group->step_count; i++) {
        const pii__step *step = &group->steps[i];
        printf("    {%u, %u, %u, %u, %u},\n", step->kind, step->distance, step->to, step->a, step->b);
    }
    printf("    {0, 0, 0, 0, 0},\n};\nstatic const pii__plan_result results_%zu[] = {\n", index);
    for (size_t i = 0; i < group->result_count; i++)
        printf("    {%" PRIu32 ", %u},\n", group->results[i].shape, group->results[i].column);
    printf("    {0, 0},\n};\n");
}

static void print_group(const pii__plan_group *group, size_t index)
{
    printf("    .groups[%zu] = {\n", index);
    print_classes(&group->classes);
    printf("        .steps = (pii__step *)steps_%zu,\n        .step_count = %zu,\n        .column_count = %zu,\n"
           "        .results = (pii__plan_result *)results_%zu,\n        .result_count = %zu,\n    },\n",
           index, group->step_count, group->column_count, index, group->result_count);
}

static void print_numbers(const char *name, const uint64_t *numbers, size_t count)
{
    printf("static const uint64_t %s[] = {", name);
    for (size_t i = 0; i < count; i++)
        printf("%s0x%" PRIx64 ",", i % 16 ? " " : "\n    ", numbers[i]);
    printf("\n};\n");
}

static void print_plan(const pii__plan *plan)
{
    for (size_t i = 0; i < plan->group_count; i++)
        print_group_parts(&plan->groups[i], i);
    print_numbers("buckets", plan->buckets, plan->shape_count);
    print_numbers("outlines", plan->outlines.rows, pii__outline_row_count() * plan->outlines.words);
    printf("static const uint8_t groups_of[] = {");
    for (size_t i = 0; i < plan->shape_count; i++)
        printf("%u, ", plan->groups_of[i]);
    printf("};\n\nstatic const pii__plan plan = {\n");
    print_sieve(&plan->sieve);
    printf("    .outlines = {(uint64_t *)outlines, %zu},\n", plan->outlines.words);
    for (size_t i = 0; i < plan->group_count; i++)
        print_group(&plan->groups[i], i);
    printf("    .group_count = %zu,\n    .column_count = %zu,\n    .buckets = (uint64_t *)buckets,\n"
           "    .groups_of = (uint8_t *)groups_of,\n    .shape_count = %zu,\n};\n\n",
           plan->group_count, plan->column_count, plan->shape_count);
}

/* ---- The program ---- */

static pii_status compile(pii_compiler *compiler, pii_ruleset **ret)
{
    for (const pii__embedded_file *file = pii__embedded_rules; file->name; file++) {
        pii_status status = pii_compiler_add(compiler, file->name, file->bytes, file->size);
        if (status != PII_OK && status != PII_ERROR_RULE)
            return status;
    }
    return pii_compiler_finish(compiler, ret);
}

static void print_all(const pii__rule_definition *rules, size_t count, const pii__plan *plan)
{
    printf("/* Made by make_default_rules from rules/. */\n#include \"default_rules.h\"\n#include \"validate.h\"\n\n");
    for (size_t i = 0; i < count; i++) {
        print_parts(&rules[i], i);
        print_context_words("boost", &rules[i].boost, i);
        print_context_words("suppress", &rules[i].suppress, i);
    }
    printf("static const pii__rule_definition rules[] = {\n");
    for (size_t i = 0; i < count; i++)
        print_rule(&rules[i], i);
    printf("};\n\n");
    print_plan(plan);
    printf("const pii__ready_rules pii__default_rules = {\"built-in rules\", rules, %zu, &plan};\n", count);
}

static void complain(const pii_compiler *compiler)
{
    const pii_diagnostic *items = NULL;
    size_t count = pii_compiler_diagnostics(compiler, &items);
    for (size_t i = 0; i < count; i++)
        if (items[i].severity == PII_SEVERITY_ERROR)
            fprintf(stderr, "%s:%u:%u: error: %s: %s (expected %s)\n", items[i].file, items[i].line, items[i].column,
                    items[i].field, items[i].message, items[i].expected);
}

int main(void)
{
    pii_compiler *compiler = NULL;
    pii_ruleset *ruleset = NULL;
    if (pii_compiler_new(NULL, &compiler) != PII_OK)
        return EXIT_FAILURE;
    bool good = compile(compiler, &ruleset) == PII_OK;
    if (good) {
        const pii__rule_definition *rules = NULL;
        size_t count = pii__compiler_rules(compiler, &rules);
        print_all(rules, count, ruleset->plan);
        good = fflush(stdout) == 0 && !ferror(stdout);
    } else {
        fprintf(stderr, "make_default_rules: the rules of rules/ do not compile\n");
        complain(compiler);
    }
    pii_ruleset_free(ruleset);
    pii_compiler_free(compiler);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
