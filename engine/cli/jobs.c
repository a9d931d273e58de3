#include "jobs.h"

#include <pthread.h>
#include <stdlib.h>

#include "message.h"

#define WINDOW 4096 /* jobs that may be begun while one goes on, when nobody knows how many there are */

struct jobs {
    pthread_mutex_t lock;
    pthread_cond_t turned;
    job_source source; /* NULL: there are `count` jobs */
    size_t count;
    size_t next;   /* first job that nobody has taken */
    size_t turn;   /* first job that has not ended */
    bool *ended;   /* of the jobs from `turn` on, at index modulo window */
    size_t window;
    bool stopped;
    exit_code worst;
    job_function function;
    void *context;
};

struct worker_start {
    struct jobs *jobs;
    unsigned worker;
    pthread_t thread;
};

void turn_wait(const struct turn *turn)
{
    if (!turn)
        return;
    struct jobs *jobs = turn->jobs;
    pthread_mutex_lock(&jobs->lock);
    while (jobs->turn != turn->index)
        pthread_cond_wait(&jobs->turned, &jobs->lock);
    pthread_mutex_unlock(&jobs->lock);
}

bool turn_has_come(const struct turn *turn)
{
    if (!turn)
        return true;
    pthread_mutex_lock(&turn->jobs->lock);
    bool come = turn->jobs->turn == turn->index;
    pthread_mutex_unlock(&turn->jobs->lock);
    return come;
}

void turn_stop(const struct turn *turn)
{
    if (!turn)
        return;
    pthread_mutex_lock(&turn->jobs->lock);
    turn->jobs->stopped = true;
    pthread_cond_broadcast(&turn->jobs->turned);
    pthread_mutex_unlock(&turn->jobs->lock);
}

static bool take(struct jobs *jobs, unsigned worker, size_t *ret_index)
{
    pthread_mutex_lock(&jobs->lock);
    while (jobs->next - jobs->turn >= jobs->window && !jobs->stopped)
        pthread_cond_wait(&jobs->turned, &jobs->lock);
    bool taken = !jobs->stopped &&
                 (jobs->source ? jobs->source(jobs->context, worker) : jobs->next < jobs->count);
    if (taken)
        *ret_index = jobs->next++;
    pthread_mutex_unlock(&jobs->lock);
    return taken;
}

static void end(struct jobs *jobs, size_t index, exit_code code)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->worst = exit_worst(jobs->worst, code);
    jobs->ended[index % jobs->window] = true;
    while (jobs->turn < jobs->next && jobs->ended[jobs->turn % jobs->window])
        jobs->ended[jobs->turn++ % jobs->window] = false;
    pthread_cond_broadcast(&jobs->turned);
    pthread_mutex_unlock(&jobs->lock);
}

static void *work(void *argument)
{
    const struct worker_start *start = argument;
    size_t index;
    while (take(start->jobs, start->worker, &index)) {
        struct turn turn = {start->jobs, index};
        end(start->jobs, index, start->jobs->function(start->jobs->context, start->worker, &turn));
    }
    return NULL;
}

/* Worker 0 is the calling thread; one that cannot be started is done without. */
static void run_workers(struct jobs *jobs, struct worker_start *starts, unsigned threads)
{
    unsigned started = 1;
    for (; started < threads; started++) {
        starts[started] = (struct worker_start){.jobs = jobs, .worker = started};
        if (pthread_create(&starts[started].thread, NULL, work, &starts[started]) != 0)
            break;
    }
    starts[0] = (struct worker_start){.jobs = jobs};
    (void)work(&starts[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(starts[i].thread, NULL);
}

static exit_code run(struct jobs *jobs, unsigned threads)
{
    jobs->ended = calloc(jobs->window, sizeof *jobs->ended);
    struct worker_start *starts = calloc(threads, sizeof *starts);
    exit_code code;
    if (jobs->ended && starts) {
        run_workers(jobs, starts, threads);
        code = jobs->worst;
    } else {
        code = message_memory();
    }
    free(starts);
    free(jobs->ended);
    return code;
}

exit_code jobs_run(size_t count, unsigned threads, job_function function, void *context)
{
    if (threads > count)
        threads = count > 0 ? (unsigned)count : 1;
    struct jobs jobs = {
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .turned = PTHREAD_COND_INITIALIZER,
        .count = count,
        .window = count + 1,
        .function = function,
        .context = context,
    };
    return run(&jobs, threads);
}

exit_code jobs_run_from(job_source source, unsigned threads, job_function function, void *context)
{
    struct jobs jobs = {
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .turned = PTHREAD_COND_INITIALIZER,
        .source = source,
        .window = WINDOW,
        .function = function,
        .context = context,
    };
    return run(&jobs, threads);
}
