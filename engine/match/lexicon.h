/* lexicon.h - all word sets of a ruleset in one table. */
#ifndef PII__LEXICON_H
#define PII__LEXICON_H

#include "piiglet_types.h"
#include "word_set.h"

enum {
    PII__LEXICON_SETS = 64, /* sets beyond share a bit with an earlier one */
    PII__BEGINNINGS = 1 << 15, /* ways to begin a word: the codes of its first three bytes */
    PII__KEY_MARKS = 1 << 16   /* hashes of keys: most words of a text are in no set, and are told by these */
};

typedef struct pii__lexicon_slot {
    uint64_t key;
    uint64_t sets; /* 0: the slot is free */
} pii__lexicon_slot;

typedef struct pii__lexicon {
    pii_allocator allocator;
    uint64_t beginnings[PII__BEGINNINGS / 64]; /* 1: some word begins so; small enough for the first-level cache */
    uint64_t marks[PII__KEY_MARKS / 64]; /* 1: some key has the hash; small, too */
    pii__lexicon_slot *slots;
    size_t slot_mask; /* their number, a power of two, less one */
} pii__lexicon;

/* `bits[i]` becomes the bit of `sets[i]` in masks of sets, or 0 for an empty set;
 * equal sets have the same bit. */
PII_MUST_CHECK pii_status pii__lexicon_new(const pii_allocator *allocator, const pii__word_set *sets, size_t count,
                                           uint64_t *bits, pii__lexicon **ret);
void pii__lexicon_free(pii__lexicon *lexicon);

/* A byte as five bits: 1 to 26 for the letters, in either case alike; what is no
 * letter by its sign class; non-ASCII bytes. */
enum { PII__CODE_SIGN = 26, PII__CODE_NON_ASCII = 31 };
extern const uint8_t pii__byte_codes[256];

static inline uint32_t pii__beginning(uint32_t first, uint32_t second, uint32_t third)
{
    return first | second << 5 | third << 10;
}

/* False: no word that begins with these three bytes is in any set. */
static inline bool pii__lexicon_may_have(const pii__lexicon *lexicon, const uint8_t *word)
{
    uint32_t beginning =
        pii__beginning(pii__byte_codes[word[0]], pii__byte_codes[word[1]], pii__byte_codes[word[2]]);
    return lexicon->beginnings[beginning / 64] >> beginning % 64 & 1;
}

/* Multiplication mixes upwards: the constant is odd and has no other meaning. */
static inline uint64_t pii__lexicon_hash(uint64_t key)
{
    return (key ^ key >> 31) * UINT64_C(0x9E3779B97F4A7C15);
}

static inline size_t pii__lexicon_slot_of(const pii__lexicon *lexicon, uint64_t hash)
{
    return (size_t)(hash >> 40) & lexicon->slot_mask;
}

static inline size_t pii__lexicon_mark_of(uint64_t hash)
{
    return (size_t)(hash >> 48);
}

/* The sets that have a word of this key. */
static inline uint64_t pii__lexicon_find(const pii__lexicon *lexicon, uint64_t key)
{
    uint64_t hash = pii__lexicon_hash(key);
    size_t mark = pii__lexicon_mark_of(hash), slot = pii__lexicon_slot_of(lexicon, hash);
    if (!(lexicon->marks[mark / 64] >> mark % 64 & 1))
        return 0;
    while (lexicon->slots[slot].sets && lexicon->slots[slot].key != key)
        slot = (slot + 1) & lexicon->slot_mask;
    return lexicon->slots[slot].sets;
}

#endif
