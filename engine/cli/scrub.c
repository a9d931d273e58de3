#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "interrupt.h"
#include "message.h"
#include "output_file.h"
#include "task.h"
#include "writer.h"

/* Where the text of all files goes, one after the other. */
struct destination {
    int fd;
    const char *name;
};

struct scrub_state {
    struct writer writer;
    bool changed; /* there was a finding */
};

static int write_pieces(void *context, const pii_piece *pieces, size_t count)
{
    struct scrub_state *state = context;
    return writer_sink(&state->writer, pieces, count);
}

static void note_finding(void *context, const pii_finding *finding)
{
    (void)finding;
    struct scrub_state *state = context;
    state->changed = true;
}

static exit_code flush(void *context)
{
    struct scrub_state *state = context;
    return writer_flush(&state->writer);
}

/* `turn` NULL: the destination is of this task alone. */
static exit_code scrub_to(struct task *task, int fd, const char *name, const struct turn *turn, bool *ret_changed)
{
    struct scrub_state state = {.changed = false};
    writer_init(&state.writer, fd, name, turn);
    struct task_hooks hooks = {.sink = write_pieces, .on_finding = note_finding, .after = flush, .context = &state};
    exit_code code = task_feed(task, &hooks);
    code = exit_worst(code, writer_end(&state.writer));
    writer_free(&state.writer);
    *ret_changed = state.changed;
    return code;
}

static exit_code scrub_to_destination(void *context, struct task *task)
{
    const struct destination *to = context;
    bool changed;
    return scrub_to(task, to->fd, to->name, task->turn, &changed);
}

/* Whether somebody else wrote to the file while it was read: their change would
 * be lost. */
static bool source_changed(const struct input *input)
{
    struct stat now;
    return fstat(input->fd, &now) != 0 || now.st_size != input->status.st_size ||
           now.st_mtim.tv_sec != input->status.st_mtim.tv_sec || now.st_mtim.tv_nsec != input->status.st_mtim.tv_nsec;
}

static exit_code scrub_in_place(void *context, struct task *task)
{
    (void)context;
    struct output_file output;
    exit_code code = output_file_open_over(&output, task->input.path, &task->input.status);
    bool changed = false;
    if (code == EXIT_DONE)
        code = scrub_to(task, output.fd, task->input.name, NULL, &changed);
    if (code == EXIT_DONE && changed && source_changed(&task->input)) {
        message("%s: was changed while it was read; left as it is, run it again", task->input.name);
        code = EXIT_IO;
    }
    if (code == EXIT_DONE && changed)
        code = output_file_commit(&output);
    output_file_discard(&output);
    return code;
}

static exit_code scrub_to_file(const struct options *options)
{
    exit_code code = input_check_output_path(options->files, options->file_count, options->output);
    if (code != EXIT_DONE)
        return code;
    struct output_file output;
    code = output_file_open(&output, options->output);
    if (code == EXIT_DONE) {
        struct destination to = {output.fd, options->output};
        code = task_run_files(options, scrub_to_destination, &to);
    }
    if (code == EXIT_DONE)
        code = output_file_commit(&output);
    output_file_discard(&output);
    return code;
}

exit_code command_scrub(const struct options *options)
{
    if (options->in_place) {
        interrupt_install();
        return task_run_files(options, scrub_in_place, NULL);
    }
    if (options->output) {
        interrupt_install();
        return scrub_to_file(options);
    }
    struct destination to = {STDOUT_FILENO, "standard output"};
    return task_run_files(options, scrub_to_destination, &to);
}
