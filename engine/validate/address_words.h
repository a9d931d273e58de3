/* address_words.h - what each word that addresses are known by may be in one, all tables in one.
 *
 * Made by embed_address_words.py at build time: a hash table with open addressing, by the same hash as
 * those of table.h. */
#ifndef PII__ADDRESS_WORDS_H
#define PII__ADDRESS_WORDS_H

#include <stddef.h>
#include <stdint.h>

typedef struct pii__address_word {
    uint32_t text;  /* offset + 1 of the word, which ends in NUL; 0: the slot is free */
    uint32_t flags; /* PII__TOKEN_..., as the word alone says */
} pii__address_word;

extern const char pii__address_words_text[];
extern const pii__address_word pii__address_words[];
extern const uint32_t pii__address_words_mask; /* number of slots, a power of two, less one */

#endif
