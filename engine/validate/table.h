/* table.h - the word tables of rules/data, as validators look things up.
 *
 * Keys are lower case; a look-up folds ASCII letters only, which is all that
 * the tables need. The data is made by embed_tables.py at build time. */
#ifndef PII__TABLE_H
#define PII__TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ascii.h"

/* A hash table with open addressing: an entry is looked for from the slot of its
 * hash on, up to an empty slot. Slots hold offset + 1 of an entry in `text`:
 * key, NUL, value (may be empty), NUL; 0 is empty. At most half are taken. */
typedef struct pii__table {
    const char *text;
    const uint32_t *slots;
    uint32_t mask; /* number of slots, a power of two, less one */
} pii__table;

extern const pii__table pii__table_account_stop_words;
extern const pii__table pii__table_address_anti_words;
extern const pii__table pii__table_address_cues;
extern const pii__table pii__table_country_calling_codes;
extern const pii__table pii__table_country_names;
extern const pii__table pii__table_digit_words;
extern const pii__table pii__table_fiction_phone_numbers;
extern const pii__table pii__table_first_names;
extern const pii__table pii__table_iban_lengths;
extern const pii__table pii__table_nanp_area_codes;
extern const pii__table pii__table_phone_groupings;
extern const pii__table pii__table_sparse_zip_areas;
extern const pii__table pii__table_street_endings;
extern const pii__table pii__table_street_leads;
extern const pii__table pii__table_street_suffixes;
extern const pii__table pii__table_street_tails;
extern const pii__table pii__table_technical_hosts;
extern const pii__table pii__table_tlds;
extern const pii__table pii__table_us_states;

/* Whether the `size` bytes at `text` are a key. */
bool pii__table_has(const pii__table *table, const uint8_t *text, size_t size);

/* The value of a key (NUL-terminated, constant), or NULL. */
const char *pii__table_value(const pii__table *table, const uint8_t *text, size_t size);

/* A hash is FNV-1a (Fowler, Noll, Vo) of the folded bytes, as embed_tables.py has it: that of no bytes, and of one
 * byte more. */
#define PII__TABLE_HASH_EMPTY 0x811C9DC5u

static inline uint32_t pii__table_hash_byte(uint32_t hash, uint8_t byte)
{
    return (hash ^ pii__lower(byte)) * 0x01000193u;
}

#endif
