/* ascii.h - byte classes and digit runs, the same in every locale. */
#ifndef PII__ASCII_H
#define PII__ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool pii__is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool pii__is_upper(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static inline bool pii__is_lower(uint8_t byte)
{
    return byte >= 'a' && byte <= 'z';
}

/* A letter, or a byte of a character beyond ASCII, which counts as one. */
static inline bool pii__is_letter(uint8_t byte)
{
    return pii__is_upper(byte) || pii__is_lower(byte) || byte >= 0x80;
}

static inline bool pii__is_alnum(uint8_t byte)
{
    return pii__is_letter(byte) || pii__is_digit(byte);
}

static inline bool pii__is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static inline uint8_t pii__lower(uint8_t byte)
{
    return pii__is_upper(byte) ? (uint8_t)(byte + ('a' - 'A')) : byte;
}

/* Value of a hexadecimal digit, or -1. */
static inline int pii__hex_value(uint8_t byte)
{
    if (pii__is_digit(byte))
        return byte - '0';
    byte = pii__lower(byte);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* Copies the digits of text[begin, end) to `digits` as values 0 to 9, at most
 * `capacity` of them, and returns how many there are in all. */
static inline size_t pii__digits(const uint8_t *text, size_t begin, size_t end, uint8_t *digits, size_t capacity)
{
    size_t count = 0;
    for (size_t i = begin; i < end; i++) {
        if (!pii__is_digit(text[i]))
            continue;
        if (count < capacity)
            digits[count] = (uint8_t)(text[i] - '0');
        count++;
    }
    return count;
}

/* The number that `count` digit values spell; count <= 9. */
static inline unsigned pii__digits_value(const uint8_t *digits, size_t count)
{
    unsigned value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + digits[i];
    return value;
}

#endif
