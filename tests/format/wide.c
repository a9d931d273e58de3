/* wide DIRECTORY - documents in UTF-16 and UTF-32 are what they are in UTF-8.
 *
 * Each sample (see formats.c), with something planted at every mark, is scrubbed in UTF-8 and in each other
 * encoding, with and without a byte order mark: output, findings and paths have to agree, with places counted in
 * units of the encoding, whole and in pieces of any size. Then what is no such document. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encodings.h"
#include "session.h"
#include "tally.h"

struct encoding {
    const char *name;
    unsigned size; /* bytes of a unit */
    bool big;
};

static const struct encoding encodings[] = {
    {"UTF-16LE", 2, false}, {"UTF-16BE", 2, true}, {"UTF-32LE", 4, false}, {"UTF-32BE", 4, true}};

enum { encoding_count = sizeof encodings / sizeof *encodings };

struct checker {
    pii_ruleset *ruleset;
    pii_scrubber *scrubber;
    pii_scrubber *other;
    test_bytes output;
    test_findings findings;
};

static void append_unit(const struct encoding *encoding, uint32_t unit, test_bytes *ret)
{
    for (unsigned i = 0; i < encoding->size; i++) {
        unsigned char byte = (unsigned char)(unit >> (8 * (encoding->big ? encoding->size - 1 - i : i)));
        bytes_append(ret, &byte, 1);
    }
}

static size_t character_size(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* Well-formed UTF-8 in another encoding; `places[i]`, if not NULL, is where byte i of it went. */
static void convert(const struct encoding *encoding, const char *text, size_t size, size_t *places, test_bytes *ret)
{
    for (size_t i = 0; i < size;) {
        size_t length = character_size((unsigned char)text[i]);
        uint32_t point = (unsigned char)text[i] & (length == 1 ? 0x7Fu : 0xFFu >> (length + 1));
        for (size_t j = 0; places && j < length; j++)
            places[i + j] = ret->size;
        for (size_t j = 1; j < length; j++)
            point = point << 6 | ((unsigned char)text[i + j] & 0x3F);
        if (encoding->size == 2 && point >= 0x10000) {
            append_unit(encoding, 0xD800 + ((point - 0x10000) >> 10), ret);
            point = 0xDC00 + (point & 0x3FF);
        }
        append_unit(encoding, point, ret);
        i += length;
    }
    if (places)
        places[size] = ret->size;
}

/* All but what UTF-8 itself forbids; a mark of its own is not converted either. */
static bool convertible(const test_bytes *document)
{
    for (size_t i = 0; i < document->size; i++) {
        size_t length = character_size((unsigned char)document->data[i]);
        if (((unsigned char)document->data[i] & 0xC0) == 0x80 || i + length > document->size)
            return false;
        for (; length > 1; length--)
            if (((unsigned char)document->data[++i] & 0xC0) != 0x80)
                return false;
    }
    return document->size > 1 && (unsigned char)document->data[0] < 0x80 && (unsigned char)document->data[1] < 0x80;
}

static bool output_is(const test_bytes *expected, const char *data, size_t size)
{
    return size == expected->size && memcmp(expected->data, data, size) == 0;
}

static bool in_pieces(struct checker *checker, pii_format format, const test_bytes *document, size_t piece, bool flush,
                      const test_bytes *expected)
{
    pii_stream *stream = NULL;
    bool good = pii_stream_new(checker->ruleset, NULL, format, NULL, &stream) == PII_OK;
    checker->output.size = checker->findings.count = 0;
    pii_stream_on_finding(stream, findings_gather, &checker->findings);
    for (size_t done = 0; good && done < document->size; done += piece) {
        size_t size = piece < document->size - done ? piece : document->size - done;
        good = stream_write(stream, document->data + done, size, flush, &checker->output) == PII_OK;
    }
    good = good && pii_stream_finish(stream, bytes_sink, &checker->output) == PII_OK;
    pii_stream_free(stream);
    return good && output_is(expected, checker->output.data, checker->output.size);
}

/* The findings of the document in UTF-8 are those of the other, at the places where their text went. */
static bool findings_correspond(const pii_result *plain, const pii_finding *list, size_t count, const size_t *places)
{
    bool good = plain->finding_count == count;
    for (size_t i = 0; good && i < count; i++) {
        const pii_finding *a = &plain->findings[i], *b = &list[i];
        good = places[a->begin] == b->begin && places[a->end] == b->end && strcmp(a->rule, b->rule) == 0;
    }
    return good;
}

static bool paths_equal(const pii_result *a, const pii_result *b)
{
    bool good = a->finding_count == b->finding_count;
    for (size_t i = 0; good && i < a->finding_count; i++)
        good = strcmp(a->findings[i].path, b->findings[i].path) == 0;
    return good;
}

static void check_encoding(struct checker *checker, const char *name, pii_format format, const test_bytes *document,
                           const struct encoding *encoding, bool marked)
{
    size_t *places = calloc(document->size + 1, sizeof *places);
    test_bytes wide = {0}, expected = {0};
    pii_result plain, result;
    if (marked) {
        append_unit(encoding, 0xFEFF, &wide);
        append_unit(encoding, 0xFEFF, &expected);
    }
    convert(encoding, document->data, document->size, places, &wide);
    bool good = pii_scrub(checker->scrubber, format, document->data, document->size, &plain) == PII_OK &&
                plain.finding_count > 0;
    convert(encoding, plain.data, plain.size, NULL, &expected);
    good = good && strcmp(pii_encoding_name(wide.data, wide.size), encoding->name) == 0 &&
           pii_scrub(checker->other, format, wide.data, wide.size, &result) == PII_OK &&
           result.format == plain.format && output_is(&expected, result.data, result.size) &&
           findings_correspond(&plain, result.findings, result.finding_count, places) && paths_equal(&plain, &result);
    tally_case(good, "%s: %s%s", name, encoding->name, marked ? " with a mark" : "");
    static const size_t pieces[] = {1, 2, 3, 7, 64, 100000};
    for (size_t i = 0; good && i < 2 * sizeof pieces / sizeof *pieces; i++)
        tally_case(in_pieces(checker, format, &wide, pieces[i / 2], i % 2, &expected) &&
                       findings_correspond(&plain, checker->findings.list, checker->findings.count, places),
                   "%s: %s, in pieces of %zu%s", name, encoding->name, pieces[i / 2], i % 2 ? ", flushed" : "");
    good = good && pii_scrub(checker->other, format, expected.data, expected.size, &result) == PII_OK &&
           result.data == expected.data && result.outcome == PII_OUTCOME_CLEAN;
    tally_case(good, "%s: %s, clean, is the input itself", name, encoding->name);
    bytes_free(&wide);
    bytes_free(&expected);
    free(places);
}

static void check_document(struct checker *checker, const char *name, pii_format format, const test_bytes *document)
{
    for (size_t i = 0; i < encoding_count && convertible(document); i++) {
        check_encoding(checker, name, format, document, &encodings[i], true);
        check_encoding(checker, name, format, document, &encodings[i], false);
    }
}

static void check_file(struct checker *checker, const char *directory, const char *name)
{
    char path[4096];
    test_bytes document = {0};
    const char *dot = strrchr(name, '.');
    const struct format_encodings *format = dot ? encodings_of(dot + 1) : NULL;
    (void)snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    if (!tally_case(file && format, "%s", name))
        return;
    for (int byte = fgetc(file), next; byte != EOF; byte = next) {
        char kept = (char)byte;
        next = fgetc(file);
        if (byte == '@' && next == '@') {
            bytes_append_text(&document, "kid@example.org");
            next = fgetc(file);
        } else {
            bytes_append(&document, &kept, 1);
        }
    }
    (void)fclose(file);
    check_document(checker, name, format->format, &document);
    bytes_free(&document);
}

/* ---- Text, and what is not what it seems ---- */

static void check_text(struct checker *checker)
{
    test_bytes text = {0};
    for (int i = 0; i < 4000; i++)
        bytes_append_text(&text, i % 97 ? "The wind w\u00e9nt on \u2013 \u2018to blow\u2019 \U0001F600\U0001F600. \n"
                                        : "Mail kid@example.org, or call (415)\u00a0555-2671. \n");
    check_document(checker, "text", PII_FORMAT_TEXT, &text);
    check_document(checker, "text, of no known format", PII_FORMAT_AUTO, &text);
    bytes_free(&text);
}

struct strange {
    const char *what;
    const char *bytes;
    size_t size;
    pii_format format;
    size_t error_at; /* SIZE_MAX: it is read */
};

#define STRANGE(text) text, sizeof text - 1

static const struct strange strange[] = {
    {"half a pair in a text", STRANGE("\xFF\xFE" "a\0\0\xD8" "b\0"), PII_FORMAT_TEXT, SIZE_MAX},
    {"the other half in a text", STRANGE("\xFE\xFF" "\0a\xDC\0\0b"), PII_FORMAT_TEXT, SIZE_MAX},
    {"half a pair in JSON", STRANGE("\xFF\xFE" "\"\0\0\xD8" "\"\0"), PII_FORMAT_JSON, 4},
    {"half a character", STRANGE("\xFF\xFE" "a\0b"), PII_FORMAT_TEXT, 4},
    {"a quarter of one", STRANGE("\xFF\xFE\0\0a\0\0\0b"), PII_FORMAT_TEXT, 8},
    {"beyond Unicode", STRANGE("\0\0\xFE\xFF\0\x11\0\0"), PII_FORMAT_TEXT, 4},
    {"bytes after zeros", STRANGE("a\0b\0 mail kid@example.org"), PII_FORMAT_TEXT, 4},
    {"bytes after more zeros", STRANGE("\0\0\0a kid@example.org "), PII_FORMAT_TEXT, 4},
    {"ideographs with a mark", STRANGE("\xFF\xFE" "mail kid@example.org"), PII_FORMAT_TEXT, SIZE_MAX},
    {"a mark alone", STRANGE("\xFE\xFF"), PII_FORMAT_TEXT, SIZE_MAX},
    {"a mark alone, as JSON", STRANGE("\xFE\xFF"), PII_FORMAT_JSON, 2},
    {"XML that says so",
     STRANGE("\xFE\xFF\0<\0?\0x\0m\0l\0 \0v\0e\0r\0s\0i\0o\0n\0=\0'\0001\0.\0000\0'\0 \0e\0n\0c\0o\0d\0i\0n\0g\0="
             "\0'\0U\0T\0F\0-\0001\0006\0'\0?\0>\0<\0a\0/\0>"),
     PII_FORMAT_XML, SIZE_MAX},
};

static void check_strange(struct checker *checker, pii_scrubber *lenient)
{
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        const struct strange *s = &strange[i];
        pii_result result;
        pii_status status = pii_scrub(checker->scrubber, s->format, s->bytes, s->size, &result);
        bool good = s->error_at == SIZE_MAX
                        ? status == PII_OK && result.data == s->bytes
                        : status == PII_ERROR_INVALID && result.fault && result.error_offset == s->error_at;
        tally_case(good, "%s: strict", s->what);
        good = pii_scrub(lenient, s->format, s->bytes, s->size, &result) == PII_OK &&
               (result.fault != NULL) == (s->error_at != SIZE_MAX);
        bool bytes = strstr(s->what, "bytes") != NULL;
        tally_case(good && result.finding_count == bytes, "%s: lenient", s->what);
        tally_case(!bytes || !memmem(result.data, result.size, "kid@", 4), "%s: nothing comes out", s->what);
    }
}

/* Regions are of bytes: the first one tells. */
static void check_region(struct checker *checker)
{
    pii_seam *seam = NULL;
    pii_result result;
    pii_region region = {.data = "\xFF\xFE" "a\0", .size = 4, .ends = true, .until = 4};
    bool good = pii_seam_new(NULL, &seam) == PII_OK &&
                pii_region_scan(checker->scrubber, PII_FORMAT_TEXT, &region, NULL, seam, &result) ==
                    PII_ERROR_INVALID &&
                result.fault && result.outcome == PII_OUTCOME_INVALID;
    tally_case(good, "a region");
    pii_seam_free(seam);
}

int main(int argc, char **argv)
{
    struct checker checker = {0};
    pii_scrubber *lenient = NULL;
    pii_policy *policy = NULL;
    DIR *directory = argc > 1 ? opendir(argv[1]) : NULL;
    if (!directory || pii_ruleset_default(NULL, &checker.ruleset) != PII_OK || pii_policy_new(NULL, &policy) != PII_OK)
        return 2;
    pii_policy_set_on_invalid(policy, PII_INVALID_TEXT);
    if (pii_scrubber_new(checker.ruleset, NULL, NULL, &checker.scrubber) != PII_OK ||
        pii_scrubber_new(checker.ruleset, NULL, NULL, &checker.other) != PII_OK ||
        pii_scrubber_new(checker.ruleset, policy, NULL, &lenient) != PII_OK)
        return 2;
    for (struct dirent *entry; (entry = readdir(directory));)
        if (*entry->d_name != '.')
            check_file(&checker, argv[1], entry->d_name);
    check_text(&checker);
    check_strange(&checker, lenient);
    check_region(&checker);
    (void)closedir(directory);
    pii_scrubber_free(checker.scrubber);
    pii_scrubber_free(checker.other);
    pii_scrubber_free(lenient);
    pii_policy_free(policy);
    pii_ruleset_free(checker.ruleset);
    bytes_free(&checker.output);
    findings_free(&checker.findings);
    return tally_end();
}
