/* kernel_fit.h - places of the sieve, and the outlines that fit there: the same for all kernels and compiled
 * for each. What comes next in a text cannot be predicted, so little branches on it. */
#include <string.h>

#include "kernel.h"

static size_t count_bits(const uint64_t *words, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (size_t)__builtin_popcountll(words[i]);
    return sum;
}

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

INLINE size_t fit_places(row_table table, const uint64_t *on, const uint8_t *text, bool first,
                         const uint32_t *at, size_t count, size_t first_shape, pii__fit *ret)
{
    few_places places;
    if (first)
        look(table, 1, PII__OUTLINE_SIZE, on, text, at, count, &places);
    else
        look(table, 0, PII__OUTLINE_SIZE, on, text, at, count, &places);
    return write_fits(table, &places, first_shape, ret);
}

/* With every part of the rows; the usual numbers of words are told apart, so that each is a loop of its own.
 * `first`: the only place begins the text. */
static inline size_t fit_few(const pii__outlines *outlines, const uint64_t *on, const uint8_t *text, bool first,
                             const uint32_t *at, size_t places, pii__fit *ret)
{
    const uint64_t *rows = outlines->rows;
    size_t count = 0, words = outlines->words;
    if (words == 1)
        return fit_places((row_table){rows, 1, true}, on, text, first, at, places, 0, ret);
    if (words == PII__OUTLINE_WORDS)
        return fit_places((row_table){rows, PII__OUTLINE_WORDS, false}, on, text, first, at, places, 0, ret);
    for (size_t word = 0; word < words; word += PII__OUTLINE_WORDS)
        count += fit_places((row_table){rows + word, words, false}, on + word, text, first, at, places, 64 * word,
                            ret + count);
    return count;
}

enum {
    usual_places = 4, /* of a block, most have no more */
    blocks_together = 64
};

/* Places taken out of blocks that have not been looked at, and the next blocks that have some. */
typedef struct place_queue {
    uint64_t *hits;
    size_t blocks;
    size_t next_block; /* after those in the list */
    size_t hit_count;
    size_t hit_done;
    uint32_t hit[blocks_together];
    size_t count;
    size_t done;
    uint32_t at[PII__FEW_PLACES + PII__BLOCK_SIZE + usual_places];
} place_queue;

/* Without a branch, as which blocks have places cannot be predicted. */
static inline void find_hit_blocks(place_queue *queue)
{
    size_t left = queue->blocks - queue->next_block, end = left < blocks_together ? left : blocks_together;
    queue->hit_count = queue->hit_done = 0;
    for (end += queue->next_block; queue->next_block < end; queue->next_block++) {
        queue->hit[queue->hit_count] = (uint32_t)queue->next_block;
        queue->hit_count += queue->hits[queue->next_block] != 0;
    }
}

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

/* Places from further blocks, until there are PII__FEW_PLACES or no more blocks. */
static inline void take_more(place_queue *queue)
{
    queue->count -= queue->done;
    memmove(queue->at, queue->at + queue->done, queue->count * sizeof queue->at[0]);
    queue->done = 0;
    while (queue->count < PII__FEW_PLACES) {
        if (queue->hit_done < queue->hit_count) {
            uint32_t block = queue->hit[queue->hit_done++];
            queue->count +=
                take_places(queue->hits[block], block * PII__BLOCK_SIZE, queue->at + queue->count);
            queue->hits[block] = 0;
        } else if (queue->next_block < queue->blocks) {
            find_hit_blocks(queue);
        } else {
            return;
        }
    }
}

/* What has been taken and not looked at. */
static inline void give_back(const place_queue *queue)
{
    for (size_t i = queue->done; i < queue->count; i++)
        queue->hits[queue->at[i] / PII__BLOCK_SIZE] |= UINT64_C(1) << queue->at[i] % PII__BLOCK_SIZE;
}

/* Places of several blocks are looked at together. */
static size_t fit(const pii__outlines *outlines, const uint64_t *on, const uint8_t *text, bool begins, size_t blocks,
                  uint64_t *hits, pii__fit *ret, size_t room)
{
    size_t count = 0, most = PII__FEW_PLACES * 64 * outlines->words + 1;
    place_queue queue; /* to be zeroed it is too large */
    queue.hits = hits;
    queue.blocks = blocks;
    queue.next_block = queue.hit_count = queue.hit_done = queue.count = queue.done = 0;
    while (room - count >= most) {
        if (queue.count - queue.done < PII__FEW_PLACES)
            take_more(&queue);
        if (!queue.count)
            break;
        const uint32_t *at = queue.at + queue.done;
        bool first = begins && !*at; /* nothing comes before */
        size_t left = first ? 1 : queue.count - queue.done, few = left < PII__FEW_PLACES ? left : PII__FEW_PLACES;
        count += fit_few(outlines, on, text, first, at, few, ret + count);
        queue.done += few;
    }
    give_back(&queue);
    return count;
}
