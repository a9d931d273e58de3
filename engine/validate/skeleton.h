/* skeleton.h - what a word looks like: letters of other alphabets, and digits,
 * that are written in the place of ASCII letters. */
#ifndef PII__SKELETON_H
#define PII__SKELETON_H

#include <stddef.h>
#include <stdint.h>

/* Writes the ASCII letters that `text` looks like to `ascii`, which holds `size`
 * bytes, and sets `*ret_size`; 0 where a character looks like none. Returns how
 * many digits and signs stood for letters ("c0m"). */
size_t pii__skeleton(const uint8_t *text, size_t size, uint8_t *ascii, size_t *ret_size);

#endif
