#include "tree_task.h"

#include <errno.h>
#include <string.h>

#include "io.h"
#include "message.h"
#include "wide_text.h"

void tree_task_note_bytes(struct task *task, size_t size)
{
    struct tree_task *in_tree = task->in_tree;
    if (!in_tree->begun)
        in_tree->wide = wide_text_of(task->buffer, size).unit_size > 0;
    in_tree->begun = true;
    if (!in_tree->binary && !in_tree->wide)
        in_tree->binary = memchr(task->buffer, '\0', size) != NULL;
}

/* A regular file gives all it has at once; what it has grown by since it was
 * opened shows, as one byte more is asked for. */
static exit_code read_whole(struct task *task, size_t *ret_size)
{
    size_t expected = (size_t)task->input.status.st_size, size = 0;
    for (;;) {
        ssize_t got = io_read(task->input.fd, task->buffer + size, TASK_READ_SIZE - size);
        if (got < 0)
            return task_read_failed(task, errno);
        size += (size_t)got;
        if (got == 0 || size == expected)
            break;
        if (size > expected) {
            turn_wait(task->turn);
            message("%s: was changed while it was read; run it again", task->input.name);
            return EXIT_IO;
        }
    }
    *ret_size = size;
    return EXIT_DONE;
}

static exit_code hand_over(struct task *task, const struct task_hooks *hooks, const pii_result *result, size_t size)
{
    if (hooks->before)
        hooks->before(hooks->context, task->buffer, size);
    for (size_t i = 0; hooks->on_finding && i < result->finding_count; i++)
        hooks->on_finding(hooks->context, &result->findings[i]);
    if (result->size > 0 && hooks->sink(hooks->context, &(pii_piece){result->data, result->size}, 1) != 0)
        return EXIT_IO;
    return hooks->after ? hooks->after(hooks->context) : EXIT_DONE;
}

exit_code tree_task_feed(struct task *task, const struct task_hooks *hooks)
{
    size_t size = 0;
    exit_code code = read_whole(task, &size);
    if (code != EXIT_DONE)
        return code;
    tree_task_note_bytes(task, size);
    pii_result result;
    bool rewrite = hooks->sink != task_sink_nothing;
    pii_status status = (rewrite ? pii_scrub : pii_scan)(task->in_tree->scrubber, task->in_tree->format, task->buffer,
                                                         size, &result);
    progress_add(task->progress, size);
    code = task_result_code(task, status, &result, 0);
    if (code == EXIT_DONE)
        code = task_check_columns(task, result.fields_met);
    if (code != EXIT_DONE || (result.finding_count == 0 && hooks->findings_only))
        return code;
    for (size_t i = 0; i < result.finding_count; i++)
        summary_add(task->in_tree->summary, result.findings[i].entity);
    return hand_over(task, hooks, &result, size);
}
