/* check - is there anything? */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "message.h"
#include "task.h"

#define ENTITIES_COUNTED_MAX 64

struct entity_count {
    const char *entity;
    size_t count;
};

struct tally {
    size_t total;
    struct entity_count entities[ENTITIES_COUNTED_MAX]; /* in the order in which they turned up */
    size_t entity_count;
};

static void count_finding(void *context, const pii_finding *finding)
{
    struct tally *tally = context;
    tally->total++;
    for (size_t i = 0; i < tally->entity_count; i++) {
        if (strcmp(tally->entities[i].entity, finding->entity) != 0)
            continue;
        tally->entities[i].count++;
        return;
    }
    if (tally->entity_count < ENTITIES_COUNTED_MAX)
        tally->entities[tally->entity_count++] = (struct entity_count){finding->entity, 1};
}

static void report(const struct task *task, const struct tally *tally)
{
    char text[2048] = "";
    size_t size = 0;
    for (size_t i = 0; i < tally->entity_count && size + 1 < sizeof text; i++) {
        int length = snprintf(text + size, sizeof text - size, "%s %s %zu", i > 0 ? "," : "", tally->entities[i].entity,
                              tally->entities[i].count);
        size += length > 0 ? (size_t)length : 0;
    }
    turn_wait(task->turn);
    message("%s: %zu finding%s:%s", task->input.name, tally->total, tally->total == 1 ? "" : "s", text);
}

static exit_code check_file(void *context, struct task *task)
{
    (void)context;
    struct tally tally = {.total = 0};
    struct task_hooks hooks = {.sink = task_sink_nothing, .on_finding = count_finding, .context = &tally};
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
