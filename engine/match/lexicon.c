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

/* Of a word of fewer letters, whatever may come after them. */
static void enter_beginning(pii__lexicon *lexicon, uint64_t key)
{
    uint32_t bytes[3] = {key & 0xFF, key >> 8 & 0xFF, key >> 16 & 0xFF};
    size_t letters = 0;
    while (letters < 3 && pii__ascii_letter((uint8_t)bytes[letters]))
        letters++;
    uint32_t seconds = letters < 2 ? 32 : 1, thirds = letters < 3 ? 32 : 1;
    for (uint32_t i = 0; letters && i < seconds * thirds; i++) {
        uint32_t beginning = pii__beginning(bytes[0], seconds > 1 ? i % 32 : bytes[1],
                                            thirds > 1 ? i / seconds : bytes[2]);
        lexicon->beginnings[beginning / 64] |= UINT64_C(1) << beginning % 64;
    }
}

static void enter(pii__lexicon *lexicon, uint64_t key, uint64_t bit)
{
    size_t slot = pii__lexicon_hash(key) & lexicon->slot_mask;
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
