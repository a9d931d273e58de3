#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "interrupt.h"
#include "output_file.h"
#include "rewrite.h"
#include "task.h"
#include "writer.h"

/* Where the text of all files goes, one after the other. */
struct destination {
    int fd;
    const char *name;
};

static exit_code flush(void *context)
{
    return writer_flush(context);
}

static exit_code scrub_to_destination(void *context, struct task *task)
{
    const struct destination *to = context;
    struct writer writer;
    writer_init(&writer, to->fd, to->name, task->turn);
    struct task_hooks hooks = {.sink = writer_sink, .after = flush, .context = &writer};
    exit_code code = task_feed(task, &hooks);
    code = exit_worst(code, writer_end(&writer));
    writer_free(&writer);
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
    if (options->in_place || options->recursive) {
        interrupt_install();
        return task_run_files(options, rewrite_file, NULL);
    }
    if (options->output) {
        interrupt_install();
        return scrub_to_file(options);
    }
    struct destination to = {STDOUT_FILENO, "standard output"};
    return task_run_files(options, scrub_to_destination, &to);
}
