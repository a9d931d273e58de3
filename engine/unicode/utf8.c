#include "utf8.h"

/* What a lead byte asks for: Unicode 15, table 3-7 "Well-Formed UTF-8 Byte
 * Sequences". The second byte has a range of its own, the rest are 80..BF. */
typedef struct lead {
    int size;
    uint8_t second_first, second_last;
} lead;

static lead classify(uint8_t byte)
{
    if (byte < 0x80)
        return (lead){1, 0, 0};
    if (byte < 0xC2 || byte > 0xF4)
        return (lead){0, 0, 0};
    if (byte < 0xE0)
        return (lead){2, 0x80, 0xBF};
    if (byte < 0xF0)
        return (lead){3, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF};
    return (lead){4, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF};
}

pii__character pii__utf8_decode(const uint8_t *text, size_t size)
{
    lead form = classify(text[0]);
    if (form.size == 1)
        return (pii__character){text[0], 1};
    if (form.size == 0)
        return (pii__character){0, -1};
    uint32_t code_point = text[0] & (0x7Fu >> form.size);
    for (int i = 1; i < form.size; i++) {
        if ((size_t)i == size)
            return (pii__character){0, 0};
        uint8_t first = i == 1 ? form.second_first : 0x80;
        uint8_t last = i == 1 ? form.second_last : 0xBF;
        if (text[i] < first || text[i] > last)
            return (pii__character){0, -i};
        code_point = code_point << 6 | (text[i] & 0x3F);
    }
    return (pii__character){code_point, form.size};
}
