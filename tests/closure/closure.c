/* closure [table | FILE] - every planted span of every built-in rule, in every writing of transform.c, alone and in
 * pairs, is covered whole by findings. `table` prints what is tried, as Markdown; a file must hold just that table. */
#define _GNU_SOURCE /* memmem */
#include <stdio.h>
#include <string.h>

#include "tally.h"
#include "transform.h"

/* Where a writing makes no sense for a rule, or is knowingly not seen through: by rule and writing, never by
 * vector. */
static const struct exception {
    const char *rules;  /* id, or beginning of it */
    const char *first;  /* name of the writing, or beginning of it */
    const char *second; /* in pairs: the one that comes on top */
    const char *reason;
} exceptions[] = {
    {"email.", "said: ", "look-alike: ", "look-alike letters are seen in names and hosts, not in words such as \"at\""},
    {"", "lines: ", "lines: ", "a line ends in one way"},
    {"email.", "said: blanks around", "said: as in", "a link has no blanks"},
};

struct checker {
    test_session session;
    pii_scrubber *scrubber;
    test_bytes once, twice, text;
    size_t counts[128];
};

static bool begins(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* `then` is NULL where the writing stands alone. */
static bool makes_sense(const char *rule, const transform *t, const transform *then)
{
    if ((t->rules && !begins(rule, t->rules)) || (then && then->rules && !begins(rule, then->rules)))
        return false;
    for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++) {
        const struct exception *e = &exceptions[i];
        if (begins(rule, e->rules) && begins(t->name, e->first) && then && begins(then->name, e->second))
            return false;
    }
    return true;
}

/* Whether findings cover text[begin, end) without a gap. */
static bool covered(struct checker *checker, size_t begin, size_t end)
{
    pii_result result;
    if (pii_scan(checker->scrubber, PII_FORMAT_TEXT, checker->text.data, checker->text.size, &result) != PII_OK)
        return false;
    for (size_t i = 0; i < result.finding_count; i++)
        if (result.findings[i].begin <= begin && result.findings[i].end > begin)
            begin = (size_t)result.findings[i].end;
    return begin >= end;
}

/* What stands around the span: as it is, or with other line ends. */
static bool append_around(test_bytes *text, const transform *lines, const char *part, size_t size)
{
    if (lines)
        return transform_apply(lines, part, size, text);
    bytes_append(text, part, size);
    return false;
}

/* The vector with `span` in place of what is marked; `lines` may be NULL. */
static bool find_span(struct checker *checker, const pii_rule_test *vector, const test_bytes *span,
                      const transform *lines)
{
    checker->text.size = 0;
    (void)append_around(&checker->text, lines, vector->text, vector->begin);
    size_t begin = checker->text.size;
    bytes_append(&checker->text, span->data, span->size);
    (void)append_around(&checker->text, lines, vector->text + vector->end, vector->size - vector->end);
    return covered(checker, begin, begin + span->size);
}

/* `checker->once` becomes the span in that writing; false when it makes no difference. */
static bool write_span(struct checker *checker, const pii_rule_test *vector, const transform *t)
{
    checker->once.size = 0;
    bool changed = transform_apply(t, vector->text + vector->begin, vector->end - vector->begin, &checker->once);
    return changed || (t->kind == TRANSFORM_LINE && memchr(vector->text, '\n', vector->size));
}

static const transform *lines_of(const transform *t)
{
    return t->kind == TRANSFORM_LINE ? t : NULL;
}

static void check_pairs(struct checker *checker, const pii_rule_test *vector, size_t first)
{
    for (size_t second = 0; second < transform_count; second++) {
        checker->twice.size = 0;
        if (second == first || !makes_sense(vector->rule, &transforms[first], &transforms[second]) ||
            !transform_apply(&transforms[second], checker->once.data, checker->once.size, &checker->twice))
            continue;
        checker->counts[first]++;
        tally_case(find_span(checker, vector, &checker->twice, lines_of(&transforms[first])),
                   "%s:%u: %s: %s, then %s", vector->file, vector->line, vector->rule, transforms[first].name,
                   transforms[second].name);
    }
}

static void check_vector(struct checker *checker, const pii_rule_test *vector)
{
    for (size_t i = 0; i < transform_count; i++) {
        if (!makes_sense(vector->rule, &transforms[i], NULL) || !write_span(checker, vector, &transforms[i]))
            continue;
        checker->counts[i]++;
        if (tally_case(find_span(checker, vector, &checker->once, lines_of(&transforms[i])), "%s:%u: %s: %s",
                       vector->file, vector->line, vector->rule, transforms[i].name))
            check_pairs(checker, vector, i);
    }
}

static const char *kind_text(const transform *t)
{
    static const char *const texts[] = {
        [TRANSFORM_ROW] = "other characters",
        [TRANSFORM_SIGN] = "another sign",
        [TRANSFORM_AFTER] = "after each letter or digit",
        [TRANSFORM_BETWEEN] = "between all characters, unseen",
        [TRANSFORM_LINE] = "line ends of the whole text",
        [TRANSFORM_MAIL] = "words for signs",
    };
    return texts[t->kind];
}

/* As Markdown: what is tried, how, for which rules; then what is not seen through. */
static void print_table(test_bytes *ret)
{
    char line[256];
    bytes_append_text(ret, "| writing | how | for |\n|---|---|---|\n");
    for (size_t i = 0; i < transform_count; i++) {
        const transform *t = &transforms[i];
        (void)snprintf(line, sizeof line, "| %s | %s | %s |\n", t->name, kind_text(t),
                       t->rules ? t->rules : "all rules");
        bytes_append_text(ret, line);
    }
    bytes_append_text(ret, "\n| rules | writing | with | why it is left out |\n|---|---|---|---|\n");
    for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++) {
        const struct exception *e = &exceptions[i];
        (void)snprintf(line, sizeof line, "| %s* | %s* | %s* | %s |\n", e->rules, e->first, e->second, e->reason);
        bytes_append_text(ret, line);
    }
}

static bool file_holds(const char *path, const test_bytes *text)
{
    test_bytes content = {0};
    char buffer[4096];
    size_t size;
    FILE *file = fopen(path, "rb");
    while (file && (size = fread(buffer, 1, sizeof buffer, file)) > 0)
        bytes_append(&content, buffer, size);
    bool holds = file && memmem(content.data, content.size, text->data, text->size) != NULL;
    if (file)
        (void)fclose(file);
    bytes_free(&content);
    return holds;
}

/* True when there is more to do than the table. */
static bool table_of(const char *argument)
{
    test_bytes table = {0};
    bool asked = strcmp(argument, "table") == 0;
    print_table(&table);
    if (asked)
        fwrite(table.data, 1, table.size, stdout);
    else
        tally_case(file_holds(argument, &table), "%s does not hold what \"closure table\" prints", argument);
    bytes_free(&table);
    return !asked;
}

int main(int argc, char **argv)
{
    struct checker checker = {0};
    if (argc > 1 && !table_of(argv[1]))
        return 0;
    if (!session_open(&checker.session) ||
        pii_scrubber_new(checker.session.ruleset, checker.session.policy, NULL, &checker.scrubber) != PII_OK)
        return 1;
    for (size_t i = 0; i < checker.session.vector_count; i++)
        if (checker.session.vectors[i].match)
            check_vector(&checker, &checker.session.vectors[i]);
    for (size_t i = 0; i < transform_count; i++)
        tally_case(checker.counts[i] > 0, "no span of any rule can be written as %s", transforms[i].name);
    bytes_free(&checker.text);
    bytes_free(&checker.twice);
    bytes_free(&checker.once);
    pii_scrubber_free(checker.scrubber);
    session_close(&checker.session);
    return tally_end();
}
