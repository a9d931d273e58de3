/* kernel_run.h - outlines and the interpreter of gate programs, the same for all
 * kernels and compiled for each: the compiler turns the word loops into vector code. */
#include <string.h>

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

static size_t count_bits(const uint64_t *words, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (size_t)__builtin_popcountll(words[i]);
    return sum;
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

#ifndef SOME_BIT /* a kernel may have one of its own */
#define SOME_BIT(part) (((part)[0] | (part)[1] | (part)[2] | (part)[3]) != 0)
#endif

INLINE bool some_shape(row_table table, const shape_row *shapes)
{
    return table.one_word ? shapes->words[0] != 0 : SOME_BIT(shapes->part);
}

/* Looks at the offsets [first, last) of places and keeps those that some shape of `on` fits: without a
 * branch, as which these are cannot be predicted. */
INLINE void look(row_table table, size_t first, size_t last, const uint64_t *on, const uint8_t *text,
                 const uint32_t *at, size_t count, few_places *ret)
{
    ret->count = 0;
    for (size_t i = 0; i < count; i++) {
        shape_row shapes;
        copy_row(table, on, &shapes);
        for (size_t k = first; k < last; k++)
            keep_fitting(table, k, *(text + at[i] + k - 1), &shapes);
        ret->at[ret->count] = at[i];
        copy_row(table, shapes.words, &ret->shapes[ret->count]);
        ret->count += some_shape(table, &shapes);
    }
}

/* Which words of which places have shapes, as indexes of both; returns how many. */
INLINE size_t used_words(row_table table, const few_places *places, uint8_t ret[])
{
    size_t count = 0, words = table.one_word ? 1 : PII__OUTLINE_WORDS;
    for (size_t i = 0; i < places->count; i++)
        for (size_t word = 0; word < words; word++) {
            ret[count] = (uint8_t)(PII__OUTLINE_WORDS * i + word);
            count += places->shapes[i].words[word] != 0;
        }
    return count;
}

/* A word has one shape or two mostly, which cannot be predicted: one fit after the last may be written. */
INLINE size_t write_fits(row_table table, const few_places *places, size_t first_shape, pii__fit *ret)
{
    uint8_t used[PII__FEW_PLACES * PII__OUTLINE_WORDS + 1];
    size_t count = 0, used_count = used_words(table, places, used);
    for (size_t i = 0; i < used_count; i++) {
        size_t word = used[i] % PII__OUTLINE_WORDS;
        uint32_t at = places->at[used[i] / PII__OUTLINE_WORDS], shape = (uint32_t)(first_shape + 64 * word);
        uint64_t bits = places->shapes[used[i] / PII__OUTLINE_WORDS].words[word], rest = bits & (bits - 1);
        ret[count] = (pii__fit){at, shape + (uint32_t)__builtin_ctzll(bits)};
        ret[count + 1] = (pii__fit){at, shape + (uint32_t)__builtin_ctzll(rest | UINT64_C(1) << 63)};
        count += 1 + (size_t)(rest != 0);
        for (rest &= rest - 1; rest; rest &= rest - 1)
            ret[count++] = (pii__fit){at, shape + (uint32_t)__builtin_ctzll(rest)};
    }
    return count;
}

INLINE size_t fit_places(row_table table, const uint64_t *on, const uint8_t *text, bool begins,
                         const uint32_t *at, size_t count, size_t first_shape, pii__fit *ret)
{
    few_places places;
    if (begins && !at[0]) /* nothing comes before */
        look(table, 1, PII__OUTLINE_SIZE, on, text, at, count, &places);
    else
        look(table, 0, PII__OUTLINE_SIZE, on, text, at, count, &places);
    return write_fits(table, &places, first_shape, ret);
}

/* With every part of the rows; the usual numbers of words are told apart, so that each is a loop of its own. */
static inline size_t fit_few(const pii__outlines *outlines, const uint64_t *on, const uint8_t *text, bool begins,
                             const uint32_t *at, size_t places, pii__fit *ret)
{
    const uint64_t *rows = outlines->rows;
    size_t count = 0, words = outlines->words;
    if (words == 1)
        return fit_places((row_table){rows, 1, true}, on, text, begins, at, places, 0, ret);
    if (words == PII__OUTLINE_WORDS)
        return fit_places((row_table){rows, PII__OUTLINE_WORDS, false}, on, text, begins, at, places, 0, ret);
    for (size_t word = 0; word < words; word += PII__OUTLINE_WORDS)
        count += fit_places((row_table){rows + word, words, false}, on + word, text, begins, at, places, 64 * word,
                            ret + count);
    return count;
}

enum {
    usual_places = 4, /* of a block, most have no more */
    waiting_places = PII__FEW_PLACES + PII__BLOCK_SIZE
};

/* Writes the places of a block; of the usual ones without a branch, as their number cannot be predicted. At
 * least `usual_places` may be written, whatever is returned. */
static inline size_t take_places(uint64_t hits, size_t base, uint32_t *ret)
{
    size_t count = (size_t)__builtin_popcountll(hits);
    for (size_t i = 0; i < usual_places; i++, hits &= hits - 1)
        ret[i] = (uint32_t)(base + (size_t)__builtin_ctzll(hits | UINT64_C(1) << 63));
    for (size_t i = usual_places; hits; i++, hits &= hits - 1)
        ret[i] = (uint32_t)(base + (size_t)__builtin_ctzll(hits));
    return count;
}

/* Places of several blocks are looked at together. */
static size_t fit(const pii__outlines *outlines, const uint64_t *on, const uint8_t *text, bool begins, size_t blocks,
                  uint64_t *hits, pii__fit *ret, size_t room)
{
    uint32_t waiting[waiting_places + usual_places];
    size_t count = 0, held = 0, done = 0, most = PII__FEW_PLACES * 64 * outlines->words + 1;
    for (size_t i = 0; (i < blocks || done < held) && room - count >= most;) {
        if (held - done < PII__FEW_PLACES && i < blocks) {
            memmove(waiting, waiting + done, (held -= done) * sizeof waiting[0]);
            for (done = 0; i < blocks && held < PII__FEW_PLACES; hits[i++] = 0)
                held += take_places(hits[i], i * PII__BLOCK_SIZE, waiting + held);
        }
        size_t few = held - done < PII__FEW_PLACES ? held - done : PII__FEW_PLACES;
        if (few)
            count += fit_few(outlines, on, text, begins, waiting + done, few, ret + count);
        done += few;
    }
    for (; done < held; done++)
        hits[waiting[done] / PII__BLOCK_SIZE] |= UINT64_C(1) << waiting[done] % PII__BLOCK_SIZE;
    return count;
}
