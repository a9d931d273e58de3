#include "by_line.h"

#include "line_reader.h"
#include "message.h"

/* What scrubs the lines of one input. */
struct by_line {
    struct task *task;
    const struct task_hooks *hooks;
    pii_scrubber *scrubber;
    pii_format format;
    struct line_reader reader;
};

static exit_code hand_over(const struct by_line *by_line, const pii_result *result)
{
    const struct task_hooks *hooks = by_line->hooks;
    for (size_t i = 0; hooks->on_finding && i < result->finding_count; i++) {
        pii_finding finding = result->findings[i];
        finding.begin += by_line->reader.offset;
        finding.end += by_line->reader.offset;
        hooks->on_finding(hooks->context, &finding);
    }
    const pii_piece pieces[] = {{result->data, result->size}, {"\n", by_line->reader.ended}};
    return hooks->sink(hooks->context, pieces, 2) == 0 ? EXIT_DONE : EXIT_IO;
}

static exit_code scrub_line(const struct by_line *by_line, const char *line, size_t size)
{
    pii_result result;
    pii_status status = pii_scrub(by_line->scrubber, by_line->format, line, size, &result);
    exit_code code = task_result_code(by_line->task, status, &result, by_line->reader.offset);
    if (code == EXIT_DONE)
        code = hand_over(by_line, &result);
    progress_add(by_line->task->progress, size + by_line->reader.ended);
    return code;
}

static exit_code scrub_lines(struct by_line *by_line)
{
    const struct task_hooks *hooks = by_line->hooks;
    for (;;) {
        char *line;
        size_t size;
        exit_code code = line_reader_next(&by_line->reader, &line, &size);
        if (code != EXIT_DONE || !line)
            return code;
        code = scrub_line(by_line, line, size);
        if (code == EXIT_DONE && hooks->after && !line_reader_has_line(&by_line->reader))
            code = hooks->after(hooks->context);
        if (code != EXIT_DONE)
            return code;
    }
}

exit_code by_line_feed(struct task *task, const struct task_hooks *hooks)
{
    struct by_line by_line = {.task = task, .hooks = hooks};
    by_line.format = task_format(task->options, task->input.path);
    pii_status status = task_scrubber_new(task, &by_line.scrubber);
    if (status != PII_OK)
        return message_setup("rules", status);
    line_reader_init(&by_line.reader, &task->input);
    exit_code code = scrub_lines(&by_line);
    line_reader_free(&by_line.reader);
    pii_scrubber_free(by_line.scrubber);
    return code == EXIT_DONE && hooks->after ? hooks->after(hooks->context) : code;
}
