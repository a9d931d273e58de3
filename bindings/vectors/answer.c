/* answer.c - what the library itself answers to vectors: reads them on standard input, one after the other, as
 *
 *     policy NAME                       a built-in one; without it, that by default
 *     set SETTING WORD                  settings of the policy, any number of them
 *     confidence NUMBER                 its minimum confidence
 *     known ENTITY<TAB>VALUE            a value known beforehand, any number of them
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

/* What one vector sets. */
typedef struct settings {
    pii_policy *policy;
    pii_known_builder *known;
} settings;

static void set_known(pii_scrubber *scrubber, const pii_known_builder *values)
{
    pii_known *known = NULL;
    if (pii_known_builder_finish(values, &known) != PII_OK || pii_scrubber_set_known(scrubber, known) != PII_OK)
        fail("known values do not go with the rules");
    pii_known_free(known);
}

static void answer(pii_ruleset *rules, const settings *settings, const char *format_name, size_t size)
{
    pii_format format;
    pii_scrubber *scrubber = NULL;
    pii_result result;
    char *data = malloc(size + 1);
    if (!data || fread(data, 1, size + 1, stdin) != size + 1 || data[size] != '\n')
        fail("input is missing");
    if (pii_format_find(format_name, &format) != PII_OK)
        fail("no such format");
    if (pii_scrubber_new(rules, settings->policy, NULL, &scrubber) != PII_OK)
        fail("the policy does not go with the rules");
    set_known(scrubber, settings->known);
    pii_status status = pii_scrub(scrubber, format, data, size, &result);
    print_result(status, &result);
    pii_scrubber_free(scrubber);
    free(data);
}

static settings usual_settings(void)
{
    settings settings = {.policy = new_policy(NULL)};
    if (pii_known_builder_new(NULL, &settings.known) != PII_OK)
        fail("no memory");
    return settings;
}

static void free_settings(settings *settings)
{
    pii_policy_free(settings->policy);
    pii_known_builder_free(settings->known);
}

/* One line that changes the settings; false: it is none of these. */
static bool change(settings *settings, const char *line)
{
    static const char known[] = "known ";
    char first[64];
    char second[128];
    double confidence = 0;
    pii_status status = PII_ERROR_ARGUMENT;
    if (sscanf(line, "policy %63s", first) == 1) {
        pii_policy_free(settings->policy);
        settings->policy = new_policy(first);
        status = PII_OK;
    } else if (sscanf(line, "set %63s %127s", first, second) == 2) {
        status = pii__policy_set_by_name(settings->policy, first, second, strlen(second));
    } else if (sscanf(line, "confidence %lf", &confidence) == 1) {
        status = pii_policy_set_min_confidence(settings->policy, confidence);
    } else if (strncmp(line, known, sizeof known - 1) == 0) {
        const char *list = line + sizeof known - 1;
        const char *fault = NULL;
        size_t number = 0;
        status = pii_known_builder_add_list(settings->known, list, strlen(list), &number, &fault);
    }
    return status == PII_OK;
}

int main(void)
{
    pii_ruleset *rules = NULL;
    if (pii_ruleset_default(NULL, &rules) != PII_OK)
        fail("no rules");
    settings settings = usual_settings();
    char line[512];
    while (fgets(line, sizeof line, stdin)) {
        char format[64];
        size_t size = 0;
        if (sscanf(line, "run %63s %zu", format, &size) == 2) {
            answer(rules, &settings, format, size);
            free_settings(&settings);
            settings = usual_settings();
        } else if (!change(&settings, line)) {
            fail("no such line");
        }
    }
    free_settings(&settings);
    pii_ruleset_free(rules);
    return EXIT_SUCCESS;
}
