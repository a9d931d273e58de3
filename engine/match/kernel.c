#include "kernel.h"

#include <string.h>

extern const pii__kernel pii__kernel_avx512, pii__kernel_avx2, pii__kernel_ssse3, pii__kernel_neon, pii__kernel_scalar;

typedef struct choice {
    const pii__kernel *kernel;
    bool (*runs)(void);
} choice;

static bool always(void)
{
    return true;
}

#if defined(__x86_64__)
static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
}

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

static bool has_ssse3(void)
{
    return __builtin_cpu_supports("ssse3");
}
#endif

/* Best first. NEON is part of every 64-bit ARM. */
static const choice choices[] = {
#if defined(__x86_64__)
    {&pii__kernel_avx512, has_avx512},
    {&pii__kernel_avx2, has_avx2},
    {&pii__kernel_ssse3, has_ssse3},
#elif defined(__aarch64__)
    {&pii__kernel_neon, always},
#endif
    {&pii__kernel_scalar, always},
};

enum { choice_count = sizeof choices / sizeof choices[0] };

const pii__kernel *pii__kernel_best(void)
{
    size_t i = 0;
    while (!choices[i].runs())
        i++;
    return choices[i].kernel;
}

const pii__kernel *pii__kernel_find(const char *name)
{
    for (size_t i = 0; i < choice_count; i++)
        if (!strcmp(choices[i].kernel->name, name))
            return choices[i].runs() ? choices[i].kernel : NULL;
    return NULL;
}

const char *pii__kernel_name(size_t index)
{
    return index < choice_count ? choices[index].kernel->name : NULL;
}
