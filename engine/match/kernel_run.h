/* kernel_run.h - outlines and the interpreter of gate programs, the same for all
 * kernels and compiled for each: the compiler turns the word loops into vector code. */
#include "kernel.h"

/* Eight words at a time. */
typedef uint64_t eight_words __attribute__((vector_size(64), aligned(8), may_alias));

#define WORDS(at) (*(const eight_words *)(at))

static inline void run_step(const pii__step *step, const pii__batch *batch, size_t count)
{
    const uint64_t *a = batch->columns[step->a], *b = batch->columns[step->b];
    uint64_t *to = batch->columns[step->to];
    unsigned distance = step->distance;
    switch (step->kind) {
    case PII__SHAPE_AND:
        for (size_t i = 0; i < count; i += 8)
            *(eight_words *)(to + i) = WORDS(a + i) & WORDS(b + i);
        break;
    case PII__SHAPE_OR:
        for (size_t i = 0; i < count; i += 8)
            *(eight_words *)(to + i) = WORDS(a + i) | WORDS(b + i);
        break;
    case PII__SHAPE_AND_NOT:
        for (size_t i = 0; i < count; i += 8)
            *(eight_words *)(to + i) = WORDS(a + i) & ~WORDS(b + i);
        break;
    case PII__SHAPE_AHEAD:
        for (size_t i = 0; i < count; i += 8)
            *(eight_words *)(to + i) = WORDS(a + i) >> distance | WORDS(a + i + 1) << (64 - distance);
        break;
    default: /* PII__SHAPE_NOT_BEHIND: the highest bit of the word before comes in */
        for (size_t i = 0; i < count; i += 8) {
            eight_words before = i ? WORDS(b + i - 1) : (eight_words){0, b[0], b[1], b[2], b[3], b[4], b[5], b[6]};
            eight_words carry = (before >> 63) & WORDS(batch->follows + i);
            *(eight_words *)(to + i) = WORDS(a + i) & ~(WORDS(b + i) << 1 | carry);
        }
    }
}

static void run(const pii__step *steps, size_t count, pii__batch *batch)
{
    size_t words_used = (batch->count + 7) & ~(size_t)7;
    for (size_t i = 0; i < count; i++)
        run_step(&steps[i], batch, words_used);
}

static bool any(const uint64_t *column, const uint64_t *mask, size_t count)
{
    eight_words sum = {0};
    for (size_t i = 0; i < count; i += 8)
        sum |= WORDS(column + i) & WORDS(mask + i);
    return (sum[0] | sum[1] | sum[2] | sum[3] | sum[4] | sum[5] | sum[6] | sum[7]) != 0;
}

/* ---- Outlines ---- */

typedef uint64_t row_part __attribute__((vector_size(8 * PII__OUTLINE_WORDS), aligned(8), may_alias));

/* Shapes: a row of a table, or a part of one. */
typedef union shape_row {
    uint64_t words[PII__OUTLINE_WORDS];
    row_part part;
} shape_row;

/* Places that are looked at together, with the shapes that may fit. */
typedef struct few_places {
    size_t count;
    uint32_t at[PII__FEW_PLACES];
    shape_row shapes[PII__FEW_PLACES];
} few_places;

/* Where rows are read: of so many words each, one word or a part. */
typedef struct row_table {
    const uint64_t *words;
    size_t row_words;
    bool one_word;
} row_table;

#define INLINE static inline __attribute__((always_inline))

INLINE void keep_fitting(row_table table, size_t offset, uint8_t byte, shape_row *shapes)
{
    const uint64_t *row = table.words + (offset * 256 + byte) * table.row_words;
    if (table.one_word)
        shapes->words[0] &= *row;
    else
        shapes->part &= *(const row_part *)row;
}

/* No more than is used: what was written a word at a time is not at hand as a vector. */
INLINE void copy_row(row_table table, const uint64_t *from, shape_row *to)
{
    if (table.one_word)
        to->words[0] = *from;
    else
        to->part = *(const row_part *)from;
}

INLINE bool some_shape(row_table table, const shape_row *shapes)
{
    const uint64_t *words = shapes->words;
    return table.one_word ? words[0] != 0 : (words[0] | words[1] | words[2] | words[3]) != 0;
}

/* Looks at the offsets [first, last) of all places and closes up those that some
 * shape still fits: without a branch, as which these are cannot be predicted. */
INLINE void look(row_table table, size_t first, size_t last, const uint8_t *text, few_places *places)
{
    size_t count = 0;
    for (size_t i = 0; i < places->count; i++) {
        const uint8_t *at = text + places->at[i];
        shape_row shapes;
        copy_row(table, places->shapes[i].words, &shapes);
        for (size_t k = first; k < last; k++)
            keep_fitting(table, k, *(at + k - 1), &shapes);
        places->at[count] = places->at[i];
        copy_row(table, shapes.words, &places->shapes[count]);
        count += some_shape(table, &shapes);
    }
    places->count = count;
}

/* Takes the next places out of `*hits`, which are those of a block at `base`. */
INLINE void take_places(row_table table, const uint64_t *on, size_t base, uint64_t *hits, few_places *ret)
{
    uint64_t left = *hits;
    size_t count = 0;
    for (; count < PII__FEW_PLACES && left; left &= left - 1) {
        ret->at[count] = (uint32_t)(base + (size_t)__builtin_ctzll(left));
        copy_row(table, on, &ret->shapes[count++]);
    }
    *hits = left;
    ret->count = count;
}

INLINE size_t write_fits(row_table table, const few_places *places, size_t first_shape, pii__fit *ret)
{
    size_t count = 0, words = table.one_word ? 1 : PII__OUTLINE_WORDS;
    for (size_t i = 0; i < places->count; i++)
        for (size_t word = 0; word < words; word++)
            for (uint64_t bits = places->shapes[i].words[word]; bits; bits &= bits - 1)
                ret[count++] = (pii__fit){places->at[i],
                                          (uint32_t)(first_shape + 64 * word + (size_t)__builtin_ctzll(bits))};
    return count;
}

INLINE size_t fit_places(row_table table, const uint64_t *on, const uint8_t *text, bool begins, size_t base,
                         uint64_t *hits, size_t first_shape, pii__fit *ret)
{
    few_places places;
    bool first = begins && !base && (*hits & 1); /* nothing comes before */
    take_places(table, on, base, hits, &places);
    if (first)
        look(table, 1, PII__OUTLINE_SIZE, text, &places);
    else
        look(table, 0, PII__OUTLINE_SIZE, text, &places);
    return write_fits(table, &places, first_shape, ret);
}

/* The next places of a block, with every part of the rows; the usual numbers of words are
 * told apart, so that each is a loop of its own. */
static inline size_t fit_block(const pii__outlines *outlines, const uint64_t *on, const uint8_t *text, bool begins,
                               size_t base, uint64_t *hits, pii__fit *ret)
{
    const uint64_t all = *hits, *rows = outlines->rows;
    size_t count = 0, words = outlines->words;
    if (words == 1)
        return fit_places((row_table){rows, 1, true}, on, text, begins, base, hits, 0, ret);
    if (words == PII__OUTLINE_WORDS)
        return fit_places((row_table){rows, PII__OUTLINE_WORDS, false}, on, text, begins, base, hits, 0, ret);
    for (size_t word = 0; word < words; word += PII__OUTLINE_WORDS) {
        *hits = all;
        count += fit_places((row_table){rows + word, words, false}, on + word, text, begins, base, hits, 64 * word,
                            ret + count);
    }
    return count;
}

static size_t fit(const pii__outlines *outlines, const uint64_t *on, const uint8_t *text, bool begins, size_t blocks,
                  uint64_t *hits, pii__fit *ret, size_t room)
{
    size_t count = 0, most = PII__FEW_PLACES * 64 * outlines->words;
    for (size_t i = 0; i < blocks; i++) {
        while (hits[i]) {
            if (room - count < most)
                return count;
            count += fit_block(outlines, on, text, begins, i * PII__BLOCK_SIZE, &hits[i], ret + count);
        }
    }
    return count;
}
