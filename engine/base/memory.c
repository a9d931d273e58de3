#include "memory.h"

#include <stdlib.h>
#include <string.h>

/* In front of every block; keeps the alignment of malloc. */
typedef union block_header {
    size_t size;
    max_align_t align;
} block_header;

static void *default_allocate(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}

static void default_release(void *context, void *block)
{
    (void)context;
    free(block);
}

const pii_allocator pii__default_allocator = {default_allocate, default_release, NULL};

pii_allocator pii__allocator_or_default(const pii_allocator *allocator)
{
    return allocator ? *allocator : pii__default_allocator;
}

void pii__wipe(void *block, size_t size)
{
    memset(block, 0, size);
    __asm__ volatile("" : : "r"(block) : "memory"); /* the store must happen */
}

static block_header *header_of(void *block)
{
    return (block_header *)block - 1;
}

/* The block is not zeroed. */
static void *allocate_raw(const pii_allocator *allocator, size_t size)
{
    if (size > SIZE_MAX - sizeof(block_header))
        return NULL;
    block_header *header = allocator->allocate(allocator->context, sizeof *header + size);
    if (!header)
        return NULL;
    header->size = size;
    return header + 1;
}

void *pii__allocate(const pii_allocator *allocator, size_t size)
{
    void *block = allocate_raw(allocator, size ? size : 1);
    if (block)
        memset(block, 0, size ? size : 1);
    return block;
}

void *pii__allocate_array(const pii_allocator *allocator, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    return pii__allocate(allocator, bytes);
}

void *pii__reallocate(const pii_allocator *allocator, void *block, size_t size)
{
    if (!block)
        return pii__allocate(allocator, size);
    size_t old = header_of(block)->size;
    uint8_t *bigger = allocate_raw(allocator, size ? size : 1);
    if (!bigger)
        return NULL;
    size_t kept = old < size ? old : size;
    memcpy(bigger, block, kept);
    memset(bigger + kept, 0, (size ? size : 1) - kept);
    pii__release(allocator, block);
    return bigger;
}

void *pii__grow(const pii_allocator *allocator, void *items, size_t *capacity, size_t count, size_t size)
{
    enum { first_capacity = 64 };
    size_t bytes, wanted = *capacity ? *capacity * 2 : first_capacity;
    if (count < *capacity)
        return items;
    if (__builtin_mul_overflow(wanted, size, &bytes))
        return NULL;
    void *bigger = pii__reallocate(allocator, items, bytes);
    if (bigger)
        *capacity = wanted;
    return bigger;
}

void pii__release(const pii_allocator *allocator, void *block)
{
    if (!block)
        return;
    block_header *header = header_of(block);
    pii__wipe(block, header->size);
    allocator->release(allocator->context, header);
}

char *pii__copy_string(const pii_allocator *allocator, const char *text, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *copy = pii__allocate(allocator, size + 1);
    if (copy && size)
        memcpy(copy, text, size);
    return copy;
}
