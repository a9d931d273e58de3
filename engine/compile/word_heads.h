/* word_heads.h - the words that a part of a pattern can begin with. */
#ifndef PII__WORD_HEADS_H
#define PII__WORD_HEADS_H

#include "pattern_syntax.h"
#include "word_pattern.h"
#include "word_set.h"

enum { PII__WORD_HEADS_MAX = 16384 };

/* Keys that are being gathered; `keys` has room for PII__WORD_HEADS_MAX. */
typedef struct pii__word_heads {
    uint64_t *keys;
    size_t count;
    bool non_ascii; /* some word begins with such a byte */
    bool open; /* some word may be all of what it was read from: it matters what comes next */
} pii__word_heads;

/* Adds the key of a word. False when it has none, or there is no room. */
bool pii__word_heads_add(pii__word_heads *heads, const char *word, size_t size);

/* Adds the keys of all words that a match of the node can begin with. False when
 * not all of them are words, or when there are too many. */
bool pii__word_heads_of(pii__word_heads *heads, const pii__node *node);

/* As a set, which lives in the arena; its keys are NULL when out of memory. */
pii__word_set pii__word_heads_finish(pii__word_heads *heads, pii__arena *arena);

#endif
