/* letter.h - what a letter, mark or digit of a text is where words are compared:
 * case, diacritics and ligatures left aside.
 *
 * The table is generated at build time by make_letter_table.c. Sizes are such that
 * the result is never longer than the UTF-8 of the code point, nor shorter than a
 * third of it. */
#ifndef PII__LETTER_H
#define PII__LETTER_H

#include <stdint.h>

enum {
    PII__LETTER_NONE = 0,  /* no part of a word */
    PII__LETTER_SAME = 1,  /* compared as it is */
    PII__LETTER_ALONE = 2, /* the same, and of a script that writes words without a gap: a word of its own */
    PII__LETTER_TEXT = 3   /* from here: offset + PII__LETTER_TEXT into the text table */
};

/* Blocks of 256 code points; pii__letter_block[cp >> 8] indexes the entries. */
extern const uint8_t pii__letter_block[0x110000 >> 8];
extern const uint16_t pii__letter_entry[][256];

/* Two length bytes, of the plain and of the spelled-out form (0: there is none),
 * then both. Spelled out is what people write who have no such key: "ue". The first
 * one has PII__LETTER_CAPITAL in it for a capital letter. */
enum { PII__LETTER_CAPITAL = 0x80 };
extern const uint8_t pii__letter_text[];

/* The entry of a code point below 0x110000. */
static inline uint16_t pii__letter(uint32_t code_point)
{
    return pii__letter_entry[pii__letter_block[code_point >> 8]][code_point & 0xFF];
}

#endif
