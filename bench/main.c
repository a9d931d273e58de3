/* bench - how fast, how small, how equal: piiglet beside its peers. See docs/PERFORMANCE.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "commands.h"
#include "counters.h"
#include "session.h"

typedef struct section {
    const char *name;
    const char *what;
    void (*measure)(bench_session *session);
} section;

static const section sections[] = {
    {"verify", "equal spans, before any time", bench_section_verify},
    {"scan", "throughput on each corpus", bench_section_scan},
    {"worst", "inputs made to be slow", bench_section_worst},
    {"growth", "how time grows with the size of such inputs: 1 is linear", bench_section_growth},
    {"latency", "small texts: median and 99th percentile", bench_section_latency},
    {"documents", "whole projects: throughput, median and 99th percentile", bench_section_documents},
    {"startup", "commands and rulesets", bench_section_startup},
    {"memory", "bytes of each object", bench_section_memory},
    {"rules", "1 to 500 rules", bench_section_rules},
    {"known", "values known beforehand: making them, and a scan for them", bench_section_known},
    {"threads", "one thread and two", bench_section_threads},
    {"process", "whole commands on a file and between pipes", bench_section_process},
    {"stream", "1 MiB to gigabytes through the command", bench_section_stream},
};
#define SECTIONS (sizeof sections / sizeof sections[0])

static void print_list(const bench_options *options)
{
    puts("sections");
    for (size_t i = 0; i < SECTIONS; i++)
        printf("  %-26s %s\n", sections[i].name, sections[i].what);
    puts("corpora");
    for (size_t i = 0; i < bench_corpus_count; i++)
        printf("  %-26s %s\n", bench_corpora[i].name, bench_corpora[i].what);
    puts("contestants");
    for (size_t i = 0; bench_contestant_at(i) != NULL; i++)
        printf("  %-26s %s\n", bench_contestant_at(i)->name, bench_contestant_at(i)->what);
    puts("commands");
    bench_rules rules;
    bench_command *commands;
    bench_rules_load(options, &rules);
    size_t count = bench_commands_make(options, &rules, &commands);
    for (size_t i = 0; i < count; i++)
        printf("  %-26s %s\n", commands[i].name, commands[i].what);
    bench_commands_free(commands, count);
    bench_rules_free(&rules);
}

static char *processor_name(void)
{
    char line[256];
    char *name = NULL;
    FILE *file = fopen("/proc/cpuinfo", "re");
    while (file != NULL && name == NULL && fgets(line, sizeof line, file) != NULL)
        if (!strncmp(line, "model name", 10) && strchr(line, ':') != NULL) {
            line[strcspn(line, "\n")] = '\0';
            name = bench_format("%s", strchr(line, ':') + 2);
        }
    if (file != NULL)
        fclose(file);
    return name != NULL ? name : bench_format("unknown");
}

static void add_facts(bench_session *session)
{
    pii_build_info build;
    struct utsname system;
    pii_build_info_get(&build);
    char *processor = processor_name();
    char *cores = bench_format("%u", bench_cpu_count());
    char *rules = bench_format("%zu", pii_ruleset_size(session->rules.all));
    bench_results_fact(session->results, "processor", processor);
    bench_results_fact(session->results, "cores", cores);
    bench_results_fact(session->results, "system", uname(&system) == 0 ? system.release : "unknown");
    bench_results_fact(session->results, "piiglet", build.version);
    bench_results_fact(session->results, "kernel", build.kernel);
    bench_results_fact(session->results, "pcre2", build.pcre2);
    bench_results_fact(session->results, "jit", build.jit ? "yes" : "no");
    bench_results_fact(session->results, "default rules", rules);
    bench_counters *counters = bench_counters_open();
    bench_results_fact(session->results, "hardware counters", counters != NULL ? "available" : "not available");
    if (counters != NULL)
        bench_counters_close(counters);
    printf("piiglet %s, %s kernel, %s rules, PCRE2 %s%s, on %s\n", build.version, build.kernel, rules, build.pcre2,
           build.jit ? " with JIT" : "", processor);
    free(processor);
    free(cores);
    free(rules);
}

/* False when piiglet does not find what the reference finds. */
static bool run(const bench_options *options)
{
    bench_session session = {.options = *options, .results = bench_results_new(options)};
    setenv("LC_ALL", "C", 1); /* the commands that are started: bytes, not locales */
    bench_pin(options->cpu);
    bench_rules_load(options, &session.rules);
    add_facts(&session);
    bench_session_open_contestants(&session);
    for (size_t i = 0; i < SECTIONS; i++)
        if (bench_wanted(&options->sections, sections[i].name))
            sections[i].measure(&session);
    if (options->json != NULL && !bench_results_write(session.results, options->json))
        bench_fail("cannot write %s", options->json);
    bench_session_close_contestants(&session);
    bench_rules_free(&session.rules);
    bench_results_free(session.results);
    if (session.different)
        fputs("bench: piiglet's spans differ from the reference; no number of this run counts\n", stderr);
    return !session.different;
}

int main(int argc, char **argv)
{
    bench_options options;
    bench_options_parse(argc, argv, &options);
    if (options.old_json != NULL)
        return bench_compare(&options);
    if (!options.list)
        return run(&options) ? 0 : 1;
    print_list(&options);
    return 0;
}
