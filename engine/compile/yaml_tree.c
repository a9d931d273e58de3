#include "yaml_tree.h"

#include <string.h>
#include <yaml.h>

enum { depth_max = 16 };

typedef struct tree_builder {
    pii__arena *arena;
    pii__report *report;
    pii__yaml_tree *tree;
    pii__yaml_node *open[depth_max]; /* mappings and sequences around this point */
    size_t depth;
    pii__yaml_node *key; /* read, its value is still to come */
} tree_builder;

/* ---- Places ---- */

/* Lines end in LF, CR LF or CR, as in YAML (pii__yaml_read refuses the rest). */
static bool index_lines(pii__arena *arena, pii__yaml_tree *tree)
{
    const uint8_t *source = tree->source;
    for (int pass = 0; pass < 2; pass++) {
        size_t *lines = pass ? pii__arena_take_array(arena, tree->line_count, sizeof *lines) : NULL;
        if (pass && !lines)
            return false;
        size_t count = 1;
        for (size_t i = 0; i < tree->size; i++) {
            if (source[i] != '\n' && !(source[i] == '\r' && (i + 1 == tree->size || source[i + 1] != '\n')))
                continue;
            if (lines)
                lines[count] = i + 1;
            count++;
        }
        tree->line_count = count;
        tree->lines = lines;
    }
    return true;
}

/* libyaml counts characters from 0; a diagnostic counts bytes from 1. */
static pii__place place_of_mark(const pii__yaml_tree *tree, const yaml_mark_t *mark)
{
    if (mark->line >= tree->line_count)
        return (pii__place){(unsigned)tree->line_count, 1};
    size_t at = tree->lines[mark->line], start = at;
    for (size_t column = 0; column < mark->column && at < tree->size; column++) {
        at++;
        while (at < tree->size && (tree->source[at] & 0xc0) == 0x80)
            at++;
    }
    return (pii__place){(unsigned)mark->line + 1, (unsigned)(at - start) + 1};
}

static pii__place place_of_offset(const pii__yaml_tree *tree, size_t offset)
{
    size_t line = 0;
    while (line + 1 < tree->line_count && tree->lines[line + 1] <= offset)
        line++;
    return (pii__place){(unsigned)line + 1, (unsigned)(offset - tree->lines[line]) + 1};
}

static pii__place place_in_literal(const pii__yaml_tree *tree, const pii__yaml_node *scalar, size_t offset)
{
    size_t line = scalar->place.line, column = 0; /* the line after the "|", counted from 0 */
    for (size_t i = 0; i < offset; i++) {
        column = scalar->text[i] == '\n' ? 0 : column + 1;
        line += scalar->text[i] == '\n';
    }
    if (line >= tree->line_count)
        return scalar->place;
    size_t first = tree->lines[scalar->place.line], indent = 0;
    while (first + indent < tree->size && tree->source[first + indent] == ' ')
        indent++;
    return (pii__place){(unsigned)line + 1, (unsigned)(indent + column) + 1};
}

pii__place pii__yaml_place_in(const pii__yaml_tree *tree, const pii__yaml_node *scalar, size_t offset)
{
    pii__place place = scalar->place;
    if (offset > scalar->size)
        offset = scalar->size;
    if (scalar->style == PII__YAML_LITERAL)
        return place_in_literal(tree, scalar, offset);
    if (!scalar->one_line || scalar->style == PII__YAML_FOLDED)
        return place;
    size_t extra = scalar->style != PII__YAML_PLAIN;
    if (scalar->style == PII__YAML_QUOTED)
        for (size_t i = 0; i < offset; i++)
            extra += scalar->text[i] == '\''; /* written twice */
    if (scalar->style == PII__YAML_DOUBLE_QUOTED) {
        size_t start = tree->lines[place.line - 1] + place.column - 1;
        size_t written = tree->size - start;
        if (memchr(tree->source + start, '\\', written < offset + 1 ? written : offset + 1))
            return place; /* escapes and what they stand for differ in length */
    }
    place.column += (unsigned)(offset + extra);
    return place;
}

/* ---- Building ---- */

static bool refuse(tree_builder *builder, pii__place place, const char *message, const char *expected)
{
    pii__report_add(builder->report, PII_SEVERITY_ERROR, place, NULL, message, expected);
    return false;
}

static bool attach(tree_builder *builder, pii__yaml_node *node)
{
    if (!builder->depth) {
        builder->tree->root = node;
        return true;
    }
    pii__yaml_node *parent = builder->open[builder->depth - 1];
    if (parent->kind == PII__YAML_MAPPING && !builder->key) {
        if (node->kind != PII__YAML_SCALAR)
            return refuse(builder, node->place, "a key that is no text", "a word as key");
        builder->key = node;
        return true;
    }
    node->key = builder->key;
    builder->key = NULL;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    parent->count++;
    return true;
}

static bool add_node(tree_builder *builder, const yaml_event_t *event, pii__yaml_kind kind)
{
    pii__yaml_node *node = pii__arena_take(builder->arena, sizeof *node);
    if (!node)
        return false;
    node->kind = kind;
    node->place = place_of_mark(builder->tree, &event->start_mark);
    if (kind == PII__YAML_SCALAR) {
        static const pii__yaml_style styles[] = {
            [YAML_ANY_SCALAR_STYLE] = PII__YAML_PLAIN,
            [YAML_PLAIN_SCALAR_STYLE] = PII__YAML_PLAIN,
            [YAML_SINGLE_QUOTED_SCALAR_STYLE] = PII__YAML_QUOTED,
            [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = PII__YAML_DOUBLE_QUOTED,
            [YAML_LITERAL_SCALAR_STYLE] = PII__YAML_LITERAL,
            [YAML_FOLDED_SCALAR_STYLE] = PII__YAML_FOLDED,
        };
        node->style = styles[event->data.scalar.style];
        node->one_line = event->start_mark.line == event->end_mark.line;
        node->size = event->data.scalar.length;
        node->text = pii__arena_copy(builder->arena, event->data.scalar.value, node->size);
        if (!node->text)
            return false;
    }
    if (!attach(builder, node))
        return false;
    if (kind == PII__YAML_SCALAR)
        return true;
    if (builder->depth == depth_max)
        return refuse(builder, node->place, "values are nested too deeply", "the keys of docs/RULES.md");
    builder->open[builder->depth++] = node;
    return true;
}

static bool decorated(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_ALIAS_EVENT: return true;
    case YAML_SCALAR_EVENT: return event->data.scalar.anchor || event->data.scalar.tag;
    case YAML_SEQUENCE_START_EVENT: return event->data.sequence_start.anchor || event->data.sequence_start.tag;
    case YAML_MAPPING_START_EVENT: return event->data.mapping_start.anchor || event->data.mapping_start.tag;
    default: return false;
    }
}

static bool handle(tree_builder *builder, const yaml_event_t *event, size_t *documents)
{
    pii__place place = place_of_mark(builder->tree, &event->start_mark);
    if (decorated(event))
        return refuse(builder, place, "alias, anchor or tag", "the value itself");
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if ((*documents)++)
            return refuse(builder, place, "a second document", "one document in each file");
        return true;
    case YAML_SCALAR_EVENT: return add_node(builder, event, PII__YAML_SCALAR);
    case YAML_SEQUENCE_START_EVENT: return add_node(builder, event, PII__YAML_SEQUENCE);
    case YAML_MAPPING_START_EVENT: return add_node(builder, event, PII__YAML_MAPPING);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: builder->depth--; return true;
    default: return true;
    }
}

/* libyaml's own complaint. */
static bool refuse_syntax(tree_builder *builder, const yaml_parser_t *parser)
{
    bool reader = parser->error == YAML_READER_ERROR;
    pii__place place = reader ? place_of_offset(builder->tree, parser->problem_offset)
                              : place_of_mark(builder->tree, &parser->problem_mark);
    const char *problem = parser->problem ? parser->problem : "invalid YAML";
    const char *message = problem;
    if (parser->context)
        message = pii__arena_format(builder->arena, "%s (%s)", problem, parser->context);
    return refuse(builder, place, message, reader ? "UTF-8 text without control characters" : "YAML");
}

static bool build(tree_builder *builder)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        builder->arena->failed = true;
        return false;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, builder->tree->source, builder->tree->size);
    size_t documents = 0;
    bool good = true, done = false;
    while (good && !done) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            builder->arena->failed |= parser.error == YAML_MEMORY_ERROR;
            good = refuse_syntax(builder, &parser);
            break;
        }
        done = event.type == YAML_STREAM_END_EVENT;
        good = handle(builder, &event, &documents);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return good;
}

/* YAML breaks lines at these three, editors do not: places would be wrong. */
static bool refuse_odd_breaks(tree_builder *builder)
{
    const pii__yaml_tree *tree = builder->tree;
    for (size_t i = 0; i + 1 < tree->size; i++) {
        const uint8_t *at = tree->source + i;
        bool next_line = at[0] == 0xc2 && at[1] == 0x85;
        bool separator = at[0] == 0xe2 && at[1] == 0x80 && i + 2 < tree->size && (at[2] == 0xa8 || at[2] == 0xa9);
        if (next_line || separator)
            return refuse(builder, place_of_offset(tree, i), "an unusual line break character", "LF, or CR LF");
    }
    return true;
}

pii_status pii__yaml_read(pii__arena *arena, pii__report *report, const void *source, size_t size, pii__yaml_tree *ret)
{
    pii__yaml_tree tree = {.source = source, .size = size};
    if (size >= 3 && !memcmp(source, "\xef\xbb\xbf", 3)) { /* a byte order mark says nothing in UTF-8 */
        tree.source += 3;
        tree.size -= 3;
    }
    tree_builder builder = {.arena = arena, .report = report, .tree = &tree};
    bool good = index_lines(arena, &tree) && refuse_odd_breaks(&builder) && build(&builder);
    if (arena->failed || report->failed)
        return PII_ERROR_MEMORY;
    if (!good)
        return PII_ERROR_RULE;
    *ret = tree;
    return PII_OK;
}
