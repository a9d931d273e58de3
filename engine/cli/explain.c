/* explain - every candidate, and what decided about it. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "content.h"
#include "lines.h"
#include "message.h"
#include "print_text.h"
#include "task.h"
#include "writer.h"

#define EXPLAIN_SIZE_MAX ((size_t)64 << 20)
#define SHAPE_SIZE_MAX 80
#define FEATURES_KEPT_MAX 16

/* A copy: an explanation itself lives during the callback only. */
struct candidate {
    pii_explanation explanation;
    pii_feature features[FEATURES_KEPT_MAX];
    size_t order; /* in which the engine met it */
};

struct candidate_list {
    struct candidate *items;
    size_t count;
    size_t capacity;
    bool out_of_memory;
};

static void collect(void *context, const pii_explanation *explanation)
{
    struct candidate_list *list = context;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        struct candidate *items = reallocarray(list->items, capacity, sizeof *items);
        if (!items) {
            list->out_of_memory = true;
            return;
        }
        list->items = items;
        list->capacity = capacity;
    }
    struct candidate *item = &list->items[list->count];
    *item = (struct candidate){.explanation = *explanation, .order = list->count++};
    item->explanation.features = NULL;
    if (explanation->feature_count > FEATURES_KEPT_MAX)
        item->explanation.feature_count = FEATURES_KEPT_MAX;
    if (item->explanation.feature_count > 0)
        memcpy(item->features, explanation->features, item->explanation.feature_count * sizeof item->features[0]);
}

static int compare(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->explanation.begin != b->explanation.begin)
        return a->explanation.begin < b->explanation.begin ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static const char *decision_text(pii_decision decision)
{
    switch (decision) {
    case PII_DECISION_ACCEPTED: return "accepted";
    case PII_DECISION_INVALID: return "refused by the validator";
    case PII_DECISION_LOW_CONFIDENCE: return "refused, confidence too low";
    }
    return "";
}

static void print_features(struct writer *writer, const struct candidate *item)
{
    if (item->explanation.feature_count == 0)
        return;
    writer_text(writer, "  features    ");
    for (size_t i = 0; i < item->explanation.feature_count; i++)
        writer_format(writer, "%s%s %.4g", i > 0 ? ", " : "", item->features[i].name, item->features[i].value);
    writer_text(writer, "\n");
}

static void print_text(struct writer *writer, const struct options *options, const struct content *content,
                       const pii_explanation *it)
{
    size_t size = (size_t)(it->end - it->begin);
    size_t shown = size < SHAPE_SIZE_MAX ? size : SHAPE_SIZE_MAX;
    writer_text(writer, options->show_values ? "  text        " : "  shape       ");
    if (options->show_values)
        print_visible(writer, content->bytes + it->begin, shown);
    else
        print_shape(writer, content->bytes + it->begin, shown);
    writer_text(writer, shown < size ? "...\n" : "\n");
}

static void print_candidate(struct writer *writer, const struct task *task, const struct content *content,
                            struct lines *lines, const struct candidate *item)
{
    const pii_explanation *it = &item->explanation;
    struct line_place place = lines_locate(lines, it->begin);
    print_visible(writer, task->input.path, strlen(task->input.path));
    writer_format(writer, ":%" PRIu64 ":%" PRIu64 " bytes %" PRIu64 " to %" PRIu64 ": %s %s\n", place.line,
                  place.column, it->begin, it->end, it->entity, it->rule);
    writer_format(writer, "  decision    %s\n", decision_text(it->decision));
    if (it->decision != PII_DECISION_INVALID)
        writer_format(writer, "  confidence  %.2f = base %.2f + boost %.2f - suppress %.2f; at least %.2f is needed\n",
                      it->confidence, it->base, it->boost, it->suppress, it->minimum);
    if (*it->validator)
        writer_format(writer, "  validator   %s\n", it->validator);
    if (it->reason && *it->reason)
        writer_format(writer, "  reason      %s\n", it->reason);
    print_features(writer, item);
    print_text(writer, task->options, content, it);
}

static void print_summary(struct writer *writer, const struct candidate_list *list, size_t finding_count)
{
    size_t accepted = 0;
    for (size_t i = 0; i < list->count; i++) {
        accepted += list->items[i].explanation.decision == PII_DECISION_ACCEPTED;
    }
    writer_format(writer, "%zu candidate%s, %zu accepted, %zu finding%s\n", list->count, list->count == 1 ? "" : "s",
                  accepted, finding_count, finding_count == 1 ? "" : "s");
}

static exit_code print_all(const struct task *task, const struct content *content, struct candidate_list *list,
                           size_t finding_count)
{
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, compare);
    struct lines lines;
    lines_init(&lines);
    if (!lines_add(&lines, (const uint8_t *)content->bytes, content->size)) {
        lines_free(&lines);
        return message_memory();
    }
    struct writer writer;
    writer_init_stdout(&writer, task->turn);
    for (size_t i = 0; i < list->count; i++)
        print_candidate(&writer, task, content, &lines, &list->items[i]);
    print_summary(&writer, list, finding_count);
    exit_code code = writer_end(&writer);
    writer_free(&writer);
    lines_free(&lines);
    return code;
}

static exit_code explain_content(const struct task *task, const struct content *content)
{
    pii_scrubber *scrubber = NULL;
    pii_status status = pii_scrubber_new(task->ruleset, task->policy, NULL, &scrubber);
    if (status != PII_OK)
        return message_setup("rules", status);
    struct candidate_list list = {0};
    pii_result result;
    exit_code code;
    status = pii_explain(scrubber, PII_FORMAT_TEXT, content->bytes, content->size, collect, &list, &result);
    if (status != PII_OK)
        code = message_status(task->input.name, status, result.error_offset);
    else if (list.out_of_memory)
        code = message_memory();
    else
        code = print_all(task, content, &list, result.finding_count);
    free(list.items);
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
