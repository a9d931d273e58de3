/* actions - every action on every entity, in every format.
 *
 * The vectors of the embedded rules stand in a field of a document. Whatever the action makes of them: the document is
 * well formed and is not changed by a second time; the value is gone; pieces do not matter; a call that blocks gives
 * nothing; and no block of memory is given back that is not wiped. One vector under one action in one format is one
 * case. An argument: every how many vectors to take. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../format/encodings.h"
#include "tally.h"

static const unsigned char key[32] = "quetzal-quetzal-quetzal-quetzal";

enum { SUBJECT_DAY = 20000, LONG_ENOUGH = 4, SPLIT_EVERY = 7 };

struct variant {
    const char *name;
    pii_action action;
    bool hides; /* nothing of a value may be left */
};

static const struct variant variants[] = {
    {"replace", {.kind = PII_ACTION_REPLACE}, true},
    {"number", {.kind = PII_ACTION_NUMBER}, true},
    {"text", {.kind = PII_ACTION_TEXT, .text = "<taken out>"}, true},
    {"mask", {.kind = PII_ACTION_MASK}, true},
    {"mask ends", {.kind = PII_ACTION_MASK, .keep_first = 1, .keep_last = 2}, true},
    {"remove", {.kind = PII_ACTION_REMOVE}, true},
    {"keep", {.kind = PII_ACTION_KEEP}, false},
    {"initial", {.kind = PII_ACTION_INITIAL}, true},
    {"generalise", {.kind = PII_ACTION_GENERALISE}, false}, /* what is coarse already stays */
    {"month", {.kind = PII_ACTION_GENERALISE, .level = PII_GENERALISE_MONTH}, false},
    {"age", {.kind = PII_ACTION_GENERALISE, .level = PII_GENERALISE_AGE}, false},
    {"shift", {.kind = PII_ACTION_SHIFT}, true},
    {"pseudonym", {.kind = PII_ACTION_PSEUDONYM}, true},
    {"surrogate", {.kind = PII_ACTION_SURROGATE}, false}, /* what is invented already stays */
    {"surrogate by key", {.kind = PII_ACTION_SURROGATE, .key = "k1"}, false},
    {"block", {.kind = PII_ACTION_BLOCK}, true},
};

/* ---- an allocator that looks at what comes back ---- */

struct heap {
    size_t live;
    size_t unwiped;
};

union header {
    size_t size;
    max_align_t align;
};

static void *heap_allocate(void *context, size_t size)
{
    struct heap *heap = context;
    union header *header = calloc(1, sizeof *header + size);
    if (!header)
        return NULL;
    header->size = size;
    heap->live++;
    return header + 1;
}

/* The library has a head of its own, which tells the size. */
static void heap_release(void *context, void *block)
{
    struct heap *heap = context;
    union header *header = (union header *)block - 1;
    const unsigned char *bytes = block;
    for (size_t i = sizeof *header; i < header->size; i++)
        heap->unwiped += bytes[i] != 0;
    heap->live--;
    free(header);
}

/* ---- one case ---- */

struct table {
    test_session session;
    struct heap heap;
    pii_allocator allocator;
    const struct variant *variant;
    pii_policy *policy;
    pii_scrubber *scrubber;
    test_answer first;
    test_answer second;
};

static bool scrub(struct table *table, pii_format format, const test_bytes *document, test_answer *ret,
                  pii_status *ret_status)
{
    pii_result result;
    ret->output.size = ret->findings.count = 0;
    *ret_status = pii_scrub(table->scrubber, format, document->data, document->size, &result);
    for (size_t i = 0; i < result.finding_count; i++)
        findings_append(&ret->findings, &result.findings[i]);
    if (*ret_status == PII_OK)
        bytes_append(&ret->output, result.data, result.size);
    return *ret_status == PII_OK || (!result.data && !result.size);
}

static bool bytes_equal(const test_bytes *a, const test_bytes *b)
{
    return a->size == b->size && (!a->size || memcmp(a->data, b->data, a->size) == 0);
}

/* The value stands in the vector once, and is long enough to be told from anything else. */
static bool is_gone(const pii_rule_test *vector, const test_bytes *output)
{
    const char *value = vector->text + vector->begin;
    size_t size = vector->end - vector->begin, count = 0;
    for (size_t i = 0; i + size <= vector->size; i++)
        count += memcmp(vector->text + i, value, size) == 0;
    return size < LONG_ENOUGH || count > 1 || !memmem(output->data, output->size, value, size);
}

static bool split_agrees(struct table *table, pii_format format, const test_bytes *document, size_t at)
{
    test_bytes output = {0};
    test_findings findings = {0};
    pii_stream *stream = NULL;
    bool good = pii_stream_new(table->session.ruleset, table->policy, format, &table->allocator, &stream) == PII_OK;
    if (good)
        pii_stream_on_finding(stream, findings_gather, &findings);
    good = good && pii_stream_write(stream, document->data, at, bytes_sink, &output) == PII_OK &&
           pii_stream_write(stream, document->data + at, document->size - at, bytes_sink, &output) == PII_OK &&
           pii_stream_finish(stream, bytes_sink, &output) == PII_OK && bytes_equal(&output, &table->first.output) &&
           findings_equal(findings.list, findings.count, table->first.findings.list, table->first.findings.count);
    pii_stream_free(stream);
    bytes_free(&output);
    findings_free(&findings);
    return good;
}

/* Why the case fails, or NULL. */
static const char *try_document(struct table *table, pii_format format, const test_bytes *document,
                                const pii_rule_test *vector, bool split)
{
    pii_status status;
    if (!scrub(table, format, document, &table->first, &status))
        return "an error with data";
    if (table->variant->action.kind == PII_ACTION_BLOCK)
        return status == PII_ERROR_BLOCKED && table->first.findings.count ? NULL : "it is not blocked";
    if (status != PII_OK)
        return "an error";
    const test_bytes *output = &table->first.output;
    if (!table->first.findings.count)
        return "nothing is found";
    if (table->variant->action.kind == PII_ACTION_KEEP && !bytes_equal(output, document))
        return "it was to stay";
    if (table->variant->hides && !is_gone(vector, output))
        return "the value is there";
    if (memmem(output->data, output->size, key, 8))
        return "the key is there";
    if (!scrub(table, format, output, &table->second, &status) || status != PII_OK)
        return "the output is not well formed";
    /* Where something is taken out, what was around it comes together, and can be something itself. */
    bool settles = table->variant->action.kind != PII_ACTION_REMOVE;
    if (settles && !bytes_equal(output, &table->second.output))
        return "a second time changes it again";
    for (size_t at = 0; split && at <= document->size; at++)
        if (!split_agrees(table, format, document, at))
            return "pieces matter";
    return NULL;
}

static void try_vector(struct table *table, size_t index)
{
    const pii_rule_test *vector = &table->session.vectors[index];
    const struct format_encodings *encodings;
    test_bytes text = {0};
    bytes_append(&text, vector->text, vector->size);
    bool split = index % SPLIT_EVERY == 0 && vector->size < 100;
    const char *why = try_document(table, PII_FORMAT_TEXT, &text, vector, split);
    tally_case(!why, "%s:%u: %s in text: %s", vector->file, vector->line, table->variant->name, why);
    for (size_t f = 0; (encodings = encodings_at(f)); f++) {
        test_bytes content = {0}, document = {0};
        if (!encodings->quote)
            continue;
        encodings->write_part(vector->text, vector->size, &content);
        encodings->quote(&content, &document);
        why = try_document(table, encodings->format, &document, vector, split);
        tally_case(!why, "%s:%u: %s in %s: %s", vector->file, vector->line, table->variant->name,
                   pii_format_name(encodings->format), why);
        bytes_free(&content);
        bytes_free(&document);
    }
    bytes_free(&text);
}

static bool open_variant(struct table *table, const struct variant *variant)
{
    table->variant = variant;
    table->policy = NULL;
    table->scrubber = NULL;
    if (pii_policy_new(&table->allocator, &table->policy) != PII_OK)
        return false;
    pii_policy_set_all(table->policy, true);
    pii_policy_set_today(table->policy, SUBJECT_DAY);
    return pii_policy_add_key(table->policy, "k1", key, sizeof key) == PII_OK &&
           pii_policy_set_subject(table->policy, "pupil 7", 7) == PII_OK &&
           pii_policy_set_action(table->policy, NULL, &variant->action) == PII_OK &&
           pii_scrubber_new(table->session.ruleset, table->policy, &table->allocator, &table->scrubber) == PII_OK;
}

int main(int count, char **arguments)
{
    struct table table = {0};
    size_t every = count > 1 ? (size_t)atoi(arguments[1]) : 1;
    table.allocator = (pii_allocator){heap_allocate, heap_release, &table.heap};
    if (!every || !session_open(&table.session))
        return 1;
    for (size_t v = 0; v < sizeof variants / sizeof *variants; v++) {
        if (tally_case(open_variant(&table, &variants[v]), "%s: no scrubber", variants[v].name))
            for (size_t i = v % every; i < table.session.vector_count; i += every)
                if (table.session.vectors[i].match)
                    try_vector(&table, i);
        pii_scrubber_free(table.scrubber);
        pii_policy_free(table.policy);
        tally_case(!table.heap.live && !table.heap.unwiped, "%s: %zu blocks are left, %zu bytes not wiped",
                   variants[v].name, table.heap.live, table.heap.unwiped);
    }
    answer_free(&table.first);
    answer_free(&table.second);
    session_close(&table.session);
    return tally_end();
}
