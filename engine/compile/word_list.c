#include "word_list.h"

#include <string.h>

#include "embedded.h"
#include "limits.h"

/* `size` bytes at `offset` of the pattern came from one list. */
typedef struct pii__splice {
    size_t offset;
    size_t size;
    size_t source; /* of "(?&name)" */
    size_t source_size;
} pii__splice;

/* ---- Lists ---- */

static pii__word_list *new_list(pii__word_lists *lists, const char *name, size_t capacity)
{
    pii__word_list *list = pii__arena_take(lists->arena, sizeof *list);
    if (!list)
        return NULL;
    list->name = name;
    list->words = pii__arena_take_array(lists->arena, capacity, sizeof *list->words);
    return list->words ? list : NULL;
}

static void add_list(pii__word_lists *lists, pii__word_list *list)
{
    list->count = pii__words_sort(list->words, list->count);
    list->next = lists->first;
    lists->first = list;
}

bool pii__word_lists_add(pii__word_lists *lists, const pii__yaml_node *map)
{
    for (const pii__yaml_node *entry = map ? map->first : NULL; entry; entry = entry->next) {
        pii__word_list *list = new_list(lists, entry->key->text, entry->count);
        if (!list)
            return false;
        for (const pii__yaml_node *item = entry->first; item; item = item->next)
            list->words[list->count++] = (pii__word){item->text, item->size};
        add_list(lists, list);
    }
    return true;
}

/* An entry is a line up to its first tab; "#" starts a comment line. */
static pii_status read_table(pii__word_lists *lists, const pii__embedded_file *table, const pii__word_list **ret)
{
    size_t lines = 1;
    for (size_t i = 0; i < table->size; i++)
        lines += table->bytes[i] == '\n';
    pii__word_list *list = new_list(lists, table->name, lines);
    if (!list)
        return PII_ERROR_MEMORY;
    const char *end = table->bytes + table->size;
    for (const char *line = table->bytes; line < end;) {
        const char *line_end = memchr(line, '\n', (size_t)(end - line));
        if (!line_end)
            line_end = end;
        const char *word_end = memchr(line, '\t', (size_t)(line_end - line));
        if (!word_end)
            word_end = line_end;
        if (*line != '#' && word_end > line)
            list->words[list->count++] = (pii__word){line, (size_t)(word_end - line)};
        line = line_end + (line_end < end);
    }
    add_list(lists, list);
    *ret = list;
    return PII_OK;
}

static bool same_name(const char *name, const char *text, size_t size)
{
    return strlen(name) == size && !memcmp(name, text, size);
}

pii_status pii__word_lists_find(pii__word_lists *lists, const char *name, size_t size, const pii__word_list **ret)
{
    for (const pii__word_list *list = lists->first; list; list = list->next)
        if (same_name(list->name, name, size)) {
            *ret = list;
            return PII_OK;
        }
    for (const pii__embedded_file *table = pii__embedded_tables; table->name; table++)
        if (same_name(table->name, name, size))
            return read_table(lists, table, ret);
    return PII_ERROR_ARGUMENT;
}

/* ---- Patterns ---- */

/* Offset of the next "(?&", or `size`: not behind a backslash, not in a class. */
static size_t next_name(const char *source, size_t size, size_t at)
{
    bool inside = false;
    while (at < size) {
        char c = source[at];
        if (!inside && size - at >= 3 && !memcmp(source + at, "(?&", 3))
            return at;
        if (c == '[' && !inside) {
            inside = true;
            at += at + 1 < size && source[at + 1] == '^';
            at += at + 1 < size && source[at + 1] == ']';
        } else if (c == '[' && size - at >= 2 && source[at + 1] == ':') {
            const char *close = memchr(source + at, ']', size - at);
            at = close && close[-1] == ':' ? (size_t)(close - source) : at;
        } else if (c == ']')
            inside = false;
        at += c == '\\' ? 2 : 1;
    }
    return size;
}

typedef struct list_expander {
    pii__word_lists *lists;
    pii__word_form form;
    const char *source;
    size_t size;
    pii__buffer pattern;
    pii__expansion expansion;
    size_t *ret_offset;
} list_expander;

static pii_status expand_one(list_expander *expander, size_t at, size_t *ret_end)
{
    const char *name = expander->source + at + 3;
    const char *close = memchr(name, ')', expander->size - at - 3);
    const pii__word_list *list = NULL;
    pii_status status = PII_ERROR_ARGUMENT;
    if (close)
        status = pii__word_lists_find(expander->lists, name, (size_t)(close - name), &list);
    if (status == PII_ERROR_ARGUMENT || (list && !list->count)) {
        *expander->ret_offset = at;
        return PII_ERROR_RULE;
    }
    size_t start = expander->pattern.size;
    if (status == PII_OK)
        status =
            pii__words_append(expander->lists->arena, &expander->pattern, expander->form, list->words, list->count);
    if (status != PII_OK)
        return status;
    *ret_end = (size_t)(close - expander->source) + 1;
    expander->expansion.splices[expander->expansion.splice_count++] = (pii__splice){
        .offset = start, .size = expander->pattern.size - start, .source = at, .source_size = *ret_end - at};
    return PII_OK;
}

static pii_status expand_all(list_expander *expander)
{
    size_t names = 0;
    for (size_t at = 0; (at = next_name(expander->source, expander->size, at)) < expander->size; at += 3)
        names++;
    expander->expansion.splices = pii__arena_take_array(expander->lists->arena, names, sizeof(pii__splice));
    if (!expander->expansion.splices)
        return PII_ERROR_MEMORY;
    size_t done = 0;
    while (done < expander->size) {
        size_t next = next_name(expander->source, expander->size, done);
        pii_status status = pii__buffer_append(&expander->pattern, expander->source + done, next - done);
        if (status == PII_OK && next < expander->size)
            status = expand_one(expander, next, &next);
        if (status != PII_OK)
            return status;
        done = next;
    }
    expander->expansion.size = expander->pattern.size;
    expander->expansion.pattern =
        pii__arena_copy(expander->lists->arena, expander->pattern.bytes, expander->pattern.size);
    return expander->expansion.pattern ? PII_OK : PII_ERROR_MEMORY;
}

pii_status pii__word_lists_expand(pii__word_lists *lists, pii__word_form form, const char *source, size_t size,
                                  pii__expansion *ret, size_t *ret_offset)
{
    list_expander expander = {.lists = lists, .form = form, .source = source, .size = size, .ret_offset = ret_offset};
    pii__buffer_init(&expander.pattern, lists->arena->allocator, PII__PATTERN_SIZE_MAX);
    pii_status status = expand_all(&expander);
    if (status == PII_OK)
        *ret = expander.expansion;
    pii__buffer_free(&expander.pattern);
    return status;
}

size_t pii__expansion_source(const pii__expansion *expansion, size_t offset)
{
    size_t added = 0, left_out = 0;
    for (size_t i = 0; i < expansion->splice_count; i++) {
        const pii__splice *splice = &expansion->splices[i];
        if (offset < splice->offset)
            break;
        if (offset < splice->offset + splice->size)
            return splice->source;
        added += splice->size;
        left_out += splice->source_size;
    }
    return offset - added + left_out;
}
