/* How long it takes until the first byte can be scanned: commands started on an empty input, rulesets made,
 * and every engine made ready for the same rules. */
#include <stdlib.h>
#include <string.h>

#include "process.h"
#include "session.h"

#define USER_RULES 500

static void add_samples(bench_session *session, const char *subject, const char *contestant, double *samples,
                        size_t count)
{
    bench_result result = {
        .section = "startup", .subject = subject, .contestant = contestant, .unit = "ms", .high_name = "p99"};
    bench_results_add_samples(session->results, result, samples, count);
}

static void time_command(bench_session *session, const char *name, char *program, char *argument, size_t count)
{
    char *const argv[] = {program, argument, NULL};
    bench_process process = {.argv = argv, .input = "/dev/null"};
    double *samples = bench_allocate(count * sizeof *samples);
    bool good = bench_process_there(program);
    for (size_t i = 0; i < count && good; i++) {
        good = bench_process_run(&process, &samples[i]);
        samples[i] *= 1000;
    }
    if (good)
        add_samples(session, "process < /dev/null", name, samples, count);
    else
        bench_results_absent(session->results, name, "the program is not there, or failed");
    free(samples);
}

static void time_commands(bench_session *session)
{
    static char true_program[] = "true", rg[] = "rg", sed[] = "sed", perl[] = "perl", pattern[] = "x", script[] = "p";
    static char empty_script[] = "-e1";
    size_t count = session->options.quick ? 11 : 101;
    time_command(session, "true", true_program, NULL, count);
    time_command(session, "piiglet", (char *)session->options.command, NULL, count);
    time_command(session, "rg", rg, pattern, count);
    time_command(session, "sed", sed, script, count);
    time_command(session, "perl", perl, empty_script, count);
}

/* The rules compile their patterns at first use: the first text that holds everything pays for it. */
static double first_text(pii_ruleset *ruleset)
{
    static const char text[] =
        "Ann, 742 Oak Street, Springfield, IL 62704, call (415) 555-0132 or mail ann@example.org;"
        " 192.0.2.17 00:1b:44:11:3a:b7 4111 1111 1111 1111 123-45-6789 born 7/14/2012 "
        "47.6205, -122.3493 DE89 3704 0044 0532 0130 00 https://example.org 2001:db8::1 62704-1234";
    pii_scrubber *scrubber = NULL;
    pii_result result;
    uint64_t start = bench_now();
    if (pii_scrubber_new(ruleset, NULL, NULL, &scrubber) != PII_OK ||
        pii_scrub(scrubber, PII_FORMAT_TEXT, text, sizeof text - 1, &result) != PII_OK)
        bench_fail("the first text failed");
    double seconds = bench_seconds_since(start);
    pii_scrubber_free(scrubber);
    return seconds;
}

static void time_rulesets(bench_session *session)
{
    size_t count = session->options.quick ? 7 : 51;
    double *embedded = bench_allocate(count * sizeof *embedded);
    double *first = bench_allocate(count * sizeof *first);
    double *user = bench_allocate(count * sizeof *user);
    char *yaml = bench_rules_generate(USER_RULES);
    for (size_t i = 0; i < count; i++) {
        pii_ruleset *ruleset = NULL;
        uint64_t start = bench_now();
        if (pii_ruleset_default(NULL, &ruleset) != PII_OK)
            bench_fail("the embedded rules do not load");
        embedded[i] = 1000 * bench_seconds_since(start);
        first[i] = 1000 * first_text(ruleset);
        pii_ruleset_free(ruleset);

        start = bench_now();
        ruleset = bench_rules_compile("made rules", yaml, strlen(yaml));
        user[i] = 1000 * bench_seconds_since(start);
        pii_ruleset_free(ruleset);
    }
    add_samples(session, "library", "piiglet, embedded rules", embedded, count);
    add_samples(session, "library", "piiglet, first text", first, count);
    add_samples(session, "library", "piiglet, 500 user rules", user, count);
    free(embedded);
    free(first);
    free(user);
    free(yaml);
}

void bench_section_startup(bench_session *session)
{
    time_commands(session);
    time_rulesets(session);
    for (size_t i = 0; i < session->entry_count; i++) {
        double sample = 1000 * session->entries[i].open_seconds;
        if (session->entries[i].contestant->comparison)
            add_samples(session, "engine made ready", session->entries[i].contestant->name, &sample, 1);
    }
}
