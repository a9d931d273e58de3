/* surrogate.c - PII_ACTION_SURROGATE. */
#include <string.h>

#include "ascii.h"
#include "keyed_hash.h"
#include "memory.h"
#include "normalise.h"
#include "surrogates.h"
#include "transforms.h"

typedef bool (*surrogate_function)(const pii__value_text *, pii__choice *, pii__replacement *);

/* For other entities - accounts, secrets, documents - nothing is put aside that
 * could not be somebody's. */
static const struct {
    const char *entity;
    surrogate_function make;
} kinds[] = {
    {"ADDRESS", pii__surrogate_street},
    {"CREDIT_CARD", pii__surrogate_card},
    {"DATE_OF_BIRTH", pii__surrogate_date},
    {"EMAIL", pii__surrogate_email},
    {"GPS", pii__surrogate_gps},
    {"GUID", pii__surrogate_guid},
    {"IBAN", pii__surrogate_iban},
    {"IP", pii__surrogate_ip},
    {"MAC", pii__surrogate_mac},
    {"PERSON", pii__surrogate_person},
    {"PHONE", pii__surrogate_phone},
    {"SSN", pii__surrogate_ssn},
    {"URL", pii__surrogate_url},
    {"ZIP", pii__surrogate_zip},
};

static surrogate_function find_kind(const char *entity)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (!strcmp(kinds[i].entity, entity))
            return kinds[i].make;
    return NULL;
}

unsigned pii__choose(pii__choice *choice, unsigned count)
{
    unsigned chosen = (unsigned)(choice->state % count);
    choice->state /= count;
    return chosen;
}

static bool is_slot(uint8_t byte, pii__slots slots)
{
    switch (slots) {
    case PII__SLOTS_HEX: return pii__hex_value(byte) >= 0;
    case PII__SLOTS_ALNUM: return byte < 0x80 && pii__is_alnum(byte);
    default: return pii__is_digit(byte);
    }
}

size_t pii__slots_of(const pii__value_text *text, pii__slots slots, char *ret, size_t room)
{
    size_t count = 0;
    for (size_t at = 0; at < text->size; at++) {
        if (!is_slot(text->bytes[at], slots))
            continue;
        if (count + 1 == room)
            return SIZE_MAX;
        ret[count++] = (char)pii__lower(text->bytes[at]);
    }
    ret[count] = 0;
    return count;
}

bool pii__fill(const pii__value_text *text, size_t size, pii__slots slots, const char *characters, size_t count,
               pii__replacement *out)
{
    bool small = false, large = false;
    for (size_t at = 0; at < size && !large; at++) {
        small |= is_slot(text->bytes[at], slots) && pii__is_lower(text->bytes[at]);
        large = !small && is_slot(text->bytes[at], slots) && pii__is_upper(text->bytes[at]);
    }
    size_t filled = 0;
    for (size_t at = 0; at < size; at++) {
        if (!is_slot(text->bytes[at], slots)) {
            pii__put_byte(out, text->bytes[at]);
            continue;
        }
        if (filled == count)
            return false;
        uint8_t byte = (uint8_t)characters[filled++];
        pii__put_byte(out, large && pii__is_lower(byte) ? (uint8_t)(byte - 'a' + 'A') : byte);
    }
    return filled == count;
}

/* One value has one surrogate, however it is written, as far as it has one shape. */
static bool choose_by_key(const pii__transform_input *input, pii__choice *ret)
{
    const pii__key *key = pii__keyring_find(input->keys, input->action->key);
    *ret = (pii__choice){0};
    if (!key)
        return true;
    pii__value_text text;
    bool understood = pii__value_normalise(input->entity, input->value, input->size, &text);
    if (understood) {
        uint8_t hash[PII__KEYED_HASH_SIZE];
        pii__keyed_hash(key, "piiglet stand-in", input->entity, text.bytes, text.size, hash);
        memcpy(&ret->state, hash, sizeof ret->state);
        pii__wipe(hash, sizeof hash);
    }
    pii__value_wipe(&text);
    return understood;
}

bool pii__transform_surrogate(const pii__transform_input *input, pii__replacement *out)
{
    surrogate_function make = find_kind(input->entity);
    pii__choice choice;
    if (!make || !choose_by_key(input, &choice))
        return false;
    pii__value_text text;
    bool done = pii__value_fold(input->value, input->size, &text) && make(&text, &choice, out);
    pii__value_wipe(&text);
    return done;
}
