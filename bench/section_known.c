/* Known values: what making them takes, and what looking for them adds to a scan of clean dialogue, in which
 * none was planted: whatever is found is a false alarm. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"

static const size_t roster_sizes[] = {0, 50, 1000, 100000};
#define SIZES (sizeof roster_sizes / sizeof roster_sizes[0])

/* Names as they are frequent, words among them; the others of a roster are made up. */
static const char *const given_names[] = {
    "Emma", "Olivia", "Liam",  "Noah",  "Mia",  "Ava", "Lucas", "Sofia", "James", "Will",  "May",   "Mark",
    "Rose", "Grace",  "Hope",  "Faith", "Jack", "Art", "Chase", "Dawn",  "Henry", "Lily",  "Ella",  "Leo",
    "Max",  "Ben",    "Sam",   "Eva",   "Ruby", "Joy", "Kate",  "Luke",  "Zoe",   "David", "Maria", "John"};
static const char *const surnames[] = {
    "Smith", "Johnson", "Brown", "Jones",  "Garcia", "Miller", "Davis", "Wilson", "Moore", "Taylor", "White", "Lee",
    "Young", "King",    "Hill",  "Green",  "Baker",  "Hall",   "Cook",  "Bell",   "Price", "Long",   "Rice",  "Wood",
    "Love",  "Day",     "Best",  "Little", "Good",   "Carter", "Adams", "Scott",  "Gray",  "Ward",   "Ross",  "Cox"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* A frequent name, or a made-up one: `letters` consonants and vowels in turn. */
static void append_name(uint64_t *state, const char *const *list, size_t count, size_t letters, char *ret)
{
    if (bench_random(state) % 3 == 0) {
        strcat(ret, list[bench_random(state) % count]);
        return;
    }
    ret += strlen(ret);
    for (size_t i = 0; i < letters; i++)
        *ret++ = i % 2 ? "aeiou"[bench_random(state) % 5] : "bdfgklmnprstvz"[bench_random(state) % 14];
    *ret = '\0';
}

static pii_known *make_known(size_t size)
{
    pii_known_builder *builder = NULL;
    pii_known *known = NULL;
    uint64_t state = 20260101;
    pii_status status = pii_known_builder_new(NULL, &builder);
    for (size_t i = 0; i < size && status == PII_OK; i++) {
        char name[64] = "";
        append_name(&state, given_names, COUNT(given_names), 4 + i % 3, name);
        strcat(name, " ");
        append_name(&state, surnames, COUNT(surnames), 6 + i % 4, name);
        status = pii_known_builder_add(builder, "PERSON", name, strlen(name), 0);
    }
    if (status == PII_OK)
        status = pii_known_builder_finish(builder, &known);
    pii_known_builder_free(builder);
    if (status != PII_OK)
        bench_fail("known values: %s", pii_status_text(status));
    return known;
}

static void measure_making(bench_session *session, size_t size, const char *contestant, pii_known **ret)
{
    size_t rounds = session->options.rounds;
    double *samples = bench_allocate(rounds * sizeof *samples);
    for (size_t i = 0; i < rounds; i++) {
        pii_known_free(*ret);
        uint64_t start = bench_now();
        *ret = make_known(size);
        samples[i] = 1e3 * bench_seconds_since(start);
    }
    bench_result result = {.section = "known", .subject = "making", .contestant = contestant, .unit = "ms",
                           .count = pii_known_size(*ret)};
    bench_results_add_samples(session->results, result, samples, rounds);
    free(samples);
}

static double scan_rate(pii_scrubber *scrubber, const bench_corpus *corpus, uint64_t *ret_found)
{
    pii_result result;
    uint64_t start = bench_now();
    if (pii_scan(scrubber, PII_FORMAT_TEXT, corpus->data, corpus->size, &result) != PII_OK)
        bench_fail("a scan for known values failed");
    double seconds = bench_seconds_since(start);
    *ret_found = 0;
    for (size_t i = 0; i < result.finding_count; i++)
        *ret_found += !strcmp(result.findings[i].rule, PII_KNOWN_RULE);
    return (double)corpus->size * 1e-9 / seconds;
}

/* With all default rules, or for known values only. */
static void measure_scans(bench_session *session, const bench_corpus *corpus, pii_known *const known[], bool rules)
{
    size_t rounds = session->options.rounds;
    double *samples[SIZES], plain = 0;
    uint64_t found[SIZES];
    pii_scrubber *scrubber = NULL;
    pii_policy *policy = NULL;
    if (pii_policy_new(NULL, &policy) != PII_OK)
        bench_fail("out of memory");
    if (!rules)
        pii_policy_set_all(policy, false);
    if (pii_scrubber_new(session->rules.all, policy, NULL, &scrubber) != PII_OK)
        bench_fail("out of memory");
    for (size_t i = 0; i < SIZES; i++)
        samples[i] = bench_allocate(rounds * sizeof *samples[i]);
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < SIZES; i++) {
            if (pii_scrubber_set_known(scrubber, known[i]) != PII_OK)
                bench_fail("known values are refused");
            samples[i][round] = scan_rate(scrubber, corpus, &found[i]);
        }
    for (size_t i = 0; i < SIZES; i++) {
        char *contestant = bench_format("%s, %zu names", rules ? "all rules" : "no rule", roster_sizes[i]);
        double median = bench_quantile(samples[i], rounds, 0.5);
        plain = i ? plain : median;
        bench_result result = {.section = "known",       .subject = corpus->name, .contestant = contestant,
                               .unit = "GB/s",           .higher_is_better = true, .ratio = median / plain,
                               .reference = "0 names",   .bytes = corpus->size,   .count = found[i]};
        bench_results_add_samples(session->results, result, samples[i], rounds);
        free(contestant);
        free(samples[i]);
    }
    pii_policy_free(policy);
    pii_scrubber_free(scrubber);
}

void bench_section_known(bench_session *session)
{
    bench_corpus corpus;
    pii_known *known[SIZES] = {NULL};
    if (!bench_wanted(&session->options.corpora, "clean") ||
        !bench_corpus_load(&session->options, "clean", session->options.size, &corpus))
        return;
    for (size_t i = 0; i < SIZES; i++) {
        char *contestant = bench_format("%zu names", roster_sizes[i]);
        measure_making(session, roster_sizes[i], contestant, &known[i]);
        free(contestant);
    }
    measure_scans(session, &corpus, known, true);
    measure_scans(session, &corpus, known, false);
    for (size_t i = 0; i < SIZES; i++)
        pii_known_free(known[i]);
    bench_corpus_free(&corpus);
}
