/* call.c - what one call of the library costs, for comparison with the bindings: call.py, call.rb and call.js do
 * the same in their languages.
 *
 *     call FILE FORMAT CALLS     nanoseconds of one pii_scrub of FILE: the least of ten batches of CALLS calls */
#include <piiglet.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    BATCHES = 10
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static double batch(pii_scrubber *scrubber, pii_format format, const char *data, size_t size, long calls)
{
    double begin = now();
    for (long i = 0; i < calls; i++) {
        pii_result result;
        if (pii_scrub(scrubber, format, data, size, &result) != PII_OK)
            exit(EXIT_FAILURE);
    }
    return (now() - begin) / (double)calls;
}

int main(int argc, char **argv)
{
    static char data[1 << 20];
    pii_format format;
    pii_ruleset *rules = NULL;
    pii_scrubber *scrubber = NULL;
    FILE *file = argc == 4 ? fopen(argv[1], "rb") : NULL;
    if (!file || pii_format_find(argv[2], &format) != PII_OK || pii_ruleset_default(NULL, &rules) != PII_OK ||
        pii_scrubber_new(rules, NULL, NULL, &scrubber) != PII_OK)
        return EXIT_FAILURE;
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    long calls = strtol(argv[3], NULL, 10);
    double least = batch(scrubber, format, data, size, calls);
    for (int i = 1; i < BATCHES; i++) {
        double next = batch(scrubber, format, data, size, calls);
        least = next < least ? next : least;
    }
    printf("scrub %.1f\n", least);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(rules);
    return EXIT_SUCCESS;
}
