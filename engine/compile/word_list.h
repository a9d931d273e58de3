/* word_list.h - named word lists: where they come from, and how they get into patterns. */
#ifndef PII__WORD_LIST_H
#define PII__WORD_LIST_H

#include "word_pattern.h"
#include "yaml_tree.h"

typedef struct pii__word_list pii__word_list;

struct pii__word_list {
    pii__word_list *next;
    const char *name;
    pii__word *words; /* longest first, no word twice */
    size_t count;
};

/* The lists that a rule file can name: its own, and the embedded tables, which
 * are read when they are first asked for. */
typedef struct pii__word_lists {
    pii__arena *arena;
    pii__word_list *first;
} pii__word_lists;

/* Adds the lists of a file: a mapping of names to sequences of texts (NULL:
 * none). False: out of memory. */
PII_MUST_CHECK bool pii__word_lists_add(pii__word_lists *lists, const pii__yaml_node *map);

/* PII_ERROR_ARGUMENT: there is no such list. */
PII_MUST_CHECK pii_status pii__word_lists_find(pii__word_lists *lists, const char *name, size_t size,
                                               const pii__word_list **ret);

/* A pattern in which lists have been put, and where its bytes were written. */
typedef struct pii__expansion {
    const char *pattern;
    size_t size;
    struct pii__splice *splices;
    size_t splice_count;
} pii__expansion;

/* Puts every (?&name) of `size` bytes at `source` in. PII_ERROR_RULE:
 * `*ret_offset` is where an unknown list is named. PII_ERROR_LIMIT: longer than
 * PII__PATTERN_SIZE_MAX. */
PII_MUST_CHECK pii_status pii__word_lists_expand(pii__word_lists *lists, pii__word_form form, const char *source,
                                                 size_t size, pii__expansion *ret, size_t *ret_offset);

/* Offset in the source of byte `offset` of the pattern; inside a list, that of
 * its name. */
size_t pii__expansion_source(const pii__expansion *expansion, size_t offset);

#endif
