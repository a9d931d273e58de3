/* code_point.h - just enough UTF-8 to print bytes that may be anything. */
#ifndef CLI_CODE_POINT_H
#define CLI_CODE_POINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads the code point at `bytes` (size > 0) into `*ret`; answers its length,
 * or 0 when no valid UTF-8 sequence begins there. */
size_t code_point_next(const uint8_t *bytes, size_t size, uint32_t *ret);

/* Whether a byte is none that begins a character. */
bool code_point_continues(uint8_t byte);

/* How many characters begin in `size` bytes. */
size_t code_point_count(const void *bytes, size_t size);

#endif
