/* plain_run.h - the bytes up to the next one that means something, eight at a time. */
#ifndef PII__PLAIN_RUN_H
#define PII__PLAIN_RUN_H

#include <stdint.h>
#include <string.h>

/* Up to three ASCII bytes that mean something; fewer: one of them again. */
typedef struct pii__stops {
    uint8_t a, b, c;
} pii__stops;

static inline uint64_t pii__lanes(uint8_t byte)
{
    return UINT64_C(0x0101010101010101) * byte;
}

/* The top bit of each byte that is zero; the lowest one set is exact. */
static inline uint64_t pii__zero_lanes(uint64_t word)
{
    return (word - pii__lanes(1)) & ~word;
}

/* The first byte at or after `at` that is a stop, a control character or not ASCII; else `end`. */
static inline const uint8_t *pii__plain_run(const uint8_t *at, const uint8_t *end, pii__stops stops)
{
    for (; end - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        word = __builtin_bswap64(word);
#endif
        uint64_t found = pii__zero_lanes(word ^ pii__lanes(stops.a)) | pii__zero_lanes(word ^ pii__lanes(stops.b)) |
                         pii__zero_lanes(word ^ pii__lanes(stops.c));
        found |= ((word - pii__lanes(0x20)) & ~word) | word;
        found &= pii__lanes(0x80);
        if (found)
            return at + (__builtin_ctzll(found) >> 3);
    }
    while (at < end && *at >= 0x20 && *at < 0x80 && *at != stops.a && *at != stops.b && *at != stops.c)
        at++;
    return at;
}

#endif
