/* letter.h - letters without case and marks, for telling whether two texts are
 * the same to a reader. The table is made at build time, as that of fold.h is. */
#ifndef PII__LETTER_H
#define PII__LETTER_H

#include <stdint.h>

enum { PII__LETTER_COUNT = 0x2000 /* beyond it no script has both case and marks */ };

/* The small letter without marks of each code point; of what is no letter, itself.
 * Never longer in UTF-8 than the code point it stands for. */
extern const uint16_t pii__letter_table[PII__LETTER_COUNT];

static inline uint32_t pii__letter_base(uint32_t code_point)
{
    return code_point < PII__LETTER_COUNT ? pii__letter_table[code_point] : code_point;
}

#endif
