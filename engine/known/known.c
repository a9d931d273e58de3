#include "known.h"

#include "memory.h"

enum {
    bits_per_key = 16,      /* of a filter: one number in 150 passes by chance */
    filter_words_least = 8, /* as powers of two */
    filter_words_most = 18, /* 2 MiB */
    slots_least = 64,
    ahead = 16 /* states that the memory is asked for beforehand: tables of big rosters are in no cache */
};

/* Which has room for so many keys. */
static pii_status make_filter(pii_known *known, unsigned index, size_t keys, const pii__known_state *states,
                              size_t count)
{
    pii__known_filter *filter = &known->filters[index];
    unsigned bits = filter_words_least;
    while (bits < filter_words_most && ((size_t)64 << bits) < keys * bits_per_key)
        bits++;
    filter->shift = 32 - bits;
    filter->words = pii__allocate_array(&known->allocator, (size_t)1 << bits, sizeof *filter->words);
    if (!filter->words)
        return PII_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++)
        if (states[i].filters >> index & 1)
            filter->words[states[i].key >> filter->shift] |= pii__known_filter_bits(states[i].key);
    return PII_OK;
}

/* Two values may meet in a state: what came first says which entity it is. True:
 * the state is new. */
static bool enter(pii_known *known, const pii__known_state *state)
{
    const unsigned ends = PII__KNOWN_ENDS | PII__KNOWN_ENDS_AS_NAME;
    size_t slot = state->sum & known->slot_mask;
    while (known->slots[slot] && (known->slots[slot] ^ state->sum) >> PII__KNOWN_INFO_BITS)
        slot = (slot + 1) & known->slot_mask;
    uint64_t there = known->slots[slot];
    uint64_t entity = there & ends ? there >> PII__KNOWN_ENTITY_SHIFT & 0xFF : state->entity;
    uint64_t info = (there & 0xF) | state->info | entity << PII__KNOWN_ENTITY_SHIFT;
    known->slots[slot] = state->sum >> PII__KNOWN_INFO_BITS << PII__KNOWN_INFO_BITS | info;
    return !there;
}

/* `keys`: how many each filter will have, about. */
static pii_status make_slots(pii_known *known, const pii__known_state *states, size_t count, size_t keys[])
{
    size_t slots = slots_least;
    while (slots < count + count / 4)
        slots *= 2;
    known->slot_mask = slots - 1;
    known->slots = pii__allocate_array(&known->allocator, slots, sizeof *known->slots);
    if (!known->slots)
        return PII_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (i + ahead < count)
            __builtin_prefetch(&known->slots[states[i + ahead].sum & known->slot_mask], 1);
        unsigned fresh = enter(known, &states[i]) ? states[i].filters : 0;
        for (unsigned filter = 0; fresh >> filter; filter++)
            keys[filter] += fresh >> filter & 1;
    }
    return PII_OK;
}

pii_status pii__known_new(const pii_allocator *allocator, const pii__known_state *states, size_t count, pii_known **ret)
{
    pii_known *known = pii__allocate(allocator, sizeof *known);
    if (!known)
        return PII_ERROR_MEMORY;
    known->allocator = *allocator;
    atomic_init(&known->references, 1);
    size_t keys[PII__KNOWN_FILTERS] = {0};
    pii_status status = make_slots(known, states, count, keys);
    for (unsigned i = 0; i < PII__KNOWN_FILTERS && status == PII_OK; i++)
        status = make_filter(known, i, keys[i], states, count);
    if (status != PII_OK) {
        pii_known_free(known);
        return status;
    }
    *ret = known;
    return PII_OK;
}

pii_known *pii_known_ref(pii_known *known)
{
    if (known)
        atomic_fetch_add_explicit(&known->references, 1, memory_order_relaxed);
    return known;
}

void pii_known_free(pii_known *known)
{
    if (!known || atomic_fetch_sub_explicit(&known->references, 1, memory_order_acq_rel) != 1)
        return;
    pii_allocator allocator = known->allocator;
    for (unsigned i = 0; i < PII__KNOWN_FILTERS; i++)
        pii__release(&allocator, known->filters[i].words);
    pii__release(&allocator, known->slots);
    pii__release(&allocator, known->entities);
    pii__release(&allocator, known);
}

size_t pii_known_size(const pii_known *known)
{
    return known ? known->value_count : 0;
}

size_t pii_known_hold_back(const pii_known *known)
{
    return known ? 2 * (size_t)PII__KNOWN_MARGIN + known->width : 0;
}
