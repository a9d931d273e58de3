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

/* A copy of the bytes of a finding, which the window still holds. */
static char *copy_value(struct finder *finder, const pii_finding *finding)
{
    size_t size = (size_t)(finding->end - finding->begin);
    char *value = malloc(size + 1);
    if (!value || finding->begin < finder->input.begin || finding->end > window_end(&finder->input)) {
        free(value);
        fail(finder);
        return NULL;
    }
    memcpy(value, finder->input.bytes + (finding->begin - finder->input.begin), size);
    value[size] = '\0';
    return value;
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
    if (*finding->path && !(found->path = strdup(finding->path)))
        fail(finder);
    found->finding.path = found->path ? found->path : "";
    if (finder->task->options->show_values)
        found->value = copy_value(finder, finding);
    finder->found += finding->end - finding->begin;
    finder->replaced += finding->replacement_size;
    finder->floor = finding->end;
}

static int sink(void *context, const pii_piece *pieces, size_t count)
{
    struct finder *finder = context;
    for (size_t i = 0; i < count; i++) {
        finder->output_size += pieces[i].size;
        if (finder->reach > 0 && !window_add(&finder->output, pieces[i].data, pieces[i].size))
            fail(finder);
    }
    return 0;
}

static void before(void *context, const uint8_t *bytes, size_t size)
{
    struct finder *finder = context;
    if (!lines_add(&finder->lines, bytes, size))
        fail(finder);
    if (finder->task->options->show_values && !window_add(&finder->input, bytes, size))
        fail(finder);
}

static void found_free(struct found *found)
{
    if (found->value)
        explicit_bzero(found->value, (size_t)(found->finding.end - found->finding.begin));
    free(found->value);
    free(found->path);
}

/* Shows what has its surroundings by now; everything when `all`. */
static void show_ready(struct finder *finder, bool all)
{
    for (; finder->shown < finder->count; finder->shown++) {
        struct found *found = &finder->queue[finder->shown];
        if (!all && finder->reach > 0 && found->output_end + finder->reach >= finder->output_size)
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
    uint64_t keep = finder->shown < finder->count ? finder->queue[finder->shown].output_begin : finder->output_size;
    keep = keep > finder->reach + 1 ? keep - finder->reach - 1 : 0;
    window_forget(&finder->output, keep);
    size_t gone = 0;
    while (gone < finder->shown && finder->queue[gone].output_end <= keep)
        found_free(&finder->queue[gone++]);
    finder->count -= gone;
    finder->shown -= gone;
    if (gone > 0 && finder->count > 0)
        memmove(finder->queue, finder->queue + gone, finder->count * sizeof *finder->queue);
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
    lines_init(&finder->lines);
    struct task_hooks hooks = {
        .sink = sink, .on_finding = on_finding, .before = before, .after = after, .context = finder};
    exit_code code = task_feed(finder->task, &hooks);
    show_ready(finder, true);
    for (size_t i = 0; i < finder->count; i++)
        found_free(&finder->queue[i]);
    free(finder->queue);
    window_free(&finder->output);
    window_free(&finder->input);
    lines_free(&finder->lines);
    return exit_worst(code, finder->code);
}

bool finder_surrounded(const struct finder *finder, const struct found *found)
{
    return found->output_begin >= finder->output.begin && found->output_end <= window_end(&finder->output);
}

const struct found *finder_next(const struct finder *finder, const struct found *found)
{
    return found + 1 < finder->queue + finder->count ? found + 1 : NULL;
}

/* Whether bytes are "[ENTITY]", "[ENTITY_1]" or "[ENTITY:...]", as actions that reveal nothing make them, perhaps in
 * quotes. */
static bool is_token(const char *bytes, size_t size, const char *entity)
{
    size_t quote = size > 1 && (*bytes == '"' || *bytes == '\'') && bytes[size - 1] == *bytes;
    size_t name = strlen(entity);
    if (size < name + 2 + 2 * quote || bytes[quote] != '[' || bytes[size - 1 - quote] != ']' ||
        memcmp(bytes + quote + 1, entity, name) != 0)
        return false;
    const char *rest = bytes + quote + 1 + name;
    size_t rest_size = size - 2 - name - 2 * quote;
    if (rest_size > 0 && *rest != '_' && *rest != ':')
        return false;
    for (size_t i = 0; i < rest_size; i++)
        if (!strchr("_:abcdefghijklmnopqrstuvwxyz0123456789", rest[i]) || !rest[i])
            return false;
    return true;
}

void finder_token(const struct finder *finder, const struct found *found, finder_put put, void *context)
{
    const char *bytes = (const char *)finder->output.bytes + (found->output_begin - finder->output.begin);
    size_t size = (size_t)(found->output_end - found->output_begin);
    if (finder_surrounded(finder, found) && is_token(bytes, size, found->finding.entity)) {
        put(context, bytes, size);
        return;
    }
    put(context, "[", 1);
    put(context, found->finding.entity, strlen(found->finding.entity));
    put(context, "]", 1);
}

void finder_text(const struct finder *finder, uint64_t begin, uint64_t end, finder_put put, void *context)
{
    const uint8_t *bytes = finder->output.bytes;
    uint64_t base = finder->output.begin;
    for (size_t i = 0; i < finder->count && begin < end; i++) {
        const struct found *found = &finder->queue[i];
        if (found->output_end <= begin)
            continue;
        if (found->output_begin >= end)
            break;
        if (found->output_begin > begin)
            put(context, bytes + (begin - base), (size_t)(found->output_begin - begin));
        finder_token(finder, found, put, context);
        begin = found->output_end;
    }
    if (begin < end)
        put(context, bytes + (begin - base), (size_t)(end - begin));
}
