#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

void fuzz_answer_free(fuzz_answer *answer)
{
    answer_free(&answer->taken);
    *answer = (fuzz_answer){0};
}

static void clear(fuzz_answer *answer)
{
    answer->taken.output.size = answer->taken.findings.count = 0;
    answer->fault = NULL;
    answer->fault_at = 0;
}

/* What is said of findings and bytes around them. */
static void require_faithful(const uint8_t *data, size_t size, const fuzz_answer *answer)
{
    const test_bytes *output = &answer->taken.output;
    uint64_t at = 0, out = 0;
    for (size_t i = 0; i <= answer->taken.findings.count; i++) {
        const pii_finding *finding = i < answer->taken.findings.count ? &answer->taken.findings.list[i] : NULL;
        uint64_t begin = finding ? finding->begin : size;
        fuzz_require(begin >= at && begin <= size, "findings are in order and inside");
        fuzz_require(out + (begin - at) <= output->size &&
                         (begin == at || !memcmp(data + at, output->data + out, (size_t)(begin - at))),
                     "bytes outside of findings are unchanged");
        out += begin - at;
        if (!finding)
            break;
        fuzz_require(finding->end > begin && finding->end <= size, "a finding is not empty and inside");
        fuzz_require(finding->confidence > 0.5 - 1e-6 && finding->confidence <= 1, "a finding is confident enough");
        out += finding->replacement_size;
        at = finding->end;
    }
    fuzz_require(out == output->size, "nothing comes out but the source and what replaces findings");
}

static void require_result(const pii_result *result, pii_status status, const void *data, size_t size)
{
    fuzz_require(status == PII_OK || status == PII_ERROR_INVALID || status == PII_ERROR_LIMIT,
                 "the answer is one that an input can have");
    if (status != PII_OK)
        fuzz_require(!result->data && result->size == 0 && result->error_offset <= size, "an error releases nothing");
    else if (result->finding_count == 0)
        fuzz_require(result->data == data && result->size == size && result->outcome == PII_OUTCOME_CLEAN,
                     "what is clean is the input itself");
    else
        fuzz_require(result->outcome == PII_OUTCOME_REDACTED, "the outcome says that there are findings");
    fuzz_require(status != PII_ERROR_INVALID || result->fault, "what is refused is told why");
}

void fuzz_scrub(pii_scrubber *scrubber, pii_format format, const void *data, size_t size, fuzz_answer *ret)
{
    uint8_t *copy = malloc(size ? size : 1);
    fuzz_require(copy != NULL, "there is memory");
    if (size)
        memcpy(copy, data, size);
    pii_result result;
    clear(ret);
    ret->status = pii_scrub(scrubber, format, copy, size, &result);
    require_result(&result, ret->status, copy, size);
    ret->outcome = result.outcome;
    ret->fault = result.fault;
    ret->fault_at = result.fault ? result.error_offset : 0;
    if (ret->status == PII_OK) {
        bytes_append(&ret->taken.output, result.data, result.size);
        for (size_t i = 0; i < result.finding_count; i++)
            findings_append(&ret->taken.findings, &result.findings[i]);
        require_faithful(copy, size, ret);
    }
    free(copy);
}

static bool same_fault(const fuzz_answer *a, const fuzz_answer *b)
{
    return a->fault && b->fault ? !strcmp(a->fault, b->fault) && a->fault_at == b->fault_at : a->fault == b->fault;
}

static bool same(const fuzz_answer *a, const fuzz_answer *b)
{
    const test_bytes *x = &a->taken.output, *y = &b->taken.output;
    if (a->status != b->status || !same_fault(a, b))
        return false;
    return a->status != PII_OK ||
           (x->size == y->size && (x->size == 0 || !memcmp(x->data, y->data, x->size)) &&
            findings_equal(a->taken.findings.list, a->taken.findings.count, b->taken.findings.list,
                           b->taken.findings.count));
}

static void tell(const fuzz_answer *answer)
{
    (void)fprintf(stderr, "status %d, fault \"%s\" at %llu\n", answer->status, answer->fault ? answer->fault : "",
                  (unsigned long long)answer->fault_at);
    for (size_t i = 0; i < answer->taken.findings.count; i++) {
        const pii_finding *finding = &answer->taken.findings.list[i];
        (void)fprintf(stderr, "%s [%llu, %llu) %s %g\n", finding->entity, (unsigned long long)finding->begin,
                      (unsigned long long)finding->end, finding->rule, finding->confidence);
    }
}

void fuzz_require_same(const fuzz_answer *expected, const fuzz_answer *answer, const char *what)
{
    if (expected->status == PII_ERROR_LIMIT || answer->status == PII_ERROR_LIMIT)
        return;
    if (!same(expected, answer)) {
        tell(expected);
        tell(answer);
        fuzz_require(false, what);
    }
}

void fuzz_require_final(pii_scrubber *scrubber, pii_format format, const fuzz_answer *answer)
{
    fuzz_answer second = {0};
    fuzz_scrub(scrubber, format, answer->taken.output.data, answer->taken.output.size, &second);
    if (second.status == PII_ERROR_LIMIT)
        return;
    fuzz_require(second.status == PII_OK && (answer->fault || !second.fault), "what was scrubbed is well formed still");
    uint64_t shift = 0; /* of the output against the source, modulo 2^64 */
    for (size_t i = 0; i < answer->taken.findings.count; i++) {
        const pii_finding *finding = &answer->taken.findings.list[i];
        uint64_t begin = finding->begin + shift, end = begin + finding->replacement_size;
        shift = end - finding->end;
        for (size_t j = 0; j < second.taken.findings.count; j++)
            fuzz_require(second.taken.findings.list[j].begin >= end || begin >= second.taken.findings.list[j].end,
                         "what replaces a finding is not found again");
    }
    fuzz_answer_free(&second);
}
