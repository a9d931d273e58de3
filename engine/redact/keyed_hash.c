#include "keyed_hash.h"

#include <sodium.h>
#include <string.h>

#include "memory.h"

/* None of these calls can fail: all sizes are constants in range. */
void pii__keyed_hash(const pii__key *key, const char *purpose, const char *entity, const uint8_t *value, size_t size,
                     uint8_t ret[PII__KEYED_HASH_SIZE])
{
    uint8_t personal[crypto_generichash_blake2b_PERSONALBYTES] = {0};
    memcpy(personal, purpose, strnlen(purpose, sizeof personal));
    crypto_generichash_blake2b_state state;
    (void)crypto_generichash_blake2b_init_salt_personal(&state, key->secret, sizeof key->secret, PII__KEYED_HASH_SIZE,
                                                        NULL, personal);
    (void)crypto_generichash_blake2b_update(&state, (const uint8_t *)entity, strlen(entity) + 1);
    (void)crypto_generichash_blake2b_update(&state, value, size);
    (void)crypto_generichash_blake2b_final(&state, ret, PII__KEYED_HASH_SIZE);
    pii__wipe(&state, sizeof state);
}
