/* memory.h - every allocation of the library goes through here.
 *
 * A block remembers its size, so that it is wiped before it is given back: no
 * freed heap block holds input text. Sizes are checked for overflow. Nothing
 * here is thread-safe beyond what the caller's allocator is. */
#ifndef PII__MEMORY_H
#define PII__MEMORY_H

#include "piiglet_types.h"

/* malloc and free, for callers that gave no allocator of their own. */
extern const pii_allocator pii__default_allocator;

/* `allocator`, or the default one when NULL. */
pii_allocator pii__allocator_or_default(const pii_allocator *allocator);

/* `size` bytes (0 counts as 1), zeroed; NULL when out of memory. */
void *pii__allocate(const pii_allocator *allocator, size_t size);

/* count * size bytes, zeroed; NULL also when the product overflows. */
void *pii__allocate_array(const pii_allocator *allocator, size_t count, size_t size);

/* A block of `size` bytes with the old contents (cut or zero-extended); the old
 * block is wiped and released. On NULL the old block stays valid. `block` may
 * be NULL. */
void *pii__reallocate(const pii_allocator *allocator, void *block, size_t size);

/* `items`, with room for one more than `count` of `size` bytes each: the block
 * itself, or a bigger one that has taken its place; `*capacity` counts items.
 * NULL when out of memory: `items` is still valid then. */
void *pii__grow(const pii_allocator *allocator, void *items, size_t *capacity, size_t count, size_t size);

/* Wipes and releases; NULL is allowed. */
void pii__release(const pii_allocator *allocator, void *block);

/* A NUL-terminated copy of `size` bytes. */
char *pii__copy_string(const pii_allocator *allocator, const char *text, size_t size);

/* memset to zero that the compiler may not drop. */
void pii__wipe(void *block, size_t size);

#endif
