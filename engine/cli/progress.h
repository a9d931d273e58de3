/* progress.h - how far a long run is, on a terminal's standard error. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "options.h"

struct progress {
    bool on;
    bool shown;
    pthread_mutex_t lock;
    uint64_t done;  /* bytes read */
    uint64_t total; /* bytes of all files; 0: not known */
    struct timespec started;
    double shown_at; /* seconds after the start */
};

/* Off unless standard error is a terminal that standard output does not share. */
void progress_start(struct progress *progress, const struct options *options);

/* What is known only later, from any thread: bytes of all files. */
void progress_set_total(struct progress *progress, uint64_t total);

void progress_add(struct progress *progress, size_t bytes);
void progress_end(struct progress *progress);

#endif
