/* pattern_syntax.h - the part of the PCRE2 language that rules may use, as a tree.
 *
 * The parser accepts less than PCRE2 does and never means something else: what
 * it accepts, PCRE2 reads in the same way under the options that rules are
 * compiled with (multiline, no automatic capture, newline CR, LF or CRLF, bytes).
 * Word lists have been put in already; nothing here knows of them, but a list
 * stays recognisable as an alternation of literals. */
#ifndef PII__PATTERN_SYNTAX_H
#define PII__PATTERN_SYNTAX_H

#include "arena.h"
#include "byte_set.h"

/* As a repeat count or a width: no bound. */
#define PII__UNBOUNDED UINT32_MAX

typedef enum pii__node_kind {
    PII__NODE_BYTE,        /* one byte out of a set */
    PII__NODE_CONCAT,      /* children one after the other; no child: the empty string */
    PII__NODE_ALTERNATION, /* one of two or more children */
    PII__NODE_REPEAT,      /* the child min to max times */
    PII__NODE_GROUP,       /* the child; named or atomic, or only written in parentheses */
    PII__NODE_LOOK,        /* look-ahead or look-behind at the child; no width */
    PII__NODE_ANCHOR,      /* a condition on the neighbouring bytes; no width */
    PII__NODE_REFERENCE    /* what a named group matched, once more */
} pii__node_kind;

typedef enum pii__repeat_mode { PII__REPEAT_GREEDY, PII__REPEAT_LAZY, PII__REPEAT_POSSESSIVE } pii__repeat_mode;

typedef enum pii__anchor_kind {
    PII__ANCHOR_LINE_START,
    PII__ANCHOR_LINE_END,
    PII__ANCHOR_BOUNDARY,
    PII__ANCHOR_NO_BOUNDARY
} pii__anchor_kind;

typedef struct pii__node pii__node;

struct pii__node {
    pii__node_kind kind;
    uint32_t offset; /* where it is written: bytes into the pattern */
    uint32_t length;
    uint32_t width_min; /* bytes it covers */
    uint32_t width_max; /* or PII__UNBOUNDED */
    pii__node *next;    /* the next child of the same concat or alternation */
    union {
        struct {
            pii__byte_set set;
            bool literal; /* written as a byte (perhaps in either case), not as a class */
        } byte;
        struct {
            pii__node *first;
            uint32_t count;
        } list; /* concat, alternation */
        struct {
            pii__node *child;
            uint32_t min;
            uint32_t max; /* or PII__UNBOUNDED */
            pii__repeat_mode mode;
            uint32_t sign_offset; /* where the quantifier is written */
        } repeat;
        struct {
            pii__node *child;
            const char *name; /* NULL: not captured */
            bool atomic;
        } group;
        struct {
            pii__node *child;
            bool behind;
            bool negative;
        } look;
        pii__anchor_kind anchor;
        struct {
            pii__node *group;
            bool caseless;
        } reference;
    };
};

typedef struct pii__syntax {
    pii__node *root;
    pii__node *pii; /* the group named "pii", or NULL */
} pii__syntax;

/* Why a pattern is refused. The texts are constants. */
typedef struct pii__pattern_problem {
    size_t offset; /* bytes into the pattern */
    const char *message;
    const char *expected;
} pii__pattern_problem;

/* Parses `size` bytes (at most PII__PATTERN_SIZE_MAX) at `source`. The tree
 * lives in `arena`. PII_ERROR_RULE fills `*ret_problem`, and only that. */
PII_MUST_CHECK pii_status pii__pattern_parse(pii__arena *arena, const char *source, size_t size, pii__syntax *ret,
                                             pii__pattern_problem *ret_problem);

#endif
