/* word_set.h - lists of words, as keys to look words of a text up by.
 *
 * A word is known by how it begins: the ASCII letters it begins with, case left
 * aside; where few letters do, with the sign that follows them; and where a
 * non-ASCII byte does, with the first bytes of that kind. So a set may take other
 * words for its own, but never one of its own for another: it can rule places
 * out, not in. */
#ifndef PII__WORD_SET_H
#define PII__WORD_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    PII__WORD_HEAD = 8, /* bytes of a word that are looked at */
    PII__WORD_SHORT = 2, /* letters that say too little alone */
    PII__WORD_NON_ASCII = 2, /* of them not ASCII, where such a byte comes after letters */
    PII__WORD_NON_ASCII_FIRST = 4 /* the same where it comes first, and so many do */
};

/* Keys in ascending order, each once. */
typedef struct pii__word_set {
    const uint64_t *keys;
    size_t count; /* 0: there is no such list, and every place will do */
} pii__word_set;

static inline bool pii__ascii_letter(uint8_t byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* Eight bytes, the first one lowest. */
static inline uint64_t pii__load_word(const uint8_t *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Signs that may follow a short word. */
enum { PII__SIGN_BLANK = 1, PII__SIGN_DOT, PII__SIGN_DASH, PII__SIGN_OTHER, PII__SIGN_CLASSES };

/* Without a branch: which sign comes next cannot be predicted. */
static inline uint8_t pii__sign_class(uint8_t sign)
{
    unsigned blank = (unsigned)(sign == ' ') | (unsigned)(sign == '\t');
    return (uint8_t)(PII__SIGN_OTHER - 3 * blank - 2 * (unsigned)(sign == '.') - (unsigned)(sign == '-'));
}

/* Key of a word that begins with `size` of 8 readable bytes, 1 to 8: these bytes,
 * letters in lower case, the first one lowest, and a sign class or 0 on top. */
static inline uint64_t pii__word_key(const uint8_t bytes[PII__WORD_HEAD], size_t size, uint8_t sign_class)
{
    const uint64_t lower_case = UINT64_C(0x2020202020202020);
    uint64_t head = (pii__load_word(bytes) | lower_case) & UINT64_MAX >> 8 * (PII__WORD_HEAD - size);
    return head ^ (uint64_t)sign_class << 56;
}

/* How many of 8 readable bytes are letters, before the first that is none. Seven bits of a byte and a constant
 * carry into the eighth from a certain byte on. */
static inline size_t pii__leading_letters(const uint8_t bytes[PII__WORD_HEAD])
{
    const uint64_t every_byte = UINT64_C(0x0101010101010101);
    uint64_t lower = pii__load_word(bytes) | 0x20 * every_byte, seven = lower & 0x7F * every_byte;
    uint64_t from_a = seven + (0x80 - 'a') * every_byte, beyond_z = seven + (0x7F - 'z') * every_byte;
    uint64_t others = (~from_a | beyond_z | lower) & 0x80 * every_byte;
    return others ? (size_t)__builtin_ctzll(others) / 8 : PII__WORD_HEAD;
}

/* How many bytes of a word make its key, a sign after it left aside; 0 when it begins with neither a letter
 * nor a non-ASCII byte. */
static inline size_t pii__word_head(const uint8_t *word, size_t size)
{
    size_t letters = 0, last;
    while (letters < size && letters < PII__WORD_HEAD && pii__ascii_letter(word[letters]))
        letters++;
    if (letters == size)
        return letters;
    if (word[letters] < 0x80 || letters + PII__WORD_NON_ASCII > PII__WORD_HEAD)
        return letters;
    last = letters + (letters ? PII__WORD_NON_ASCII : PII__WORD_NON_ASCII_FIRST);
    if (!letters && (size < last || word[2] < 0x80 || word[3] < 0x80))
        last = PII__WORD_NON_ASCII;
    return last <= size ? last : 0;
}

#endif
