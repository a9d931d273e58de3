/* subjects - dates of a record are shifted for whom its record is about.
 *
 * Tables, JSON Lines and arrays of random records, some with cells longer than any batch, in one call, in two pieces
 * at every place of some, and in pieces of random sizes: each record has to become what it does alone, with its
 * subject set for all of the text; and one that names nobody loses its dates. Then a record as long as can be, and one
 * byte longer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "tally.h"

static const unsigned char key[32] = "kestrel-kestrel-kestrel-kestrel";

enum { ROWS = 5, LONG_CELL = 80000, RECORD_MOST = 1 << 20, DOCUMENTS = 60 };

struct shape {
    pii_format format;
    const char *open, *between, *close;
    bool table;
};

static const struct shape shapes[] = {
    {PII_FORMAT_CSV, "born,note,id\n", "\n", "\n", true},
    {PII_FORMAT_CSV, "born,note,id\n", "\r\n", "", true},
    {PII_FORMAT_JSON_LINES, "", "\n", "\n", false},
    {PII_FORMAT_JSON_LINES, "\n", "\n\n", "", false},
    {PII_FORMAT_JSON, "[", ", ", "]", false},
};

static const char *const subjects[] = {"s1", "s2", "17", "Ada L", ""};
enum { SUBJECTS = sizeof subjects / sizeof *subjects };

static pii_ruleset *ruleset;

/* `subject` of all texts, or NULL; `by_record`: records say it, too. */
static pii_policy *make_policy(const char *subject, bool by_record)
{
    pii_action shift = {.kind = PII_ACTION_SHIFT}, token = {.kind = PII_ACTION_PSEUDONYM};
    pii_policy *policy = NULL;
    bool good = pii_policy_new(NULL, &policy) == PII_OK && pii_policy_add_key(policy, "k1", key, sizeof key) == PII_OK;
    if (good && (by_record || (subject && *subject)))
        good = pii_policy_set_action(policy, "DATE_OF_BIRTH", &shift) == PII_OK;
    if (good && by_record)
        good = pii_policy_set_field(policy, "id", "subject") == PII_OK;
    if (good && subject && *subject)
        good = pii_policy_set_subject(policy, subject, strlen(subject)) == PII_OK;
    good = good && pii_policy_set_field(policy, "born", "DATE_OF_BIRTH") == PII_OK &&
           pii_policy_set_field(policy, "id", "SECRET") == PII_OK &&
           pii_policy_set_action(policy, "SECRET", &token) == PII_OK;
    return good ? policy : NULL;
}

static pii_scrubber *make_scrubber(const char *subject, bool by_record)
{
    pii_scrubber *scrubber = NULL;
    pii_policy *policy = make_policy(subject, by_record);
    if (!policy || pii_scrubber_new(ruleset, policy, NULL, &scrubber) != PII_OK)
        exit(1);
    pii_policy_free(policy);
    return scrubber;
}

static void append_record(const struct shape *shape, random_source *random, const char *subject, test_bytes *ret)
{
    char date[16], text[128];
    (void)snprintf(date, sizeof date, "20%02zu-0%zu-1%zu", random_below(random, 20), 1 + random_below(random, 9),
                   random_below(random, 10));
    size_t words = random_below(random, 12) ? random_below(random, 3) : LONG_CELL / 5;
    bool last = random_below(random, 2);
    (void)snprintf(text, sizeof text, "{%s%s%s\"born\": \"%s\", \"note\": \"", last ? "" : "\"id\": \"",
                   last ? "" : subject, last ? "" : "\", ", date);
    if (shape->table)
        (void)snprintf(text, sizeof text, "%s,\"", date);
    bytes_append_text(ret, text);
    for (size_t i = 0; i < words; i++)
        bytes_append_text(ret, i % 900 == 1 ? "born on 2011-04-05 " : "wind ");
    (void)snprintf(text, sizeof text, "\"%s%s%s}", last ? ", \"id\": \"" : "", last ? subject : "", last ? "\"" : "");
    if (shape->table)
        (void)snprintf(text, sizeof text, "\",%s", subject);
    bytes_append_text(ret, text);
}

/* The record as it has to become; it is the only one of its document. */
static void append_expected(const struct shape *shape, pii_scrubber *alone, const test_bytes *record, test_bytes *ret)
{
    test_bytes document = {0};
    pii_result result;
    bytes_append_text(&document, shape->open);
    bytes_append(&document, record->data, record->size);
    bytes_append_text(&document, shape->close);
    pii_status status = pii_scrub(alone, shape->format, document.data, document.size, &result);
    size_t around = strlen(shape->open) + strlen(shape->close);
    if (tally_case(status == PII_OK && result.size > around, "a record alone"))
        bytes_append(ret, result.data + strlen(shape->open), result.size - around);
    bytes_free(&document);
}

static bool same(const test_bytes *a, const char *data, size_t size)
{
    return a->size == size && memcmp(a->data, data, size) == 0;
}

/* Pieces of `first` bytes and then of sizes up to `most`. */
static pii_status in_pieces(pii_format format, const test_bytes *document, size_t first, size_t most,
                            random_source *random, test_bytes *ret)
{
    pii_stream *stream = NULL;
    pii_policy *policy = make_policy(NULL, true);
    pii_status status = pii_stream_new(ruleset, policy, format, NULL, &stream);
    pii_policy_free(policy);
    ret->size = 0;
    for (size_t done = 0; status == PII_OK && done < document->size;) {
        size_t rest = document->size - done, size = done ? 1 + random_below(random, most) : first;
        size = size < rest ? size : rest;
        status = pii_stream_write(stream, document->data + done, size, bytes_sink, ret);
        done += size;
    }
    if (status == PII_OK)
        status = pii_stream_finish(stream, bytes_sink, ret);
    pii_stream_free(stream);
    return status;
}

/* The same document in UTF-16. */
static void check_wide(const struct shape *shape, random_source *random, pii_scrubber *scrubber,
                       const test_bytes *document, const test_bytes *expected)
{
    test_bytes wide = {0}, wide_expected = {0}, pieces = {0};
    pii_result result;
    const char *name = pii_format_name(shape->format);
    bytes_append_utf16(&wide, document->data, document->size);
    bytes_append_utf16(&wide_expected, expected->data, expected->size);
    tally_case(pii_scrub(scrubber, shape->format, wide.data, wide.size, &result) == PII_OK &&
                   same(&wide_expected, result.data, result.size),
               "%s: in UTF-16", name);
    tally_case(in_pieces(shape->format, &wide, 7, 3000, random, &pieces) == PII_OK &&
                   same(&wide_expected, pieces.data, pieces.size),
               "%s: in UTF-16, in pieces", name);
    bytes_free(&wide);
    bytes_free(&wide_expected);
    bytes_free(&pieces);
}

static void check_document(const struct shape *shape, random_source *random, pii_scrubber *scrubber,
                           pii_scrubber *const *alone)
{
    test_bytes document = {0}, expected = {0}, pieces = {0};
    pii_result result;
    bytes_append_text(&document, shape->open);
    bytes_append_text(&expected, shape->open);
    for (size_t row = 0; row < ROWS; row++) {
        size_t subject = random_below(random, SUBJECTS);
        test_bytes record = {0};
        append_record(shape, random, subjects[subject], &record);
        bytes_append(&document, record.data, record.size);
        append_expected(shape, alone[subject], &record, &expected);
        bytes_free(&record);
        bytes_append_text(&document, row + 1 < ROWS ? shape->between : shape->close);
        bytes_append_text(&expected, row + 1 < ROWS ? shape->between : shape->close);
    }
    const char *name = pii_format_name(shape->format);
    tally_case(pii_scrub(scrubber, shape->format, document.data, document.size, &result) == PII_OK &&
                   same(&expected, result.data, result.size),
               "%s: records are not what they are alone", name);
    for (size_t at = 1; document.size < LONG_CELL && at < document.size; at++)
        tally_case(in_pieces(shape->format, &document, at, document.size, random, &pieces) == PII_OK &&
                       same(&expected, pieces.data, pieces.size),
                   "%s: in two pieces, cut at %zu", name, at);
    for (size_t most = 1; most < document.size; most = most * 7 + 1)
        tally_case((most < 3 && document.size > LONG_CELL) ||
                       (in_pieces(shape->format, &document, most, most, random, &pieces) == PII_OK &&
                        same(&expected, pieces.data, pieces.size)),
                   "%s: in pieces of %zu at most", name, most);
    check_wide(shape, random, scrubber, &document, &expected);
    bytes_free(&document);
    bytes_free(&expected);
    bytes_free(&pieces);
}

/* A document, and what it becomes. */
struct strange {
    const char *before, *after;
};

static const struct strange strange[] = {
    {"[{\"born\": \"2011-04-05\"}]", "[{\"born\": \"[DATE_OF_BIRTH]\"}]"},
    {"[{\"id\": \"\", \"born\": \"2011-04-05\"}]", "[{\"id\": \"\", \"born\": \"[DATE_OF_BIRTH]\"}]"},
    {"{\"a\": {\"id\": \"s1\", \"born\": \"2011-04-05\"}}",
     "{\"a\": {\"id\": \"[SECRET:k1:pgjvscstjhrnmsmpkckz]\", \"born\": \"[DATE_OF_BIRTH]\"}}"},
    {"[{\"id\": \"s1\", \"born\": \"2011-04-05\"}]",
     "[{\"id\": \"[SECRET:k1:pgjvscstjhrnmsmpkckz]\", \"born\": \"[DATE_OF_BIRTH:k1:d2010-12-27]\"}]"},
    {"[{\"id\": \"s1\", \"id\": \"s2\", \"born\": \"2011-04-05\"}]",
     "[{\"id\": \"[SECRET:k1:pgjvscstjhrnmsmpkckz]\", \"id\": \"[SECRET:k1:gjbprkbnnmbpfvjtgdbm]\", "
     "\"born\": \"[DATE_OF_BIRTH:k1:d2010-12-27]\"}]"},
};

/* Whom a record is about is not said, said twice, or there is no record. */
static void check_strange(pii_scrubber *scrubber)
{
    pii_result result;
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        const struct strange *it = &strange[i];
        bool good = pii_scrub(scrubber, PII_FORMAT_JSON, it->before, strlen(it->before), &result) == PII_OK;
        tally_case(good && result.size == strlen(it->after) && !memcmp(result.data, it->after, result.size),
                   "%s becomes %.*s", it->before, (int)result.size, good ? result.data : "");
    }
}

/* A row of so many bytes with its end, after another; however it comes in. */
static void check_longest(size_t size, pii_status wanted, random_source *random, pii_scrubber *scrubber)
{
    test_bytes document = {0}, output = {0};
    pii_result result;
    bytes_append_text(&document, "born,note,id\n2011-04-05,x,s1\n");
    size_t begin = document.size;
    bytes_append_text(&document, "2011-04-05,");
    while (document.size - begin < size - 4)
        bytes_append_text(&document, "x");
    bytes_append_text(&document, ",s2\n2011-04-05,x,s1\n");
    tally_case(pii_scrub(scrubber, PII_FORMAT_CSV, document.data, document.size, &result) == wanted &&
                   (wanted == PII_OK || result.error_offset == begin),
               "a row of %zu bytes", size);
    static const size_t most[] = {1000, 33000, 400000, 3000000};
    for (size_t i = 0; i < sizeof most / sizeof *most; i++)
        tally_case(in_pieces(PII_FORMAT_CSV, &document, most[i], most[i], random, &output) == wanted,
                   "a row of %zu bytes in pieces of %zu at most", size, most[i]);
    bytes_free(&document);
    bytes_free(&output);
}

int main(int count, char **arguments)
{
    size_t documents = count > 1 ? (size_t)atoi(arguments[1]) : DOCUMENTS;
    random_source random = {11};
    if (pii_ruleset_default(NULL, &ruleset) != PII_OK)
        return 1;
    pii_scrubber *scrubber = make_scrubber(NULL, true), *alone[SUBJECTS];
    for (size_t i = 0; i < SUBJECTS; i++)
        alone[i] = make_scrubber(subjects[i], false);
    for (size_t i = 0; i < documents; i++)
        check_document(&shapes[i % (sizeof shapes / sizeof *shapes)], &random, scrubber, alone);
    check_strange(scrubber);
    check_longest(RECORD_MOST, PII_OK, &random, scrubber);
    check_longest(RECORD_MOST + 1, PII_ERROR_LIMIT, &random, scrubber);
    for (size_t i = 0; i < SUBJECTS; i++)
        pii_scrubber_free(alone[i]);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(ruleset);
    return tally_end();
}
