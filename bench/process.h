/* process.h - starting other programs and timing them. */
#ifndef BENCH_PROCESS_H
#define BENCH_PROCESS_H

#include "bench.h"

typedef struct bench_process {
    char *const *argv; /* ends with NULL; found through PATH */
    const char *input; /* file on its standard input */
    bool piped;        /* cat input | program | cat, instead of the file and /dev/null */
    char *answer;      /* not NULL: what it writes goes here, NUL-terminated */
    size_t answer_size;
} bench_process;

/* Whether the program can be found. */
bool bench_process_there(const char *program);

/* Runs it to its end. False when it could not be started or ended with an exit code above 1 (1 is "no match"
 * to grep and its kin). */
bool bench_process_run(const bench_process *process, double *ret_seconds);

/* Feeds `size` bytes, the text over and over, to the program's standard input; its output is dropped. `ret_peak`
 * is its peak resident memory before its input ended. */
bool bench_process_feed(char *const *argv, const char *text, size_t text_size, size_t size, double *ret_seconds,
                        size_t *ret_peak);

#endif
