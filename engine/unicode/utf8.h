/* utf8.h - strict decoding, one character at a time (RFC 3629, Unicode 3.9
 * table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef PII__UTF8_H
#define PII__UTF8_H

#include <stddef.h>
#include <stdint.h>

typedef struct pii__character {
    uint32_t code_point; /* of no meaning when `size` <= 0 */
    int size;            /* bytes; 0: cut off by the end; < 0: -size invalid bytes (a maximal subpart) */
} pii__character;

/* Decodes at text[0], size >= 1. */
pii__character pii__utf8_decode(const uint8_t *text, size_t size);

#endif
