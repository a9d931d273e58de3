/* task.h - one input of a command, on its way through the engine. */
#ifndef CLI_TASK_H
#define CLI_TASK_H

#include <stdint.h>

#include "input.h"
#include "jobs.h"
#include "options.h"
#include "progress.h"
#include "summary.h"
#include "writer.h"

#define TASK_READ_SIZE ((size_t)256 << 10)

struct task {
    const struct options *options;
    const struct turn *turn;
    struct input input;
    pii_ruleset *ruleset; /* borrowed */
    pii_policy *policy;   /* borrowed */
    pii_known *known;     /* borrowed; may be NULL */
    pii_stream *stream;   /* at its beginning; of this thread */
    uint8_t *buffer;      /* TASK_READ_SIZE bytes; of this thread */
    struct progress *progress;
    struct writer *writer; /* to standard output, in the turn of the task */
    struct tree_task *in_tree; /* NULL: the input was named on the command line */
};

/* More about an input that was found in a tree. */
struct tree_task {
    pii_scrubber *scrubber; /* for an input that fits the buffer; NULL: it goes through the stream */
    pii_format format;
    int copy_directory; /* where its copy goes; -1: none */
    const char *label;  /* of temporary files */
    struct summary *summary;
    bool begun;   /* the first bytes have been read */
    bool wide;    /* UTF-16 or UTF-32 */
    bool binary;  /* holds a NUL byte, and is not */
    bool settled; /* input.status is that of the text which was scanned, and will change with it */
};

/* What a command does with a stream. Hooks may be NULL; a code other than
 * EXIT_DONE ends the task and must have been reported by whoever made it. */
struct task_hooks {
    pii_sink sink;
    pii_finding_callback on_finding;
    void (*before)(void *context, const uint8_t *bytes, size_t size); /* a piece of input, before the engine sees it */
    exit_code (*after)(void *context);                                /* once the engine has released what it can */
    void *context;
    bool findings_only; /* in a tree: no hook need be called for an input without findings */
};

/* Reads the input to its end through the engine; reports what goes wrong. On
 * several threads when the command line says so and this is the only input. */
exit_code task_feed(struct task *task, const struct task_hooks *hooks);

/* Reports what the engine answered; a sink that refused has said why. */
exit_code task_status_code(struct task *task, pii_status status, uint64_t offset);

/* Reports what a call in one piece answered, of a text that begins at `offset` of the input; a fault that the
 * policy lets pass is reported and EXIT_DONE. */
exit_code task_result_code(struct task *task, pii_status status, const pii_result *result, uint64_t offset);

/* Reports `error` (an errno value) of reading the input. */
exit_code task_read_failed(struct task *task, int error);

/* Reports columns of the options that the document did not have; `met` as in pii_result.fields_met. */
exit_code task_check_columns(struct task *task, uint64_t met);

typedef exit_code (*task_function)(void *context, struct task *task);

/* Makes rules and policy and calls `function` for each file of the command
 * line, on --threads threads. */
exit_code task_run_files(const struct options *options, task_function function, void *context);

/* The format as which a file is read: that of the command line, or, with auto, that of its name. */
pii_format task_format(const struct options *options, const char *path);

/* A scrubber with the rules, policy and known values of the task. */
pii_status task_scrubber_new(const struct task *task, pii_scrubber **ret);

/* A sink that drops everything, for commands that only look at findings. */
int task_sink_nothing(void *context, const pii_piece *pieces, size_t count);

#endif
