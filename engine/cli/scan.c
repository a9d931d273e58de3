/* scan - the list of findings.
 *
 * What is shown around a finding comes from the scrubbed output of the stream,
 * never from the input: a neighbouring finding cannot show, whatever this file
 * gets wrong. A finding is printed once the output behind it is there. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "lines.h"
#include "message.h"
#include "print_text.h"
#include "task.h"
#include "wide_text.h"
#include "window.h"
#include "writer.h"

#define EXCERPT_REACH 40 /* bytes shown on either side */
#define VALUE_SIZE_MAX ((size_t)16 << 20)

#define COLOUR_BEGIN "\033[1;31m"
#define COLOUR_END "\033[0m"

/* A finding that waits for the output behind it. */
struct pending {
    pii_finding finding;
    struct line_place place;
    uint64_t output_begin; /* of its replacement in the scrubbed output */
    uint64_t output_end;
    char *value; /* owned, UTF-8; only with --show-values */
    size_t value_size;
    char *path;  /* owned; NULL: none */
};

struct scan_state {
    const struct options *options;
    const struct task *task;
    const char *file; /* as it is printed */
    struct wide_text form;
    bool begun; /* its first bytes have come */
    bool colour;
    struct writer *writer; /* of the task */
    struct lines lines;
    struct window input;  /* kept only with --show-values */
    struct window output; /* scrubbed; kept only for the plain form */
    uint64_t output_size;
    uint64_t found;    /* input bytes of all findings so far */
    uint64_t replaced; /* output bytes of their replacements */
    uint64_t floor;    /* every later finding begins here or behind */
    struct pending *queue;
    size_t queue_size;
    size_t queue_capacity;
    exit_code code;
};

static void fail(struct scan_state *state)
{
    if (state->code == EXIT_DONE)
        state->code = message_memory();
}

static void print_value_json(struct scan_state *state, const struct pending *item)
{
    writer_text(state->writer, ", \"value\": ");
    print_json(state->writer, item->value, item->value_size);
}

static void print_finding_json(struct scan_state *state, const struct pending *item)
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
    writer_format(writer, ", \"reason\": \"%s\"", pii_reason(item->finding.entity));
    if (state->options->messages) {
        const char *text = pii_message(item->finding.entity, state->options->messages);
        writer_text(writer, ", \"message\": ");
        print_json(writer, text, strlen(text));
    }
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

static const uint8_t *excerpt_end(const struct window *output, uint64_t offset, ptrdiff_t unit, bool *ret_cut)
{
    const uint8_t *first = output->bytes + (offset - output->begin);
    const uint8_t *stop = output->bytes + output->size;
    *ret_cut = stop - first > EXCERPT_REACH;
    if (*ret_cut)
        stop = first + EXCERPT_REACH;
    const uint8_t *line = memchr(first, '\n', (size_t)(stop - first));
    if (line) {
        *ret_cut = false;
        return line - first >= unit && line[-unit] == '\r' ? line - unit : line;
    }
    while (*ret_cut && stop > first && (*stop & 0xc0) == 0x80)
        stop--;
    return stop;
}

static void print_excerpt(struct scan_state *state, const struct pending *item)
{
    const struct window *output = &state->output;
    if (item->output_begin < output->begin || item->output_end > window_end(output))
        return;
    bool cut_before, cut_after;
    const uint8_t *token = output->bytes + (item->output_begin - output->begin);
    size_t token_size = (size_t)(item->output_end - item->output_begin);
    ptrdiff_t unit = state->form.unit_size ? state->form.unit_size : 1;
    const uint8_t *begin = excerpt_begin(output, item->output_begin, &cut_before);
    const uint8_t *end = excerpt_end(output, item->output_end, unit, &cut_after);
    struct writer *writer = state->writer;
    writer_text(writer, cut_before ? "  ..." : "  ");
    begin += (token - begin) % unit;
    wide_text_print(writer, state->form, begin, (size_t)(token - begin));
    if (state->colour)
        writer_text(writer, COLOUR_BEGIN);
    if (item->value)
        print_visible(writer, item->value, item->value_size);
    else
        wide_text_print(writer, state->form, token, token_size);
    if (state->colour)
        writer_text(writer, COLOUR_END);
    wide_text_print(writer, state->form, token + token_size, (size_t)(end - (token + token_size)));
    if (cut_after)
        writer_text(writer, "...");
}

static void print_finding(struct scan_state *state, const struct pending *item)
{
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
    print_excerpt(state, item);
    writer_text(writer, "\n");
    if (state->options->messages)
        writer_format(writer, "    %s\n", pii_message(item->finding.entity, state->options->messages));
}

/* A copy of the text of a finding, which the window still holds. */
static void copy_value(struct scan_state *state, const pii_finding *finding, struct pending *item)
{
    const struct window *input = &state->input;
    if (finding->begin >= input->begin && finding->end <= window_end(input))
        item->value = wide_text_copy(state->form, input->bytes + (finding->begin - input->begin),
                                     (size_t)(finding->end - finding->begin), &item->value_size);
    if (!item->value)
        fail(state);
}

static bool reserve_pending(struct scan_state *state)
{
    if (state->queue_size < state->queue_capacity)
        return true;
    size_t capacity = state->queue_capacity ? state->queue_capacity * 2 : 64;
    struct pending *queue = reallocarray(state->queue, capacity, sizeof *queue);
    if (!queue)
        return false;
    state->queue = queue;
    state->queue_capacity = capacity;
    return true;
}

static void on_finding(void *context, const pii_finding *finding)
{
    struct scan_state *state = context;
    if (!reserve_pending(state)) {
        fail(state);
        return;
    }
    struct pending *item = &state->queue[state->queue_size++];
    *item = (struct pending){.finding = *finding, .place = lines_locate(&state->lines, finding->begin)};
    item->output_begin = finding->begin - state->found + state->replaced;
    item->output_end = item->output_begin + finding->replacement_size;
    if (*finding->path && !(item->path = strdup(finding->path)))
        fail(state);
    if (state->options->show_values)
        copy_value(state, finding, item);
    state->found += finding->end - finding->begin;
    state->replaced += finding->replacement_size;
    state->floor = finding->end;
}

static int sink(void *context, const pii_piece *pieces, size_t count)
{
    struct scan_state *state = context;
    for (size_t i = 0; i < count; i++) {
        state->output_size += pieces[i].size;
        if (!state->options->json && !window_add(&state->output, pieces[i].data, pieces[i].size))
            fail(state);
    }
    return 0;
}

static void before(void *context, const uint8_t *bytes, size_t size)
{
    struct scan_state *state = context;
    if (!state->begun)
        state->form = wide_text_of(bytes, size);
    state->begun = true;
    if (!lines_add(&state->lines, bytes, size))
        fail(state);
    if (state->options->show_values && !window_add(&state->input, bytes, size))
        fail(state);
}

/* Prints what has its excerpt by now; everything when `all`. */
static void print_ready(struct scan_state *state, bool all)
{
    size_t done = 0;
    for (; done < state->queue_size; done++) {
        struct pending *item = &state->queue[done];
        if (!all && !state->options->json && item->output_end + EXCERPT_REACH >= state->output_size)
            break;
        print_finding(state, item);
        free(item->value);
        free(item->path);
    }
    state->queue_size -= done;
    if (state->queue_size > 0)
        memmove(state->queue, state->queue + done, state->queue_size * sizeof *state->queue);
}

/* Drops what no later finding can need. The engine has released the input up to
 * where its output stands, less what replacements added. */
static void forget(struct scan_state *state)
{
    uint64_t released = state->output_size + state->found;
    if (released > state->replaced && released - state->replaced > state->floor)
        state->floor = released - state->replaced;
    lines_forget(&state->lines, state->floor);
    window_forget(&state->input, state->floor);
    uint64_t keep = state->queue_size > 0 ? state->queue[0].output_begin : state->output_size;
    window_forget(&state->output, keep > EXCERPT_REACH + 1 ? keep - EXCERPT_REACH - 1 : 0);
}

static exit_code after(void *context)
{
    struct scan_state *state = context;
    print_ready(state, false);
    forget(state);
    if (state->code == EXIT_DONE && state->input.size > VALUE_SIZE_MAX) {
        message("%s: byte %" PRIu64 ": a finding may be longer than %zu bytes; leave out --show-values",
                state->task->input.name, state->floor, VALUE_SIZE_MAX);
        state->code = EXIT_ENGINE;
    }
    return exit_worst(state->code, writer_flush(state->writer));
}

static bool wants_colour(const struct options *options)
{
    const char *no_color = getenv("NO_COLOR");
    return !options->json && isatty(STDOUT_FILENO) && !(no_color && *no_color);
}

static exit_code scan_file(void *context, struct task *task)
{
    const bool *colour = context;
    struct scan_state state = {
        .options = task->options,
        .task = task,
        .file = task->input.path,
        .colour = *colour,
        .writer = task->writer,
    };
    lines_init(&state.lines);
    struct task_hooks hooks = {
        .sink = sink, .on_finding = on_finding, .before = before, .after = after, .context = &state,
        .findings_only = true};
    exit_code code = task_feed(task, &hooks);
    print_ready(&state, true);
    code = exit_worst(code, state.code);
    free(state.queue);
    window_free(&state.output);
    window_free(&state.input);
    lines_free(&state.lines);
    return code;
}

exit_code command_scan(const struct options *options)
{
    if (options->records)
        return command_records(options);
    bool colour = wants_colour(options);
    return task_run_files(options, scan_file, &colour);
}
