#include "known.h"

#include "memory.h"

enum {
    filter_fold = 16,       /* bits of the filter per state at which a value begins */
    filter_bits_least = 12, /* bits of the filter, as powers of two */
    filter_bits_most = 21,  /* half of a usual second-level cache */
    slots_least = 64,
    ahead = 16 /* states that the memory is asked for beforehand: tables of big rosters are in no cache */
};

static pii_status make_filter(pii_known *known, const pii__known_state *states, size_t count)
{
    size_t firsts = 0;
    unsigned bits = filter_bits_least;
    for (size_t i = 0; i < count; i++)
        firsts += states[i].first;
    while (bits < filter_bits_most && (UINT64_C(1) << bits) < firsts * filter_fold)
        bits++;
    known->filter_shift = 32 - bits;
    known->filter = pii__allocate_array(&known->allocator, (size_t)1 << bits, 1);
    if (!known->filter)
        return PII_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        uint32_t bit = states[i].head >> known->filter_shift;
        if (states[i].first)
            known->filter[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    return PII_OK;
}

/* Two values may meet in a state: what came first says which entity it is. */
static void enter(pii_known *known, const pii__known_state *state)
{
    const unsigned ends = PII__KNOWN_ENDS | PII__KNOWN_ENDS_AS_NAME;
    size_t slot = state->sum & known->slot_mask;
    while (known->slots[slot] && (known->slots[slot] ^ state->sum) >> PII__KNOWN_INFO_BITS)
        slot = (slot + 1) & known->slot_mask;
    uint64_t there = known->slots[slot];
    uint64_t entity = there & ends ? there >> PII__KNOWN_ENTITY_SHIFT & 0xFF : state->entity;
    uint64_t info = (there & 0xF) | state->info | entity << PII__KNOWN_ENTITY_SHIFT;
    known->slots[slot] = state->sum >> PII__KNOWN_INFO_BITS << PII__KNOWN_INFO_BITS | info;
}

static pii_status make_slots(pii_known *known, const pii__known_state *states, size_t count)
{
    size_t slots = slots_least;
    while (slots < count + count / 2)
        slots *= 2;
    known->slot_mask = slots - 1;
    known->slots = pii__allocate_array(&known->allocator, slots, sizeof *known->slots);
    if (!known->slots)
        return PII_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (i + ahead < count)
            __builtin_prefetch(&known->slots[states[i + ahead].sum & known->slot_mask], 1);
        enter(known, &states[i]);
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
    pii_status status = make_filter(known, states, count);
    if (status == PII_OK)
        status = make_slots(known, states, count);
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
    pii__release(&allocator, known->filter);
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
