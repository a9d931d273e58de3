/* start_windows.h - windows of starts that wait to be scanned, in order. */
#ifndef PII__START_WINDOWS_H
#define PII__START_WINDOWS_H

#include <stddef.h>
#include <stdint.h>

#include "piiglet_types.h"

/* Start offsets [begin, end) that may match. */
typedef struct pii__start_window {
    uint32_t rule;
    size_t begin;
    size_t end;
} pii__start_window;

typedef struct pii__start_windows {
    const pii_allocator *allocator; /* borrowed */
    pii__start_window *list;
    pii__start_window *room; /* as many, to sort in */
    size_t count;
    size_t capacity;
} pii__start_windows;

void pii__start_windows_free(pii__start_windows *windows);

/* Keeps a window, which is not empty. */
PII_MUST_CHECK pii_status pii__start_windows_add(pii__start_windows *windows, pii__start_window window);

/* Orders them by rule, then by where they begin. They mostly come in ascending
 * stretches, which are merged. */
void pii__start_windows_sort(pii__start_windows *windows);

#endif
