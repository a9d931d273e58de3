/* A rule file. What loads finds the same in its own tests, and in its own text, whichever way it goes. */
#include <string.h>

#include "fuzz.h"

enum { SIZE_MOST = 1 << 14, TEXT_MOST = 2048, VECTORS_MOST = 6 };

/* A file is refused with an error that has a place in it. */
static void require_reason(const pii_compiler *compiler, bool loaded)
{
    const pii_diagnostic *remarks = NULL;
    size_t count = pii_compiler_diagnostics(compiler, &remarks), errors = 0;
    for (size_t i = 0; i < count; i++) {
        fuzz_require(remarks[i].message && remarks[i].rule && remarks[i].field && remarks[i].expected,
                     "a remark is whole");
        errors += remarks[i].severity == PII_SEVERITY_ERROR;
    }
    fuzz_require(loaded == (errors == 0), "a file is refused with a reason, and only then");
}

static pii_ruleset *compile(const uint8_t *data, size_t size, pii_compiler **ret)
{
    pii_ruleset *ruleset = NULL;
    fuzz_require(pii_compiler_new(NULL, ret) == PII_OK, "there is a compiler");
    pii_status added = pii_compiler_add(*ret, "fuzzed", data, size);
    fuzz_require(added == PII_OK || added == PII_ERROR_RULE, "a file loads or is refused");
    require_reason(*ret, added == PII_OK);
    pii_status finished = pii_compiler_finish(*ret, &ruleset);
    fuzz_require((finished == PII_OK) == (added == PII_OK) && (ruleset != NULL) == (finished == PII_OK),
                 "a file that loads makes a ruleset, and no other");
    return ruleset;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > SIZE_MOST)
        return 0;
    pii_compiler *compiler = NULL, *other = NULL;
    pii_ruleset *rules = compile(data, size, &compiler);
    if (rules) {
        pii_ruleset *interpreted = compile(data, size, &other);
        fuzz_scans *scans = fuzz_scans_new(rules, interpreted);
        const pii_rule_test *vectors = NULL;
        size_t count = pii_compiler_tests(compiler, &vectors);
        for (size_t i = 0; i < count && i < VECTORS_MOST; i++)
            fuzz_scans_agree(scans, vectors[i].text, vectors[i].size);
        fuzz_scans_agree(scans, data, size < TEXT_MOST ? size : TEXT_MOST);
        fuzz_scans_free(scans);
        pii_ruleset_free(interpreted);
    }
    pii_ruleset_free(rules);
    pii_compiler_free(compiler);
    pii_compiler_free(other);
    return 0;
}
