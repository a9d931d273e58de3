/* known_word.h - words as known values are made of: runs of letters, marks and
 * digits, compared without case and diacritics, and known by a sum.
 *
 * A character of a script that leaves no gap between words is a word of its own.
 * Values and texts are read by the same functions, in the view (view.h). */
#ifndef PII__KNOWN_WORD_H
#define PII__KNOWN_WORD_H

#include <stdbool.h>

#include "limits.h"
#include "word_set.h"

/* A word, folded. Bytes after it up to a multiple of eight are 0. */
typedef struct pii__folded {
    uint8_t bytes[PII__KNOWN_VALUE_SIZE_MAX + 8];
    size_t size;
} pii__folded;

/* A word of a text. */
typedef struct pii__known_word {
    size_t end;   /* offset after it */
    bool capital; /* begins with a capital letter */
    bool single;  /* one character */
    bool spelled; /* holds a letter that has another, spelled-out form */
    bool alone;   /* of a script without gaps */
} pii__known_word;

/* Reads the word that begins at text[at], at < end <= size. False: none does, or it
 * goes on beyond `end`, or is too long. Looks at text[0, size) only, and no farther
 * than at the character after the word. */
bool pii__known_word_read(const uint8_t *text, size_t size, size_t at, size_t end, bool spell_out,
                          pii__folded *folded, pii__known_word *ret);

/* Whether a character of a word, not alone, ends right before text[at]. */
bool pii__known_word_before(const uint8_t *text, size_t at);

/* How many bytes the character at text[at] has, not ASCII, and what it is in words
 * (word_form.h). */
size_t pii__known_character(const uint8_t *text, size_t size, size_t at, uint16_t *ret_letter);

/* The character at text[at], as what may stand between two words: its size; 0: a word
 * begins there; SIZE_MAX: nothing that may stand inside a value. Takes it into
 * `*sign`: which signs there are, but blanks, dashes, dots, low lines and round
 * brackets, which may be left out or put in at will, but for a full stop that
 * ends a sentence; 0: none. `word_size`: bytes of the word that ends right before; 0: none
 * does. */
size_t pii__known_gap_step(const uint8_t *text, size_t size, size_t at, size_t word_size, uint32_t *sign);

/* Reads over all that stands between two words, from `*at` to `end` at most. False:
 * they do not belong together, or there is no second one. */
bool pii__known_gap_read(const uint8_t *text, size_t size, size_t *at, size_t end, size_t word_size,
                         uint32_t *ret_sign);

/* A dash, an apostrophe, or nothing at all holds two words together. */
bool pii__known_gap_glues(const uint8_t *text, size_t begin, size_t end);

/* The sum of `size` bytes. */
uint64_t pii__known_sum(const uint8_t *bytes, size_t size);

/* Mixes both into each other: the halves of a product of 128 bits. */
static inline uint64_t pii__known_mix(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)(a ^ UINT64_C(0x9E3779B97F4A7C15)) *
                                (b ^ UINT64_C(0xD6E8FEB86659FD93)); /* odd; nothing else matters */
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* The sum of words so far, a sign, and one more word. */
static inline uint64_t pii__known_step(uint64_t sum, uint32_t sign, uint64_t word)
{
    return pii__known_mix(sum + sign * UINT64_C(0xA0761D6478BD642F), word);
}

#endif
