/* session.h - one run of the harness, and its sections. */
#ifndef BENCH_SESSION_H
#define BENCH_SESSION_H

#include "contestant.h"
#include "corpus.h"
#include "results.h"

/* A contestant that is ready. */
typedef struct bench_entry {
    const bench_contestant *contestant;
    void *state;
    double open_seconds; /* what making it ready took */
} bench_entry;

typedef struct bench_session {
    bench_options options;
    bench_rules rules;
    bench_results *results;
    bench_entry *entries; /* memcpy is the first, always */
    size_t entry_count;
    bool different; /* piiglet's spans are not those of the reference */
} bench_session;

/* Every contestant that this build knows, in the order of the tables. `index` counts from 0; NULL ends. */
const bench_contestant *bench_contestant_at(size_t index);

/* Opens those that were asked for, memcpy and the reference; what cannot be opened is reported as absent. */
void bench_session_open_contestants(bench_session *session);
void bench_session_close_contestants(bench_session *session);

/* The contestant whose spans the others are compared with. */
#define BENCH_REFERENCE "pcre2-rules"

/* An open contestant by its name, or NULL. */
bench_entry *bench_session_find(bench_session *session, const char *name);

/* One timed run in seconds; ends the program when the contestant refuses the text, as no number may
 * come from a run that failed. */
double bench_time_run(const bench_entry *entry, const char *data, size_t size, uint64_t *ret_count);

/* Largest prefix of the text, in steps of powers of two, that a run goes through in `budget` seconds. */
size_t bench_affordable(const bench_entry *entry, const char *data, size_t size, double budget);

/* Each section measures one thing and adds it to session->results. */
void bench_section_verify(bench_session *session);  /* equal spans */
void bench_section_scan(bench_session *session);    /* throughput per corpus */
void bench_section_worst(bench_session *session);   /* inputs made to be slow */
void bench_section_growth(bench_session *session);  /* how time grows on them */
void bench_section_latency(bench_session *session); /* small texts */
void bench_section_documents(bench_session *session); /* projects as JSON and XML */
void bench_section_startup(bench_session *session); /* rulesets and commands */
void bench_section_memory(bench_session *session);  /* bytes allocated by each object */
void bench_section_rules(bench_session *session);   /* growth with the number of rules */
void bench_section_known(bench_session *session);   /* values known beforehand */
void bench_section_threads(bench_session *session); /* growth with threads */
void bench_section_process(bench_session *session); /* whole commands on files and pipes */
void bench_section_stream(bench_session *session);  /* growth with the length of a stream */

#endif
