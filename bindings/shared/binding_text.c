#include "binding_text.h"

#include <stdint.h>
#include <string.h>

/* One in each byte. */
#define ONES 0x0101010101010101u

/* The sum of eight bytes that are 0 or 1. */
static size_t sum(uint64_t bytes)
{
    return (size_t)((bytes * ONES) >> 56);
}

/* Eight bytes at once: those that continue a code point are 10xxxxxx; the first of four is 1111xxxx. */
static size_t units_of_eight(const char *data, bool utf16)
{
    uint64_t word;
    memcpy(&word, data, sizeof word);
    size_t units = sizeof word - sum((word >> 7) & ~(word >> 6) & ONES);
    return utf16 ? units + sum((word >> 7) & (word >> 6) & (word >> 5) & (word >> 4) & ONES) : units;
}

size_t pii__place_move(pii__place *place, size_t byte)
{
    if (place->unit == PII__UNIT_BYTE)
        return byte;
    bool utf16 = place->unit == PII__UNIT_UTF16;
    size_t units = 0;
    size_t i = place->byte;
    for (; byte - i >= sizeof(uint64_t); i += sizeof(uint64_t))
        units += units_of_eight(place->data + i, utf16);
    for (; i < byte; i++) {
        unsigned char at = (unsigned char)place->data[i];
        units += (at & 0xC0) != 0x80;
        units += utf16 && at >= 0xF0; /* the second half of a pair */
    }
    place->byte = byte;
    place->units += units;
    return place->units;
}
