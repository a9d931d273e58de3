/* answer.c - what the library itself answers to vectors: reads them on standard input, one after the other, as
 *
 *     set SETTING WORD                  settings of the policy, any number of them
 *     run FORMAT CONFIDENCE SIZE        and then SIZE bytes of input and a line end
 *
 * and writes for each, bytes in hexadecimal:
 *
 *     status NUMBER FORMAT OFFSET       offset of an error or fault
 *     fault TEXT                        if there is one
 *     output HEX                        if the status is 0
 *     finding ENTITY RULE BEGIN END CONFIDENCE REPLACEMENT_SIZE PATH_HEX
 *     end
 *
 * bindings/vectors/make.py makes JSON of it. */
#include "binding_policy.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what)
{
    fprintf(stderr, "answer: %s\n", what);
    exit(EXIT_FAILURE);
}

static pii_policy *new_policy(void)
{
    pii_policy *policy = NULL;
    if (pii_policy_new(NULL, &policy) != PII_OK)
        fail("no policy");
    return policy;
}

static void print_hex(const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        printf("%02x", (unsigned char)data[i]);
    putchar('\n');
}

static void print_result(pii_status status, const pii_result *result)
{
    printf("status %d %s %" PRIu64 "\n", (int)status, pii_format_name(result->format), result->error_offset);
    if (result->fault)
        printf("fault %s\n", result->fault);
    if (status == PII_OK) {
        fputs("output ", stdout);
        print_hex(result->data, result->size);
    }
    for (size_t i = 0; i < result->finding_count; i++) {
        const pii_finding *finding = &result->findings[i];
        printf("finding %s %s %" PRIu64 " %" PRIu64 " %.17g %zu ", finding->entity, finding->rule, finding->begin,
               finding->end, finding->confidence, finding->replacement_size);
        print_hex(finding->path, strlen(finding->path));
    }
    puts("end");
}

static void answer(pii_ruleset *rules, const pii_policy *policy, const char *format_name, size_t size)
{
    pii_format format;
    pii_scrubber *scrubber = NULL;
    pii_result result;
    char *data = malloc(size + 1);
    if (!data || fread(data, 1, size + 1, stdin) != size + 1 || data[size] != '\n')
        fail("input is missing");
    if (pii_format_find(format_name, &format) != PII_OK)
        fail("no such format");
    if (pii_scrubber_new(rules, policy, NULL, &scrubber) != PII_OK)
        fail("the policy does not go with the rules");
    pii_status status = pii_scrub(scrubber, format, data, size, &result);
    print_result(status, &result);
    pii_scrubber_free(scrubber);
    free(data);
}

int main(void)
{
    pii_ruleset *rules = NULL;
    if (pii_ruleset_default(NULL, &rules) != PII_OK)
        fail("no rules");
    pii_policy *policy = new_policy();
    char line[512];
    while (fgets(line, sizeof line, stdin)) {
        char first[64];
        char second[64];
        double confidence = 0;
        size_t size = 0;
        if (sscanf(line, "set %63s %63s", first, second) == 2) {
            if (pii__policy_set_by_name(policy, first, second) != PII_OK)
                fail("no such setting");
        } else if (sscanf(line, "run %63s %lf %zu", first, &confidence, &size) == 3) {
            if (pii_policy_set_min_confidence(policy, confidence) != PII_OK)
                fail("no such confidence");
            answer(rules, policy, first, size);
            pii_policy_free(policy);
            policy = new_policy();
        } else {
            fail("no such line");
        }
    }
    pii_policy_free(policy);
    pii_ruleset_free(rules);
    return EXIT_SUCCESS;
}
