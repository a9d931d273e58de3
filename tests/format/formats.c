/* formats DIRECTORY [short] - what holds for every format, over samples of it.
 *
 * A sample is a file NAME.FORMAT in which @@ marks places of fields. Without the marks it holds
 * nothing and comes out as it is. With something planted at a mark - as it stands, or in one of the
 * ways in which the format can write it - exactly that is replaced, whatever the pieces it comes in:
 * every split into two, and pieces of 1 to 8 bytes, flushed or not. Cut off anywhere it is refused or well formed,
 * and nothing that was planted comes out; a lenient reader finds all of it. A long document
 * of copies of the sample, and one with a field longer than any batch, agree with their streams.
 *
 * NAME.plain.FORMAT: its fields know no other way to write text. NAME.once.FORMAT: no document of several. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encodings.h"
#include "random.h"
#include "tally.h"

static const char mark[] = "@@";

struct planted {
    const char *text;
    const char *replacement;
};

static const struct planted values[] = {
    {"kid.one@mail.example.org", "[EMAIL]"},
    {"(415) 555-2671", "[PHONE]"},
    {"742 Evergreen Terrace", "[ADDRESS]"},
};

enum { value_count = sizeof values / sizeof *values };

struct checker {
    const struct format_encodings *format;
    const char *name; /* of the sample */
    pii_ruleset *ruleset;
    pii_scrubber *strict;
    pii_scrubber *lenient;
    pii_stream *stream;
    bool brief;
    test_bytes output;
    test_findings findings;
    size_t paths; /* a hash of the paths and blocks of all findings */
};

/* ---- Documents out of samples ---- */

static size_t count_marks(const test_bytes *sample)
{
    size_t count = 0;
    for (size_t i = 0; i + 1 < sample->size; i++)
        count += memcmp(sample->data + i, mark, 2) == 0;
    return count;
}

/* The sample with `text` in place of mark `which`, or of all when it is SIZE_MAX; none at the others. */
static void fill(const test_bytes *sample, size_t which, const test_bytes *text, test_bytes *ret)
{
    size_t seen = 0;
    for (size_t i = 0; i < sample->size; i++) {
        if (i + 1 == sample->size || memcmp(sample->data + i, mark, 2) != 0) {
            bytes_append(ret, sample->data + i, 1);
            continue;
        }
        if (seen++ == which || which == SIZE_MAX)
            bytes_append(ret, text->data, text->size);
        i++;
    }
}

static test_bytes filled(const test_bytes *sample, size_t which, const char *text)
{
    test_bytes document = {0}, value = {.data = (char *)(uintptr_t)text, .size = strlen(text)};
    fill(sample, which, &value, &document);
    return document;
}

/* ---- What comes out ---- */

static bool bytes_equal(const test_bytes *a, const char *data, size_t size)
{
    return a->size == size && (size == 0 || memcmp(a->data, data, size) == 0);
}

static size_t hash_text(size_t hash, const char *text)
{
    for (; *text; text++)
        hash = hash * 31 + (unsigned char)*text;
    return hash * 31;
}

static size_t hash_place(size_t hash, const pii_finding *finding)
{
    return hash_text(hash_text(hash, finding->path), finding->block);
}

static void gather(void *context, const pii_finding *finding)
{
    struct checker *checker = context;
    checker->paths = hash_place(checker->paths, finding);
    findings_append(&checker->findings, finding);
}

/* Streams the document in pieces of `first` bytes, then of `rest`; `flush`: all that is final comes after each. */
static pii_status stream(struct checker *checker, const test_bytes *document, size_t first, size_t rest, bool flush)
{
    checker->output.size = checker->findings.count = checker->paths = 0;
    pii_stream_reset(checker->stream);
    pii_stream_on_finding(checker->stream, gather, checker);
    size_t done = 0;
    pii_status status = PII_OK;
    while (status == PII_OK && done < document->size) {
        size_t size = done ? rest : first;
        size = size < document->size - done ? size : document->size - done;
        status = stream_write(checker->stream, document->data + done, size, flush, &checker->output);
        done += size;
        if (!size && !rest)
            break;
    }
    return status == PII_OK ? pii_stream_finish(checker->stream, bytes_sink, &checker->output) : status;
}

static bool streams_agree(struct checker *checker, const test_bytes *document, const pii_result *expected, size_t first,
                          size_t rest, bool flush)
{
    size_t paths = 0;
    for (size_t i = 0; i < expected->finding_count; i++)
        paths = hash_place(paths, &expected->findings[i]);
    return stream(checker, document, first, rest, flush) == PII_OK &&
           bytes_equal(&checker->output, expected->data, expected->size) && paths == checker->paths &&
           findings_equal(checker->findings.list, checker->findings.count, expected->findings,
                          expected->finding_count);
}

static pii_status scrub(struct checker *checker, const test_bytes *document, pii_result *ret)
{
    return pii_scrub(checker->strict, checker->format->format, document->data, document->size, ret);
}

/* Every way to cut it into two, and small pieces. */
static bool any_division(struct checker *checker, const test_bytes *document)
{
    pii_result result;
    bool good = scrub(checker, document, &result) == PII_OK;
    for (size_t at = 1; good && at < document->size; at += checker->brief ? 37 : 1)
        good = streams_agree(checker, document, &result, at, document->size, false);
    for (size_t size = 1; good && size <= 8; size++)
        good = streams_agree(checker, document, &result, size, size, false) &&
               streams_agree(checker, document, &result, size, size, true);
    return good;
}

/* ---- The checks ---- */

static void check_clean(struct checker *checker, const test_bytes *sample)
{
    test_bytes document = filled(sample, SIZE_MAX, "");
    pii_result result;
    bool good = scrub(checker, &document, &result) == PII_OK;
    tally_case(good && result.outcome == PII_OUTCOME_CLEAN && result.data == document.data &&
                   result.size == document.size && any_division(checker, &document),
               "%s: clean, and as it was", checker->name);
    bytes_free(&document);
}

/* One value at one mark, in one writing. */
static void check_planted(struct checker *checker, const test_bytes *sample, size_t which, const struct planted *value,
                          format_encoding encoding)
{
    test_bytes text = {0}, document = {0};
    encoding(value->text, &text);
    fill(sample, which, &text, &document);
    test_bytes expected = filled(sample, which, value->replacement);
    pii_result result;
    bool good = scrub(checker, &document, &result) == PII_OK && bytes_equal(&expected, result.data, result.size) &&
                result.finding_count == 1 && result.findings[0].end - result.findings[0].begin == text.size;
    tally_case(good, "%s: %s at mark %zu as \"%.*s\"", checker->name, value->replacement, which, (int)text.size,
               text.data);
    if (good && value == values)
        tally_case(any_division(checker, &document), "%s: %s at mark %zu as \"%.*s\", in pieces", checker->name,
                   value->replacement, which, (int)text.size, text.data);
    bytes_free(&text);
    bytes_free(&document);
    bytes_free(&expected);
}

static void check_all_marks(struct checker *checker, const test_bytes *sample)
{
    for (size_t v = 0; v < value_count; v++) {
        test_bytes document = filled(sample, SIZE_MAX, values[v].text);
        test_bytes expected = filled(sample, SIZE_MAX, values[v].replacement);
        pii_result result;
        bool good = scrub(checker, &document, &result) == PII_OK && bytes_equal(&expected, result.data, result.size);
        tally_case(good && any_division(checker, &document), "%s: %s at every mark", checker->name,
                   values[v].replacement);
        good = scrub(checker, &expected, &result) == PII_OK && result.finding_count == 0;
        tally_case(good, "%s: %s is not found again", checker->name, values[v].replacement);
        bytes_free(&document);
        bytes_free(&expected);
    }
}

static bool holds(const char *data, size_t size, const char *text)
{
    return size && memmem(data, size, text, strlen(text));
}

/* Cut off at `size`: what was planted whole does not come out, whatever the answer. */
static bool cut_off(struct checker *checker, const test_bytes *document, size_t size)
{
    test_bytes part = {.data = document->data, .size = size};
    pii_result strict, lenient;
    pii_status status = scrub(checker, &part, &strict);
    bool good = status == PII_OK ? !holds(strict.data, strict.size, values[0].text)
                                 : status == PII_ERROR_INVALID && !strict.data && strict.fault &&
                                       strict.error_offset <= size && strict.outcome == PII_OUTCOME_INVALID;
    good = good && stream(checker, &part, 7, 7, false) == status &&
           !holds(checker->output.data, checker->output.size, values[0].text);
    return good && pii_scrub(checker->lenient, checker->format->format, part.data, size, &lenient) == PII_OK &&
           (lenient.fault != NULL) == (status != PII_OK) && !holds(lenient.data, lenient.size, values[0].text);
}

static void check_cut_off(struct checker *checker, const test_bytes *sample)
{
    test_bytes document = filled(sample, SIZE_MAX, values[0].text);
    size_t at = 0;
    while (at <= document.size && cut_off(checker, &document, at))
        at += checker->brief ? 11 : 1;
    tally_case(at > document.size, "%s: cut off at byte %zu", checker->name, at);
    bytes_free(&document);
}

/* Random damage: no crash, a definite answer, and lenient the same for every division. */
static void check_damaged(struct checker *checker, const test_bytes *sample)
{
    random_source random = {7};
    bool good = true;
    for (int round = 0; good && round < (checker->brief ? 20 : 1000); round++) {
        test_bytes document = filled(sample, SIZE_MAX, values[round % value_count].text);
        for (size_t hits = 1 + random_below(&random, 3); hits; hits--)
            document.data[random_below(&random, document.size)] = (char)random_below(&random, 256);
        pii_result result;
        pii_status status = scrub(checker, &document, &result);
        good = (status == PII_OK || status == PII_ERROR_INVALID) &&
               stream(checker, &document, 1 + random_below(&random, 9), 1 + random_below(&random, 9), false) == status;
        good = good &&
               pii_scrub(checker->lenient, checker->format->format, document.data, document.size, &result) == PII_OK &&
               (result.fault != NULL) == (status != PII_OK);
        bytes_free(&document);
    }
    tally_case(good, "%s: damaged", checker->name);
}

/* Much longer than what is scanned at a time; `field` bytes of text at each mark. */
static void check_long(struct checker *checker, const test_bytes *sample, size_t copies, size_t field)
{
    random_source random = {11};
    test_bytes document = {0}, filler = {0};
    while (filler.size < field)
        bytes_append_text(&filler, "then the wind went on to blow, and ");
    bytes_append_text(&filler, " ");
    checker->format->open(&document);
    for (size_t i = 0; i < copies; i++) {
        test_bytes text = {0};
        bytes_append(&text, filler.data, filler.size);
        if (i % 3 == 0)
            bytes_append_text(&text, values[i % value_count].text);
        if (i % 6 == 0)
            bytes_append(&text, filler.data, filler.size);
        if (i)
            checker->format->between(&document);
        fill(sample, SIZE_MAX, &text, &document);
        bytes_free(&text);
    }
    checker->format->close(&document);
    pii_result result;
    bool good = scrub(checker, &document, &result) == PII_OK && result.finding_count > 0;
    for (int i = 0; i < value_count; i++)
        good = good && !holds(result.data, result.size, values[i].text);
    for (int round = 0; good && round < (checker->brief ? 1 : 6); round++) {
        size_t most = round % 2 ? 3000 : 400000;
        good = streams_agree(checker, &document, &result, 1 + random_below(&random, most),
                             1 + random_below(&random, most), round & 2);
    }
    tally_case(good, "%s: %zu copies, %zu bytes in a field", checker->name, copies, field);
    bytes_free(&document);
    bytes_free(&filler);
}

static bool has_tag(const struct checker *checker, const char *tag)
{
    return strstr(checker->name, tag) != NULL;
}

static void check_sample(struct checker *checker, const test_bytes *sample)
{
    check_clean(checker, sample);
    for (size_t m = 0; m < count_marks(sample); m++)
        for (size_t v = 0; v < value_count; v++)
            for (size_t e = 0; checker->format->encodings[e] && !(e && has_tag(checker, ".plain.")); e++)
                check_planted(checker, sample, m, &values[v], checker->format->encodings[e]);
    check_all_marks(checker, sample);
    check_cut_off(checker, sample);
    check_damaged(checker, sample);
    if (checker->format->open && (unsigned char)sample->data[0] < 0x80 && !has_tag(checker, ".once.")) {
        check_long(checker, sample, checker->brief ? 30 : 400, 0);
        check_long(checker, sample, 3, 150000);
        check_long(checker, sample, 12, 9000);
    }
}

/* ---- Files ---- */

static bool read_sample(const char *directory, const char *name, test_bytes *ret)
{
    char path[4096], buffer[4096];
    (void)snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    for (size_t got; file && (got = fread(buffer, 1, sizeof buffer, file)) > 0;)
        bytes_append(ret, buffer, got);
    if (file)
        (void)fclose(file);
    return file && ret->size;
}

static bool open_checker(struct checker *checker)
{
    pii_policy *policy = NULL;
    bool good = pii_policy_new(NULL, &policy) == PII_OK;
    pii_policy_set_on_invalid(policy, PII_INVALID_TEXT);
    good = good && pii_scrubber_new(checker->ruleset, NULL, NULL, &checker->strict) == PII_OK &&
           pii_scrubber_new(checker->ruleset, policy, NULL, &checker->lenient) == PII_OK &&
           pii_stream_new(checker->ruleset, NULL, checker->format->format, NULL, &checker->stream) == PII_OK;
    pii_policy_free(policy);
    return good;
}

static void close_checker(struct checker *checker)
{
    pii_scrubber_free(checker->strict);
    pii_scrubber_free(checker->lenient);
    pii_stream_free(checker->stream);
    bytes_free(&checker->output);
    findings_free(&checker->findings);
}

/* Of many samples a part that is the same each time. */
static bool in_part(const char *name)
{
    unsigned sum = 0;
    for (; *name; name++)
        sum += (unsigned char)*name;
    return sum % 4 == 0;
}

static void check_file(pii_ruleset *ruleset, const char *directory, const char *name, bool brief)
{
    const char *dot = strrchr(name, '.');
    const struct format_encodings *format = dot ? encodings_of(dot + 1) : NULL;
    if (*name == '.' || !tally_case(format != NULL, "%s: of no known format", name))
        return;
    struct checker checker = {.format = format, .name = name, .ruleset = ruleset, .brief = brief};
    test_bytes sample = {0};
    if (tally_case(read_sample(directory, name, &sample) && open_checker(&checker), "%s: cannot be read", name))
        check_sample(&checker, &sample);
    close_checker(&checker);
    bytes_free(&sample);
}

int main(int argc, char **argv)
{
    pii_ruleset *ruleset = NULL;
    DIR *directory = argc > 1 ? opendir(argv[1]) : NULL;
    if (!directory || pii_ruleset_default(NULL, &ruleset) != PII_OK)
        return 2;
    for (struct dirent *entry; (entry = readdir(directory));)
        if (*entry->d_name != '.' && (argc <= 2 || in_part(entry->d_name)))
            check_file(ruleset, argv[1], entry->d_name, argc > 2);
    (void)closedir(directory);
    pii_ruleset_free(ruleset);
    return tally_end();
}
