#include "clean_fields.h"

#include <string.h>

static uint64_t mix(uint64_t sum, uint64_t word)
{
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15); /* 2^64 over the golden ratio */
    sum = (sum ^ word) * odd;
    return sum ^ sum >> 32;
}

static uint64_t load(const uint8_t *bytes, size_t size)
{
    uint64_t word = 0;
    memcpy(&word, bytes, size);
    return word;
}

/* The last words overlap where the size is no multiple of theirs. */
static uint64_t add_bytes(uint64_t sum, const uint8_t *bytes, size_t size)
{
    sum = mix(sum, size);
    for (; size > 8; bytes += 8, size -= 8)
        sum = mix(sum, load(bytes, 8));
    if (size > 4)
        return mix(sum, load(bytes, 4) | load(bytes + size - 4, 4) << 32);
    for (; size > 0; size--)
        sum = sum << 8 ^ *bytes++;
    return mix(sum, 0);
}

static bool fits(const pii__clean_text *text)
{
    return text->name_size <= PII__CLEAN_BYTES && text->size <= PII__CLEAN_BYTES - text->name_size;
}

static size_t slot_of(const pii__clean_text *text)
{
    return add_bytes(add_bytes(0, text->name, text->name_size), text->field, text->size) % PII__CLEAN_SLOTS;
}

static bool same(const uint8_t *a, const uint8_t *b, size_t size)
{
    return size == 0 || memcmp(a, b, size) == 0;
}

static bool holds(const pii__clean_slot *slot, const pii__clean_text *text)
{
    return slot->size == text->size + 1 && slot->name_size == text->name_size &&
           same(slot->bytes, text->name, text->name_size) &&
           same(slot->bytes + text->name_size, text->field, text->size);
}

bool pii__clean_has(pii__clean *clean, const pii__clean_text *text)
{
    if (!clean || !fits(text))
        return false;
    pii__clean_slot *slot = &clean->slots[slot_of(text)];
    if (!holds(slot, text))
        return false;
    if (slot->uses < PII__CLEAN_USES_MAX)
        slot->uses++;
    return true;
}

void pii__clean_add(pii__clean *clean, const pii__clean_text *text)
{
    if (!clean || !fits(text))
        return;
    pii__clean_slot *slot = &clean->slots[slot_of(text)];
    if (slot->uses && !holds(slot, text)) {
        slot->uses--;
        return;
    }
    slot->name_size = (uint8_t)text->name_size;
    slot->size = (uint8_t)(text->size + 1);
    if (text->name_size)
        memcpy(slot->bytes, text->name, text->name_size);
    if (text->size)
        memcpy(slot->bytes + text->name_size, text->field, text->size);
}
