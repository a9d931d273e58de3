#include "byte_kind.h"

#define OTHER(first, last) [first ... last] = PII__KIND_OTHER

const uint8_t pii__byte_kinds[256] = {
    OTHER(0, '/'),
    ['0' ... '9'] = PII__KIND_DIGIT,
    OTHER(':', '@'),
    ['A' ... 'Z'] = PII__KIND_WORD,
    OTHER('[', '^'),
    ['_'] = PII__KIND_WORD,
    OTHER('`', '`'),
    ['a' ... 'z'] = PII__KIND_WORD,
    OTHER('{', 0x7F),
    [0x80 ... 0xFF] = PII__KIND_NOT_ASCII,
};

unsigned pii__byte_set_kinds(const pii__byte_set *set)
{
    unsigned kinds = 0;
    for (unsigned byte = 0; byte < 256; byte++)
        if (pii__byte_set_has(set, (uint8_t)byte))
            kinds |= byte < 0x80 ? pii__byte_kinds[byte] : PII__KIND_OTHER;
    return kinds;
}

void pii__kind_widths_meet(pii__kind_widths *widths, const pii__kind_widths *other)
{
    for (unsigned i = 0; i < PII__KIND_SETS; i++)
        if (other->of[i] < widths->of[i])
            widths->of[i] = other->of[i];
}
