#include "fold.h"
#include "kernel.h"
#include "pattern.h"
#include "piiglet_scan.h"

void pii_build_info_get(pii_build_info *ret)
{
    *ret = (pii_build_info){
        .version = PII__VERSION,
        .pcre2 = pii__pattern_engine_version(),
        .unicode = pii__fold_unicode_version,
        .kernel = pii__kernel_best()->name,
        .jit = pii__pattern_jit_works(),
    };
}

const char *pii_kernel_name(size_t index)
{
    return pii__kernel_name(index);
}
