/* word_form.h - what a letter, mark or digit of a text is where words are compared:
 * case, diacritics and ligatures left aside.
 *
 * The table is generated at build time by make_word_forms.c. Sizes are such that
 * the result is never longer than the UTF-8 of the code point, nor shorter than a
 * third of it. */
#ifndef PII__WORD_FORM_H
#define PII__WORD_FORM_H

#include <stdint.h>

enum {
    PII__FORM_NONE = 0,  /* no part of a word */
    PII__FORM_SAME = 1,  /* compared as it is */
    PII__FORM_ALONE = 2, /* the same, and of a script that writes words without a gap: a word of its own */
    PII__FORM_TEXT = 3   /* from here: offset + PII__FORM_TEXT into the text table */
};

/* Blocks of 256 code points; pii__form_block[cp >> 8] indexes the entries. */
extern const uint8_t pii__form_block[0x110000 >> 8];
extern const uint16_t pii__form_entry[][256];

/* Two length bytes, of the plain and of the spelled-out form (0: there is none),
 * then both. Spelled out is what people write who have no such key: "ue". The first
 * one has PII__FORM_CAPITAL in it for a capital letter. */
enum { PII__FORM_CAPITAL = 0x80 };
extern const uint8_t pii__form_text[];

/* The entry of a code point below 0x110000. */
static inline uint16_t pii__form(uint32_t code_point)
{
    return pii__form_entry[pii__form_block[code_point >> 8]][code_point & 0xFF];
}

#endif
