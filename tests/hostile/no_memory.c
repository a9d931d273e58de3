/* no_memory.c - memory that runs out, for a command that this is preloaded into.
 *
 * NO_MEMORY is the number of the malloc, calloc or realloc that fails, from 1 on, with a + behind it if all after it
 * fail, too. Their number is told on standard error at the end. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

static atomic_ulong calls;
static unsigned long fail_at; /* 0: never */
static bool ever_after;

__attribute__((constructor)) static void begin(void)
{
    const char *wish = getenv("NO_MEMORY");
    fail_at = wish ? strtoul(wish, NULL, 10) : 0;
    ever_after = wish && strchr(wish, '+');
    calls = 0;
}

__attribute__((destructor)) static void end(void)
{
    char text[40];
    unsigned long made = calls;
    fail_at = 0;
    int size = snprintf(text, sizeof text, "allocations: %lu\n", made);
    (void)!write(STDERR_FILENO, text, (size_t)size);
}

static bool fails(void)
{
    unsigned long call = atomic_fetch_add(&calls, 1) + 1;
    if (!fail_at || (ever_after ? call < fail_at : call != fail_at))
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return fails() ? NULL : __libc_realloc(block, size);
}
