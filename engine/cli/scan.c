/* scan - the list of findings. */
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "finder.h"
#include "message.h"
#include "print_text.h"
#include "summary.h"
#include "writer.h"

#define EXCERPT_REACH 40 /* bytes shown on either side */

#define COLOUR_BEGIN "\033[1;31m"
#define COLOUR_END "\033[0m"

struct scan_state {
    const struct options *options;
    const char *file; /* as it is printed */
    bool colour;
    struct writer *writer; /* of the task */
    struct finder finder;
    struct summary summary; /* of this file; only with --summary */
};

static void print_value_json(struct scan_state *state, const struct found *item)
{
    writer_text(state->writer, ", \"value\": ");
    print_json(state->writer, item->value, item->value_size);
}

static void print_finding_json(struct scan_state *state, const struct found *item)
{
    struct writer *writer = state->writer;
    writer_text(writer, "{\"file\": ");
    print_json(writer, state->file, strlen(state->file));
    writer_format(writer, ", \"begin\": %" PRIu64 ", \"end\": %" PRIu64, item->finding.begin, item->finding.end);
    writer_format(writer, ", \"line\": %" PRIu64 ", \"column\": %" PRIu64, item->place.line, item->place.column);
    writer_format(writer, ", \"entity\": \"%s\", \"rule\": \"%s\", \"confidence\": %.4g", item->finding.entity,
                  item->finding.rule, item->finding.confidence);
    if (item->path) {
        writer_text(writer, ", \"path\": ");
        print_json(writer, item->path, strlen(item->path));
    }
    if (item->block) {
        writer_text(writer, ", \"block\": ");
        print_json(writer, item->block, strlen(item->block));
    }
    writer_format(writer, ", \"reason\": \"%s\"", pii_reason(item->finding.entity));
    if (state->options->messages) {
        const char *text = pii_message(item->finding.entity, state->options->messages);
        writer_text(writer, ", \"message\": ");
        print_json(writer, text, strlen(text));
    }
    if (*item->hash)
        writer_format(writer, ", \"allow_hash\": \"%s\"", item->hash);
    if (item->value)
        print_value_json(state, item);
    writer_text(writer, "}\n");
}

/* Bytes of the window before `offset` that are on its line and within reach. */
static const uint8_t *excerpt_begin(const struct window *output, uint64_t offset, bool *ret_cut)
{
    const uint8_t *stop = output->bytes + (offset - output->begin);
    const uint8_t *first = stop - output->bytes > EXCERPT_REACH ? stop - EXCERPT_REACH : output->bytes;
    const uint8_t *line = memrchr(first, '\n', (size_t)(stop - first));
    *ret_cut =
        !line && output->begin + (uint64_t)(first - output->bytes) > 0 && (first == output->bytes || first[-1] != '\n');
    if (line)
        return line + 1;
    while (*ret_cut && first < stop && (*first & 0xc0) == 0x80)
        first++; /* not into the middle of a character */
    return first;
}

static const uint8_t *excerpt_end(const struct window *output, uint64_t offset, bool *ret_cut)
{
    const uint8_t *first = output->bytes + (offset - output->begin);
    const uint8_t *stop = output->bytes + output->size;
    *ret_cut = stop - first > EXCERPT_REACH;
    if (*ret_cut)
        stop = first + EXCERPT_REACH;
    const uint8_t *line = memchr(first, '\n', (size_t)(stop - first));
    if (line) {
        *ret_cut = false;
        return line > first && line[-1] == '\r' ? line - 1 : line;
    }
    while (*ret_cut && stop > first && (*stop & 0xc0) == 0x80)
        stop--;
    return stop;
}

static void print_excerpt(struct scan_state *state, const struct found *item)
{
    const struct window *text = &state->finder.text;
    if (!item->masked)
        return;
    bool cut_before, cut_after;
    const uint8_t *token = text->bytes + (item->token_begin - text->begin);
    const uint8_t *token_end = text->bytes + (item->token_end - text->begin);
    const uint8_t *begin = excerpt_begin(text, item->token_begin, &cut_before);
    const uint8_t *end = excerpt_end(text, item->token_end, &cut_after);
    struct writer *writer = state->writer;
    writer_text(writer, cut_before ? "  ..." : "  ");
    print_visible(writer, begin, (size_t)(token - begin));
    if (state->colour)
        writer_text(writer, COLOUR_BEGIN);
    if (item->value)
        print_visible(writer, item->value, item->value_size);
    else
        print_visible(writer, token, (size_t)(token_end - token));
    if (state->colour)
        writer_text(writer, COLOUR_END);
    print_visible(writer, token_end, (size_t)(end - token_end));
    if (cut_after)
        writer_text(writer, "...");
}

static void print_finding(void *context, const struct found *item)
{
    struct scan_state *state = context;
    if (state->options->json) {
        print_finding_json(state, item);
        return;
    }
    struct writer *writer = state->writer;
    print_visible(writer, state->file, strlen(state->file));
    writer_format(writer, ":%" PRIu64 ":%" PRIu64 " %s %s %.2f", item->place.line, item->place.column,
                  item->finding.entity, item->finding.rule, item->finding.confidence);
    if (item->path) {
        writer_text(writer, " ");
        print_visible(writer, item->path, strlen(item->path));
    }
    if (item->block)
        writer_format(writer, " block=%s", item->block);
    print_excerpt(state, item);
    writer_text(writer, "\n");
    if (state->options->messages)
        writer_format(writer, "    %s\n", pii_message(item->finding.entity, state->options->messages));
}

static void count_finding(void *context, const struct found *item)
{
    struct scan_state *state = context;
    summary_add(&state->summary, item->finding.entity);
}

static bool wants_colour(const struct options *options)
{
    const char *no_color = getenv("NO_COLOR");
    return !options->json && isatty(STDOUT_FILENO) && !(no_color && *no_color);
}

/* What the files of one command have in common. */
struct scan_run {
    bool colour;
    pthread_mutex_t lock;
    struct summary summary; /* of all; changed with the lock held */
};

static exit_code scan_file(void *context, struct task *task)
{
    struct scan_run *run = context;
    const struct options *options = task->options;
    struct scan_state state = {
        .options = options,
        .file = task->input.path,
        .colour = run->colour,
        .writer = task->writer,
        .finder = {.task = task, .reach = options->json || options->summary ? 0 : EXCERPT_REACH},
    };
    state.finder.show = options->summary ? count_finding : print_finding;
    state.finder.context = &state;
    exit_code code = finder_run(&state.finder);
    if (options->summary) {
        pthread_mutex_lock(&run->lock);
        summary_join(&run->summary, &state.summary);
        pthread_mutex_unlock(&run->lock);
        summary_free(&state.summary);
    }
    return code;
}

exit_code command_scan(const struct options *options)
{
    if (options->records)
        return command_records(options);
    struct scan_run run = {.colour = wants_colour(options), .lock = PTHREAD_MUTEX_INITIALIZER};
    exit_code code = task_run_files(options, scan_file, &run);
    if (options->summary)
        code = exit_worst(code, summary_print(&run.summary));
    summary_free(&run.summary);
    return code;
}
