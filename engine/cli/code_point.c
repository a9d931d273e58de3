#include "code_point.h"

size_t code_point_next(const uint8_t *bytes, size_t size, uint32_t *ret)
{
    uint8_t lead = bytes[0];
    if (lead < 0x80) {
        *ret = lead;
        return 1;
    }
    size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || size < length)
        return 0;
    uint32_t point = lead & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        point = point << 6 | (bytes[i] & 0x3fu);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[length] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        return 0;
    *ret = point;
    return length;
}

bool code_point_continues(uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

size_t code_point_count(const void *data, size_t size)
{
    const uint8_t *bytes = data;
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += !code_point_continues(bytes[i]);
    return count;
}
