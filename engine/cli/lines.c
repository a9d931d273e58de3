#include "lines.h"

#include <stdlib.h>
#include <string.h>

#include "code_point.h"

#define BLOCK_SIZE 64

void lines_init(struct lines *lines, struct wide_text form)
{
    *lines = (struct lines){.form = form, .line = 1};
}

void lines_free(struct lines *lines)
{
    free(lines->blocks);
    lines->blocks = NULL;
}

static bool push(struct lines *lines, struct lines_block block)
{
    if (lines->count == lines->capacity) {
        size_t capacity = lines->capacity ? lines->capacity * 2 : 1024;
        struct lines_block *blocks = reallocarray(lines->blocks, capacity, sizeof *blocks);
        if (!blocks)
            return false;
        lines->blocks = blocks;
        lines->capacity = capacity;
    }
    lines->blocks[lines->count++] = block;
    return true;
}

static bool ascii(const uint8_t *bytes, size_t size)
{
    uint64_t seen = 0;
    size_t i = 0;
    for (uint64_t word; i + sizeof word <= size; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        seen |= word;
    }
    for (; i < size; i++)
        seen |= bytes[i];
    return (seen & UINT64_C(0x8080808080808080)) == 0;
}

static struct lines_block block_of(uint64_t begin, const uint8_t *bytes, size_t size)
{
    struct lines_block block = {.begin = begin};
    const uint8_t *end = bytes + size;
    for (const uint8_t *at = bytes; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        block.line_ends |= UINT64_C(1) << (at - bytes);
    if (ascii(bytes, size))
        return block;
    for (size_t i = 0; i < size; i++)
        block.continued |= (uint64_t)code_point_continues(bytes[i]) << i;
    return block;
}

/* The same in UTF-16 and UTF-32, where the last byte of a unit stands for it: pieces may end within one. */
static struct lines_block wide_block_of(struct lines *lines, const uint8_t *bytes, size_t size)
{
    struct lines_block block = {.begin = lines->end};
    unsigned unit_size = lines->form.unit_size;
    for (size_t i = 0; i < size; i++) {
        unsigned at = (unsigned)((lines->end + i) % unit_size);
        unsigned shift = 8 * (lines->form.big ? unit_size - 1 - at : at);
        lines->unit = (at ? lines->unit : 0) | (uint32_t)bytes[i] << shift;
        bool whole = at == unit_size - 1;
        bool half = unit_size == 2 && lines->unit >> 10 == 0x37; /* the second one of a surrogate pair */
        block.line_ends |= (uint64_t)(whole && lines->unit == '\n') << i;
        block.continued |= (uint64_t)(!whole || half) << i;
    }
    return block;
}

bool lines_add(struct lines *lines, const uint8_t *bytes, size_t size)
{
    while (size > 0) {
        size_t step = size < BLOCK_SIZE ? size : BLOCK_SIZE;
        struct lines_block block =
            lines->form.unit_size ? wide_block_of(lines, bytes, step) : block_of(lines->end, bytes, step);
        if ((block.line_ends | block.continued) && !push(lines, block))
            return false;
        lines->end += step;
        bytes += step;
        size -= step;
    }
    return true;
}

/* Goes over the bytes of a block that `taken` has a bit for, which are the first ones of it. */
static void take(struct lines *lines, struct lines_block *block, uint64_t taken)
{
    uint64_t line_ends = block->line_ends & taken;
    uint64_t continued = block->continued & taken;
    if (line_ends) {
        unsigned last = 63u - (unsigned)__builtin_clzll(line_ends);
        lines->line += (uint64_t)__builtin_popcountll(line_ends);
        lines->start = block->begin + last + 1;
        lines->continued = 0;
        continued &= ~UINT64_C(0) << last;
    }
    lines->continued += (uint64_t)__builtin_popcountll(continued);
    block->line_ends &= ~taken;
    block->continued &= ~taken;
}

static void advance(struct lines *lines, uint64_t offset)
{
    while (lines->head < lines->count && lines->blocks[lines->head].begin < offset) {
        struct lines_block *block = &lines->blocks[lines->head];
        uint64_t reach = offset - block->begin;
        take(lines, block, reach < BLOCK_SIZE ? (UINT64_C(1) << reach) - 1 : ~UINT64_C(0));
        if (block->line_ends | block->continued)
            return; /* the offset lies in this one */
        lines->head++;
    }
}

struct line_place lines_locate(struct lines *lines, uint64_t offset)
{
    advance(lines, offset);
    return (struct line_place){lines->line, offset - lines->start - lines->continued + 1};
}

void lines_forget(struct lines *lines, uint64_t offset)
{
    advance(lines, offset);
    lines->count -= lines->head;
    if (lines->count > 0)
        memmove(lines->blocks, lines->blocks + lines->head, lines->count * sizeof *lines->blocks);
    lines->head = 0;
}
