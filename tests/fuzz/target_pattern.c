/* Rules out of parts: lines of the input are a pattern, its words for, its words against, the same of a second rule,
 * and then text that the rules are tried on. The first two bytes choose numbers and validators. */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

enum { SIZE_MOST = 2048, HEAD = 2, RULES = 2, LINES = 3 };

static const char *const validators[] = {NULL, NULL, NULL, NULL, "phone_national", "street_address", "iban", "person"};

struct reader {
    const uint8_t *at;
    const uint8_t *end;
};

static test_bytes line_of(struct reader *reader)
{
    const uint8_t *stop = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
    const uint8_t *begin = reader->at;
    stop = stop ? stop : reader->end;
    reader->at = stop < reader->end ? stop + 1 : stop;
    return (test_bytes){.data = (char *)(uintptr_t)begin, .size = (size_t)(stop - begin)};
}

static void quote(const char *text, size_t size, test_bytes *yaml)
{
    bytes_append_text(yaml, "'");
    for (size_t i = 0; i < size; i++)
        bytes_append(yaml, text[i] == '\'' ? "''" : text + i, text[i] == '\'' ? 2 : 1);
    bytes_append_text(yaml, "'");
}

/* Words are divided by bars. */
static void write_words(const char *key, const test_bytes *words, const char *weight, test_bytes *yaml)
{
    if (!words->size)
        return;
    bytes_append_text(yaml, "      ");
    bytes_append_text(yaml, key);
    bytes_append_text(yaml, ": {words: [");
    for (size_t at = 0; at <= words->size;) {
        const char *bar = at < words->size ? memchr(words->data + at, '|', words->size - at) : NULL;
        size_t end = bar ? (size_t)(bar - words->data) : words->size;
        bytes_append_text(yaml, at ? ", " : "");
        quote(words->data + at, end - at, yaml);
        at = end + 1;
    }
    bytes_append_text(yaml, "], weight: ");
    bytes_append_text(yaml, weight);
    bytes_append_text(yaml, "}\n");
}

static void write_rule(unsigned number, uint8_t choice, const test_bytes *lines, test_bytes *yaml)
{
    static const char *const confidences[] = {"0.2", "0.45", "0.6", "1"}, *const weights[] = {"0.4", "0.1"};
    static const unsigned reaches[] = {16, 40, 90, 511};
    const char *validator = validators[choice >> 5 & 7];
    char part[256];
    (void)snprintf(part, sizeof part, "  - id: f.r%u\n    entity: FUZZED\n    description: d\n    pattern: ", number);
    bytes_append_text(yaml, part);
    quote(lines[0].data, lines[0].size, yaml);
    (void)snprintf(part, sizeof part, "\n%s%s%s    confidence: %s\n    tests: {match: ['{{a}}'], pass: ['b']}\n",
                   validator ? "    validator: " : "", validator ? validator : "", validator ? "\n" : "",
                   confidences[choice & 3]);
    bytes_append_text(yaml, part);
    if (!lines[1].size && !lines[2].size)
        return;
    (void)snprintf(part, sizeof part, "    context:\n      before: %u\n      after: %u\n", reaches[choice >> 3 & 3],
                   reaches[choice >> 4 & 3] / 2);
    bytes_append_text(yaml, part);
    write_words("boost", &lines[1], weights[choice >> 2 & 1], yaml);
    write_words("suppress", &lines[2], "0.3", yaml);
}

static pii_ruleset *compile(const test_bytes *yaml)
{
    pii_compiler *compiler = NULL;
    pii_ruleset *ruleset = NULL;
    fuzz_require(pii_compiler_new(NULL, &compiler) == PII_OK, "there is a compiler");
    pii_status added = pii_compiler_add(compiler, "fuzzed", yaml->data, yaml->size);
    fuzz_require(added == PII_OK || added == PII_ERROR_RULE, "a file loads or is refused");
    if (added == PII_OK)
        fuzz_require(pii_compiler_finish(compiler, &ruleset) == PII_OK, "a file that loads makes a ruleset");
    pii_compiler_free(compiler);
    return ruleset;
}

/* The rules, amid the text, through a stream: over-long matches and hold-backs of any rule. */
static void require_pieces(pii_ruleset *ruleset, const uint8_t *text, size_t size)
{
    random_source random = {fuzz_hash(text, size)};
    pii_policy *policy = fuzz_policy(PII_INVALID_BLOCK, NULL);
    pii_scrubber *scrubber = NULL;
    pii_stream *stream = NULL;
    fuzz_answer whole = {0}, pieces = {0};
    fuzz_require(pii_scrubber_new(ruleset, policy, NULL, &scrubber) == PII_OK &&
                     pii_stream_new(ruleset, policy, PII_FORMAT_TEXT, NULL, &stream) == PII_OK,
                 "there are a scrubber and a stream");
    fuzz_scrub(scrubber, PII_FORMAT_TEXT, text, size, &whole);
    fuzz_stream(stream, text, size, &random, &pieces);
    fuzz_require_same(&whole, &pieces, "in pieces as in one");
    fuzz_answer_free(&whole);
    fuzz_answer_free(&pieces);
    pii_scrubber_free(scrubber);
    pii_stream_free(stream);
    pii_policy_free(policy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < HEAD || size > SIZE_MOST)
        return 0;
    struct reader reader = {data + HEAD, data + size};
    test_bytes yaml = {0};
    bytes_append_text(&yaml, "piiglet: 1\nfamily: f\ndescription: d\nentities: [FUZZED]\nrules:\n");
    for (unsigned rule = 0; rule < RULES; rule++) {
        test_bytes lines[LINES];
        for (size_t i = 0; i < LINES; i++)
            lines[i] = line_of(&reader);
        if (rule == 0 || lines[0].size)
            write_rule(rule, data[rule], lines, &yaml);
    }
    pii_ruleset *rules = compile(&yaml);
    if (rules) {
        pii_ruleset *interpreted = compile(&yaml);
        fuzz_scans *scans = fuzz_scans_new(rules, interpreted);
        size_t rest = (size_t)(reader.end - reader.at);
        fuzz_scans_agree(scans, reader.at, rest);
        require_pieces(rules, reader.at, rest);
        fuzz_scans_free(scans);
        pii_ruleset_free(interpreted);
    }
    pii_ruleset_free(rules);
    bytes_free(&yaml);
    return 0;
}
