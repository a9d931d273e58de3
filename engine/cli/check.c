/* check - is there anything? */
#include "command.h"
#include "message.h"
#include "summary.h"
#include "task.h"

static void count_finding(void *context, const pii_finding *finding)
{
    summary_add(context, finding->entity);
}

static void report(const struct task *task, const struct summary *summary)
{
    char text[2048];
    summary_text(summary, 0, text, sizeof text);
    turn_wait(task->turn);
    message("%s: %s", task->input.name, text);
}

static exit_code check_file(void *context, struct task *task)
{
    (void)context;
    struct summary summary = {.count = 0};
    struct task_hooks hooks = {
        .sink = task_sink_nothing, .on_finding = count_finding, .context = &summary, .findings_only = true};
    exit_code code = task_feed(task, &hooks);
    if (summary.out_of_memory)
        code = exit_worst(code, message_memory());
    if (summary.findings > 0 && !task->options->quiet)
        report(task, &summary);
    if (summary.findings > 0)
        code = exit_worst(code, EXIT_FOUND);
    summary_free(&summary);
    return code;
}

exit_code command_check(const struct options *options)
{
    return task_run_files(options, check_file, NULL);
}
