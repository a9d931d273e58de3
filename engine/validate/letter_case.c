#include "letter_case.h"

#include "ascii.h"

/* The lower case of a code point of two bytes; itself when it has none. */
static unsigned lower_of(unsigned code)
{
    bool in_pairs = (code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177) ||
                    (code >= 0x200 && code <= 0x21F) || (code >= 0x460 && code <= 0x481) ||
                    (code >= 0x48A && code <= 0x4BF);
    bool in_odd_pairs = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
    if (in_pairs)
        return code | 1;
    if (in_odd_pairs)
        return code + (code & 1);
    bool latin = code >= 0xC0 && code <= 0xDE && code != 0xD7;
    bool greek = code >= 0x391 && code <= 0x3AB;
    bool cyrillic = code >= 0x410 && code <= 0x42F;
    if (latin || greek || cyrillic)
        return code + 0x20;
    if (code >= 0x400 && code <= 0x40F)
        return code + 0x50;
    if (code >= 0x388 && code <= 0x38A)
        return code + 0x25;
    return code == 0x386 ? 0x3AC : code == 0x38C ? 0x3CC : code == 0x38E ? 0x3CD : code == 0x38F ? 0x3CE : code;
}

/* The code point of two bytes at `text`, or 0 for any other. */
static unsigned two_bytes(const uint8_t *text, size_t size)
{
    bool two = size >= 2 && text[0] >= 0xC2 && text[0] <= 0xDF && (text[1] & 0xC0) == 0x80;
    return two ? (text[0] & 0x1Fu) << 6 | (text[1] & 0x3Fu) : 0;
}

bool pii__begins_upper(const uint8_t *text, size_t size)
{
    if (!size || text[0] < 0x80)
        return size && pii__is_upper(text[0]);
    unsigned code = two_bytes(text, size);
    return lower_of(code) != code;
}

void pii__lower_text(const uint8_t *text, size_t size, uint8_t *ret)
{
    for (size_t i = 0; i < size; i++) {
        unsigned code = two_bytes(text + i, size - i);
        if (!code) {
            ret[i] = pii__lower(text[i]);
            continue;
        }
        code = lower_of(code);
        ret[i] = (uint8_t)(0xC0 | code >> 6);
        ret[++i] = (uint8_t)(0x80 | (code & 0x3F));
    }
}
