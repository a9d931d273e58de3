#include "arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { block_size = 16384 };

struct pii__arena_block {
    pii__arena_block *older;
    size_t size;
    size_t used;
    max_align_t bytes[];
};

void pii__arena_init(pii__arena *arena, const pii_allocator *allocator)
{
    *arena = (pii__arena){.allocator = allocator};
}

pii__arena_mark pii__arena_mark_get(const pii__arena *arena)
{
    pii__arena_block *block = arena->blocks;
    return (pii__arena_mark){.block = block, .used = block ? block->used : 0, .failed = arena->failed};
}

void pii__arena_rewind(pii__arena *arena, pii__arena_mark mark)
{
    while (arena->blocks != mark.block) {
        pii__arena_block *older = arena->blocks->older;
        pii__release(arena->allocator, arena->blocks);
        arena->blocks = older;
    }
    if (mark.block) {
        memset((uint8_t *)mark.block->bytes + mark.used, 0, mark.block->used - mark.used);
        mark.block->used = mark.used;
    }
    arena->failed = mark.failed;
}

void pii__arena_free(pii__arena *arena)
{
    pii__arena_rewind(arena, (pii__arena_mark){0});
}

static pii__arena_block *add_block(pii__arena *arena, size_t size)
{
    size_t room = size > block_size ? size : block_size;
    pii__arena_block *block = NULL;
    if (room <= SIZE_MAX - sizeof *block)
        block = pii__allocate(arena->allocator, sizeof *block + room);
    if (!block) {
        arena->failed = true;
        return NULL;
    }
    block->size = room;
    block->older = arena->blocks;
    arena->blocks = block;
    return block;
}

void *pii__arena_take(pii__arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size > SIZE_MAX - align) {
        arena->failed = true;
        return NULL;
    }
    size = (size + align - 1) / align * align;
    pii__arena_block *block = arena->blocks;
    if (!block || block->size - block->used < size)
        block = add_block(arena, size);
    if (!block)
        return NULL;
    void *taken = (uint8_t *)block->bytes + block->used;
    block->used += size;
    return taken;
}

void *pii__arena_take_array(pii__arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        arena->failed = true;
        return NULL;
    }
    return pii__arena_take(arena, bytes);
}

char *pii__arena_copy(pii__arena *arena, const void *bytes, size_t size)
{
    char *copy = size < SIZE_MAX ? pii__arena_take(arena, size + 1) : NULL;
    if (copy && size)
        memcpy(copy, bytes, size);
    return copy;
}

char *pii__arena_format(pii__arena *arena, const char *format, ...)
{
    va_list first, second;
    va_start(first, format);
    va_copy(second, first);
    int size = vsnprintf(NULL, 0, format, first);
    char *text = size >= 0 ? pii__arena_take(arena, (size_t)size + 1) : NULL;
    if (text)
        (void)vsnprintf(text, (size_t)size + 1, format, second);
    va_end(second);
    va_end(first);
    return text;
}
