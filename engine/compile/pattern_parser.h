/* pattern_parser.h - what the three parts of the pattern parser share:
 *
 *   pattern_class.c    escapes and byte classes
 *   pattern_group.c    everything that starts with a parenthesis, references
 *   pattern_syntax.c   sequences, alternations, quantifiers */
#ifndef PII__PATTERN_PARSER_H
#define PII__PATTERN_PARSER_H

#include "pattern_syntax.h"

typedef struct pii__pattern_reader {
    const uint8_t *source;
    size_t size;
    size_t at;
    pii__pattern_problem problem; /* set when a function answered false */
} pii__pattern_reader;

typedef struct pii__named_group {
    struct pii__named_group *older;
    const char *name;
    pii__node *node;
    bool closed;
} pii__named_group;

typedef struct pii__pattern_parser {
    pii__pattern_reader reader;
    pii__arena *arena;
    pii__named_group *groups; /* newest first */
    pii__node *pii;
    unsigned depth; /* groups that are open here */
    unsigned looks; /* look-arounds among them */
} pii__pattern_parser;

/* The inline options in force; they end with the group they were set in. */
typedef struct pii__pattern_options {
    bool caseless;
    bool dot_all;
    bool extended;
} pii__pattern_options;

/* What stands after a backslash. */
typedef enum pii__escape_kind {
    PII__ESCAPE_BYTE,
    PII__ESCAPE_CLASS,
    PII__ESCAPE_BOUNDARY,
    PII__ESCAPE_NO_BOUNDARY,
    PII__ESCAPE_REFERENCE
} pii__escape_kind;

typedef struct pii__escape {
    pii__escape_kind kind;
    uint8_t byte;
    pii__byte_set set;
} pii__escape;

/* The byte at `ahead` places from the reading position, or -1 at the end. */
static inline int pii__pattern_peek(const pii__pattern_reader *reader, size_t ahead)
{
    return ahead < reader->size - reader->at ? reader->source[reader->at + ahead] : -1;
}

/* Moves on when `text` stands here. */
bool pii__pattern_skip(pii__pattern_reader *reader, const char *text);

/* Notes why the pattern is refused; always false. */
bool pii__pattern_refuse(pii__pattern_reader *reader, size_t offset, const char *message, const char *expected);

/* Reads from the backslash on. */
PII_MUST_CHECK bool pii__pattern_read_escape(pii__pattern_reader *reader, pii__escape *ret);

/* Reads from "[" to its "]". */
PII_MUST_CHECK bool pii__pattern_read_class(pii__pattern_reader *reader, bool caseless, pii__byte_set *ret);

/* Adds the other case of every ASCII letter in the set. */
void pii__byte_set_fold(pii__byte_set *set);

/* What "." matches. */
pii__byte_set pii__pattern_dot(bool dot_all);

bool pii__ascii_letter(int byte);
bool pii__ascii_digit(int byte);

/* The functions below answer NULL or false after a refusal, whose reason is in
 * the reader, or when the arena has failed. */

/* A node written from `offset` to the reading position. */
pii__node *pii__pattern_node(pii__pattern_parser *parser, pii__node_kind kind, size_t offset);

/* Branches up to the closing parenthesis of the enclosing group, or the end. */
pii__node *pii__pattern_alternation(pii__pattern_parser *parser, pii__pattern_options options);

/* What starts with "(". `*ret` stays NULL when it only changed `*options`. */
PII_MUST_CHECK bool pii__pattern_group(pii__pattern_parser *parser, pii__pattern_options *options, pii__node **ret);

/* From behind "\k", which stands at `offset`, on. */
pii__node *pii__pattern_reference(pii__pattern_parser *parser, size_t offset, bool caseless);

#endif
