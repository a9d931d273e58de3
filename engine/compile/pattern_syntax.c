/* A recursive-descent parser; its depth is bounded by PII__PATTERN_DEPTH_MAX. */
#include "pattern_syntax.h"

#include <string.h>

#include "limits.h"
#include "pattern_parser.h"
#include "text_of.h"

/* ---- Nodes and their widths ---- */

static bool refuse(pii__pattern_parser *parser, size_t offset, const char *message, const char *expected)
{
    return pii__pattern_refuse(&parser->reader, offset, message, expected);
}

/* PII__UNBOUNDED and whatever does not fit stay PII__UNBOUNDED. */
static uint32_t add_width(uint32_t a, uint32_t b)
{
    uint64_t sum = (uint64_t)a + b;
    return sum >= PII__UNBOUNDED ? PII__UNBOUNDED : (uint32_t)sum;
}

static uint32_t multiply_width(uint32_t width, uint32_t count)
{
    uint64_t product = (uint64_t)width * count;
    return product >= PII__UNBOUNDED ? PII__UNBOUNDED : (uint32_t)product;
}

pii__node *pii__pattern_node(pii__pattern_parser *parser, pii__node_kind kind, size_t offset)
{
    pii__node *node = pii__arena_take(parser->arena, sizeof *node);
    if (node) {
        node->kind = kind;
        node->offset = (uint32_t)offset;
        node->length = (uint32_t)(parser->reader.at - offset);
    }
    return node;
}

static pii__node *new_byte(pii__pattern_parser *parser, size_t offset, const pii__byte_set *set, bool literal)
{
    pii__node *node = pii__pattern_node(parser, PII__NODE_BYTE, offset);
    if (node) {
        node->byte.set = *set;
        node->byte.literal = literal;
        node->width_min = node->width_max = 1;
    }
    return node;
}

static pii__node *new_literal(pii__pattern_parser *parser, size_t offset, uint8_t byte, bool caseless)
{
    pii__byte_set set = {{0}};
    pii__byte_set_add(&set, byte);
    if (caseless && pii__ascii_letter(byte))
        pii__byte_set_add(&set, byte ^ 0x20);
    return new_byte(parser, offset, &set, true);
}

static pii__node *new_anchor(pii__pattern_parser *parser, size_t offset, pii__anchor_kind anchor)
{
    pii__node *node = pii__pattern_node(parser, PII__NODE_ANCHOR, offset);
    if (node)
        node->anchor = anchor;
    return node;
}

/* ---- Escapes ---- */

static pii__node *parse_escape(pii__pattern_parser *parser, pii__pattern_options options)
{
    size_t offset = parser->reader.at;
    pii__escape escape;
    if (!pii__pattern_read_escape(&parser->reader, &escape))
        return NULL;
    switch (escape.kind) {
    case PII__ESCAPE_BYTE: return new_literal(parser, offset, escape.byte, options.caseless);
    case PII__ESCAPE_CLASS: return new_byte(parser, offset, &escape.set, false);
    case PII__ESCAPE_BOUNDARY: return new_anchor(parser, offset, PII__ANCHOR_BOUNDARY);
    case PII__ESCAPE_NO_BOUNDARY: return new_anchor(parser, offset, PII__ANCHOR_NO_BOUNDARY);
    default: return pii__pattern_reference(parser, offset, options.caseless);
    }
}

/* ---- Repeats ---- */

/* Digits of a count; false when there is none or it is above PCRE2's 65535. */
static bool parse_count(pii__pattern_reader *reader, uint32_t *ret)
{
    uint32_t value = 0;
    bool any = false;
    for (; pii__ascii_digit(pii__pattern_peek(reader, 0)); reader->at++) {
        value = value * 10 + (uint32_t)(pii__pattern_peek(reader, 0) - '0');
        any = true;
        if (value > 65535)
            return false;
    }
    *ret = value;
    return any;
}

static bool parse_braces(pii__pattern_parser *parser, uint32_t *ret_min, uint32_t *ret_max)
{
    pii__pattern_reader *reader = &parser->reader;
    size_t offset = reader->at++;
    bool good = parse_count(reader, ret_min);
    *ret_max = *ret_min;
    if (good && pii__pattern_skip(reader, ",")) {
        *ret_max = PII__UNBOUNDED;
        if (pii__ascii_digit(pii__pattern_peek(reader, 0)))
            good = parse_count(reader, ret_max);
    }
    if (!good || !pii__pattern_skip(reader, "}") || *ret_min > *ret_max || !*ret_max)
        return refuse(parser, offset, "invalid repeat count",
                      "{n} or {m,n} with m <= n, 1 <= n <= 65535, or \\{ for the brace itself");
    return true;
}

/* The quantifier here, if any, around `*node`. */
static bool parse_repeat(pii__pattern_parser *parser, pii__node **node)
{
    pii__pattern_reader *reader = &parser->reader;
    size_t sign = reader->at;
    uint32_t min = 0, max = PII__UNBOUNDED;
    if (pii__pattern_skip(reader, "?"))
        max = 1;
    else if (pii__pattern_skip(reader, "+"))
        min = 1;
    else if (pii__pattern_peek(reader, 0) == '{') {
        if (!parse_braces(parser, &min, &max))
            return false;
    } else if (!pii__pattern_skip(reader, "*"))
        return true;
    pii__node *child = *node;
    if (child->kind == PII__NODE_ANCHOR || child->kind == PII__NODE_LOOK)
        return refuse(parser, sign, "a repeat of a condition", "a byte, class or group before the quantifier");
    if (child->kind == PII__NODE_BYTE && reader->source[child->offset] >= 0x80)
        return refuse(parser, sign, "the quantifier would repeat only the last byte of a non-ASCII character",
                      "a group around the character, as in (?:x)?");
    pii__repeat_mode mode = PII__REPEAT_GREEDY;
    if (pii__pattern_skip(reader, "?"))
        mode = PII__REPEAT_LAZY;
    else if (pii__pattern_skip(reader, "+"))
        mode = PII__REPEAT_POSSESSIVE;
    pii__node *repeat = pii__pattern_node(parser, PII__NODE_REPEAT, child->offset);
    if (!repeat)
        return false;
    repeat->repeat.child = child;
    repeat->repeat.min = min;
    repeat->repeat.max = max;
    repeat->repeat.mode = mode;
    repeat->repeat.sign_offset = (uint32_t)sign;
    repeat->width_min = multiply_width(child->width_min, min);
    repeat->width_max = multiply_width(child->width_max, max);
    *node = repeat;
    return true;
}

/* ---- Sequences ---- */

/* White space and comments, which (?x) leaves out of the pattern. */
static void skip_blanks(pii__pattern_reader *reader, bool extended)
{
    while (extended) {
        int byte = pii__pattern_peek(reader, 0);
        if (byte == '#')
            while (pii__pattern_peek(reader, 0) >= 0 && byte != '\n' && byte != '\r')
                byte = reader->source[reader->at++];
        else if (byte == ' ' || (byte >= '\t' && byte <= '\r'))
            reader->at++;
        else
            return;
    }
}

/* One item without its quantifier; `*ret` stays NULL after an option setting. */
static bool parse_item(pii__pattern_parser *parser, pii__pattern_options *options, pii__node **ret)
{
    pii__pattern_reader *reader = &parser->reader;
    size_t offset = reader->at;
    int byte = pii__pattern_peek(reader, 0);
    pii__byte_set set;
    switch (byte) {
    case '(': return pii__pattern_group(parser, options, ret);
    case '[':
        if (!pii__pattern_read_class(reader, options->caseless, &set))
            return false;
        *ret = new_byte(parser, offset, &set, false);
        return *ret != NULL;
    case '\\': *ret = parse_escape(parser, *options); return *ret != NULL;
    case '*':
    case '+':
    case '?':
    case '{':
        return refuse(parser, offset, "a quantifier with nothing to repeat", "a backslash before the character itself");
    default: break;
    }
    reader->at++;
    if (byte == '.') {
        set = pii__pattern_dot(options->dot_all);
        *ret = new_byte(parser, offset, &set, false);
    } else if (byte == '^' || byte == '$')
        *ret = new_anchor(parser, offset, byte == '^' ? PII__ANCHOR_LINE_START : PII__ANCHOR_LINE_END);
    else
        *ret = new_literal(parser, offset, (uint8_t)byte, options->caseless);
    return *ret != NULL;
}

static void append(pii__node *list, pii__node **last, pii__node *child)
{
    if (*last)
        (*last)->next = child;
    else
        list->list.first = child;
    *last = child;
    list->list.count++;
}

/* Items up to "|", ")" or the end. */
static pii__node *parse_concat(pii__pattern_parser *parser, pii__pattern_options *options)
{
    pii__pattern_reader *reader = &parser->reader;
    pii__node *concat = pii__pattern_node(parser, PII__NODE_CONCAT, reader->at);
    pii__node *last = NULL;
    if (!concat)
        return NULL;
    for (;;) {
        skip_blanks(reader, options->extended);
        int byte = pii__pattern_peek(reader, 0);
        if (byte < 0 || byte == '|' || byte == ')')
            break;
        pii__node *item = NULL;
        if (!parse_item(parser, options, &item))
            return NULL;
        if (!item)
            continue;
        skip_blanks(reader, options->extended);
        if (!parse_repeat(parser, &item))
            return NULL;
        append(concat, &last, item);
        concat->width_min = add_width(concat->width_min, item->width_min);
        concat->width_max = add_width(concat->width_max, item->width_max);
    }
    concat->length = (uint32_t)(reader->at - concat->offset);
    return concat;
}

/* Options set in one branch hold in the later ones, too, as in PCRE2. */
pii__node *pii__pattern_alternation(pii__pattern_parser *parser, pii__pattern_options options)
{
    size_t offset = parser->reader.at;
    pii__node *branch = parse_concat(parser, &options);
    if (!branch || pii__pattern_peek(&parser->reader, 0) != '|')
        return branch;
    pii__node *alternation = pii__pattern_node(parser, PII__NODE_ALTERNATION, offset);
    pii__node *last = NULL;
    if (!alternation)
        return NULL;
    append(alternation, &last, branch);
    alternation->width_min = branch->width_min;
    alternation->width_max = branch->width_max;
    while (pii__pattern_skip(&parser->reader, "|")) {
        branch = parse_concat(parser, &options);
        if (!branch)
            return NULL;
        append(alternation, &last, branch);
        if (branch->width_min < alternation->width_min)
            alternation->width_min = branch->width_min;
        if (branch->width_max > alternation->width_max)
            alternation->width_max = branch->width_max;
    }
    alternation->length = (uint32_t)(parser->reader.at - offset);
    return alternation;
}

pii_status pii__pattern_parse(pii__arena *arena, const char *source, size_t size, pii__syntax *ret,
                              pii__pattern_problem *ret_problem)
{
    pii__pattern_parser parser = {.reader = {.source = (const uint8_t *)source, .size = size}, .arena = arena};
    pii__node *root = NULL;
    if (size > PII__PATTERN_SIZE_MAX)
        (void)refuse(&parser, 0, "the pattern is too long",
                     "at most " PII__TEXT_OF(PII__PATTERN_SIZE_MAX) " bytes with its word lists");
    else if (memchr(source, 0, size))
        (void)refuse(&parser, 0, "the pattern holds a NUL byte", "\\x00");
    else
        root = pii__pattern_alternation(&parser, (pii__pattern_options){0});
    if (root && parser.reader.at < size) {
        (void)refuse(&parser, parser.reader.at, "a closing parenthesis without its group",
                     "\\) for the character itself");
        root = NULL;
    }
    if (arena->failed)
        return PII_ERROR_MEMORY;
    if (!root) {
        *ret_problem = parser.reader.problem;
        return PII_ERROR_RULE;
    }
    *ret = (pii__syntax){.root = root, .pii = parser.pii};
    return PII_OK;
}
