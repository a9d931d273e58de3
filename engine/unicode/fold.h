/* fold.h - what the detection view makes of one code point.
 *
 * The table is generated at build time by make_fold_table.c from libunistring's
 * Unicode data, so that the library itself needs no Unicode data at run time. */
#ifndef PII__FOLD_H
#define PII__FOLD_H

#include <stdint.h>

enum {
    PII__FOLD_KEEP = 0,         /* stands in the view as it is */
    PII__FOLD_DROP = 0xFFFF,    /* ignorable: not in the view */
    PII__FOLD_COMBINE = 0xFFFE, /* combining mark: not in the view, belongs to what stands before */
    PII__FOLD_TEXT = 0x100      /* from here: offset + PII__FOLD_TEXT into the text table */
    /* 1..0x7F: one ASCII character */
};

/* Blocks of 256 code points; pii__fold_block[cp >> 8] indexes the entries. */
extern const uint8_t pii__fold_block[0x110000 >> 8];
extern const uint16_t pii__fold_entry[][256];

/* Length byte, then that many ASCII bytes. */
extern const uint8_t pii__fold_text[];

/* "MAJOR.MINOR" of the Unicode data behind the table. */
extern const char pii__fold_unicode_version[];

/* The entry of a code point below 0x110000. */
static inline uint16_t pii__fold(uint32_t code_point)
{
    return pii__fold_entry[pii__fold_block[code_point >> 8]][code_point & 0xFF];
}

#endif
