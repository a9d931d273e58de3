/* keyed_hash.h - the only place where a secret meets a value: keyed BLAKE2b
 * (RFC 7693) by libsodium.
 *
 * BLAKE2b rather than HMAC-SHA-256: it is a keyed hash by design, runs more than
 * twice as fast here on texts as short as these, and has a field of its own for
 * what a hash is for, which parts pseudonyms, shifts and surrogates of one key.
 * libsodium's sodium_init, which would choose faster code for long inputs and
 * open its source of random numbers, is not needed for it and not called. */
#ifndef PII__KEYED_HASH_H
#define PII__KEYED_HASH_H

#include "keyring.h"

enum { PII__KEYED_HASH_SIZE = 16 };

/* Hashes `entity`, a zero byte and the value. `purpose`: at most 16 bytes. */
void pii__keyed_hash(const pii__key *key, const char *purpose, const char *entity, const uint8_t *value, size_t size,
                     uint8_t ret[PII__KEYED_HASH_SIZE]);

#endif
