#include "start_windows.h"

#include <stdbool.h>
#include <string.h>

#include "memory.h"

void pii__start_windows_free(pii__start_windows *windows)
{
    pii__release(windows->allocator, windows->list);
    pii__release(windows->allocator, windows->room);
    windows->list = windows->room = NULL;
    windows->count = windows->capacity = 0;
}

static pii_status grow(pii__start_windows *windows)
{
    size_t capacity = windows->capacity;
    pii__start_window *list =
        pii__grow(windows->allocator, windows->list, &capacity, windows->count, sizeof *list);
    if (!list)
        return PII_ERROR_MEMORY;
    windows->list = list;
    pii__start_window *room = pii__allocate_array(windows->allocator, capacity, sizeof *room);
    if (!room)
        return PII_ERROR_MEMORY;
    pii__release(windows->allocator, windows->room);
    windows->room = room;
    windows->capacity = capacity;
    return PII_OK;
}

pii_status pii__start_windows_add(pii__start_windows *windows, pii__start_window window)
{
    pii_status status = windows->count == windows->capacity ? grow(windows) : PII_OK;
    if (status == PII_OK)
        windows->list[windows->count++] = window;
    return status;
}

static bool after(const pii__start_window *a, const pii__start_window *b)
{
    return a->rule != b->rule ? a->rule > b->rule : a->begin > b->begin;
}

/* End of the ascending stretch that begins at `at`. */
static size_t stretch_end(const pii__start_windows *windows, size_t at)
{
    do
        at++;
    while (at < windows->count && !after(&windows->list[at - 1], &windows->list[at]));
    return at;
}

/* list[begin, middle) and list[middle, end) into `room`. */
static void merge(pii__start_windows *windows, size_t begin, size_t middle, size_t end)
{
    size_t left = begin, right = middle;
    for (size_t to = begin; to < end; to++) {
        bool from_right = left == middle || (right < end && after(&windows->list[left], &windows->list[right]));
        windows->room[to] = windows->list[from_right ? right++ : left++];
    }
}

/* Merges neighbouring stretches; returns how many were found. */
static size_t merge_stretches(pii__start_windows *windows)
{
    size_t stretches = 0;
    for (size_t begin = 0; begin < windows->count;) {
        size_t middle = stretch_end(windows, begin);
        size_t end = middle < windows->count ? stretch_end(windows, middle) : middle;
        stretches += end > middle ? 2 : 1;
        merge(windows, begin, middle, end);
        begin = end;
    }
    return stretches;
}

void pii__start_windows_sort(pii__start_windows *windows)
{
    while (stretch_end(windows, 0) < windows->count && merge_stretches(windows) > 1) {
        pii__start_window *merged = windows->room;
        windows->room = windows->list;
        windows->list = merged;
    }
}
