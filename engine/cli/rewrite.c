#include "rewrite.h"

#include <fcntl.h>
#include <time.h>

#include "message.h"
#include "output_file.h"

#define PAST_NANOSECONDS 20000000 /* more than a tick of any clock that files are stamped with */

struct rewrite {
    struct task *task;
    bool copy;
    bool opened;  /* the output */
    bool changed; /* there was a finding that is not kept */
    struct output_file output;
    struct writer writer;
};

static exit_code open_output(struct rewrite *rewrite)
{
    const struct task *task = rewrite->task;
    const struct tree_task *in_tree = task->in_tree;
    const char *backup = task->options->backup;
    exit_code code;
    if (rewrite->copy)
        code = output_file_open_copy(&rewrite->output, &task->input, in_tree->copy_directory, in_tree->label);
    else if (in_tree)
        code = output_file_open_over_at(&rewrite->output, &task->input, backup, in_tree->label);
    else
        code = output_file_open_over(&rewrite->output, &task->input, backup);
    rewrite->opened = true;
    writer_init(&rewrite->writer, rewrite->output.fd, task->input.name, NULL);
    rewrite->writer.code = code;
    return code;
}

static int write_pieces(void *context, const pii_piece *pieces, size_t count)
{
    struct rewrite *rewrite = context;
    if (!rewrite->opened)
        (void)open_output(rewrite);
    return writer_sink(&rewrite->writer, pieces, count);
}

static void note_finding(void *context, const pii_finding *finding)
{
    struct rewrite *rewrite = context;
    rewrite->changed |= finding->action != PII_ACTION_KEEP;
}

static exit_code flush(void *context)
{
    struct rewrite *rewrite = context;
    return rewrite->opened ? writer_flush(&rewrite->writer) : EXIT_DONE;
}

/* Whether somebody else wrote to the file while it was read, or put another in
 * its place: their change would be lost. */
static bool source_changed(const struct rewrite *rewrite)
{
    const struct input *input = &rewrite->task->input;
    const struct stat *then = &input->status;
    struct stat now, named;
    if (fstat(input->fd, &now) != 0 || now.st_size != then->st_size || now.st_mtim.tv_sec != then->st_mtim.tv_sec ||
        now.st_mtim.tv_nsec != then->st_mtim.tv_nsec)
        return true;
    return !rewrite->copy && (fstatat(rewrite->output.directory, rewrite->output.target, &named, 0) != 0 ||
                              named.st_dev != then->st_dev || named.st_ino != then->st_ino);
}

/* Findings in pictures and programs are bytes that look like text; what takes
 * their place would spoil the file. */
static bool is_spoilt(const struct rewrite *rewrite)
{
    const struct task *task = rewrite->task;
    return rewrite->changed && task->in_tree && task->in_tree->binary && task->options->format == PII_FORMAT_AUTO;
}

static exit_code refuse(const struct rewrite *rewrite)
{
    const struct task *task = rewrite->task;
    turn_wait(task->turn);
    if (is_spoilt(rewrite)) {
        message("%s: has findings but is binary (NUL bytes); %s, scrub it with --format text if it may change",
                task->input.name, rewrite->copy ? "not copied" : "left as it is");
        return EXIT_INVALID;
    }
    message("%s: was changed while it was read; %s, run it again", task->input.name,
            rewrite->copy ? "not copied" : "left as it is");
    return EXIT_IO;
}

/* Stamps the new text a little in the past, so that any later change shows. */
static bool settle(const struct rewrite *rewrite, struct stat *ret_written)
{
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}};
    (void)clock_gettime(CLOCK_REALTIME_COARSE, &times[1]);
    times[1].tv_nsec -= PAST_NANOSECONDS;
    if (times[1].tv_nsec < 0) {
        times[1].tv_nsec += 1000000000;
        times[1].tv_sec--;
    }
    return futimens(rewrite->output.fd, times) == 0 && fstat(rewrite->output.fd, ret_written) == 0;
}

/* The input of the task is from now on the new text, if it is still there. */
static void update_status(struct task *task, const struct stat *written)
{
    struct stat now;
    task->in_tree->settled = fstatat(task->input.directory, task->input.base, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
                             now.st_ino == written->st_ino && now.st_dev == written->st_dev &&
                             now.st_size == written->st_size && now.st_mtim.tv_sec == written->st_mtim.tv_sec &&
                             now.st_mtim.tv_nsec == written->st_mtim.tv_nsec;
    task->input.status = now;
}

static exit_code commit(struct rewrite *rewrite)
{
    struct task *task = rewrite->task;
    struct stat written;
    bool stamped = task->in_tree && !rewrite->copy && settle(rewrite, &written);
    exit_code code = output_file_commit(&rewrite->output);
    if (stamped && code == EXIT_DONE)
        update_status(task, &written);
    else if (task->in_tree && !rewrite->copy)
        task->in_tree->settled = false;
    return code;
}

exit_code rewrite_file(void *context, struct task *task)
{
    (void)context;
    struct rewrite rewrite = {.task = task, .copy = task->in_tree && task->in_tree->copy_directory >= 0};
    struct task_hooks hooks = {.sink = write_pieces, .on_finding = note_finding, .after = flush, .context = &rewrite};
    hooks.findings_only = !rewrite.copy;
    /* In a tree most files have no findings, and need no output. */
    exit_code code = task->in_tree ? EXIT_DONE : open_output(&rewrite);
    if (code == EXIT_DONE)
        code = task_feed(task, &hooks);
    bool wanted = rewrite.copy || rewrite.changed;
    if (code == EXIT_DONE && wanted && !rewrite.opened) /* the new text is empty */
        code = open_output(&rewrite);
    if (!rewrite.opened)
        return code;
    code = exit_worst(code, writer_end(&rewrite.writer));
    writer_free(&rewrite.writer);
    if (code == EXIT_DONE && wanted && (is_spoilt(&rewrite) || source_changed(&rewrite)))
        code = refuse(&rewrite);
    if (code == EXIT_DONE && wanted)
        code = commit(&rewrite);
    output_file_discard(&rewrite.output);
    return code;
}
