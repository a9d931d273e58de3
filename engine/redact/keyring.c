#include "keyring.h"

#include <string.h>

#include "memory.h"

bool pii__key_id_valid(const char *id)
{
    size_t size = 0;
    for (; id[size]; size++) {
        bool letter = id[size] >= 'a' && id[size] <= 'z';
        bool digit = id[size] >= '0' && id[size] <= '9';
        if (size == PII__KEY_ID_MAX || (!letter && (!digit || size == 0)))
            return false;
    }
    return size > 0;
}

static bool all_zeros(const uint8_t *secret)
{
    uint8_t any = 0;
    for (size_t i = 0; i < PII__KEY_SECRET_SIZE; i++)
        any |= secret[i];
    return any == 0;
}

pii_status pii__keyring_add(pii__keyring *keyring, const char *id, const void *secret, size_t size)
{
    if (!id || !secret || !pii__key_id_valid(id) || size != PII__KEY_SECRET_SIZE || all_zeros(secret))
        return PII_ERROR_ARGUMENT;
    if (pii__keyring_find(keyring, id))
        return PII_ERROR_ARGUMENT;
    if (keyring->count == PII__KEYS_MAX)
        return PII_ERROR_LIMIT;
    pii__key *key = &keyring->keys[keyring->count++];
    memset(key->id, 0, sizeof key->id);
    memcpy(key->id, id, strlen(id));
    memcpy(key->secret, secret, sizeof key->secret);
    return PII_OK;
}

const pii__key *pii__keyring_find(const pii__keyring *keyring, const char *id)
{
    if (!keyring || keyring->count == 0)
        return NULL;
    if (!id)
        return &keyring->keys[keyring->count - 1];
    for (size_t i = 0; i < keyring->count; i++)
        if (!strcmp(keyring->keys[i].id, id))
            return &keyring->keys[i];
    return NULL;
}

void pii__keyring_wipe(pii__keyring *keyring)
{
    pii__wipe(keyring, sizeof *keyring);
}
