/* What memory allows: copying the text, and reading it once. Everything is set against memcpy. */
#include <stdlib.h>
#include <string.h>

#include "contestant.h"

enum { COPY, READ };

typedef struct copy_state {
    int variant;
    char *target;
    size_t capacity;
} copy_state;

static bool copy_open(const bench_contestant *self, const bench_options *options, const bench_rules *rules,
                      void **ret_state, const char **ret_absent)
{
    (void)rules;
    (void)ret_absent;
    copy_state *state = bench_allocate(sizeof *state);
    *state = (copy_state){.variant = self->variant, .capacity = self->variant == COPY ? options->size : 0};
    if (posix_memalign((void **)&state->target, 4096, state->capacity + 4096) != 0)
        bench_fail("out of memory");
    memset(state->target, 1, state->capacity);
    *ret_state = state;
    return true;
}

static bool copy_run(void *opaque, const char *data, size_t size, bench_spans *spans, uint64_t *ret_count)
{
    copy_state *state = opaque;
    (void)spans;
    *ret_count = 0;
    if (state->variant == READ) {
        *ret_count = memchr(data, 0x01, size) != NULL;
        return true;
    }
    if (size > state->capacity)
        return false;
    memcpy(state->target, data, size);
    __asm__ volatile("" : : "r"(state->target) : "memory");
    return true;
}

static void copy_close(void *opaque)
{
    copy_state *state = opaque;
    free(state->target);
    free(state);
}

const bench_contestant bench_copy_contestants[] = {
    {.name = "memcpy",
     .what = "copies the text",
     .variant = COPY,
     .open = copy_open,
     .run = copy_run,
     .close = copy_close},
    {.name = "memchr",
     .what = "reads the text once, for a byte that it does not hold",
     .variant = READ,
     .open = copy_open,
     .run = copy_run,
     .close = copy_close},
};
const size_t bench_copy_count = sizeof bench_copy_contestants / sizeof bench_copy_contestants[0];
