#include "replacement.h"

#include <string.h>

void pii__replacement_clear(pii__replacement *out)
{
    out->size = 0;
    out->full = false;
}

void pii__put_bytes(pii__replacement *out, const uint8_t *bytes, size_t size)
{
    if (size > sizeof out->bytes - out->size) {
        out->full = true;
        return;
    }
    memcpy(out->bytes + out->size, bytes, size);
    out->size += size;
}

void pii__put_byte(pii__replacement *out, uint8_t byte)
{
    pii__put_bytes(out, &byte, 1);
}

void pii__put_text(pii__replacement *out, const char *text)
{
    pii__put_bytes(out, (const uint8_t *)text, strlen(text));
}

void pii__put_number(pii__replacement *out, uint64_t number, unsigned width)
{
    uint8_t digits[20];
    size_t count = 0;
    do {
        digits[sizeof digits - ++count] = (uint8_t)('0' + number % 10);
        number /= 10;
    } while ((number || count < width) && count < sizeof digits);
    pii__put_bytes(out, digits + sizeof digits - count, count);
}
