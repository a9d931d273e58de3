#include "reference.h"

#include <string.h>

#include "entity_names.h"

static bool digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static bool letter(uint8_t byte)
{
    uint8_t low = byte | 0x20;
    return low >= 'a' && low <= 'z';
}

static bool hexadecimal(const pii__reference *reference)
{
    return reference->size > 2 && (reference->bytes[2] | 0x20) == 'x';
}

static bool goes_on(const pii__reference *reference, uint8_t byte, bool wide)
{
    uint8_t low = byte | 0x20;
    if (reference->size == 1)
        return byte == '#' || letter(byte) || (wide && (byte == '_' || byte == ':' || byte >= 0x80));
    if (!pii__reference_numeric(reference))
        return letter(byte) || digit(byte) ||
               (wide && (byte == '_' || byte == ':' || byte == '-' || byte == '.' || byte >= 0x80));
    if (reference->size == 2)
        return digit(byte) || low == 'x';
    return digit(byte) || (hexadecimal(reference) && low >= 'a' && low <= 'f');
}

bool pii__reference_take(pii__reference *reference, uint8_t byte, bool wide)
{
    if (pii__reference_full(reference) || !goes_on(reference, byte, wide))
        return false;
    reference->bytes[reference->size++] = byte;
    return true;
}

bool pii__reference_number(const pii__reference *reference, uint32_t *ret_code_point)
{
    uint32_t value = 0, base = hexadecimal(reference) ? 16 : 10;
    size_t first = base == 16 ? 3 : 2;
    for (size_t i = first; i < reference->size; i++) {
        uint8_t byte = reference->bytes[i];
        uint32_t worth = digit(byte) ? (uint32_t)(byte - '0') : (uint32_t)((byte | 0x20) - 'a' + 10);
        value = value > 0x110000 ? value : value * base + worth;
    }
    *ret_code_point = value > 0x10FFFF ? UINT32_MAX : value;
    return reference->size > first;
}

/* Names lie in order, one after the other, each with a NUL after it. */
static int compare(const uint8_t *name, size_t size, const char *entry)
{
    int order = strncmp((const char *)name, entry, size);
    return order ? order : entry[size] ? -1 : 0;
}

bool pii__entity_named(const uint8_t *name, size_t size, pii__named *ret)
{
    size_t low = 0, high = PII__ENTITY_NAME_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const pii__entity_name *entry = &pii__entity_names[middle];
        int order = compare(name, size, pii__entity_name_text + entry->at);
        if (order == 0) {
            *ret = (pii__named){{entry->code_point, entry->second}, entry->bare};
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
