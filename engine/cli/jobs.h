/* jobs.h - the files of one command, worked on by several threads.
 *
 * Jobs start in order. What they print must come in order too: a job asks for
 * its turn, which comes when every earlier job has ended. The lowest running
 * job always has its turn, so nobody waits for ever. */
#ifndef CLI_JOBS_H
#define CLI_JOBS_H

#include <stdbool.h>
#include <stddef.h>

#include "exit_code.h"

struct jobs;

/* The place of one job among the others. */
struct turn {
    struct jobs *jobs;
    size_t index;
};

/* Waits until all earlier jobs have ended. NULL: returns at once. */
void turn_wait(const struct turn *turn);

/* Whether turn_wait would return at once. */
bool turn_has_come(const struct turn *turn);

/* Starts no further job: there is nowhere to write to any more. */
void turn_stop(const struct turn *turn);

/* Does job number turn->index; `worker` (below `threads`) says which thread's
 * working memory may be used. */
typedef exit_code (*job_function)(void *context, unsigned worker, const struct turn *turn);

/* Runs `count` jobs and answers the worst of their exit codes. */
exit_code jobs_run(size_t count, unsigned threads, job_function function, void *context);

/* Gets the next job for `worker`, which will do it; one call at a time, in the
 * order of the jobs. False: there is none. */
typedef bool (*job_source)(void *context, unsigned worker);

/* Runs jobs until there are no more. */
exit_code jobs_run_from(job_source source, unsigned threads, job_function function, void *context);

#endif
