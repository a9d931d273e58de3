#include "finder.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"

#define VALUE_SIZE_MAX ((size_t)16 << 20)

static void fail(struct finder *finder)
{
    if (finder->code == EXIT_DONE)
        finder->code = message_memory();
}

/* A copy of the text of a finding, which the window still holds. */
static void copy_value(struct finder *finder, struct found *found)
{
    const struct window *input = &finder->input;
    const pii_finding *finding = &found->finding;
    if (finding->begin >= input->begin && finding->end <= window_end(input))
        found->value = wide_text_copy(finder->form, input->bytes + (finding->begin - input->begin),
                                      (size_t)(finding->end - finding->begin), &found->value_size);
    if (!found->value)
        fail(finder);
}

/* NULL: it is empty, or memory has run out. */
static char *copy_text(struct finder *finder, const char *text)
{
    char *copy = *text ? strdup(text) : NULL;
    if (*text && !copy)
        fail(finder);
    return copy;
}

static bool reserve(struct finder *finder)
{
    if (finder->count < finder->capacity)
        return true;
    size_t capacity = finder->capacity ? finder->capacity * 2 : 64;
    struct found *queue = reallocarray(finder->queue, capacity, sizeof *queue);
    if (!queue)
        return false;
    finder->queue = queue;
    finder->capacity = capacity;
    return true;
}

static void on_finding(void *context, const pii_finding *finding)
{
    struct finder *finder = context;
    if (!reserve(finder)) {
        fail(finder);
        return;
    }
    struct found *found = &finder->queue[finder->count++];
    *found = (struct found){.finding = *finding, .place = lines_locate(&finder->lines, finding->begin)};
    found->last_line = lines_locate(&finder->lines, finding->end).line;
    found->output_begin = finding->begin - finder->found + finder->replaced;
    found->output_end = found->output_begin + finding->replacement_size;
    found->path = copy_text(finder, finding->path);
    found->block = copy_text(finder, finding->block);
    found->finding.path = found->path ? found->path : "";
    found->finding.block = found->block ? found->block : "";
    memcpy(found->hash, finding->allow_hash, strnlen(finding->allow_hash, sizeof found->hash - 1));
    if (finder->task->options->show_values)
        copy_value(finder, found);
    finder->found += finding->end - finding->begin;
    finder->replaced += finding->replacement_size;
    finder->floor = finding->end;
}

/* ---- the text ---- */

static void add_text(struct finder *finder, const void *bytes, size_t size)
{
    if (!window_add(&finder->text, bytes, size))
        fail(finder);
}

/* Output of the stream outside of findings. In UTF-16 and UTF-32 a character may come in parts, so that it goes into
 * the text where a stretch of output ends. */
static void add_output(struct finder *finder, const uint8_t *bytes, size_t size)
{
    if (!finder->form.unit_size)
        add_text(finder, bytes, size);
    else if (!window_add(&finder->units, bytes, size))
        fail(finder);
}

/* Leaves the last character, which may not be whole, unless it is the `end` of a stretch. */
static void add_units(struct finder *finder, bool end)
{
    struct window *units = &finder->units;
    size_t size = end ? units->size : wide_text_whole(finder->form, units->bytes, units->size);
    size_t text_size;
    char *text = size > 0 ? wide_text_copy(finder->form, units->bytes, size, &text_size) : NULL;
    if (size > 0 && !text)
        fail(finder);
    if (text) {
        add_text(finder, text, text_size);
        explicit_bzero(text, text_size);
        free(text);
    }
    window_forget(units, units->begin + size);
}

static void add_token(struct finder *finder, struct found *found)
{
    add_units(finder, true);
    found->token_begin = window_end(&finder->text);
    add_text(finder, "[", 1);
    add_text(finder, found->finding.entity, strlen(found->finding.entity));
    add_text(finder, "]", 1);
    found->token_end = window_end(&finder->text);
    found->masked = true;
}

/* The tokens of all findings whose replacements end here. */
static void add_tokens(struct finder *finder)
{
    while (finder->masked < finder->count && finder->queue[finder->masked].output_end <= finder->output_size)
        add_token(finder, &finder->queue[finder->masked++]);
}

/* A piece of output. A finding is reported before its replacement comes out. */
static void add_piece(struct finder *finder, const uint8_t *bytes, size_t size)
{
    while (size > 0) {
        add_tokens(finder);
        const struct found *next = finder->masked < finder->count ? &finder->queue[finder->masked] : NULL;
        bool inside = next && next->output_begin <= finder->output_size;
        uint64_t left = next ? (inside ? next->output_end : next->output_begin) - finder->output_size : size;
        size_t step = left < size ? (size_t)left : size;
        if (!inside)
            add_output(finder, bytes, step);
        finder->output_size += step;
        bytes += step;
        size -= step;
    }
    add_tokens(finder);
    add_units(finder, false);
}

static int sink(void *context, const pii_piece *pieces, size_t count)
{
    struct finder *finder = context;
    for (size_t i = 0; i < count; i++) {
        if (finder->reach > 0)
            add_piece(finder, pieces[i].data, pieces[i].size);
        else
            finder->output_size += pieces[i].size;
    }
    return 0;
}

/* ---- the stream ---- */

static void before(void *context, const uint8_t *bytes, size_t size)
{
    struct finder *finder = context;
    if (!finder->begun) {
        finder->form = wide_text_of(bytes, size);
        lines_init(&finder->lines, finder->form);
    }
    finder->begun = true;
    if (!lines_add(&finder->lines, bytes, size))
        fail(finder);
    if (finder->task->options->show_values && !window_add(&finder->input, bytes, size))
        fail(finder);
}

static void found_free(struct found *found)
{
    if (found->value)
        explicit_bzero(found->value, found->value_size);
    free(found->value);
    free(found->path);
    free(found->block);
}

/* Shows what has its text by now; everything when `all`. */
static void show_ready(struct finder *finder, bool all)
{
    for (; finder->shown < finder->count; finder->shown++) {
        struct found *found = &finder->queue[finder->shown];
        bool ready = found->masked && found->token_end + finder->reach < window_end(&finder->text);
        if (!all && !ready && finder->reach > 0)
            return;
        finder->show(finder->context, found);
    }
}

/* Drops what no later finding can need. The engine has released the input up to
 * where its output stands, less what replacements added. */
static void forget(struct finder *finder)
{
    uint64_t released = finder->output_size + finder->found;
    if (released > finder->replaced && released - finder->replaced > finder->floor)
        finder->floor = released - finder->replaced;
    lines_forget(&finder->lines, finder->floor);
    window_forget(&finder->input, finder->floor);
    for (size_t i = 0; i < finder->shown; i++)
        found_free(&finder->queue[i]);
    finder->count -= finder->shown;
    finder->masked -= finder->masked < finder->shown ? finder->masked : finder->shown;
    if (finder->shown > 0 && finder->count > 0)
        memmove(finder->queue, finder->queue + finder->shown, finder->count * sizeof *finder->queue);
    finder->shown = 0;
    bool waits = finder->count > 0 && finder->queue[0].masked;
    uint64_t keep = waits ? finder->queue[0].token_begin : window_end(&finder->text);
    window_forget(&finder->text, keep > finder->reach + 1 ? keep - finder->reach - 1 : 0);
}

static exit_code after(void *context)
{
    struct finder *finder = context;
    show_ready(finder, false);
    forget(finder);
    if (finder->code == EXIT_DONE && finder->input.size > VALUE_SIZE_MAX) {
        message("%s: byte %" PRIu64 ": a finding may be longer than %zu bytes; leave out --show-values",
                finder->task->input.name, finder->floor, VALUE_SIZE_MAX);
        finder->code = EXIT_ENGINE;
    }
    return exit_worst(finder->code, writer_flush(finder->task->writer));
}

exit_code finder_run(struct finder *finder)
{
    struct task_hooks hooks = {
        .sink = sink, .on_finding = on_finding, .before = before, .after = after, .context = finder,
        .findings_only = true};
    exit_code code = task_feed(finder->task, &hooks);
    add_units(finder, true);
    if (finder->reach > 0)
        add_tokens(finder);
    show_ready(finder, true);
    for (size_t i = 0; i < finder->count; i++)
        found_free(&finder->queue[i]);
    free(finder->queue);
    window_free(&finder->text);
    window_free(&finder->units);
    window_free(&finder->input);
    lines_free(&finder->lines);
    return exit_worst(code, finder->code);
}

const struct found *finder_next(const struct finder *finder, const struct found *found)
{
    return found + 1 < finder->queue + finder->count ? found + 1 : NULL;
}
