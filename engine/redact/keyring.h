/* keyring.h - the secrets behind pseudonyms, date shifts and surrogates.
 *
 * A plain value: embedded where it is needed, copied by assignment, and wiped by
 * its owner (pii__release wipes, too). It is read-only once used, and then safe
 * for any number of threads. No secret leaves engine/redact. */
#ifndef PII__KEYRING_H
#define PII__KEYRING_H

#include "limits.h"
#include "piiglet_types.h"

enum { PII__KEY_SECRET_SIZE = 32 /* bytes of a secret, no more, no less */ };

typedef struct pii__key {
    char id[PII__KEY_ID_MAX + 1]; /* shows in tokens; NUL-terminated */
    uint8_t secret[PII__KEY_SECRET_SIZE];
} pii__key;

/* Zeroed: empty. */
typedef struct pii__keyring {
    pii__key keys[PII__KEYS_MAX];
    size_t count;
} pii__keyring;

/* Whether `id` may name a key: [a-z][a-z0-9]*, at most PII__KEY_ID_MAX bytes. */
bool pii__key_id_valid(const char *id);

/* Adds a key, which becomes the active one; secret and id are copied.
 * PII_ERROR_ARGUMENT: a wrong id or one that is there already, or a secret of
 * another size than PII__KEY_SECRET_SIZE or all zeros. PII_ERROR_LIMIT: more
 * than PII__KEYS_MAX. After an error the keyring is as before. */
PII_MUST_CHECK pii_status pii__keyring_add(pii__keyring *keyring, const char *id, const void *secret, size_t size);

/* The key of that id, or with NULL the active one, which is the one added last;
 * NULL when there is none, or no keyring. */
const pii__key *pii__keyring_find(const pii__keyring *keyring, const char *id);

void pii__keyring_wipe(pii__keyring *keyring);

#endif
