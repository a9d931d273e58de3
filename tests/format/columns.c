/* columns - what a policy says that fields are.
 *
 * Each document is scrubbed whole, in pieces of 1 to 9 bytes, and in UTF-16: output and findings have to be what is
 * written down here, and the output, scrubbed again, itself. Then fields longer than any batch. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "tally.h"

struct said {
    const char *path;
    const char *what;
};

struct sample {
    const char *format;
    struct said said[4];
    const char *before;
    const char *after;
    uint64_t met;
};

static const struct sample samples[] = {
    {"csv", {{"/*/name", "PERSON"}, {"/*/mail", "EMAIL"}, {"/*/id", "never"}},
     "name,mail,id,text\nAda,\"k \"\"x\"\" at y\",4155552671,call 415-555-2671\n\"a,\nb\",,kid@example.org,\n"
     "x,y,z\n",
     "name,mail,id,text\n[PERSON],\"[EMAIL]\",4155552671,call [PHONE]\n\"[PERSON]\",,kid@example.org,\n"
     "[PERSON],[EMAIL],z\n",
     7},
    {"csv", {{"/*/2", "PERSON"}, {"/*/0", "never"}}, "name,mail,who\n415-555-2671,k@example.org,B\n",
     "name,mail,[PERSON]\n415-555-2671,[EMAIL],[PERSON]\n", 3},
    {"csv", {{"a/b", "AGE"}, {"mail", "EMAIL"}}, "mail,a/b\nx,y\n", "mail,a/b\n[EMAIL],[AGE]\n", 3},
    {"tsv", {{"1", "AGE"}}, "1\t7\t3\n4\t5\t6", "1\t[AGE]\t3\n4\t[AGE]\t6", 1},
    {"csv", {{"/*/nobody", "PERSON"}}, "name\nAda\n", "name\nAda\n", 0},
    {"csv", {{"/*/who", "PERSON"}}, "who\n[PERSON]\n[PERSON_12]\n[PERSON:k1:bcdfghjkmnprstvzbcdf]\n[PERSON x]\n"
     "[PERSON:k1:adaadaadaadaadaadaad]\n[AGE]\n",
     "who\n[PERSON]\n[PERSON_12]\n[PERSON:k1:bcdfghjkmnprstvzbcdf]\n[PERSON]\n[PERSON]\n[PERSON]\n", 1},
    {"csv", {{"/*/born", "DATE_OF_BIRTH"}, {"/*/call", "PHONE"}},
     "born,call\n[DATE_OF_BIRTH:k1:d2012-03-30],[PHONE:k1:4155552671]\n[DATE_OF_BIRTH:d2012-03-30],"
     "[PHONE_4155552671]\n[DATE_OF_BIRTH:k1:d2012-03-3],[PHONE:4155552671]\n",
     "born,call\n[DATE_OF_BIRTH:k1:d2012-03-30],[PHONE]\n[DATE_OF_BIRTH],[PHONE]\n[DATE_OF_BIRTH],[PHONE]\n", 3},
    {"json", {{"/*/who", "PERSON"}, {"/*/*/*/no", "never"}},
     "[{\"who\": \"Ada\", \"415-555-2671\": {\"who\": \"Ada\"}, "
     "\"a\": {\"b\": {\"no\": \"k@example.org\"}}}, "
     "{\"who\": \"the wind\"}, {\"x\": {\"who\": \"the wind\"}}, {\"who\": \"the wind\"}]",
     "[{\"who\": \"[PERSON]\", \"[PHONE]\": {\"who\": \"Ada\"}, "
     "\"a\": {\"b\": {\"no\": \"k@example.org\"}}}, "
     "{\"who\": \"[PERSON]\"}, {\"x\": {\"who\": \"the wind\"}}, {\"who\": \"[PERSON]\"}]",
     3},
    {"json", {{"/users/*/name", "PERSON"}, {"/**/code", "SECRET"}, {"/users/*/tags/**", "never"}, {"/a~1b", "AGE"}},
     "{\"users\": [{\"name\": \"A\\u0064a\", \"code\": -12.5, \"tags\": [\"k@example.org\", [\"415-555-2671\"]]}, "
     "{\"name\": null, \"code\": \"\", \"note\": \"k@example.org\"}], \"a/b\": 7, \"name\": \"Ada\"}",
     "{\"users\": [{\"name\": \"[PERSON]\", \"code\": \"[SECRET]\", \"tags\": [\"k@example.org\", "
     "[\"415-555-2671\"]]}, "
     "{\"name\": null, \"code\": \"\", \"note\": \"[EMAIL]\"}], \"a/b\": \"[AGE]\", \"name\": \"Ada\"}",
     15},
    {"csv", {{"/*/who", "PERSON"}}, "who\n[PERSON\n[PERSON}\n[PERSON_]\n[PERSON_x]\n[PERSON_1x]\n[PERSON:]\n"
     "[PERSON::adaadaadaadaadaadaad]\n[PERSON:k1]\n[PERSON:k1:]\n[PERSON:k1:d2012x03-30]\n[PERSON:k1:d2012-0a-30]\n"
     "[PERSON:K1:bcdfghjkmnprstvzbcdf]\n[PERSON:k1:bcdfghjkmnprstvzbcd]\n",
     "who\n[PERSON]\n[PERSON]\n[PERSON]\n[PERSON]\n[PERSON]\n[PERSON]\n[PERSON]\n[PERSON]\n[PERSON]\n[PERSON]\n"
     "[PERSON]\n[PERSON]\n[PERSON]\n", 1},
    {"json", {{"/a~0b", "PERSON"}, {"/c~1d", "AGE"}, {"/~2", "SECRET"}, {"/e~", "GPS"}},
     "{\"a~b\": \"A\", \"a~0b\": \"B\", \"c/d\": 7, \"~2\": \"C\", \"e~\": \"D\"}",
     "{\"a~b\": \"[PERSON]\", \"a~0b\": \"B\", \"c/d\": \"[AGE]\", \"~2\": \"[SECRET]\", \"e~\": \"[GPS]\"}", 15},
    {"jsonl", {{"/*/name", "PERSON"}}, "{\"name\": \"A\"}\n{\"name\": 5, \"b\": 5}\n\n{\"name\": true}",
     "{\"name\": \"[PERSON]\"}\n{\"name\": \"[PERSON]\", \"b\": 5}\n\n{\"name\": true}", 1},
    {"json", {{"/text", "text"}, {"/**", "never"}}, "{\"text\": \"k@example.org\", \"b\": [\"k@example.org\"]}",
     "{\"text\": \"[EMAIL]\", \"b\": [\"k@example.org\"]}", 3},
    {"json", {{"", "EMAIL"}}, "\"x\"", "\"[EMAIL]\"", 1},
    {"xml", {{"/all/who", "PERSON"}, {"/all/*/mail", "EMAIL"}},
     "<all><who>A &amp; B</who><b mail='x&#64;y'>k@example.org</b></all>",
     "<all><who>[PERSON]</who><b mail='[EMAIL]'>[EMAIL]</b></all>", 3},
    {"roster", {{NULL, NULL}}, "id,name,email,note\n7,Ada,-,the wind\n8,,b,\"call 415-555-2671\"\n",
     "id,name,email,note\n7,[PERSON],[EMAIL],the wind\n8,,[EMAIL],\"call [PHONE]\"\n", 0},
    {"roster", {{"/*/email", "text"}}, "email,age\n-,7\n", "email,age\n-,[AGE]\n", 1},
    {"game-lab", {{"/source", "SECRET"}}, "{\"source\": \"var a = 1;\", \"animations\": {}}",
     "{\"source\": \"[SECRET]\", \"animations\": {}}", 1},
    {"game-lab", {{"/source/>/**", "SECRET"}}, "{\"source\": \"var a = \\\"b\\\";\", \"animations\": {}}",
     "{\"source\": \"var a = \\\"[SECRET]\\\";\", \"animations\": {}}", 1},
};

static pii_ruleset *ruleset;

static pii_policy *policy_of(const struct said *said, size_t count)
{
    pii_policy *policy = NULL;
    bool good = pii_policy_new(NULL, &policy) == PII_OK;
    for (size_t i = 0; good && i < count && said[i].path; i++)
        good = pii_policy_set_field(policy, said[i].path, said[i].what) == PII_OK;
    return good ? policy : NULL;
}

static bool in_pieces(const pii_policy *policy, pii_format format, const char *document, size_t size, size_t piece,
                      const char *after, size_t after_size)
{
    pii_stream *stream = NULL;
    test_bytes output = {0};
    bool good = pii_stream_new(ruleset, policy, format, NULL, &stream) == PII_OK;
    for (size_t done = 0; good && done < size; done += piece) {
        size_t count = piece < size - done ? piece : size - done;
        char *copy = malloc(count);
        memcpy(copy, document + done, count);
        good = pii_stream_write(stream, copy, count, bytes_sink, &output) == PII_OK;
        free(copy);
    }
    good = good && pii_stream_finish(stream, bytes_sink, &output) == PII_OK && output.size == after_size &&
           memcmp(output.data, after, after_size) == 0;
    pii_stream_free(stream);
    bytes_free(&output);
    return good;
}

static bool scrubs_to(pii_scrubber *scrubber, pii_format format, const char *document, const char *after,
                      uint64_t met)
{
    pii_result result;
    return pii_scrub(scrubber, format, document, strlen(document), &result) == PII_OK &&
           result.size == strlen(after) && memcmp(result.data, after, result.size) == 0 && result.fields_met == met;
}

static bool wide_too(const pii_policy *policy, pii_format format, const char *document, const char *after)
{
    test_bytes wide = {0}, wide_after = {0};
    bytes_append_utf16(&wide, document, strlen(document));
    bytes_append_utf16(&wide_after, after, strlen(after));
    bool good = true;
    for (size_t piece = 1; good && piece < 6; piece++)
        good = in_pieces(policy, format, wide.data, wide.size, piece, wide_after.data, wide_after.size);
    bytes_free(&wide);
    bytes_free(&wide_after);
    return good;
}

static void check_sample(const struct sample *sample)
{
    pii_policy *policy = policy_of(sample->said, 4);
    pii_scrubber *scrubber = NULL;
    pii_format format;
    bool good = policy && pii_format_find(sample->format, &format) == PII_OK &&
                pii_scrubber_new(ruleset, policy, NULL, &scrubber) == PII_OK;
    tally_case(good && scrubs_to(scrubber, format, sample->before, sample->after, sample->met), "%s", sample->before);
    tally_case(good && scrubs_to(scrubber, format, sample->after, sample->after, sample->met), "%s: again",
               sample->after);
    for (size_t piece = 1; good && piece < 10; piece++)
        tally_case(in_pieces(policy, format, sample->before, strlen(sample->before), piece, sample->after,
                             strlen(sample->after)),
                   "%s: in pieces of %zu", sample->before, piece);
    tally_case(good && wide_too(policy, format, sample->before, sample->after), "%s: in UTF-16", sample->before);
    pii_scrubber_free(scrubber);
    pii_policy_free(policy);
}

/* Cells longer than any batch, among short ones, with findings of rules in and around them. */
static void check_long(void)
{
    static const struct said said[] = {{"/*/who", "PERSON"}, {"/*/id", "never"}};
    pii_policy *policy = policy_of(said, 2);
    test_bytes before = {0}, after = {0};
    bytes_append_text(&before, "who,id,text\n");
    bytes_append_text(&after, "who,id,text\n");
    for (int row = 0; row < 6; row++) {
        size_t words = row % 2 ? 20000 : 2;
        bytes_append_text(&before, "\"");
        for (size_t i = 0; i < words; i++)
            bytes_append_text(&before, i % 500 ? "then the wind " : "mail kid@example.org ");
        bytes_append_text(&before, "\",\"");
        bytes_append_text(&after, "\"[PERSON]\",\"");
        for (size_t i = 0; i < words; i++) {
            bytes_append_text(&before, i % 500 ? "then \"\"the\"\" wind " : "mail kid@example.org ");
            bytes_append_text(&after, i % 500 ? "then \"\"the\"\" wind " : "mail kid@example.org ");
        }
        bytes_append_text(&before, "\",mail kid@example.org\n");
        bytes_append_text(&after, "\",mail [EMAIL]\n");
    }
    static const size_t pieces[] = {SIZE_MAX, 1000, 4099, 100003};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        tally_case(in_pieces(policy, PII_FORMAT_CSV, before.data, before.size, pieces[i], after.data, after.size),
                   "long cells in pieces of %zu", pieces[i]);
    pii_policy_free(policy);
    bytes_free(&before);
    bytes_free(&after);
}

static void check_refused(void)
{
    static const struct said wrong[] = {{"/a", "person"}, {"/a", ""}, {NULL, "PERSON"}};
    pii_policy *policy = NULL;
    pii_scrubber *scrubber = NULL;
    bool good = pii_policy_new(NULL, &policy) == PII_OK;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        tally_case(good && pii_policy_set_field(policy, wrong[i].path, wrong[i].what) == PII_ERROR_ARGUMENT,
                   "%s is refused", wrong[i].what);
    tally_case(pii_policy_set_field(policy, "/a", "NO_SUCH_ENTITY") == PII_OK &&
                   pii_scrubber_new(ruleset, policy, NULL, &scrubber) == PII_ERROR_ARGUMENT,
               "an entity that there is not");
    pii_policy_free(policy);
    good = pii_policy_new(NULL, &policy) == PII_OK;
    char path[64];
    for (int i = 0; good && i < 3000; i++) {
        (void)snprintf(path, sizeof path, "/**/name%d", i);
        good = pii_policy_set_field(policy, path, "PERSON") == PII_OK;
    }
    tally_case(good && pii_scrubber_new(ruleset, policy, NULL, &scrubber) == PII_ERROR_LIMIT, "too many");
    pii_policy_free(policy);
}

int main(void)
{
    if (pii_ruleset_default(NULL, &ruleset) != PII_OK)
        return 2;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check_sample(&samples[i]);
    check_long();
    check_refused();
    pii_ruleset_free(ruleset);
    return tally_end();
}
