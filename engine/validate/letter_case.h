/* letter_case.h - upper and lower case beyond ASCII, for the scripts in which
 * street names are written: Latin, Greek, Cyrillic. */
#ifndef PII__LETTER_CASE_H
#define PII__LETTER_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the UTF-8 text begins with an upper-case letter. */
bool pii__begins_upper(const uint8_t *text, size_t size);

/* Writes `text` in lower case to `ret`, which has room for `size` bytes: a letter
 * and its lower case are of one size. Letters that it does not know stay. */
void pii__lower_text(const uint8_t *text, size_t size, uint8_t *ret);

#endif
