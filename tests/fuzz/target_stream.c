/* The first line names a format, a kind of project, or that it is to be told; the byte after it chooses whether the
 * reader is lenient, and how the rest is cut. */
#include <string.h>

#include "fuzz.h"

enum { SIZE_MOST = 1 << 18, FORMATS_MAX = 64 };

static pii_format formats[FORMATS_MAX];
static size_t format_count;
static pii_scrubber *scrubbers[2];
static pii_stream *streams[2][FORMATS_MAX];

static void add_formats(int from)
{
    for (int format = from; format_count < FORMATS_MAX && pii_format_name((pii_format)format); format++)
        formats[format_count++] = (pii_format)format;
}

static void open_all(void)
{
    pii_ruleset *rules = fuzz_default_rules();
    add_formats(PII_FORMAT_TEXT);
    add_formats(PII_FORMAT_AUTO);
    for (size_t lenient = 0; lenient < 2; lenient++) {
        pii_policy *policy = fuzz_policy(lenient ? PII_INVALID_TEXT : PII_INVALID_BLOCK, NULL);
        fuzz_require(pii_scrubber_new(rules, policy, NULL, &scrubbers[lenient]) == PII_OK, "there is a scrubber");
        for (size_t i = 0; i < format_count; i++)
            fuzz_require(pii_stream_new(rules, policy, formats[i], NULL, &streams[lenient][i]) == PII_OK,
                         "there is a stream");
        pii_policy_free(policy);
    }
}

/* FORMATS_MAX: of no known name. */
static size_t format_named(const uint8_t *name, size_t size)
{
    for (size_t i = 0; i < format_count; i++) {
        const char *known = pii_format_name(formats[i]);
        if (strlen(known) == size && !memcmp(known, name, size))
            return i;
    }
    return FORMATS_MAX;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!format_count)
        open_all();
    const uint8_t *line_end = size && size <= SIZE_MOST ? memchr(data, '\n', size - 1) : NULL;
    size_t chosen = line_end ? format_named(data, (size_t)(line_end - data)) : FORMATS_MAX;
    if (chosen == FORMATS_MAX)
        return 0;
    const uint8_t *text = line_end + 2;
    size_t rest = (size_t)(data + size - text), lenient = line_end[1] & 1;
    random_source random = {line_end[1]};
    fuzz_answer whole = {0}, pieces = {0};
    fuzz_scrub(scrubbers[lenient], formats[chosen], text, rest, &whole);
    for (int round = 0; round < (fuzz_all_ways ? 20 : 2); round++) {
        fuzz_stream(streams[lenient][chosen], text, rest, &random, &pieces);
        fuzz_require(whole.status == pieces.status, "a stream ends as the text at once");
        fuzz_require_same(&whole, &pieces, "in pieces as in one");
    }
    fuzz_answer_free(&whole);
    fuzz_answer_free(&pieces);
    return 0;
}
