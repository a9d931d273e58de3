#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fuzz.h"

struct planting {
    const char *secret; /* no byte of which may come out */
    const char *text;   /* what it is written in */
};

static const struct planting plantings[] = {
    {"zed.the.fox@mail.example.org", " zed.the.fox@mail.example.org "},
    {"415-555-0134", " call 415-555-0134 now "},
};

enum { PLANTINGS = sizeof plantings / sizeof *plantings };

/* As long as the plantings, and found by a rule of its own wherever a field is. */
static const char marker[] = " qzjxqzjxqzjx ", marker_word[] = "qzjxqzjxqzjx";
static const char marker_rule[] = "piiglet: 1\nfamily: marker\ndescription: tells fields\n"
                                  "entities: [MARKER]\n"
                                  "rules:\n  - id: marker.word\n    entity: MARKER\n    description: a word\n"
                                  "    pattern: 'qzjxqzjxqzjx'\n    confidence: 1\n"
                                  "    tests: {match: ['{{qzjxqzjxqzjx}}'], pass: ['a']}\n";

static bool holds(const void *data, size_t size, const char *text)
{
    return size && memmem(data, size, text, strlen(text)) != NULL;
}

static void put(const uint8_t *data, size_t size, size_t at, const char *text, test_bytes *ret)
{
    ret->size = 0;
    bytes_append(ret, data, at);
    bytes_append_text(ret, text);
    bytes_append(ret, data + at, size - at);
}

/* Whether findings cover all of a text that stands after `at`. */
static bool covered(const fuzz_answer *answer, const test_bytes *document, size_t at, const char *text)
{
    const char *found = memmem(document->data + at, document->size - at, text, strlen(text));
    uint64_t begin = (uint64_t)(found - document->data), end = begin + strlen(text);
    for (size_t i = 0; i < answer->taken.findings.count && begin < end; i++)
        if (answer->taken.findings.list[i].begin <= begin && begin < answer->taken.findings.list[i].end)
            begin = answer->taken.findings.list[i].end;
    return begin >= end;
}

static pii_scrubber *new_marker_scrubber(pii_invalid_action action)
{
    pii_compiler *compiler = NULL;
    pii_ruleset *ruleset = NULL;
    pii_scrubber *scrubber = NULL;
    pii_policy *policy = fuzz_policy(action, NULL);
    fuzz_require(pii_compiler_new(NULL, &compiler) == PII_OK &&
                     pii_compiler_add(compiler, "marker", marker_rule, strlen(marker_rule)) == PII_OK &&
                     pii_compiler_finish(compiler, &ruleset) == PII_OK &&
                     pii_scrubber_new(ruleset, policy, NULL, &scrubber) == PII_OK,
                 "there is a rule for the marker");
    pii_compiler_free(compiler);
    pii_ruleset_free(ruleset);
    pii_policy_free(policy);
    return scrubber;
}

/* Whether a document may have a program in it. */
static bool has_program(pii_format format, const uint8_t *data, size_t size)
{
    if (format == PII_FORMAT_HTML)
        for (size_t i = 0; i + 6 <= size; i++)
            if (!strncasecmp((const char *)data + i, "script", 6))
                return true;
    return format == PII_FORMAT_JAVASCRIPT || format == PII_FORMAT_TYPESCRIPT || format == PII_FORMAT_PYTHON;
}

/* Whether what is put there lies in a field. All of a document but a program does where it is well formed. */
static bool in_field(pii_format format, bool lenient, const uint8_t *data, size_t size, size_t at)
{
    static pii_scrubber *scrubbers[2];
    if (!has_program(format, data, size))
        return true;
    if (!scrubbers[lenient])
        scrubbers[lenient] = new_marker_scrubber(lenient ? PII_INVALID_TEXT : PII_INVALID_BLOCK);
    test_bytes marked = {0};
    fuzz_answer answer = {0};
    put(data, size, at, marker, &marked);
    fuzz_scrub(scrubbers[lenient], format, marked.data, marked.size, &answer);
    bool found = answer.status == PII_OK && covered(&answer, &marked, at, marker_word);
    bytes_free(&marked);
    fuzz_answer_free(&answer);
    return found;
}

/* Bytes of ASCII are no text in UTF-16 and UTF-32. Where no mark says that it is that, they are refused; a lenient
 * reader may have taken the first of them for a part of a character. */
static bool believed(const uint8_t *data, size_t size, bool lenient)
{
    bool marked = size >= 4 && (data[0] >= 0xFE || data[2] == 0xFE);
    return strcmp(pii_encoding_name(data, size), "UTF-8") != 0 && (marked || lenient);
}

static void require_gone(fuzz_ways *ways, bool lenient, pii_format format, const uint8_t *data, size_t size, size_t at,
                         const struct planting *planting)
{
    test_bytes planted = {0};
    fuzz_answer answer = {0};
    put(data, size, at, planting->text, &planted);
    if (believed((const uint8_t *)planted.data, planted.size, lenient)) {
        bytes_free(&planted);
        return;
    }
    fuzz_scrub(ways->scrubbers[0], format, planted.data, planted.size, &answer);
    fuzz_require(!lenient || answer.status != PII_ERROR_INVALID, "a lenient reader reads everything");
    if (answer.status == PII_OK && !covered(&answer, &planted, at, planting->secret) &&
        in_field(format, lenient, data, size, at)) {
        (void)fwrite(planted.data, 1, planted.size, stderr);
        fuzz_require(false, lenient ? "what was planted does not come out, read leniently"
                                    : "what was planted does not come out");
    }
    bytes_free(&planted);
    fuzz_answer_free(&answer);
}

void fuzz_plant(fuzz_ways *strict, fuzz_ways *lenient, pii_format format, const void *data, size_t size)
{
    random_source random = {fuzz_hash(data, size)};
    for (size_t i = 0; i < PLANTINGS; i++)
        if (holds(data, size, plantings[i].secret) || holds(data, size, marker_word))
            return;
    for (int round = 0; round < (fuzz_all_ways ? 40 : 3); round++) {
        size_t at = random_below(&random, size + 1);
        const struct planting *planting = &plantings[random_below(&random, PLANTINGS)];
        require_gone(strict, false, format, data, size, at, planting);
        if (lenient)
            require_gone(lenient, true, format, data, size, at, planting);
    }
}
