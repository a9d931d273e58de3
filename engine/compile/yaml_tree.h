/* yaml_tree.h - a YAML text as a tree that knows where each value is written.
 *
 * Only what rule files need: one document of mappings, sequences and scalars.
 * Aliases, anchors, tags and further documents are refused, so that a file
 * holds what it seems to hold. libyaml does the reading (with malloc: its
 * memory is the only one here that does not come from the caller's allocator). */
#ifndef PII__YAML_TREE_H
#define PII__YAML_TREE_H

#include "report.h"

typedef enum pii__yaml_kind { PII__YAML_SCALAR, PII__YAML_SEQUENCE, PII__YAML_MAPPING } pii__yaml_kind;

typedef enum pii__yaml_style {
    PII__YAML_PLAIN,
    PII__YAML_QUOTED,        /* '...' */
    PII__YAML_DOUBLE_QUOTED, /* "..." */
    PII__YAML_LITERAL,       /* | */
    PII__YAML_FOLDED         /* > */
} pii__yaml_style;

typedef struct pii__yaml_node pii__yaml_node;

struct pii__yaml_node {
    pii__yaml_kind kind;
    pii__place place;
    const pii__yaml_node *key; /* of an entry of a mapping: a scalar */
    pii__yaml_node *next;      /* the next entry of the same sequence or mapping */
    pii__yaml_node *first;     /* sequence, mapping */
    pii__yaml_node *last;
    size_t count;
    pii__yaml_style style; /* scalar */
    bool one_line;
    const char *text; /* `size` bytes and a NUL behind them */
    size_t size;
};

typedef struct pii__yaml_tree {
    const uint8_t *source; /* borrowed */
    size_t size;
    const size_t *lines; /* offsets of line starts */
    size_t line_count;
    const pii__yaml_node *root; /* NULL: empty document */
} pii__yaml_tree;

/* Reads `size` bytes; the tree lives in `arena`. PII_ERROR_RULE: the reason is
 * in the report. */
PII_MUST_CHECK pii_status pii__yaml_read(pii__arena *arena, pii__report *report, const void *source, size_t size,
                                         pii__yaml_tree *ret);

/* Where byte `offset` of a scalar's value is written; the start of the scalar
 * where escapes or folding make that unclear. */
pii__place pii__yaml_place_in(const pii__yaml_tree *tree, const pii__yaml_node *scalar, size_t offset);

#endif
