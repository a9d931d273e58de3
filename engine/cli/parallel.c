#include "parallel.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "message.h"
#include "region_source.h"

#define SLOTS_BESIDE_THREADS 2 /* one that waits for its turn, one that is being delivered */

enum slot_state { SLOT_FREE, SLOT_BUSY, SLOT_SCANNED };

/* A region on its way through. */
struct slot {
    enum slot_state state;
    struct region_block block;
    int read_error; /* errno value; 0: read and scanned */
    pii_scrubber *scrubber;
    pii_seam *entry;
    pii_seam *exit;
    pii_status status;
    pii_result result;
};

struct parallel {
    struct task *task;
    const struct task_hooks *hooks;
    struct region_source source;
    struct slot *slots;
    size_t slot_count;
    pthread_mutex_t lock; /* over all below and the states of the slots */
    pthread_cond_t changed;
    uint64_t taken;     /* regions that a thread has begun with */
    uint64_t delivered; /* regions whose results have gone to the hooks */
    bool reading;       /* of a source that is not seekable: one thread at a time */
    bool delivering;
    bool all_taken;
    bool stopped;
    exit_code code;
    pii_seam *last; /* of the deliverer: exit of the region delivered last; NULL before the first */
    uint64_t shown; /* of the deliverer: input that hooks->before has seen */
};

/* One in another encoding is no text of bytes. Of a pipe the engine says so. */
static bool starts_wide(const struct input *input)
{
    char first[4];
    ssize_t got = S_ISREG(input->status.st_mode) ? pread(input->fd, first, sizeof first, 0) : 0;
    return got > 0 && strcmp(pii_encoding_name(first, (size_t)got), "UTF-8") != 0;
}

bool parallel_wanted(const struct task *task)
{
    const struct stat *status = &task->input.status;
    bool small = S_ISREG(status->st_mode) && status->st_size <= (off_t)REGION_SIZE;
    return task->options->threads > 1 && task->options->file_count == 1 && !small && !task->in_tree &&
           task->options->format == PII_FORMAT_TEXT &&
           !pii_policy_in_order(task->policy) && !starts_wide(&task->input);
}

static struct slot *slot_of(const struct parallel *parallel, uint64_t index)
{
    return &parallel->slots[index % parallel->slot_count];
}

/* ---- delivery, in order ---- */

/* Input up to the margin: a finding of this region may end a little behind it. */
static void show_input(struct parallel *parallel, const pii_region *region)
{
    uint64_t end = region->base + region->size;
    uint64_t begin = parallel->shown > region->base ? parallel->shown : region->base;
    if (parallel->hooks->before && end > begin)
        parallel->hooks->before(parallel->hooks->context, (const uint8_t *)region->data + (begin - region->base),
                                (size_t)(end - begin));
    parallel->shown = end;
}

static exit_code hand_over(struct parallel *parallel, struct slot *slot)
{
    const struct task_hooks *hooks = parallel->hooks;
    const pii_region *region = &slot->block.region;
    show_input(parallel, region);
    for (size_t i = 0; hooks->on_finding && i < slot->result.finding_count; i++)
        hooks->on_finding(hooks->context, &slot->result.findings[i]);
    pii_status status = pii_region_write(slot->scrubber, region, hooks->sink, hooks->context);
    if (status != PII_OK)
        return task_status_code(parallel->task, status, region->from);
    progress_add(parallel->task->progress, (size_t)(region->until - region->from));
    return hooks->after ? hooks->after(hooks->context) : EXIT_DONE;
}

static exit_code deliver(struct parallel *parallel, struct slot *slot)
{
    struct task *task = parallel->task;
    if (slot->read_error)
        return slot->read_error == ENOMEM ? message_memory() : task_read_failed(task, slot->read_error);
    if (slot->block.beyond) {
        message("%s: was changed while it was read; run it again", task->input.name);
        return EXIT_IO;
    }
    if (!pii_seam_equal(parallel->last, slot->entry))
        slot->status = pii_region_scan(slot->scrubber, PII_FORMAT_TEXT, &slot->block.region, parallel->last, slot->exit,
                                       &slot->result);
    if (slot->status == PII_ERROR_INVALID) {
        message("%s: UTF-16 or UTF-32 from a pipe is for one thread; nothing was released, leave out --threads",
                task->input.name);
        return EXIT_INVALID;
    }
    if (slot->status != PII_OK)
        return task_status_code(task, slot->status, slot->result.error_offset);
    exit_code code = hand_over(parallel, slot);
    pii_seam *spare = parallel->last;
    parallel->last = slot->exit;
    slot->exit = spare;
    return code;
}

/* ---- what a thread does next; all with the lock held, but for the work ---- */

static bool try_deliver(struct parallel *parallel)
{
    struct slot *slot = slot_of(parallel, parallel->delivered);
    if (parallel->delivering || slot->state != SLOT_SCANNED)
        return false;
    parallel->delivering = true;
    pthread_mutex_unlock(&parallel->lock);
    exit_code code = deliver(parallel, slot);
    bool last = slot->block.last;
    pthread_mutex_lock(&parallel->lock);
    parallel->delivering = false;
    parallel->delivered++;
    slot->state = SLOT_FREE;
    if (last || code != EXIT_DONE) {
        parallel->code = code;
        parallel->stopped = true;
        atomic_store(&parallel->source.stopped, true);
    }
    pthread_cond_broadcast(&parallel->changed);
    return true;
}

/* What a slot needs besides bytes; it may have it from an earlier region. */
static pii_status prepare(const struct parallel *parallel, struct slot *slot)
{
    pii_status status = PII_OK;
    if (!slot->scrubber)
        status = task_scrubber_new(parallel->task, &slot->scrubber);
    if (status == PII_OK && !slot->entry)
        status = pii_seam_new(NULL, &slot->entry);
    if (status == PII_OK && !slot->exit)
        status = pii_seam_new(NULL, &slot->exit);
    return status;
}

static void scan(const struct parallel *parallel, struct slot *slot)
{
    if (slot->read_error || slot->block.beyond)
        return;
    slot->status = prepare(parallel, slot);
    if (slot->status != PII_OK) {
        slot->read_error = ENOMEM;
        return;
    }
    slot->status =
        pii_region_guess(slot->scrubber, PII_FORMAT_TEXT, &slot->block.region, slot->entry, slot->exit, &slot->result);
}

static bool try_take(struct parallel *parallel)
{
    if (parallel->all_taken || parallel->reading || parallel->taken - parallel->delivered == parallel->slot_count)
        return false;
    uint64_t index = parallel->taken++;
    struct slot *slot = slot_of(parallel, index);
    slot->state = SLOT_BUSY;
    parallel->reading = !parallel->source.seekable;
    pthread_mutex_unlock(&parallel->lock);
    const struct region_block *before = index ? &slot_of(parallel, index - 1)->block : NULL;
    slot->read_error = region_read(&parallel->source, index, before, &slot->block);
    pthread_mutex_lock(&parallel->lock);
    parallel->reading = false;
    if (slot->read_error || slot->block.last || slot->block.beyond)
        parallel->all_taken = true;
    pthread_cond_broadcast(&parallel->changed);
    pthread_mutex_unlock(&parallel->lock);
    scan(parallel, slot);
    pthread_mutex_lock(&parallel->lock);
    slot->state = SLOT_SCANNED;
    pthread_cond_broadcast(&parallel->changed);
    return true;
}

static void *work(void *argument)
{
    struct parallel *parallel = argument;
    pthread_mutex_lock(&parallel->lock);
    while (!parallel->stopped)
        if (!try_deliver(parallel) && !try_take(parallel))
            pthread_cond_wait(&parallel->changed, &parallel->lock);
    pthread_mutex_unlock(&parallel->lock);
    return NULL;
}

/* ---- beginning and end ---- */

/* The calling thread works too; a thread that cannot be started is done without. */
static void run_threads(struct parallel *parallel, pthread_t *threads, unsigned count)
{
    unsigned started = 0;
    while (started + 1 < count && pthread_create(&threads[started], NULL, work, parallel) == 0)
        started++;
    (void)work(parallel);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

static void free_slots(struct parallel *parallel)
{
    for (size_t i = 0; parallel->slots && i < parallel->slot_count; i++) {
        struct slot *slot = &parallel->slots[i];
        region_block_free(&slot->block, &parallel->source);
        pii_scrubber_free(slot->scrubber);
        pii_seam_free(slot->entry);
        pii_seam_free(slot->exit);
    }
    free(parallel->slots);
    pii_seam_free(parallel->last);
}

exit_code parallel_feed(struct task *task, const struct task_hooks *hooks)
{
    unsigned threads = task->options->threads;
    struct parallel parallel = {
        .task = task,
        .hooks = hooks,
        .slot_count = threads + SLOTS_BESIDE_THREADS,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .changed = PTHREAD_COND_INITIALIZER,
    };
    region_source_init(&parallel.source, &task->input, task->ruleset);
    parallel.slots = calloc(parallel.slot_count, sizeof *parallel.slots);
    pthread_t *others = calloc(threads, sizeof *others);
    if (parallel.slots && others)
        run_threads(&parallel, others, threads);
    else
        parallel.code = message_memory();
    if (parallel.code == EXIT_DONE)
        region_source_end(&parallel.source, parallel.shown);
    free(others);
    free_slots(&parallel);
    return parallel.code;
}
