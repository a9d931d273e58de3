/* Whole projects, as the save path scrubs them: one call each, every document another one, by a scrubber that has
 * seen others. Throughput is set against Python's json.loads over the same file. */
#include <stdlib.h>
#include <string.h>

#include "process.h"
#include "session.h"

enum { warm_up = 20 }; /* documents that a new scrubber sees first */

typedef struct document_kind {
    const char *corpus; /* one document a line: bench/projects.py */
    const char *format;
} document_kind;

static const document_kind kinds[] = {
    {"blockly-json", "json"},       {"blockly-json", "blockly-json"}, {"blockly-json", "auto"},
    {"sketch-lab", "json"},         {"sketch-lab", "sketch-lab"},     {"blockly-xml", "xml"},
    {"blockly-xml", "blockly-xml"}, {"blockly-xml", "auto"},
};

/* Times of single documents, in nanoseconds; those with findings are not among them. */
typedef struct document_times {
    double *samples;
    size_t count;
    size_t capacity;
    double bytes;
    double nanoseconds;
} document_times;

static void add_sample(document_times *times, double nanoseconds, size_t size)
{
    if (times->count == times->capacity) {
        times->capacity = times->capacity ? 2 * times->capacity : 1024;
        times->samples = realloc(times->samples, times->capacity * sizeof(double));
        if (times->samples == NULL)
            bench_fail("out of memory for samples");
    }
    times->samples[times->count++] = nanoseconds;
    times->nanoseconds += nanoseconds;
    times->bytes += (double)size;
}

/* One round over all documents. */
static void run_round(const bench_session *session, pii_format format, const bench_corpus *corpus,
                      document_times *times)
{
    pii_scrubber *scrubber = NULL;
    if (pii_scrubber_new(session->rules.all, NULL, NULL, &scrubber) != PII_OK)
        bench_fail("the scrubber failed");
    const char *at = corpus->data, *end = corpus->data + corpus->size, *line_end;
    for (size_t i = 0; (line_end = memchr(at, '\n', (size_t)(end - at))) != NULL; at = line_end + 1, i++) {
        pii_result result;
        uint64_t start = bench_now();
        pii_status status = pii_scrub(scrubber, format, at, (size_t)(line_end - at), &result);
        double nanoseconds = 1e9 * bench_seconds_since(start);
        if (status != PII_OK)
            bench_fail("%s: %s", corpus->name, pii_status_text(status));
        if (i >= warm_up && result.finding_count == 0)
            add_sample(times, nanoseconds, (size_t)(line_end - at));
    }
    pii_scrubber_free(scrubber);
}

/* GB/s of json.loads over the lines of a corpus, or 0. */
static double measure_json_loads(const bench_session *session, const char *corpus)
{
    char answer[64] = "";
    char *script = bench_format("%s/json_loads.py", session->options.source_dir);
    char *path = bench_format("%s/%s.txt", session->options.corpora_dir, corpus);
    char python[] = "python3";
    char *argv[] = {python, script, path, NULL};
    bench_process process = {.argv = argv, .input = path, .answer = answer, .answer_size = sizeof answer};
    double seconds;
    bool good = bench_process_there(python) && bench_process_run(&process, &seconds);
    free(script);
    free(path);
    return good ? strtod(answer, NULL) : 0;
}

static void report(bench_session *session, const document_kind *kind, document_times *times, double *rates,
                   double json_loads)
{
    size_t rounds = session->options.rounds;
    bench_result rate = {.section = "documents",
                         .subject = kind->corpus,
                         .contestant = kind->format,
                         .unit = "GB/s",
                         .higher_is_better = true,
                         .bytes = (size_t)(times->bytes / (double)rounds)};
    if (json_loads > 0) {
        rate.ratio = bench_quantile(rates, rounds, 0.5) / json_loads;
        rate.reference = "json.loads";
    }
    bench_results_add_samples(session->results, rate, rates, rounds);
    bench_result one = {.section = "document",
                        .subject = kind->corpus,
                        .contestant = kind->format,
                        .unit = "ns",
                        .high_name = "p99",
                        .bytes = (size_t)(times->bytes / (double)times->count)};
    bench_results_add_samples(session->results, one, times->samples, times->count);
}

static void measure_kind(bench_session *session, const document_kind *kind, const bench_corpus *corpus,
                         double json_loads)
{
    pii_format format;
    document_times all = {0};
    size_t rounds = session->options.rounds;
    double *rates = bench_allocate(rounds * sizeof(double));
    if (pii_format_find(kind->format, &format) != PII_OK)
        bench_fail("no format %s", kind->format);
    for (size_t round = 0; round < rounds; round++) {
        double bytes = all.bytes, nanoseconds = all.nanoseconds;
        run_round(session, format, corpus, &all);
        rates[round] = (all.bytes - bytes) / (all.nanoseconds - nanoseconds);
    }
    if (all.count == 0)
        bench_fail("%s: no document without findings", kind->corpus);
    report(session, kind, &all, rates, json_loads);
    free(all.samples);
    free(rates);
}

void bench_section_documents(bench_session *session)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        bench_corpus corpus;
        if (!bench_wanted(&session->options.corpora, kinds[i].corpus))
            continue;
        if (!bench_corpus_load(&session->options, kinds[i].corpus, session->options.size, &corpus)) {
            bench_results_absent(session->results, kinds[i].corpus, "no such corpus; bench/projects.py makes it");
            continue;
        }
        bool json = strstr(kinds[i].corpus, "xml") == NULL;
        measure_kind(session, &kinds[i], &corpus, json ? measure_json_loads(session, kinds[i].corpus) : 0);
        bench_corpus_free(&corpus);
    }
}
