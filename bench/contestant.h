/* contestant.h - one way to go through a text in this process.
 *
 * The code that is timed is the code that is verified: `run` is the same with and without `spans`, except
 * where a contestant says otherwise. */
#ifndef BENCH_CONTESTANT_H
#define BENCH_CONTESTANT_H

#include "rules.h"
#include "spans.h"

typedef struct bench_contestant {
    const char *name;
    const char *what;
    int variant; /* which of several forms of one engine; known to its file only */

    /* Makes the engine ready. False: cannot be had here, and `*ret_absent` (a constant, or kept by the
     * contestant) says why. */
    bool (*open)(const struct bench_contestant *self, const bench_options *options, const bench_rules *rules,
                 void **ret_state, const char **ret_absent);

    /* Goes through the text once; `*ret_count` is the number of findings. `spans` may be NULL. False: the
     * engine refused the text. */
    bool (*run)(void *state, const char *data, size_t size, bench_spans *spans, uint64_t *ret_count);

    void (*close)(void *state);

    bool has_spans;  /* fills `spans`, so it is compared with the reference */
    bool comparison; /* runs the thirteen comparison rules */
} bench_contestant;

/* Each engine's file has its own table. */
extern const bench_contestant bench_copy_contestants[];
extern const size_t bench_copy_count;
extern const bench_contestant bench_piiglet_contestants[];
extern const size_t bench_piiglet_count;
extern const bench_contestant bench_pcre2_contestants[];
extern const size_t bench_pcre2_count;
extern const bench_contestant bench_hyperscan_contestants[];
extern const size_t bench_hyperscan_count;
extern const bench_contestant bench_re2_contestants[];
extern const size_t bench_re2_count;

#endif
