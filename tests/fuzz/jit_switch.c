/* Stands between the engine and PCRE2 (ld --wrap): machine code can be refused, as a system may do. */
#include "fuzz.h"

static bool jit_off;

int __real_pcre2_jit_compile_8(void *code, uint32_t options);
int __wrap_pcre2_jit_compile_8(void *code, uint32_t options);

enum { NO_MEMORY = -48 }; /* PCRE2_ERROR_NOMEMORY */

int __wrap_pcre2_jit_compile_8(void *code, uint32_t options)
{
    return jit_off ? NO_MEMORY : __real_pcre2_jit_compile_8(code, options);
}

void fuzz_use_jit(bool on)
{
    jit_off = !on;
}
