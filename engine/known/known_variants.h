/* known_variants.h - the ways in which a value may be written. */
#ifndef PII__KNOWN_VARIANTS_H
#define PII__KNOWN_VARIANTS_H

#include "known_word.h"
#include "piiglet_known.h"

/* A word of a value, or of a way to write it. */
typedef struct pii__known_piece {
    const uint8_t *bytes; /* folded */
    size_t size;
    uint32_t sign; /* before it (pii__known_gap_read) */
    bool glued;    /* to the word before, in a value */
} pii__known_piece;

/* Takes one way to write a value: one piece or more; `as_name`: known.h. */
typedef pii_status (*pii__known_sink)(void *context, const pii__known_piece *pieces, size_t count, bool as_name);

/* A value, read. */
typedef struct pii__known_value {
    uint8_t bytes[PII__KNOWN_VALUE_SIZE_MAX]; /* of the words, one after the other */
    size_t size;
    pii__known_piece words[PII__KNOWN_WORDS_MAX];
    size_t count;
    size_t letters; /* characters in all words */
    size_t surname; /* words before the first comma; 0: there is none */
    bool spelled;   /* holds a letter that has another, spelled-out form */
    bool alone;     /* holds a word of a script without gaps */
} pii__known_value;

/* Reads the view of a value. False: it has too many words or bytes. */
bool pii__known_value_read(const uint8_t *text, size_t size, bool spell_out, pii__known_value *ret);

/* The value as it is, or with nothing between its words. */
PII_MUST_CHECK pii_status pii__known_exact(const pii__known_value *value, pii__known_sink sink, void *context);

/* The name of a person in all ways that docs/KNOWN.md lists. `options`: those of a
 * public call. */
PII_MUST_CHECK pii_status pii__known_name(const pii__known_value *value, unsigned options, pii__known_sink sink,
                                          void *context);

#endif
