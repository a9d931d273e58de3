/* run_memory.h - runs of bytes out of a set that have been walked once.
 *
 * Pivots come in ascending order, mostly; what one has walked over, the next does
 * not walk over again. Else a text of nothing but such bytes would cost the length
 * of a match for each of its places. */
#ifndef PII__RUN_MEMORY_H
#define PII__RUN_MEMORY_H

#include <stddef.h>
#include <stdbool.h>

#include "byte_set.h"

/* All bytes of [begin, end) of the text of call `call` are members. */
typedef struct pii__run_memory {
    uint64_t call;
    size_t begin;
    size_t end;
    bool stopped; /* the run ends at `end` */
} pii__run_memory;

/* The end of the run that begins at `at`, `last` at most. */
static inline size_t pii__run_end(pii__run_memory *memory, uint64_t call, const pii__byte_set *set,
                                  const uint8_t *text, size_t size, size_t at, size_t last)
{
    if (memory->call != call || at < memory->begin || at > memory->end)
        *memory = (pii__run_memory){call, at, at, false};
    if (!memory->stopped && memory->end < last) {
        size_t end = memory->end, limit = last < size ? last : size;
        while (end < limit && pii__byte_set_has(set, text[end]))
            end++;
        memory->end = end;
        memory->stopped = end < last;
    }
    return memory->end < last ? memory->end : last;
}

/* The begin of the run that ends at `at`, `first` at least. Not to be mixed with
 * the other in one memory. */
static inline size_t pii__run_begin(pii__run_memory *memory, uint64_t call, const pii__byte_set *set,
                                    const uint8_t *text, size_t at, size_t first)
{
    bool goes_on = memory->call == call && at >= memory->end;
    size_t begin = at, known = goes_on && memory->end > first ? memory->end : first;
    while (begin > known && pii__byte_set_has(set, text[begin - 1]))
        begin--;
    if (goes_on && begin == memory->end)
        begin = memory->begin;
    *memory = (pii__run_memory){call, begin, at, false};
    return begin > first ? begin : first;
}

#endif
