/* A policy file. It loads or is refused with a reason; what loads makes of a text, a table and lines of JSON the
 * same in pieces as in one, and blocks in both or in none. */
#include <string.h>

#include "fuzz.h"

enum { SIZE_MOST = 1 << 14, TODAY = 20000, ROUNDS = 3 };

static const unsigned char key[32] = "heron-heron-heron-heron-heron-he";

struct sample {
    pii_format format;
    const char *text;
};

static const struct sample samples[] = {
    {PII_FORMAT_TEXT, "I am Ada Lovelace, born on 5 March 2011, 12 years old. Write to Kid@Example.org, "
                      "call 415-555-0134, come to 12 Fern Street, Springfield, IL 62704, or see "
                      "https://lessons.example.com/a?b=1 at 192.0.2.7. My password is quetzal4. Kid@example.org!"},
    {PII_FORMAT_CSV, "id,full_name,email,born,note\ns1,Ada L,kid@example.org,2011-03-05,call 415-555-0134\n"
                     "s2,,mira at home,2012-04-06,\"born on 2011-03-05, \"\"at\"\" 41.40338, 2.17403\"\n"},
    {PII_FORMAT_JSON_LINES, "{\"email\": \"kid@example.org\", \"student\": {\"id\": 4155550134}, "
                            "\"born\": \"2011-03-05\"}\n"
                            "{\"kid@example.org\": [\"my SSN is 219-09-9999\"], "
                            "\"id\": \"s1\", \"author\": \"Ada\"}\n"},
};

/* A file is refused as a whole, and with a sentence. */
static pii_policy *load(const uint8_t *data, size_t size)
{
    pii_policy *policy = NULL;
    pii_policy_error error = {0};
    pii_status status = pii_policy_load(NULL, data, size, &policy, &error);
    fuzz_require(status == PII_OK || status == PII_ERROR_RULE, "a file loads or is refused");
    fuzz_require((status == PII_OK) == (policy != NULL) && (status == PII_OK || *error.message),
                 "what is refused leaves nothing but a reason");
    return policy;
}

static bool is_answer(pii_status status)
{
    return status == PII_OK || status == PII_ERROR_BLOCKED || status == PII_ERROR_LIMIT;
}

static void scrub_sample(pii_ruleset *rules, const pii_policy *policy, pii_scrubber *scrubber,
                         const struct sample *sample, random_source *random)
{
    size_t size = strlen(sample->text);
    fuzz_answer whole = {0}, pieces = {0};
    pii_result result;
    pii_stream *stream = NULL;
    whole.status = pii_scrub(scrubber, sample->format, sample->text, size, &result);
    fuzz_require(is_answer(whole.status) && (whole.status == PII_OK || (!result.data && !result.size)),
                 "there is an answer, or nothing");
    bytes_append(&whole.taken.output, result.data, result.size);
    for (size_t i = 0; i < result.finding_count; i++)
        findings_append(&whole.taken.findings, &result.findings[i]);
    fuzz_require(pii_stream_new(rules, policy, sample->format, NULL, &stream) == PII_OK, "there is a stream, too");
    for (int round = 0; round < ROUNDS; round++) {
        fuzz_stream(stream, sample->text, size, random, &pieces);
        fuzz_require(whole.status == pieces.status, "a stream ends as the text at once");
        fuzz_require_same(&whole, &pieces, "in pieces as in one");
    }
    pii_stream_free(stream);
    fuzz_answer_free(&whole);
    fuzz_answer_free(&pieces);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static pii_ruleset *rules;
    if (!rules)
        rules = fuzz_default_rules();
    pii_policy *policy = size <= SIZE_MOST ? load(data, size) : NULL;
    pii_scrubber *scrubber = NULL;
    if (!policy)
        return 0;
    random_source random = {fuzz_hash(data, size)};
    pii_policy_set_today(policy, TODAY);
    fuzz_require(pii_policy_add_key(policy, "k1", key, sizeof key) == PII_OK, "it takes a key");
    pii_status status = pii_scrubber_new(rules, policy, NULL, &scrubber);
    fuzz_require(status == PII_OK || status == PII_ERROR_KEY || status == PII_ERROR_ARGUMENT ||
                     status == PII_ERROR_LIMIT,
                 "a policy is used or refused");
    fuzz_require((status == PII_OK) == (scrubber != NULL), "what is refused makes no scrubber");
    for (size_t i = 0; scrubber && i < sizeof samples / sizeof *samples; i++)
        scrub_sample(rules, policy, scrubber, &samples[i], &random);
    pii_scrubber_free(scrubber);
    pii_policy_free(policy);
    return 0;
}
