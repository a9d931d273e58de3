/* Preloaded into the command by tests/mutate.py: adds up how many places its patterns are tried at, and says so at the
 * end. A gate that lets more through than it must changes no finding; here it shows. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>

int pcre2_set_offset_limit_8(void *context, size_t limit);
int pcre2_jit_match_8(const void *code, const uint8_t *text, size_t size, size_t from, uint32_t options, void *data,
                      void *context);

static size_t last;          /* the greatest start that the next search may try */
static unsigned long places; /* tried so far; the command is run on one thread */

int pcre2_set_offset_limit_8(void *context, size_t limit)
{
    int (*next)(void *, size_t) = (int (*)(void *, size_t))dlsym(RTLD_NEXT, "pcre2_set_offset_limit_8");
    last = limit;
    return next(context, limit);
}

int pcre2_jit_match_8(const void *code, const uint8_t *text, size_t size, size_t from, uint32_t options, void *data,
                      void *context)
{
    int (*next)(const void *, const uint8_t *, size_t, size_t, uint32_t, void *, void *) =
        (int (*)(const void *, const uint8_t *, size_t, size_t, uint32_t, void *, void *))dlsym(RTLD_NEXT,
                                                                                                 "pcre2_jit_match_8");
    places += last >= from ? last - from + 1 : 0;
    return next(code, text, size, from, options, data, context);
}

__attribute__((destructor)) static void tell(void)
{
    fprintf(stderr, "places tried: %lu\n", places);
}
