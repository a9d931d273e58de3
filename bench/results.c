#include "results.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bench_results {
    json_t *root;
    json_t *measurements;
    json_t *absent;
    json_t *agreements;
    json_t *facts;
    json_t *counters;
    char section[32]; /* of the last line printed */
    char subject[64];
};

static json_t *checked(json_t *value)
{
    if (value == NULL)
        bench_fail("out of memory");
    return value;
}

static void append(json_t *list, json_t *value)
{
    if (json_array_append_new(list, checked(value)) != 0)
        bench_fail("out of memory");
}

static void set(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, checked(value)) != 0)
        bench_fail("out of memory");
}

static json_t *member(json_t *object, const char *key, json_t *value)
{
    set(object, key, value);
    return value;
}

bench_results *bench_results_new(const bench_options *options)
{
    bench_results *results = bench_allocate(sizeof *results);
    *results = (bench_results){.root = checked(json_object())};
    set(results->root, "schema", json_integer(1));
    results->facts = member(results->root, "facts", json_object());
    json_t *used = member(results->root, "options", json_object());
    set(used, "quick", json_boolean(options->quick));
    set(used, "rounds", json_integer((json_int_t)options->rounds));
    set(used, "size", json_integer((json_int_t)options->size));
    set(used, "process_size", json_integer((json_int_t)options->process_size));
    results->absent = member(results->root, "absent", json_array());
    results->agreements = member(results->root, "agreements", json_array());
    results->counters = member(results->root, "counters", json_array());
    results->measurements = member(results->root, "measurements", json_array());
    return results;
}

void bench_results_free(bench_results *results)
{
    if (results == NULL)
        return;
    json_decref(results->root);
    free(results);
}

/* A heading when a new section or subject begins. */
static void print_heading(bench_results *results, const char *section, const char *subject)
{
    if (strcmp(results->section, section) != 0 || strcmp(results->subject, subject) != 0)
        printf("\n%s: %s\n", section, subject);
    snprintf(results->section, sizeof results->section, "%s", section);
    snprintf(results->subject, sizeof results->subject, "%s", subject);
}

void bench_results_add(bench_results *results, const bench_result *result)
{
    const char *high_name = result->high_name != NULL ? result->high_name : "p90";
    json_t *entry = checked(json_object());
    set(entry, "section", json_string(result->section));
    set(entry, "subject", json_string(result->subject));
    set(entry, "contestant", json_string(result->contestant));
    set(entry, "unit", json_string(result->unit));
    set(entry, "better", json_string(result->higher_is_better ? "higher" : "lower"));
    set(entry, "median", json_real(result->value));
    set(entry, "p10", json_real(result->low));
    set(entry, high_name, json_real(result->high));
    set(entry, "samples", json_integer((json_int_t)result->samples));
    if (result->reference != NULL) {
        set(entry, "ratio", json_real(result->ratio));
        set(entry, "reference", json_string(result->reference));
    }
    if (result->bytes > 0)
        set(entry, "bytes", json_integer((json_int_t)result->bytes));
    set(entry, "count", json_integer((json_int_t)result->count));
    append(results->measurements, entry);

    print_heading(results, result->section, result->subject);
    printf("  %-34s %11.4g %-5s p10 %-9.4g %s %-9.4g", result->contestant, result->value, result->unit, result->low,
           high_name, result->high);
    if (result->reference != NULL)
        printf(" %8.3f x %s", result->ratio, result->reference);
    if (result->count > 0)
        printf("  (%llu)", (unsigned long long)result->count);
    putchar('\n');
    fflush(stdout);
}

void bench_results_add_samples(bench_results *results, bench_result result, double *samples, size_t count)
{
    result.value = bench_quantile(samples, count, 0.5);
    result.low = bench_quantile(samples, count, 0.1);
    bool p99 = result.high_name != NULL && !strcmp(result.high_name, "p99");
    result.high = bench_quantile(samples, count, p99 ? 0.99 : 0.9);
    result.samples = count;
    bench_results_add(results, &result);
}

void bench_results_absent(bench_results *results, const char *contestant, const char *why)
{
    size_t index;
    json_t *entry;
    json_array_foreach(results->absent, index,
                       entry) if (!strcmp(json_string_value(json_object_get(entry, "contestant")), contestant)) return;
    append(results->absent, json_pack("{s:s, s:s}", "contestant", contestant, "why", why));
    printf("absent: %s - %s\n", contestant, why);
}

void bench_results_agreement(bench_results *results, const bench_agreement *agreement)
{
    char hash[20];
    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)agreement->hash);
    append(results->agreements,
           json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:s}", "corpus", agreement->corpus, "contestant",
                     agreement->contestant, "rule", agreement->rule, "reference",
                     (json_int_t)agreement->reference_count, "equal", (json_int_t)agreement->equal, "only_reference",
                     (json_int_t)agreement->only_reference, "only_contestant", (json_int_t)agreement->only_contestant,
                     "folded", (json_int_t)agreement->folded, "hash", hash));
}

void bench_results_fact(bench_results *results, const char *name, const char *value)
{
    set(results->facts, name, json_string(value));
}

void bench_results_counters(bench_results *results, const char *subject, const char *contestant, const char *counter,
                            double per_kilobyte)
{
    append(results->counters, json_pack("{s:s, s:s, s:s, s:f}", "subject", subject, "contestant", contestant, "counter",
                                        counter, "per_kilobyte", per_kilobyte));
}

bool bench_results_write(const bench_results *results, const char *path)
{
    return json_dump_file(results->root, path, JSON_INDENT(1) | JSON_REAL_PRECISION(6)) == 0;
}
