/* Growth with the number of rules: up to 500 rules of their own words that share their anchors, as a school's
 * own list of student numbers would. Sublinear means: 500 rules cost far less than 500 times one. */
#include <stdlib.h>
#include <string.h>

#include "session.h"

static const size_t rule_counts[] = {1, 2, 5, 10, 20, 50, 100, 200, 500};
#define COUNTS (sizeof rule_counts / sizeof rule_counts[0])

static double scan_seconds(pii_scrubber *scrubber, const char *data, size_t size, uint64_t *ret_count)
{
    pii_result result;
    uint64_t start = bench_now();
    if (pii_scan(scrubber, PII_FORMAT_TEXT, data, size, &result) != PII_OK)
        bench_fail("a scan with made rules failed");
    *ret_count = result.finding_count;
    return bench_seconds_since(start);
}

static size_t affordable(pii_scrubber *scrubber, const bench_corpus *corpus, double budget)
{
    uint64_t count;
    size_t size = 65536 < corpus->size ? 65536 : corpus->size;
    while (size * 2 <= corpus->size && scan_seconds(scrubber, corpus->data, size, &count) * 2 < budget)
        size *= 2;
    return size;
}

static void measure_count(bench_session *session, const bench_corpus *corpus, size_t rules, double *one_rule)
{
    char *yaml = bench_rules_generate(rules);
    pii_ruleset *ruleset = bench_rules_compile("made rules", yaml, strlen(yaml));
    pii_scrubber *scrubber = NULL;
    if (pii_scrubber_new(ruleset, NULL, NULL, &scrubber) != PII_OK)
        bench_fail("out of memory");
    size_t size = affordable(scrubber, corpus, session->options.budget);
    double *samples = bench_allocate(session->options.rounds * sizeof *samples);
    uint64_t count = 0;
    for (size_t i = 0; i < session->options.rounds; i++)
        samples[i] = 1e9 * scan_seconds(scrubber, corpus->data, size, &count) / (double)size;
    double median = bench_quantile(samples, session->options.rounds, 0.5);
    if (rules == 1)
        *one_rule = median;

    char *contestant = bench_format("piiglet, %zu rules", rules);
    bench_result result = {.section = "rules",
                           .subject = corpus->name,
                           .contestant = contestant,
                           .unit = "ns/B",
                           .ratio = median / *one_rule,
                           .reference = "one rule",
                           .bytes = size,
                           .count = count};
    bench_results_add_samples(session->results, result, samples, session->options.rounds);
    free(contestant);
    free(samples);
    pii_scrubber_free(scrubber);
    pii_ruleset_free(ruleset);
    free(yaml);
}

void bench_section_rules(bench_session *session)
{
    static const char *const corpora[] = {"clean", "json"};
    for (size_t i = 0; i < sizeof corpora / sizeof corpora[0]; i++) {
        bench_corpus corpus;
        double one_rule = 1;
        if (!bench_wanted(&session->options.corpora, corpora[i]) ||
            !bench_corpus_load(&session->options, corpora[i], session->options.size, &corpus))
            continue;
        for (size_t j = 0; j < COUNTS; j++)
            measure_count(session, &corpus, rule_counts[j], &one_rule);
        bench_corpus_free(&corpus);
    }
}
