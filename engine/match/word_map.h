/* word_map.h - where in a text the words of a lexicon begin.
 *
 * Filled only around places that are asked about, once each, and kept in
 * granules of 16 bytes: what it says about a stretch may be true because of a
 * word up to 15 bytes outside. */
#ifndef PII__WORD_MAP_H
#define PII__WORD_MAP_H

#include "kernel.h"
#include "lexicon.h"

enum { PII__GRANULE_SIZE = 16 };

typedef struct pii__word_map {
    pii_allocator allocator;
    const pii__lexicon *lexicon; /* borrowed */
    const pii__kernel *kernel;
    const uint8_t *text; /* borrowed */
    size_t size;
    uint64_t *granules; /* sets that have a word beginning there */
    uint64_t *filled;   /* one bit per block */
    size_t capacity;    /* blocks there is room for */
} pii__word_map;

void pii__word_map_init(pii__word_map *map, const pii_allocator *allocator, const pii__lexicon *lexicon,
                        const pii__kernel *kernel);
void pii__word_map_free(pii__word_map *map);

/* Goes over to another text, which is borrowed. */
PII_MUST_CHECK pii_status pii__word_map_start(pii__word_map *map, const uint8_t *text, size_t size);

/* Whether a word of `sets` begins in [from, until), as far as that is text. */
bool pii__word_map_any(pii__word_map *map, size_t from, size_t until, uint64_t sets);

/* The first stretch [`*from`, `*ret_end`) of [`*from`, until), which is text, where words of `sets` may begin: outside
 * of such stretches none does. It says most after pii__word_map_any has been asked about the whole. */
bool pii__word_map_next(const pii__word_map *map, size_t *from, size_t until, uint64_t sets, size_t *ret_end);

#endif
