/* save_path.c - piiglet where a project is saved.
 *
 *   cc save_path.c $(pkg-config --cflags --libs piiglet) && ./a.out < project.txt
 *
 * A server makes the ruleset once and shares it among all threads; each thread
 * has a scrubber of its own and uses it for one project after the other. What
 * cannot be scrubbed is not saved: the project that was saved before stays. */
#include <piiglet.h>
#include <stdio.h>
#include <stdlib.h>

/* Stands for the database of a server. */
static bool store(const char *text, size_t size)
{
    return fwrite(text, 1, size, stdout) == size && fflush(stdout) == 0;
}

/* Tells the student what was taken out: what and where, never the value. */
static void tell(const pii_finding *findings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "bytes %llu to %llu: %s was taken out\n", (unsigned long long)findings[i].begin,
                (unsigned long long)findings[i].end, findings[i].entity);
}

/* Saves one project; false: not saved. */
static bool save_project(pii_scrubber *scrubber, const char *text, size_t size)
{
    pii_result result;
    pii_status status = pii_scrub(scrubber, PII_FORMAT_TEXT, text, size, &result);
    if (status != PII_OK) {
        fprintf(stderr, "not saved: %s (byte %llu)\n", pii_status_text(status),
                (unsigned long long)result.error_offset);
        return false;
    }
    switch (result.outcome) {
    case PII_OUTCOME_CLEAN: /* result.data is `text` itself: nothing was copied */
        return store(result.data, result.size);
    case PII_OUTCOME_REDACTED: /* result.data is memory of the scrubber */
        tell(result.findings, result.finding_count);
        return store(result.data, result.size);
    case PII_OUTCOME_BLOCKED: /* these three come with an error status */
    case PII_OUTCOME_LIMIT:
    case PII_OUTCOME_INVALID: break;
    }
    return false;
}

int main(void)
{
    static char project[500000];
    size_t size = fread(project, 1, sizeof project, stdin);
    if (ferror(stdin) || size == sizeof project) {
        fputs("not saved: the project cannot be read whole\n", stderr);
        return EXIT_FAILURE;
    }

    pii_ruleset *ruleset = NULL;
    pii_scrubber *scrubber = NULL;
    bool saved = pii_ruleset_default(NULL, &ruleset) == PII_OK &&
                 pii_scrubber_new(ruleset, NULL, NULL, &scrubber) == PII_OK && save_project(scrubber, project, size);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(ruleset);
    return saved ? EXIT_SUCCESS : EXIT_FAILURE;
}
