/* utf8.h - strict decoding, one character at a time (RFC 3629, Unicode 3.9
 * table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef PII__UTF8_H
#define PII__UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pii__character {
    uint32_t code_point; /* of no meaning when `size` <= 0 */
    int size;            /* bytes; 0: cut off by the end; < 0: -size invalid bytes (a maximal subpart) */
} pii__character;

/* Decodes at text[0], size >= 1. */
pii__character pii__utf8_decode(const uint8_t *text, size_t size);

static inline bool pii__utf8_continues(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The usual characters - ASCII, and most of two and three bytes - decoded without a call, as
 * text in most languages is little else. Returns the size, or 0 for what is left to pii__utf8_decode; size >= 1. */
static inline size_t pii__utf8_usual(const uint8_t *text, size_t size, uint32_t *ret)
{
    uint8_t lead = text[0];
    *ret = lead;
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead < 0xE0 && size >= 2 && pii__utf8_continues(text[1])) {
        *ret = (lead & 0x1Fu) << 6 | (text[1] & 0x3Fu);
        return 2;
    }
    if (lead >= 0xE0 && lead < 0xF0 && lead != 0xED && size >= 3 && pii__utf8_continues(text[1]) &&
        pii__utf8_continues(text[2]) && (lead > 0xE0 || text[1] >= 0xA0)) {
        *ret = (lead & 0xFu) << 12 | (text[1] & 0x3Fu) << 6 | (text[2] & 0x3Fu);
        return 3;
    }
    return 0;
}

#endif
