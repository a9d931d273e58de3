/* rules.h - what the contestants look for: the thirteen comparison rules, and all rules of piiglet. */
#ifndef BENCH_RULES_H
#define BENCH_RULES_H

#include "bench.h"
#include "piiglet.h"

typedef struct bench_rule {
    const char *id;      /* "comparison.email" */
    const char *pattern; /* as piiglet runs it: every width is bounded */
    char *open_pattern;  /* the same with wide bounds taken away ({1,64} -> +), for engines that pay for bounds */
} bench_rule;

typedef struct bench_rules {
    pii_ruleset *comparison;
    pii_ruleset *all; /* the embedded rules */
    bench_rule *list; /* of `comparison` */
    size_t count;
} bench_rules;

void bench_rules_load(const bench_options *options, bench_rules *ret);
void bench_rules_free(bench_rules *rules);

/* A ruleset from rule text; ends the program with the first diagnostic when it is refused. */
pii_ruleset *bench_rules_compile(const char *name, const char *yaml, size_t size);

/* All open patterns as one alternation. The caller frees. */
char *bench_rules_alternation(const bench_rules *rules);

/* `count` rules of their own words that share their anchors (digits and a hyphen), as a rule file. */
char *bench_rules_generate(size_t count);

#endif
