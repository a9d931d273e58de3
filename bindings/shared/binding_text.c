#include "binding_text.h"

size_t pii__place_move(pii__place *place, size_t byte)
{
    if (place->unit == PII__UNIT_BYTE)
        return byte;
    const unsigned char *data = (const unsigned char *)place->data;
    size_t units = 0;
    for (size_t i = place->byte; i < byte; i++) {
        units += (data[i] & 0xC0) != 0x80; /* the first byte of a code point */
        units += place->unit == PII__UNIT_UTF16 && data[i] >= 0xF0; /* its second half */
    }
    place->byte = byte;
    place->units += units;
    return place->units;
}
