/* Plain text: the scan behind it, all ways through it, pieces, plantings. */
#include "fuzz.h"

enum { SIZE_MOST = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fuzz_ways ways;
    static fuzz_scans *scans;
    static pii_stream *stream;
    if (!scans) {
        pii_ruleset *rules = fuzz_default_rules(), *interpreted = fuzz_default_rules();
        pii_policy *policy = fuzz_policy(PII_INVALID_BLOCK, NULL);
        fuzz_ways_open(&ways, rules, interpreted, PII_INVALID_BLOCK);
        fuzz_require(pii_stream_new(rules, policy, PII_FORMAT_TEXT, NULL, &stream) == PII_OK, "there is a stream");
        scans = fuzz_scans_new(rules, interpreted);
        pii_policy_free(policy);
    }
    if (size > SIZE_MOST)
        return 0;
    random_source random = {fuzz_hash(data, size)};
    fuzz_answer whole = {0}, pieces = {0};
    fuzz_scans_agree(scans, data, size);
    fuzz_ways_agree(&ways, PII_FORMAT_TEXT, data, size, &whole);
    fuzz_stream(stream, data, size, &random, &pieces);
    fuzz_require_same(&whole, &pieces, "in pieces as in one");
    if (whole.status == PII_OK)
        fuzz_require_final(ways.scrubbers[0], PII_FORMAT_TEXT, &whole);
    fuzz_plant(&ways, NULL, PII_FORMAT_TEXT, data, size);
    fuzz_answer_free(&whole);
    fuzz_answer_free(&pieces);
    return 0;
}
