/* code_point.h - just enough UTF-8 to print bytes that may be anything. */
#ifndef CLI_CODE_POINT_H
#define CLI_CODE_POINT_H

#include <stddef.h>
#include <stdint.h>

/* Reads the code point at `bytes` (size > 0) into `*ret`; answers its length,
 * or 0 when no valid UTF-8 sequence begins there. */
size_t code_point_next(const uint8_t *bytes, size_t size, uint32_t *ret);

#endif
