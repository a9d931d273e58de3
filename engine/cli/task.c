#include "task.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "by_line.h"
#include "columns.h"
#include "interrupt.h"
#include "io.h"
#include "message.h"
#include "parallel.h"
#include "setup.h"
#include "tree.h"
#include "tree_task.h"
#include "worker.h"

struct run {
    const struct options *options;
    struct setup setup;
    struct progress progress;
    struct worker *workers;
    task_function function;
    void *context;
};

pii_status task_scrubber_new(const struct task *task, pii_scrubber **ret)
{
    pii_scrubber *scrubber = NULL;
    pii_status status = pii_scrubber_new(task->ruleset, task->policy, NULL, &scrubber);
    if (status == PII_OK)
        status = pii_scrubber_set_known(scrubber, task->known);
    if (status == PII_OK)
        *ret = scrubber;
    else
        pii_scrubber_free(scrubber);
    return status;
}

int task_sink_nothing(void *context, const pii_piece *pieces, size_t count)
{
    (void)context;
    (void)pieces;
    (void)count;
    return 0;
}

/* As which the document is read, as far as it is known: all formats are UTF-8. */
static const char *format_read(const struct task *task)
{
    pii_format format = pii_stream_format(task->stream);
    return format == PII_FORMAT_AUTO ? "UTF-8" : pii_format_name(format);
}

exit_code task_status_code(struct task *task, pii_status status, uint64_t offset)
{
    if (status == PII_OK)
        return EXIT_DONE;
    if (status == PII_ERROR_SINK)
        return EXIT_IO;
    turn_wait(task->turn);
    uint64_t fault_at = 0;
    const char *fault = pii_stream_fault(task->stream, &fault_at);
    if (status == PII_ERROR_INVALID && fault)
        return message_fault(task->input.name, format_read(task), fault, fault_at, false);
    return message_status(task->input.name, status, offset);
}

exit_code task_result_code(struct task *task, pii_status status, const pii_result *result, uint64_t offset)
{
    if (status == PII_OK && !result->fault)
        return EXIT_DONE;
    turn_wait(task->turn);
    offset += result->error_offset;
    const char *format = pii_format_name(result->format);
    if (result->fault && result->format == PII_FORMAT_TEXT)
        format = "UTF-8";
    return result->fault ? message_fault(task->input.name, format, result->fault, offset, status == PII_OK)
                         : message_status(task->input.name, status, offset);
}

static exit_code stream_code(struct task *task, pii_status status)
{
    return task_status_code(task, status, pii_stream_offset(task->stream));
}

static exit_code feed_piece(struct task *task, const struct task_hooks *hooks, size_t size)
{
    if (task->in_tree)
        tree_task_note_bytes(task, size);
    if (hooks->before)
        hooks->before(hooks->context, task->buffer, size);
    pii_status status = pii_stream_write(task->stream, task->buffer, size, hooks->sink, hooks->context);
    exit_code code = stream_code(task, status);
    if (code == EXIT_DONE && hooks->after)
        code = hooks->after(hooks->context);
    progress_add(task->progress, size);
    return code;
}

/* A document that a lenient reader came to the end of. */
static void report_fault(struct task *task)
{
    uint64_t offset = 0;
    const char *fault = pii_stream_fault(task->stream, &offset);
    if (!fault)
        return;
    turn_wait(task->turn);
    (void)message_fault(task->input.name, format_read(task), fault, offset, true);
}

/* What --format auto made of the document. */
static void report_format(struct task *task)
{
    if (task->options->format != PII_FORMAT_AUTO || task->in_tree)
        return;
    turn_wait(task->turn);
    message("%s: read as %s", task->input.name, pii_format_name(pii_stream_format(task->stream)));
}

/* A column that is not there may have been meant otherwise: its cells are what they were. */
exit_code task_check_columns(struct task *task, uint64_t met)
{
    if (!task->options->columns_count)
        return EXIT_DONE;
    turn_wait(task->turn);
    return columns_check(task->policy, task->options, task->input.name, met);
}

exit_code task_read_failed(struct task *task, int error)
{
    if (interrupt_requested())
        return EXIT_IO; /* main dies of the signal */
    turn_wait(task->turn);
    return message_io(task->input.name, error);
}

/* Counts the findings of trees, whatever the command does with them. */
struct finding_hook {
    const struct task *task;
    const struct task_hooks *hooks;
};

static void on_finding(void *context, const pii_finding *finding)
{
    const struct finding_hook *hook = context;
    if (hook->task->in_tree)
        summary_add(hook->task->in_tree->summary, finding->entity);
    if (hook->hooks->on_finding)
        hook->hooks->on_finding(hook->hooks->context, finding);
}

exit_code task_feed(struct task *task, const struct task_hooks *hooks)
{
    if (task->in_tree && task->in_tree->scrubber)
        return tree_task_feed(task, hooks);
    if (task->options->lines)
        return by_line_feed(task, hooks);
    if (parallel_wanted(task))
        return parallel_feed(task, hooks);
    struct finding_hook hook = {task, hooks};
    pii_stream_reset(task->stream);
    pii_stream_on_finding(task->stream, task->in_tree || hooks->on_finding ? on_finding : NULL, &hook);
    for (;;) {
        ssize_t got = interrupt_requested() ? -1 : io_read(task->input.fd, task->buffer, TASK_READ_SIZE);
        if (got < 0)
            return task_read_failed(task, errno);
        if (got == 0)
            break;
        exit_code code = feed_piece(task, hooks, (size_t)got);
        if (code != EXIT_DONE)
            return code;
    }
    exit_code code = stream_code(task, pii_stream_finish(task->stream, hooks->sink, hooks->context));
    if (code == EXIT_DONE)
        report_format(task);
    if (code == EXIT_DONE)
        report_fault(task);
    if (code == EXIT_DONE)
        code = task_check_columns(task, pii_stream_fields_met(task->stream));
    return code == EXIT_DONE && hooks->after ? hooks->after(hooks->context) : code;
}

/* Programs are hard to tell from text, and their files have names of their own. */
pii_format task_format(const struct options *options, const char *path)
{
    static const struct {
        const char *ending;
        pii_format format;
    } programs[] = {
        {".js", PII_FORMAT_JAVASCRIPT}, {".mjs", PII_FORMAT_JAVASCRIPT}, {".jsx", PII_FORMAT_JAVASCRIPT},
        {".ts", PII_FORMAT_TYPESCRIPT}, {".tsx", PII_FORMAT_JAVASCRIPT}, {".py", PII_FORMAT_PYTHON},
    };
    const char *ending = strrchr(path, '.');
    for (size_t i = 0; ending && options->format == PII_FORMAT_AUTO && i < sizeof programs / sizeof *programs; i++)
        if (strcmp(ending, programs[i].ending) == 0)
            return programs[i].format;
    return options->format;
}

static exit_code run_file(void *context, unsigned worker_index, const struct turn *turn)
{
    struct run *run = context;
    struct worker *worker = &run->workers[worker_index];
    pii_format format = task_format(run->options, run->options->files[turn->index]);
    exit_code code = worker_stream(worker, &run->setup, format);
    if (code != EXIT_DONE)
        return code;
    struct task task = {
        .options = run->options,
        .turn = turn,
        .ruleset = run->setup.ruleset,
        .policy = run->setup.policy,
        .known = run->setup.known,
        .stream = worker->stream,
        .buffer = worker->buffer,
        .progress = &run->progress,
    };
    code = input_open(&task.input, run->options->files[turn->index]);
    if (code != EXIT_DONE)
        return code;
    struct writer writer;
    writer_init_stdout(&writer, turn);
    task.writer = &writer;
    code = run->function(run->context, &task);
    code = exit_worst(code, writer_end(&writer));
    writer_free(&writer);
    input_close(&task.input);
    return code;
}

exit_code task_run_files(const struct options *options, task_function function, void *context)
{
    if (options->recursive)
        return tree_run(options, function, context);
    struct run run = {.options = options, .function = function, .context = context};
    exit_code code = setup_make(&run.setup, options);
    if (code == EXIT_DONE) {
        run.workers = calloc(options->threads, sizeof *run.workers);
        code = run.workers ? EXIT_DONE : message_memory();
    }
    if (code == EXIT_DONE) {
        progress_start(&run.progress, options);
        code = jobs_run((size_t)options->file_count, options->threads, run_file, &run);
        progress_end(&run.progress);
    }
    workers_free(run.workers, options->threads);
    setup_free(&run.setup);
    return code;
}
