/* kernel_scalar.c - one byte at a time, on any CPU; the reference that the
 * others are tested against. */
#include <string.h>

#include "kernel.h"
#include "kernel_fit.h"
#include "kernel_run.h"
#include "kept_prefix.h"
#include "word_set.h"

static void sieve(const pii__sieve *tables, const uint8_t *text, size_t blocks, uint64_t *hits)
{
    for (size_t block = 0; block < blocks; block++) {
        uint64_t hit = 0;
        for (int i = 0; i < PII__BLOCK_SIZE; i++, text++)
            hit |= (uint64_t)((tables->position[0][text[0]] & tables->position[1][text[1]] &
                               tables->position[2][text[2]]) != 0)
                   << i;
        hits[block] = hit;
    }
}

static uint64_t class_mask(const pii__class_table *table, uint8_t bits, const uint8_t *text)
{
    uint64_t mask = 0;
    for (int i = 0; i < PII__BLOCK_SIZE; i++)
        if (table->low[text[i] & 15] & table->high[text[i] >> 4] & bits)
            mask |= UINT64_C(1) << i;
    return mask;
}

static void classify(const pii__classes *classes, pii__batch *batch)
{
    for (size_t class = 0; class < classes->class_count; class++) {
        pii__class_bits bits = classes->classes[class];
        memset(batch->columns[class], 0, sizeof batch->columns[class]);
        for (size_t i = 0; i < batch->count; i++)
            batch->columns[class][i] = class_mask(&classes->tables[bits.table], bits.bits,
                                                  batch->text + (size_t)batch->block[i] * PII__BLOCK_SIZE);
    }
}

static void letters(const uint8_t *block, uint64_t *ret_letters, uint64_t *ret_high)
{
    *ret_letters = *ret_high = 0;
    for (int i = 0; i < PII__BLOCK_SIZE; i++) {
        *ret_letters |= (uint64_t)pii__ascii_letter(block[i]) << i;
        *ret_high |= (uint64_t)(block[i] >> 7) << i;
    }
}

static void words_of_blocks(const uint8_t *text, size_t blocks, uint64_t *ret_words, uint64_t *ret_high)
{
    for (size_t block = 0; block < blocks; block++, text += PII__BLOCK_SIZE) {
        letters(text, &ret_words[block], &ret_high[block]);
        for (int i = 0; i < PII__BLOCK_SIZE; i++)
            ret_words[block] |= (uint64_t)(text[i] >= '0' && text[i] <= '9') << i;
    }
}

const pii__kernel pii__kernel_scalar = {
    "scalar", sieve, count_bits, fit, classify, run, any, letters, words_of_blocks, pii__kept_prefix,
};
