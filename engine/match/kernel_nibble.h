/* kernel_nibble.h - the kernels for CPUs with a 16-entry byte shuffle.
 *
 * Included by one kernel_*.c file per instruction set, which defines before:
 *   KERNEL            the pii__kernel to define
 *   KERNEL_NAME       its name
 *   vector, LANES     a vector of so many bytes
 *   LOAD(p)           unaligned load
 *   TABLE(p)          16 table bytes, in every 16-byte lane
 *   LOOKUP(t, v)      t[v] for bytes 0..15
 *   LOW(v), HIGH(v)   the nibbles of each byte, as bytes 0..15
 *   AND(a, b)
 *   NONZERO(v)        bit i set when byte i is not 0, LANES bits wide
 *   FILL(byte)        all bytes alike */
#include <string.h>

#include "kernel.h"

enum { vectors_per_block = PII__BLOCK_SIZE / LANES };

typedef struct nibble_table {
    vector low, high;
} nibble_table;

static inline nibble_table load_table(const uint8_t low[16], const uint8_t high[16])
{
    return (nibble_table){TABLE(low), TABLE(high)};
}

static inline vector look_up(const nibble_table *table, vector text)
{
    return AND(LOOKUP(table->low, LOW(text)), LOOKUP(table->high, HIGH(text)));
}

static inline bool block_hit(const nibble_table tables[PII__FINGERPRINT_SIZE], const uint8_t *text)
{
    uint64_t hit = 0;
    for (int i = 0; i < vectors_per_block; i++, text += LANES) {
        vector first = look_up(&tables[0], LOAD(text));
        vector second = look_up(&tables[1], LOAD(text + 1));
        vector third = look_up(&tables[2], LOAD(text + 2));
        hit |= NONZERO(AND(AND(first, second), third));
    }
    return hit != 0;
}

static void sieve(const pii__sieve *sieve_tables, const uint8_t *text, size_t blocks, uint64_t *hot)
{
    nibble_table tables[PII__FINGERPRINT_SIZE];
    for (int i = 0; i < PII__FINGERPRINT_SIZE; i++)
        tables[i] = load_table(sieve_tables->low[i], sieve_tables->high[i]);
    for (size_t done = 0; done < blocks; done += 64) {
        size_t count = blocks - done < 64 ? blocks - done : 64;
        uint64_t word = 0;
        for (size_t i = 0; i < count; i++, text += PII__BLOCK_SIZE)
            word |= (uint64_t)block_hit(tables, text) << i;
        *hot++ = word;
    }
}

static inline uint64_t class_mask(const vector looked_up[vectors_per_block], uint8_t bits)
{
    uint64_t mask = 0;
    for (int i = 0; i < vectors_per_block; i++)
        mask |= (uint64_t)NONZERO(AND(looked_up[i], FILL(bits))) << (i * LANES % 64);
    return mask;
}

static void classify_block(const pii__classes *classes, pii__batch *batch, size_t index)
{
    const uint8_t *text = batch->text + (size_t)batch->block[index] * PII__BLOCK_SIZE;
    vector block[vectors_per_block], looked_up[vectors_per_block];
    for (int i = 0; i < vectors_per_block; i++)
        block[i] = LOAD(text + i * LANES);
    size_t class = 0;
    for (size_t t = 0; t < classes->table_count; t++) {
        nibble_table table = load_table(classes->tables[t].low, classes->tables[t].high);
        for (int i = 0; i < vectors_per_block; i++)
            looked_up[i] = look_up(&table, block[i]);
        for (; class < classes->class_count && classes->classes[class].table == t; class++)
            batch->columns[class][index] = class_mask(looked_up, classes->classes[class].bits);
    }
}

static void classify(const pii__classes *classes, pii__batch *batch)
{
    for (size_t i = 0; i < batch->count; i++)
        classify_block(classes, batch, i);
    for (size_t class = 0; class < classes->class_count; class++)
        memset(&batch->columns[class][batch->count], 0,
               (PII__BATCH_STRIDE - batch->count) * sizeof batch->columns[class][0]);
}

#include "kernel_run.h"

/* Rectangles of the plain bytes: 0x20..0x6F, 0x70..0x7E, 0x09..0x0D. */
static const uint8_t plain_low[16] = {3, 3, 3, 3, 3, 3, 3, 3, 3, 7, 7, 7, 7, 7, 3, 1};
static const uint8_t plain_high[16] = {4, 0, 1, 1, 1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0};

static size_t plain_prefix(const uint8_t *text, size_t size)
{
    nibble_table table = load_table(plain_low, plain_high);
    const uint64_t all = LANES == 64 ? UINT64_MAX : (UINT64_C(1) << (LANES % 64)) - 1;
    size_t at = 0;
    for (; size - at >= LANES; at += LANES) {
        uint64_t plain = NONZERO(look_up(&table, LOAD(text + at)));
        if (plain != all)
            return at + (size_t)__builtin_ctzll(~plain);
    }
    while (at < size && (plain_low[text[at] & 15] & plain_high[text[at] >> 4]))
        at++;
    return at;
}

const pii__kernel KERNEL = {KERNEL_NAME, sieve, classify, run, any, plain_prefix};
