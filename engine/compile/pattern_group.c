/* Groups, look-arounds, inline options and references. */
#include <string.h>

#include "limits.h"
#include "pattern_parser.h"
#include "text_of.h"

static bool refuse(pii__pattern_parser *parser, size_t offset, const char *message, const char *expected)
{
    return pii__pattern_refuse(&parser->reader, offset, message, expected);
}

static pii__node *refuse_node(pii__pattern_parser *parser, size_t offset, const char *message, const char *expected)
{
    (void)refuse(parser, offset, message, expected);
    return NULL;
}

/* ---- Names and references ---- */

static bool name_byte(int byte)
{
    return pii__ascii_letter(byte) || pii__ascii_digit(byte) || byte == '_';
}

/* A name of at most 32 bytes (PCRE2's limit) and its closing byte. */
static const char *parse_name(pii__pattern_parser *parser, char close)
{
    pii__pattern_reader *reader = &parser->reader;
    size_t start = reader->at, size = 0;
    while (name_byte(pii__pattern_peek(reader, size)))
        size++;
    const uint8_t *name = reader->source + start;
    if (!size || size > 32 || pii__ascii_digit(name[0]) || pii__pattern_peek(reader, size) != close) {
        (void)refuse(parser, start, "invalid group name", "a letter, then letters, digits and _, at most 32 in all");
        return NULL;
    }
    reader->at += size + 1;
    return pii__arena_copy(parser->arena, name, size);
}

static pii__named_group *find_group(const pii__pattern_parser *parser, const char *name)
{
    for (pii__named_group *group = parser->groups; group; group = group->older)
        if (!strcmp(group->name, name))
            return group;
    return NULL;
}

/* From behind "\k" on. */
pii__node *pii__pattern_reference(pii__pattern_parser *parser, size_t offset, bool caseless)
{
    char close = pii__pattern_skip(&parser->reader, "<") ? '>' : '}';
    if (close == '}' && !pii__pattern_skip(&parser->reader, "{"))
        return refuse_node(parser, offset, "incomplete \\k", "\\k<name>");
    const char *name = parse_name(parser, close);
    if (!name)
        return NULL;
    const pii__named_group *group = find_group(parser, name);
    if (!group || !group->closed)
        return refuse_node(parser, offset, "reference to a group that is not complete before it",
                           "the name of an earlier group (?<name>...)");
    pii__node *node = pii__pattern_node(parser, PII__NODE_REFERENCE, offset);
    if (node) {
        node->reference.group = group->node;
        node->reference.caseless = caseless;
        node->width_min = group->node->width_min;
        node->width_max = group->node->width_max;
    }
    return node;
}

/* ---- Groups ---- */

/* The child and the closing parenthesis. */
static pii__node *parse_body(pii__pattern_parser *parser, size_t offset, pii__pattern_options options)
{
    if (parser->depth == PII__PATTERN_DEPTH_MAX)
        return refuse_node(parser, offset, "groups are nested too deeply",
                           "at most " PII__TEXT_OF(PII__PATTERN_DEPTH_MAX) " levels");
    parser->depth++;
    pii__node *child = pii__pattern_alternation(parser, options);
    parser->depth--;
    if (child && !pii__pattern_skip(&parser->reader, ")"))
        return refuse_node(parser, offset, "the group is not closed", ")");
    return child;
}

static pii__node *new_group(pii__pattern_parser *parser, size_t offset, pii__node *child)
{
    pii__node *node = child ? pii__pattern_node(parser, PII__NODE_GROUP, offset) : NULL;
    if (node) {
        node->group.child = child;
        node->width_min = child->width_min;
        node->width_max = child->width_max;
    }
    return node;
}

static pii__node *parse_named(pii__pattern_parser *parser, size_t offset, pii__pattern_options options)
{
    const char *name = parse_name(parser, '>');
    if (!name)
        return NULL;
    bool pii = !strcmp(name, "pii");
    if (find_group(parser, name))
        return refuse_node(parser, offset, "two groups have the same name", "one group of each name");
    if (pii && parser->looks)
        return refuse_node(parser, offset, "the group pii is inside a look-around", "a group that the match covers");
    pii__named_group *group = pii__arena_take(parser->arena, sizeof *group);
    if (!group)
        return NULL;
    *group = (pii__named_group){.older = parser->groups, .name = name};
    parser->groups = group;
    pii__node *node = new_group(parser, offset, parse_body(parser, offset, options));
    if (!node)
        return NULL;
    node->group.name = name;
    group->node = node;
    group->closed = true;
    if (pii)
        parser->pii = node;
    return node;
}

static pii__node *parse_look(pii__pattern_parser *parser, size_t offset, pii__pattern_options options, bool behind,
                             bool negative)
{
    parser->looks++;
    pii__node *child = parse_body(parser, offset, options);
    parser->looks--;
    pii__node *node = child ? pii__pattern_node(parser, PII__NODE_LOOK, offset) : NULL;
    if (node) {
        node->look.child = child;
        node->look.behind = behind;
        node->look.negative = negative;
    }
    return node;
}

/* After "(?": "i)" changes `*options`, which go on to the end of the enclosing
 * group; "i:...)" makes a group. `*ret` stays NULL in the first case. */
static bool parse_options(pii__pattern_parser *parser, size_t offset, pii__pattern_options *options, pii__node **ret)
{
    pii__pattern_reader *reader = &parser->reader;
    pii__pattern_options changed = *options;
    bool on = true;
    for (;; reader->at++) {
        int letter = pii__pattern_peek(reader, 0);
        if (letter == 'i')
            changed.caseless = on;
        else if (letter == 's')
            changed.dot_all = on;
        else if (letter == 'x' && pii__pattern_peek(reader, 1) != 'x')
            changed.extended = on;
        else if (letter == '-' && on)
            on = false;
        else if (!on || (letter != 'm' && letter != 'n')) /* both are on anyway */
            break;
    }
    if (pii__pattern_skip(reader, ")")) {
        *options = changed;
        return true;
    }
    if (!pii__pattern_skip(reader, ":"))
        return refuse(
            parser, offset, "unknown group or option",
            "(...) (?:...) (?<name>...) (?>...) (?=...) (?!...) (?<=...) (?<!...), or options out of i s x m n");
    *ret = new_group(parser, offset, parse_body(parser, offset, changed));
    return *ret != NULL;
}

/* Constructs that PCRE2 has and rules must not use. */
static bool refuse_special(pii__pattern_parser *parser, size_t offset)
{
    static const struct {
        const char *start;
        const char *message;
        const char *expected;
    } refused[] = {
        {"(*", "control verb", "no (*VERB)"},
        {"(?C", "callout", "no callout"},
        {"(?|", "branch reset", "(?:...|...)"},
        {"(?(", "conditional group", "an alternation"},
        {"(?R", "recursion", "the pattern written out"},
        {"(?&", "reference to an unknown word list", "the name of a list of this file or of rules/data"},
        {"(?P>", "recursion", "the pattern written out"},
        {"(?P=", "old form of a reference", "\\k<name>"},
        {"(?'", "group name in quotes", "(?<name>...)"},
        {"(?#", "comment group", "(?x) and # comments"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (pii__pattern_skip(&parser->reader, refused[i].start))
            return refuse(parser, offset, refused[i].message, refused[i].expected);
    int third = pii__pattern_peek(&parser->reader, 2);
    bool special = pii__pattern_peek(&parser->reader, 1) == '?';
    bool sign = third == '+' || (third == '-' && pii__ascii_digit(pii__pattern_peek(&parser->reader, 3)));
    if (special && (pii__ascii_digit(third) || sign))
        return refuse(parser, offset, "recursion", "the pattern written out");
    return true;
}

/* `*ret` stays NULL when the parentheses only set options. */
bool pii__pattern_group(pii__pattern_parser *parser, pii__pattern_options *options, pii__node **ret)
{
    pii__pattern_reader *reader = &parser->reader;
    size_t offset = reader->at;
    if (!refuse_special(parser, offset))
        return false;
    if (pii__pattern_skip(reader, "(?:"))
        *ret = new_group(parser, offset, parse_body(parser, offset, *options));
    else if (pii__pattern_skip(reader, "(?>")) {
        *ret = new_group(parser, offset, parse_body(parser, offset, *options));
        if (*ret)
            (*ret)->group.atomic = true;
    } else if (pii__pattern_skip(reader, "(?="))
        *ret = parse_look(parser, offset, *options, false, false);
    else if (pii__pattern_skip(reader, "(?!"))
        *ret = parse_look(parser, offset, *options, false, true);
    else if (pii__pattern_skip(reader, "(?<="))
        *ret = parse_look(parser, offset, *options, true, false);
    else if (pii__pattern_skip(reader, "(?<!"))
        *ret = parse_look(parser, offset, *options, true, true);
    else if (pii__pattern_skip(reader, "(?<") || pii__pattern_skip(reader, "(?P<"))
        *ret = parse_named(parser, offset, *options);
    else if (pii__pattern_skip(reader, "(?"))
        return parse_options(parser, offset, options, ret);
    else {
        reader->at++;
        *ret = new_group(parser, offset, parse_body(parser, offset, *options));
    }
    return *ret != NULL;
}
