/* arena.h - memory that is taken in small pieces and given back at once.
 *
 * Running out of memory is remembered: after one NULL `failed` stays true until
 * the arena is rewound to before it, so that a builder may look once, at its end. */
#ifndef PII__ARENA_H
#define PII__ARENA_H

#include "memory.h"

typedef struct pii__arena_block pii__arena_block;

typedef struct pii__arena {
    const pii_allocator *allocator; /* borrowed; outlives the arena */
    pii__arena_block *blocks;       /* newest first */
    bool failed;
} pii__arena;

/* A point to go back to. */
typedef struct pii__arena_mark {
    pii__arena_block *block;
    size_t used;
    bool failed;
} pii__arena_mark;

/* No memory is taken before it is needed. */
void pii__arena_init(pii__arena *arena, const pii_allocator *allocator);
void pii__arena_free(pii__arena *arena);

/* `size` bytes, zeroed, aligned for any type; NULL when out of memory. */
void *pii__arena_take(pii__arena *arena, size_t size);

/* count * size bytes; NULL also when the product overflows. */
void *pii__arena_take_array(pii__arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of `size` bytes. */
char *pii__arena_copy(pii__arena *arena, const void *bytes, size_t size);

/* A text made as by snprintf; NULL when out of memory. No floating point, as
 * its form would depend on the locale. */
__attribute__((format(printf, 2, 3))) char *pii__arena_format(pii__arena *arena, const char *format, ...);

pii__arena_mark pii__arena_mark_get(const pii__arena *arena);

/* Gives back everything taken since the mark. */
void pii__arena_rewind(pii__arena *arena, pii__arena_mark mark);

#endif
