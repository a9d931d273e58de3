/* properties RANDOM_TEXTS [sample] - what must hold for every text, whatever the rules find in it:
 *
 *   fidelity      the output is the source with each finding's span replaced by "[ENTITY]", no more
 *   order         findings are in order, disjoint, inside the text, not below the policy's minimum
 *   agreement     pii_scan and pii_explain find what pii_scrub finds
 *   coverage      every accepted candidate lies wholly inside a finding
 *   idempotence   scrubbing the output of a vector changes nothing; a random text may hold pieces that
 *                 come to be told apart only once their neighbour is gone, but what stands in for a
 *                 finding is never found again
 *   repetition    the same scrubber answers the same again
 *
 * over all vectors of the embedded rules and random texts; one property of one text is one case. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "tally.h"

struct checker {
    test_session session;
    pii_scrubber *scrubber;
    test_answer answer; /* of the text at hand */
    test_answer second;
    test_bytes rebuilt;
};

static bool same_bytes(const test_bytes *a, const test_bytes *b)
{
    return a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}

static bool same_answer(const test_answer *a, const test_answer *b)
{
    return same_bytes(&a->output, &b->output) &&
           findings_equal(a->findings.list, a->findings.count, b->findings.list, b->findings.count);
}

static bool in_order(const struct checker *checker, const test_bytes *text)
{
    uint64_t at = 0;
    for (size_t i = 0; i < checker->answer.findings.count; i++) {
        const pii_finding *finding = &checker->answer.findings.list[i];
        if (finding->begin < at || finding->end <= finding->begin || finding->end > text->size)
            return false;
        if (!(finding->confidence >= 0.5 - 1e-9 && finding->confidence <= 1.0))
            return false;
        at = finding->end;
    }
    return true;
}

static bool faithful(struct checker *checker, const test_bytes *text)
{
    size_t at = 0;
    checker->rebuilt.size = 0;
    for (size_t i = 0; i < checker->answer.findings.count; i++) {
        const pii_finding *finding = &checker->answer.findings.list[i];
        bytes_append(&checker->rebuilt, text->data + at, (size_t)finding->begin - at);
        bytes_append_text(&checker->rebuilt, "[");
        bytes_append_text(&checker->rebuilt, finding->entity);
        bytes_append_text(&checker->rebuilt, "]");
        at = (size_t)finding->end;
    }
    bytes_append(&checker->rebuilt, text->data + at, text->size - at);
    return same_bytes(&checker->rebuilt, &checker->answer.output);
}

/* The outcome says whether there was a finding, and a clean text comes back by reference. */
static bool scan_agrees(struct checker *checker, const test_bytes *text)
{
    const test_findings *expected = &checker->answer.findings;
    pii_result result;
    if (pii_scrub(checker->scrubber, PII_FORMAT_TEXT, text->data, text->size, &result) != PII_OK)
        return false;
    if (result.outcome != (expected->count > 0 ? PII_OUTCOME_REDACTED : PII_OUTCOME_CLEAN) ||
        (expected->count == 0 && result.data != text->data))
        return false;
    return pii_scan(checker->scrubber, PII_FORMAT_TEXT, text->data, text->size, &result) == PII_OK &&
           result.data == NULL && result.size == 0 &&
           findings_equal(result.findings, result.finding_count, expected->list, expected->count);
}

struct coverage {
    const test_findings *findings;
    bool covered;
    size_t accepted;
};

static void see_candidate(void *context, const pii_explanation *explanation)
{
    struct coverage *coverage = context;
    if (explanation->decision != PII_DECISION_ACCEPTED)
        return;
    coverage->accepted++;
    for (size_t i = 0; i < coverage->findings->count; i++) {
        const pii_finding *finding = &coverage->findings->list[i];
        if (finding->begin <= explanation->begin && explanation->end <= finding->end)
            return;
    }
    coverage->covered = false;
}

static bool covered(struct checker *checker, const test_bytes *text)
{
    struct coverage coverage = {&checker->answer.findings, true, 0};
    pii_result result;
    return pii_explain(checker->scrubber, PII_FORMAT_TEXT, text->data, text->size, see_candidate, &coverage, &result) ==
               PII_OK &&
           coverage.covered && (coverage.accepted > 0) == (checker->answer.findings.count > 0) &&
           findings_equal(result.findings, result.finding_count, checker->answer.findings.list,
                          checker->answer.findings.count);
}

static bool idempotent(struct checker *checker)
{
    const test_bytes *output = &checker->answer.output;
    return answer_take(checker->scrubber, output->data, output->size, &checker->second) &&
           checker->second.findings.count == 0 && same_bytes(&checker->second.output, output);
}

/* No finding of the second pass overlaps what the first pass put in. */
static bool replaced_for_good(struct checker *checker)
{
    const test_bytes *output = &checker->answer.output;
    if (!answer_take(checker->scrubber, output->data, output->size, &checker->second))
        return false;
    uint64_t shift = 0; /* of the output against the source, modulo 2^64 */
    for (size_t i = 0; i < checker->answer.findings.count; i++) {
        const pii_finding *finding = &checker->answer.findings.list[i];
        uint64_t begin = finding->begin + shift;
        uint64_t end = begin + strlen(finding->entity) + 2;
        shift = end - finding->end;
        for (size_t j = 0; j < checker->second.findings.count; j++)
            if (checker->second.findings.list[j].begin < end && begin < checker->second.findings.list[j].end)
                return false;
    }
    return true;
}

static bool repeats(struct checker *checker, const test_bytes *text)
{
    return answer_take(checker->scrubber, text->data, text->size, &checker->second) &&
           same_answer(&checker->answer, &checker->second);
}

static void check_text(struct checker *checker, const test_bytes *text, bool random, const char *file,
                       unsigned long long place)
{
    if (!tally_case(answer_take(checker->scrubber, text->data, text->size, &checker->answer), "%s:%llu: not OK", file,
                    place))
        return;
    tally_case(in_order(checker, text), "%s:%llu: order of findings", file, place);
    tally_case(faithful(checker, text), "%s:%llu: fidelity", file, place);
    tally_case(scan_agrees(checker, text), "%s:%llu: agreement of scan", file, place);
    tally_case(covered(checker, text), "%s:%llu: coverage", file, place);
    tally_case(random ? replaced_for_good(checker) : idempotent(checker), "%s:%llu: idempotence", file, place);
    tally_case(repeats(checker, text), "%s:%llu: repetition", file, place);
}

static size_t open_files(void)
{
    size_t count = 0;
    DIR *directory = opendir("/proc/self/fd");
    while (directory != NULL && readdir(directory) != NULL)
        count++;
    if (directory != NULL)
        closedir(directory);
    return count;
}

int main(int count, char **arguments)
{
    unsigned long random_texts = count > 1 ? strtoul(arguments[1], NULL, 10) : 0;
    size_t step = count > 2 ? 16 : 1;
    size_t files = open_files();
    struct checker checker = {0};
    if (!session_open(&checker.session) ||
        pii_scrubber_new(checker.session.ruleset, checker.session.policy, NULL, &checker.scrubber) != PII_OK)
        return 1;

    test_bytes text = {0};
    for (size_t i = 0; i < checker.session.vector_count; i += step) {
        const pii_rule_test *vector = &checker.session.vectors[i];
        text.size = 0;
        bytes_append(&text, vector->text, vector->size);
        check_text(&checker, &text, false, vector->file, vector->line);
    }
    for (unsigned long seed = 1; seed <= random_texts; seed++) {
        random_source random = {seed};
        text.size = 0;
        random_text(&random, &checker.session, 1 + random_below(&random, 4000), &text);
        check_text(&checker, &text, true, "random text with seed", seed);
    }
    tally_case(open_files() == files, "a file was left open");

    bytes_free(&text);
    bytes_free(&checker.rebuilt);
    answer_free(&checker.answer);
    answer_free(&checker.second);
    pii_scrubber_free(checker.scrubber);
    session_close(&checker.session);
    return tally_end();
}
