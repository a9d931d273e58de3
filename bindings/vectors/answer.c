/* answer.c - what the library itself answers to vectors: reads them on standard input, one after the other, as
 *
 *     policy NAME                       a built-in one; without it, that by default
 *     set SETTING WORD                  settings of the policy, any number of them
 *     confidence NUMBER                 its minimum confidence
 *     run FORMAT SIZE                   and then SIZE bytes of input and a line end
 *
 * and writes for each, bytes in hexadecimal:
 *
 *     status NUMBER FORMAT OFFSET       offset of an error or fault
 *     fault TEXT                        if there is one
 *     output HEX                        if the status is 0
 *     finding ENTITY RULE BEGIN END CONFIDENCE REPLACEMENT_SIZE ACTION PATH_HEX
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

/* A built-in policy; NULL: the one by default. */
static pii_policy *new_policy(const char *name)
{
    pii_policy *policy = NULL;
    pii_status status = pii__policy_make(name ? PII__POLICY_NAMED : PII__POLICY_USUAL, name, name ? strlen(name) : 0,
                                         &policy, NULL);
    if (status != PII_OK)
        fail("no such policy");
    return policy;
}

static void print_hex(const char *data, size_t size, char end)
{
    for (size_t i = 0; i < size; i++)
        printf("%02x", (unsigned char)data[i]);
    putchar(end);
}

static void print_result(pii_status status, const pii_result *result)
{
    printf("status %d %s %" PRIu64 "\n", (int)status, pii_format_name(result->format), result->error_offset);
    if (result->fault)
        printf("fault %s\n", result->fault);
    if (status == PII_OK) {
        fputs("output ", stdout);
        print_hex(result->data, result->size, '\n');
    }
    for (size_t i = 0; i < result->finding_count; i++) {
        const pii_finding *finding = &result->findings[i];
        printf("finding %s %s %" PRIu64 " %" PRIu64 " %.17g %zu %s ", finding->entity, finding->rule, finding->begin,
               finding->end, finding->confidence, finding->replacement_size, pii__action_name(finding->action));
        print_hex(finding->path, strlen(finding->path), ' ');
        print_hex(finding->block, strlen(finding->block), '\n');
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

/* One line that changes the policy; false: it is none of these. */
static bool change(pii_policy **policy, const char *line)
{
    char first[64];
    char second[128];
    double confidence = 0;
    pii_status status = PII_ERROR_ARGUMENT;
    if (sscanf(line, "policy %63s", first) == 1) {
        pii_policy_free(*policy);
        *policy = new_policy(first);
        status = PII_OK;
    } else if (sscanf(line, "set %63s %127s", first, second) == 2) {
        status = pii__policy_set_by_name(*policy, first, second, strlen(second));
    } else if (sscanf(line, "confidence %lf", &confidence) == 1) {
        status = pii_policy_set_min_confidence(*policy, confidence);
    }
    return status == PII_OK;
}

int main(void)
{
    pii_ruleset *rules = NULL;
    if (pii_ruleset_default(NULL, &rules) != PII_OK)
        fail("no rules");
    pii_policy *policy = new_policy(NULL);
    char line[512];
    while (fgets(line, sizeof line, stdin)) {
        char format[64];
        size_t size = 0;
        if (sscanf(line, "run %63s %zu", format, &size) == 2) {
            answer(rules, policy, format, size);
            pii_policy_free(policy);
            policy = new_policy(NULL);
        } else if (!change(&policy, line)) {
            fail("no such line");
        }
    }
    pii_policy_free(policy);
    pii_ruleset_free(rules);
    return EXIT_SUCCESS;
}
