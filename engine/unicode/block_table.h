/* block_table.h - prints a table of what code points map to, in blocks of 256, each
 * of which is there once. For the programs that make such tables at build time. */
#ifndef PII__BLOCK_TABLE_H
#define PII__BLOCK_TABLE_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { code_points = 0x110000 };

static inline void print_bytes(const char *declaration, const uint8_t *bytes, size_t size)
{
    printf("const uint8_t %s = {", declaration);
    for (size_t i = 0; i < size; i++)
        printf("%s%u,", i % 24 ? " " : "\n    ", bytes[i]);
    printf("\n};\n\n");
}

static inline void print_block(const uint16_t *entries)
{
    printf("    {");
    for (uint32_t i = 0; i < 256; i++)
        printf("%s%u,", i % 16 ? " " : "\n        ", entries[i]);
    printf("\n    },\n");
}

/* Index of the first block with the same contents. */
static inline uint32_t first_equal(const uint16_t *entries, uint32_t block)
{
    for (uint32_t other = 0; other < block; other++)
        if (!memcmp(&entries[other << 8], &entries[block << 8], 256 * sizeof *entries))
            return other;
    return block;
}

/* NAME_entry, the blocks, and NAME_block, which of them is that of a code point. */
static inline void print_entries(const char *name, const uint16_t entries[code_points])
{
    static uint8_t index[code_points >> 8];
    char declaration[64];
    uint8_t used = 0;
    printf("const uint16_t %s_entry[][256] = {\n", name);
    for (uint32_t block = 0; block < code_points >> 8; block++) {
        uint32_t first = first_equal(entries, block);
        if (first == block) {
            index[block] = used++;
            print_block(&entries[block << 8]);
        } else {
            index[block] = index[first];
        }
    }
    printf("};\n\n");
    (void)snprintf(declaration, sizeof declaration, "%s_block[0x110000 >> 8]", name);
    print_bytes(declaration, index, sizeof index);
}

#endif
