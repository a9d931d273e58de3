/* explain - every candidate, what decided about it, and what would have decided otherwise. */
#include <string.h>

#include "code_point.h"
#include "command.h"
#include "content.h"
#include "explain_list.h"
#include "explain_print.h"
#include "message.h"
#include "task.h"

#define EXPLAIN_SIZE_MAX ((size_t)64 << 20)

static void print_all(const struct explain_page *page, const struct candidate_list *list, bool json)
{
    for (size_t i = 0; i < list->count; i++)
        (json ? explain_print_json : explain_print)(page, &list->items[i]);
    if (!json)
        explain_print_summary(page, list);
}

/* Scans once more with every entity on. Where that cannot be, as a rule that is off reaches a limit, there is just
 * nothing to say about it. */
static void look_for_off(const struct task *task, const struct content *content, struct candidate_list *list)
{
    pii_policy *policy = NULL;
    pii_scrubber *scrubber = NULL;
    struct candidate_list all = {0};
    pii_result result;
    pii_status status = pii_policy_new(NULL, &policy);
    if (status == PII_OK && task->options->min_confidence >= 0)
        status = pii_policy_set_min_confidence(policy, task->options->min_confidence);
    if (status == PII_OK) {
        pii_policy_set_all(policy, true);
        status = pii_scrubber_new(task->ruleset, policy, NULL, &scrubber);
    }
    if (status == PII_OK)
        status = pii_explain(scrubber, task->options->format, content->bytes, content->size,
                             candidate_list_add_accepted, &all, &result);
    if (status == PII_OK)
        candidate_list_add_off(list, &all);
    list->out_of_memory |= all.out_of_memory || status == PII_ERROR_MEMORY;
    candidate_list_free(&all);
    pii_scrubber_free(scrubber);
    pii_policy_free(policy);
}

/* Leaves what touches a line, or one character of it when `column` is not 0. */
static void keep_at(struct candidate_list *list, const struct content *content, size_t line, size_t column)
{
    const char *begin = content->bytes;
    const char *stop = content->bytes + content->size;
    for (; begin && line > 1; line--) {
        begin = memchr(begin, '\n', (size_t)(stop - begin));
        begin = begin ? begin + 1 : NULL;
    }
    const char *end = begin ? memchr(begin, '\n', (size_t)(stop - begin)) : NULL;
    size_t first = begin ? (size_t)(begin - content->bytes) : content->size;
    size_t last = end ? (size_t)(end - content->bytes) : content->size;
    if (column > 0) {
        while (first < last && column > 0)
            column -= !code_point_continues((uint8_t)content->bytes[first++]);
        first = column > 0 ? last : first - 1;
        last = first < last ? first + 1 : last;
    }
    candidate_list_keep(list, first, last);
}

/* Whoever names entities does not want to hear of others. */
static exit_code explain_list(const struct task *task, const struct content *content, struct candidate_list *list,
                              const pii_result *result)
{
    if (!task->options->only && !task->options->except)
        look_for_off(task, content, list);
    if (list->out_of_memory)
        return message_memory();
    candidate_list_sort(list);
    if (task->options->at_line)
        keep_at(list, content, task->options->at_line, task->options->at_column);
    struct writer writer;
    writer_init_stdout(&writer, task->turn);
    struct explain_cursor cursor = {.line = 1};
    struct explain_page page = {
        .writer = &writer,
        .file = task->input.path,
        .content = content,
        .result = result,
        .show_values = task->options->show_values,
        .part = task->options->at_line > 0,
        .cursor = &cursor,
    };
    print_all(&page, list, task->options->json);
    exit_code code = writer_end(&writer);
    writer_free(&writer);
    return code;
}

static exit_code explain_content(const struct task *task, const struct content *content)
{
    pii_scrubber *scrubber = NULL;
    pii_status status = task_scrubber_new(task, &scrubber);
    if (status != PII_OK)
        return message_setup("rules", status);
    struct candidate_list list = {0};
    pii_result result;
    status = pii_explain(scrubber, task->options->format, content->bytes, content->size, candidate_list_add, &list,
                         &result);
    exit_code code = EXIT_DONE;
    if (result.fault)
        code = message_fault(task->input.name, pii_format_name(result.format), result.fault,
                             result.error_offset, status == PII_OK);
    else if (status != PII_OK)
        code = message_status(task->input.name, status, result.error_offset);
    if (status == PII_OK)
        code = exit_worst(code, explain_list(task, content, &list, &result));
    candidate_list_free(&list);
    pii_scrubber_free(scrubber);
    return code;
}

static exit_code explain_file(void *context, struct task *task)
{
    (void)context;
    struct content content = {0};
    exit_code code = content_read(&content, &task->input, EXPLAIN_SIZE_MAX);
    if (code == EXIT_DONE)
        code = explain_content(task, &content);
    content_free(&content);
    return code;
}

exit_code command_explain(const struct options *options)
{
    return task_run_files(options, explain_file, NULL);
}
