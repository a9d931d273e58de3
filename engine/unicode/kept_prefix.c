#include "kept_prefix.h"

#include "fold.h"
#include "utf8.h"

size_t pii__kept_prefix(const uint8_t *text, size_t size)
{
    size_t at = 0;
    while (at < size) {
        uint32_t code_point;
        size_t own = pii__utf8_usual(text + at, size - at, &code_point);
        if (!own || pii__fold(code_point) != PII__FOLD_KEEP)
            break;
        at += own;
    }
    return at;
}
