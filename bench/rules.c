#include "rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPEN_FROM 8 /* the smallest upper bound that is taken away */

/* `x{0,n}` and `x{1,n}` with a wide bound become `x*` and `x+`. Inside a class a brace is a plain character
 * and is left alone, since no comparison rule has one there. */
static char *open_bounds(const char *pattern)
{
    char *open = bench_allocate(strlen(pattern) + 1);
    size_t length = 0;
    while (*pattern != '\0') {
        unsigned least;
        unsigned most;
        int used = 0;
        if (sscanf(pattern, "{%u,%u}%n", &least, &most, &used) == 2 && used > 0 && least <= 1 && most >= OPEN_FROM) {
            open[length++] = least == 0 ? '*' : '+';
            pattern += used;
        } else {
            open[length++] = *pattern++;
        }
    }
    open[length] = '\0';
    return open;
}

static char *read_file(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        bench_fail("cannot open %s", path);
    size_t capacity = BENCH_MIB;
    char *text = bench_allocate(capacity);
    *ret_size = fread(text, 1, capacity, file);
    fclose(file);
    return text;
}

pii_ruleset *bench_rules_compile(const char *name, const char *yaml, size_t size)
{
    pii_compiler *compiler = NULL;
    pii_ruleset *ruleset = NULL;
    if (pii_compiler_new(NULL, &compiler) != PII_OK)
        bench_fail("out of memory");
    pii_status status = pii_compiler_add(compiler, name, yaml, size);
    if (status == PII_OK)
        status = pii_compiler_finish(compiler, &ruleset);
    if (status != PII_OK) {
        const pii_diagnostic *list = NULL;
        size_t count = pii_compiler_diagnostics(compiler, &list);
        for (size_t i = 0; i < count; i++)
            if (list[i].severity == PII_SEVERITY_ERROR)
                bench_fail("%s:%u:%u: %s %s: %s", name, list[i].line, list[i].column, list[i].rule, list[i].field,
                           list[i].message);
        bench_fail("%s: %s", name, pii_status_text(status));
    }
    pii_compiler_free(compiler);
    return ruleset;
}

void bench_rules_load(const bench_options *options, bench_rules *ret)
{
    *ret = (bench_rules){0};
    char *path = bench_format("%s/comparison_rules.yaml", options->source_dir);
    size_t size;
    char *yaml = read_file(path, &size);
    ret->comparison = bench_rules_compile("comparison_rules.yaml", yaml, size);
    free(yaml);
    free(path);
    if (pii_ruleset_default(NULL, &ret->all) != PII_OK)
        bench_fail("the embedded rules do not load");

    ret->count = pii_ruleset_size(ret->comparison);
    ret->list = bench_allocate(ret->count * sizeof *ret->list);
    for (size_t i = 0; i < ret->count; i++) {
        pii_rule_info info;
        if (pii_ruleset_rule(ret->comparison, i, &info) != PII_OK)
            bench_fail("rule %zu cannot be read", i);
        ret->list[i] = (bench_rule){info.id, info.pattern, open_bounds(info.pattern)};
    }
}

void bench_rules_free(bench_rules *rules)
{
    for (size_t i = 0; i < rules->count; i++)
        free(rules->list[i].open_pattern);
    free(rules->list);
    pii_ruleset_free(rules->comparison);
    pii_ruleset_free(rules->all);
}

char *bench_rules_alternation(const bench_rules *rules)
{
    size_t size = 1;
    for (size_t i = 0; i < rules->count; i++)
        size += strlen(rules->list[i].open_pattern) + sizeof "(?:)|";
    char *joined = bench_allocate(size);
    size_t length = 0;
    for (size_t i = 0; i < rules->count; i++)
        length +=
            (size_t)snprintf(joined + length, size - length, "%s(?:%s)", i > 0 ? "|" : "", rules->list[i].open_pattern);
    return joined;
}

static const char *const syllables[] = {"ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti"};
#define SYLLABLES (sizeof syllables / sizeof syllables[0])

char *bench_rules_generate(size_t count)
{
    static const char head[] = "piiglet: 1\nfamily: made\ndescription: rules that share their anchors\nrules:\n";
    char *yaml = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&yaml, &size);
    if (stream == NULL)
        bench_fail("out of memory");
    fputs(head, stream);
    for (size_t i = 0; i < count; i++) {
        char word[16];
        snprintf(word, sizeof word, "%s%s%s", syllables[i % SYLLABLES], syllables[i / SYLLABLES % SYLLABLES],
                 syllables[i / SYLLABLES / SYLLABLES % SYLLABLES]);
        fprintf(stream,
                "  - id: made.rule_%zu\n    entity: NATIONAL_ID\n    description: a number with its word\n"
                "    pattern: '\\b%s[ ]{0,2}[0-9]{3,6}-[0-9]{4}\\b'\n    confidence: 1.0\n    tests:\n"
                "      match: ['see {{%s 1234-5678}} there']\n      pass: ['see %s there']\n",
                i, word, word, word);
    }
    if (fclose(stream) != 0)
        bench_fail("out of memory");
    return yaml;
}
