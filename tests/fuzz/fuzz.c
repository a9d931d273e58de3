#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scrubber.h"

bool fuzz_all_ways;

void fuzz_require(bool holds, const char *what)
{
    if (holds)
        return;
    (void)fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* FNV-1a */
uint64_t fuzz_hash(const void *data, size_t size)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ ((const uint8_t *)data)[i]) * UINT64_C(0x100000001b3);
    return hash;
}

pii_policy *fuzz_policy(pii_invalid_action action, const char *kernel)
{
    pii_policy *policy = NULL;
    fuzz_require(pii_policy_new(NULL, &policy) == PII_OK && pii_policy_set_kernel(policy, kernel) == PII_OK,
                 "there is a policy");
    pii_policy_set_all(policy, true);
    pii_policy_set_on_invalid(policy, action);
    return policy;
}

pii_ruleset *fuzz_default_rules(void)
{
    pii_ruleset *ruleset = NULL;
    fuzz_require(pii_ruleset_default(NULL, &ruleset) == PII_OK, "there are rules");
    return ruleset;
}

/* False: this CPU has no such kernel. */
static bool add_way(fuzz_ways *ways, pii_ruleset *ruleset, pii_invalid_action action, const char *name,
                    const char *kernel)
{
    fuzz_require(ways->count < FUZZ_WAYS_MAX, "there are few ways");
    pii_policy *policy = fuzz_policy(action, kernel);
    pii_status status = pii_scrubber_new(ruleset, policy, NULL, &ways->scrubbers[ways->count]);
    pii_policy_free(policy);
    if (status == PII_ERROR_ARGUMENT)
        return false;
    fuzz_require(status == PII_OK, "there is a scrubber");
    ways->names[ways->count] = name;
    ways->jit[ways->count++] = true;
    return true;
}

void fuzz_ways_open(fuzz_ways *ways, pii_ruleset *ruleset, pii_ruleset *interpreted, pii_invalid_action action)
{
    *ways = (fuzz_ways){0};
    (void)add_way(ways, ruleset, action, "the usual way", NULL);
    (void)add_way(ways, ruleset, action, "without gates as with them", NULL);
    ways->scrubbers[1]->segment.scanner.gated = false;
    (void)add_way(ways, interpreted, action, "interpreted as by machine code", NULL);
    ways->jit[2] = false;
    for (size_t i = 1; pii_kernel_name(i); i++)
        (void)add_way(ways, ruleset, action, "with every kernel the same", pii_kernel_name(i));
}

static void go(fuzz_ways *ways, size_t way, pii_format format, const void *data, size_t size, fuzz_answer *ret)
{
    fuzz_use_jit(ways->jit[way]);
    fuzz_scrub(ways->scrubbers[way], format, data, size, ret);
    fuzz_use_jit(true);
}

void fuzz_ways_agree(fuzz_ways *ways, pii_format format, const void *data, size_t size, fuzz_answer *ret)
{
    go(ways, 0, format, data, size, ret);
    size_t chosen = 1 + (size_t)(fuzz_hash(data, size) % (ways->count - 1));
    for (size_t way = 1; way < ways->count; way++) {
        if (!fuzz_all_ways && way != chosen)
            continue;
        fuzz_answer other = {0};
        go(ways, way, format, data, size, &other);
        fuzz_require_same(ret, &other, ways->names[way]);
        fuzz_answer_free(&other);
    }
}
