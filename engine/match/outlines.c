#include "outlines.h"

#include "memory.h"

static void enter(pii__outlines *outlines, size_t shape, size_t offset, const pii__byte_set *set)
{
    uint64_t *rows = outlines->rows + offset * 256 * outlines->words + shape / 64;
    for (size_t word = 0; word < 4; word++)
        for (uint64_t bits = set->bits[word]; bits; bits &= bits - 1)
            rows[(64 * word + (size_t)__builtin_ctzll(bits)) * outlines->words] |= UINT64_C(1) << shape % 64;
}

pii_status pii__outlines_new(const pii_allocator *allocator, const pii__shape *const *shapes, size_t count,
                             pii__outlines *ret)
{
    pii__outline known[PII__SHAPE_OPS_MAX];
    ret->words = pii__outline_words(count);
    ret->rows = pii__allocate_array(allocator, pii__outline_row_count() * ret->words, sizeof *ret->rows);
    if (!ret->rows)
        return PII_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        pii__shape_outlines(shapes[i], known);
        for (size_t k = 0; k < PII__OUTLINE_SIZE; k++)
            enter(ret, i, k, &known[shapes[i]->result].at[k]);
    }
    return PII_OK;
}
