/* One format, FUZZ_FORMAT: strict and lenient, all ways through it, pieces, plantings. */
#include "fuzz.h"

enum { SIZE_MOST = 1 << 16 };

struct reader {
    fuzz_ways ways;
    pii_stream *stream;
};

static struct reader strict, lenient;

static void open_reader(struct reader *reader, pii_ruleset *rules, pii_ruleset *interpreted, pii_invalid_action action)
{
    pii_policy *policy = fuzz_policy(action, NULL);
    fuzz_ways_open(&reader->ways, rules, interpreted, action);
    fuzz_require(pii_stream_new(rules, policy, FUZZ_FORMAT, NULL, &reader->stream) == PII_OK, "there is a stream");
    pii_policy_free(policy);
}

static void read(struct reader *reader, const uint8_t *data, size_t size, fuzz_answer *ret)
{
    random_source random = {fuzz_hash(data, size)};
    fuzz_answer pieces = {0};
    fuzz_ways_agree(&reader->ways, FUZZ_FORMAT, data, size, ret);
    fuzz_stream(reader->stream, data, size, &random, &pieces);
    fuzz_require_same(ret, &pieces, "in pieces as in one");
    if (ret->status == PII_OK && !ret->fault)
        fuzz_require_final(reader->ways.scrubbers[0], FUZZ_FORMAT, ret);
    fuzz_answer_free(&pieces);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!strict.stream) {
        pii_ruleset *rules = fuzz_default_rules(), *interpreted = fuzz_default_rules();
        open_reader(&strict, rules, interpreted, PII_INVALID_BLOCK);
        open_reader(&lenient, rules, interpreted, PII_INVALID_TEXT);
    }
    if (size > SIZE_MOST)
        return 0;
    fuzz_answer answer = {0}, forgiven = {0};
    read(&strict, data, size, &answer);
    read(&lenient, data, size, &forgiven);
    fuzz_require(forgiven.status != PII_ERROR_INVALID, "a lenient reader reads everything");
    if (answer.status == PII_OK)
        fuzz_require_same(&answer, &forgiven, "what is well formed is read the same by a lenient reader");
    else if (answer.status == PII_ERROR_INVALID && forgiven.status == PII_OK)
        fuzz_require(forgiven.fault != NULL, "a lenient reader tells of faults");
    fuzz_plant(&strict.ways, &lenient.ways, FUZZ_FORMAT, data, size);
    fuzz_answer_free(&answer);
    fuzz_answer_free(&forgiven);
    return 0;
}
