#include "lexicon.h"

#include "memory.h"

static bool same(const pii__word_set *a, const pii__word_set *b)
{
    return a->count == b->count && !memcmp(a->keys, b->keys, a->count * sizeof *a->keys);
}

/* Returns the number of keys of sets that are not there twice. */
static size_t give_bits(const pii__word_set *sets, size_t count, uint64_t *bits)
{
    size_t known = 0, keys = 0;
    for (size_t i = 0; i < count; i++) {
        bits[i] = 0;
        if (!sets[i].count)
            continue;
        for (size_t k = 0; k < i && !bits[i]; k++)
            if (same(&sets[k], &sets[i]))
                bits[i] = bits[k];
        if (bits[i])
            continue;
        bits[i] = UINT64_C(1) << known++ % PII__LEXICON_SETS;
        keys += sets[i].count;
    }
    return keys;
}

#define O (PII__CODE_SIGN + PII__SIGN_OTHER)
#define X PII__CODE_NON_ASCII
#define X16 X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X
#define O8 O, O, O, O, O, O, O, O
#define BLANK (PII__CODE_SIGN + PII__SIGN_BLANK)
#define DASH (PII__CODE_SIGN + PII__SIGN_DASH)
#define DOT (PII__CODE_SIGN + PII__SIGN_DOT)
#define LETTERS 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26

const uint8_t pii__byte_codes[256] = {
    O8, O, BLANK, O, O, O, O, O, O, O8, O8,                   /* controls, the tab */
    BLANK, O, O, O, O, O, O, O, O, O, O, O, O, DASH, DOT, O,  /* signs from the blank on */
    O8, O8, O, LETTERS, O, O, O, O, O, O, LETTERS, O, O, O, O, O,
    X16, X16, X16, X16, X16, X16, X16, X16,
};

/* The codes that a byte of a key may have in a text, one bit each. Of a short word
 * the key holds the class of the sign after it in its last byte. */
static uint32_t codes_of(uint64_t key, size_t index, size_t letters)
{
    const uint32_t all = UINT32_MAX;
    uint8_t byte = (uint8_t)(key >> 8 * index), sign_class = (uint8_t)(key >> 56);
    if (index < letters || byte >= 0x80)
        return UINT32_C(1) << pii__byte_codes[byte];
    if (index > letters || letters > PII__WORD_SHORT)
        return all;
    return UINT32_C(1) << (PII__CODE_SIGN + sign_class) |
           (sign_class == PII__SIGN_OTHER ? UINT32_C(1) << PII__CODE_NON_ASCII : 0);
}

static void enter_beginning(pii__lexicon *lexicon, uint64_t key)
{
    size_t letters = 0;
    while (letters < 3 && pii__ascii_letter((uint8_t)(key >> 8 * letters)))
        letters++;
    if (!letters)
        return;
    for (uint32_t seconds = codes_of(key, 1, letters); seconds; seconds &= seconds - 1)
        for (uint32_t thirds = codes_of(key, 2, letters); thirds; thirds &= thirds - 1) {
            uint32_t beginning = pii__beginning(pii__byte_codes[key & 0xFF], (uint32_t)__builtin_ctz(seconds),
                                                (uint32_t)__builtin_ctz(thirds));
            lexicon->beginnings[beginning / 64] |= UINT64_C(1) << beginning % 64;
        }
}

static void enter(pii__lexicon *lexicon, uint64_t key, uint64_t bit)
{
    uint64_t hash = pii__lexicon_hash(key);
    size_t mark = pii__lexicon_mark_of(hash), slot = pii__lexicon_slot_of(lexicon, hash);
    lexicon->marks[mark / 64] |= UINT64_C(1) << mark % 64;
    while (lexicon->slots[slot].sets && lexicon->slots[slot].key != key)
        slot = (slot + 1) & lexicon->slot_mask;
    lexicon->slots[slot].key = key;
    lexicon->slots[slot].sets |= bit;
    enter_beginning(lexicon, key);
}

pii_status pii__lexicon_new(const pii_allocator *allocator, const pii__word_set *sets, size_t count, uint64_t *bits,
                            pii__lexicon **ret)
{
    pii__lexicon *lexicon = pii__allocate(allocator, sizeof *lexicon);
    if (!lexicon)
        return PII_ERROR_MEMORY;
    lexicon->allocator = *allocator;
    size_t keys = give_bits(sets, count, bits), slots = 16;
    while (slots < keys * 2)
        slots *= 2;
    lexicon->slot_mask = slots - 1;
    lexicon->slots = pii__allocate_array(allocator, slots, sizeof *lexicon->slots);
    if (!lexicon->slots) {
        pii__lexicon_free(lexicon);
        return PII_ERROR_MEMORY;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sets[i].count; k++)
            enter(lexicon, sets[i].keys[k], bits[i]);
    *ret = lexicon;
    return PII_OK;
}

void pii__lexicon_free(pii__lexicon *lexicon)
{
    if (!lexicon)
        return;
    pii_allocator allocator = lexicon->allocator;
    pii__release(&allocator, lexicon->slots);
    pii__release(&allocator, lexicon);
}
