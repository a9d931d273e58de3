/* kernel_run.h - the interpreter of gate programs, the same for all kernels and compiled
 * for each: the compiler turns the word loops into vector code. */
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
