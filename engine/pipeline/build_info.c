#include "fold.h"
#include "pattern.h"

void pii_build_info_get(pii_build_info *ret)
{
    *ret = (pii_build_info){
        .version = PII__VERSION,
        .pcre2 = pii__pattern_engine_version(),
        .unicode = pii__fold_unicode_version,
        .kernel = "scalar",
        .jit = pii__pattern_jit_works(),
    };
}
