/* written - how the text of an action stands in each format: in its characters where it can, escaped where it must, at
 * once and in pieces of one byte. */
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "tally.h"

/* One, two, three and four bytes of UTF-8, a blank, and brackets, which markup has to escape. */
#define TEXT "<\xC3\xA9 \xE2\x82\xAC\xF0\x9F\x90\x89>"

struct place {
    const char *format;
    const char *before; /* of the address */
    const char *behind;
    const char *expected; /* in its place; NULL: TEXT as it is */
};

static const struct place places[] = {
    {"text", "mail ", " now", NULL},
    {"json", "{\"a\": \"mail ", " now\"}", NULL},
    {"jsonl", "{\"a\": \"", "\"}\n", NULL},
    {"csv", "a,b\n1,mail ", "\n", NULL},
    {"csv", "a,b\n1,\"mail ", "\"\n", NULL},
    {"xml", "<a>", "</a>", "&lt;\xC3\xA9 \xE2\x82\xAC\xF0\x9F\x90\x89&gt;"},
    {"xml", "<a b='", "'/>", "&lt;\xC3\xA9 \xE2\x82\xAC\xF0\x9F\x90\x89&gt;"},
    /* Nothing can be escaped there, so what could end it is left out. */
    {"xml", "<a><![CDATA[", "]]></a>", "<\xC3\xA9 \xE2\x82\xAC\xF0\x9F\x90\x89"},
    {"html", "<p>", "</p>", "&lt;\xC3\xA9 \xE2\x82\xAC\xF0\x9F\x90\x89&gt;"},
    {"javascript", "say('", "');", NULL},
    {"javascript", "// mail ", "\n", NULL},
    {"python", "print('", "')\n", NULL},
    {"query", "/a?m=", "&b=1", "%3C%C3%A9%20%E2%82%AC%F0%9F%90%89%3E"},
    {"cookies", "a=1; m=", "", "%3C%C3%A9%20%E2%82%AC%F0%9F%90%89%3E"},
    /* A blank would end the cell of a log that has no quotes. */
    {"access-log", "192.0.2.17 - ", " [10/Oct/2025:13:55:36 +0000] \"GET / HTTP/1.1\" 200 5\n",
     "<\xC3\xA9-\xE2\x82\xAC\xF0\x9F\x90\x89>"},
};

struct wide {
    const char *mark; /* in bytes, as all below */
    size_t mark_size;
    const char *expected;
    size_t expected_size;
    size_t unit_size;
    bool little;
};

static const struct wide encodings[] = {
    {"\xFF\xFE", 2, "<\0\xE9\0 \0\xAC\x20\x3D\xD8\x09\xDC>\0", 14, 2, true},
    {"\xFE\xFF", 2, "\0<\0\xE9\0 \x20\xAC\xD8\x3D\xDC\x09\0>", 14, 2, false},
    {"\xFF\xFE\0\0", 4, "<\0\0\0\xE9\0\0\0 \0\0\0\xAC\x20\0\0\x09\xF4\x01\0>\0\0\0", 24, 4, true},
    {"\0\0\xFE\xFF", 4, "\0\0\0<\0\0\0\xE9\0\0\0 \0\0\x20\xAC\0\x01\xF4\x09\0\0\0>", 24, 4, false},
};

struct checker {
    pii_ruleset *ruleset;
    pii_policy *policy;
    pii_scrubber *scrubber;
};

static bool streamed(const struct checker *checker, pii_format format, const test_bytes *source,
                     const test_bytes *expected)
{
    pii_stream *stream = NULL;
    test_bytes output = {0};
    bool good = pii_stream_new(checker->ruleset, checker->policy, format, NULL, &stream) == PII_OK;
    for (size_t i = 0; good && i < source->size; i++)
        good = pii_stream_write(stream, source->data + i, 1, bytes_sink, &output) == PII_OK;
    good = good && pii_stream_finish(stream, bytes_sink, &output) == PII_OK && output.size == expected->size &&
           memcmp(output.data, expected->data, output.size) == 0;
    pii_stream_free(stream);
    bytes_free(&output);
    return good;
}

static void check(const struct checker *checker, pii_format format, const test_bytes *source,
                  const test_bytes *expected, const char *name)
{
    pii_result result;
    pii_status status = pii_scrub(checker->scrubber, format, source->data, source->size, &result);
    bool good = status == PII_OK && result.size == expected->size &&
                memcmp(result.data, expected->data, result.size) == 0;
    tally_case(good, "%s: status %d: %.*s", name, (int)status, status == PII_OK ? (int)result.size : 0,
               status == PII_OK ? result.data : "");
    tally_case(streamed(checker, format, source, expected), "%s: in bytes", name);
}

static void check_place(const struct checker *checker, const struct place *place)
{
    pii_format format;
    test_bytes source = {0}, expected = {0};
    bytes_append_text(&source, place->before);
    bytes_append_text(&source, "kid@example.org");
    bytes_append_text(&source, place->behind);
    bytes_append_text(&expected, place->before);
    bytes_append_text(&expected, place->expected ? place->expected : TEXT);
    bytes_append_text(&expected, place->behind);
    if (pii_format_find(place->format, &format) == PII_OK)
        check(checker, format, &source, &expected, place->before);
    else
        tally_case(false, "%s: no such format", place->format);
    bytes_free(&source);
    bytes_free(&expected);
}

static void append_wide(test_bytes *bytes, const struct wide *encoding, const char *text)
{
    for (; *text; text++) {
        char unit[4] = {0};
        unit[encoding->little ? 0 : encoding->unit_size - 1] = *text;
        bytes_append(bytes, unit, encoding->unit_size);
    }
}

static void check_wide(const struct checker *checker, const struct wide *encoding)
{
    test_bytes source = {0}, expected = {0};
    bytes_append(&source, encoding->mark, encoding->mark_size);
    append_wide(&source, encoding, "mail kid@example.org now");
    bytes_append(&expected, encoding->mark, encoding->mark_size);
    append_wide(&expected, encoding, "mail ");
    bytes_append(&expected, encoding->expected, encoding->expected_size);
    append_wide(&expected, encoding, " now");
    check(checker, PII_FORMAT_AUTO, &source, &expected, encoding->little ? "wide, little" : "wide, big");
    bytes_free(&source);
    bytes_free(&expected);
}

int main(void)
{
    struct checker checker = {0};
    pii_action action = {.kind = PII_ACTION_TEXT, .text = TEXT};
    if (pii_ruleset_default(NULL, &checker.ruleset) != PII_OK || pii_policy_new(NULL, &checker.policy) != PII_OK ||
        pii_policy_set_action(checker.policy, NULL, &action) != PII_OK ||
        pii_policy_set_action(checker.policy, "IP", &(pii_action){.kind = PII_ACTION_KEEP}) != PII_OK ||
        pii_scrubber_new(checker.ruleset, checker.policy, NULL, &checker.scrubber) != PII_OK)
        return 2;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        check_place(&checker, &places[i]);
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        check_wide(&checker, &encodings[i]);
    pii_scrubber_free(checker.scrubber);
    pii_policy_free(checker.policy);
    pii_ruleset_free(checker.ruleset);
    return tally_end();
}
