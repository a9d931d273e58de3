/* check - is there anything? */
#include "command.h"
#include "finding_tally.h"
#include "message.h"
#include "task.h"

static void count_finding(void *context, const pii_finding *finding)
{
    tally_add(context, finding->entity, 1);
}

static void report(const struct task *task, const struct tally *tally)
{
    char text[2048];
    tally_text(tally, 0, text, sizeof text);
    turn_wait(task->turn);
    message("%s: %s", task->input.name, text);
}

static exit_code check_file(void *context, struct task *task)
{
    (void)context;
    struct tally tally;
    tally.total = tally.entity_count = 0;
    struct task_hooks hooks = {
        .sink = task_sink_nothing, .on_finding = count_finding, .context = &tally, .findings_only = true};
    exit_code code = task_feed(task, &hooks);
    if (tally.total == 0)
        return code;
    if (!task->options->quiet)
        report(task, &tally);
    return exit_worst(code, EXIT_FOUND);
}

exit_code command_check(const struct options *options)
{
    return task_run_files(options, check_file, NULL);
}
