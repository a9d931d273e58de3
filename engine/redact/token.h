/* token.h - "[ENTITY:key:tail]", what keyed actions write. */
#ifndef PII__TOKEN_H
#define PII__TOKEN_H

#include "replacement.h"
#include "value_text.h"

/* Whether a value has the form of a token, with or without a bracket at either
 * end, as rules and columns may find it; and where its tail is. */
bool pii__token_read(const uint8_t *value, size_t size, pii__stretch *ret_tail);

/* Writes what comes before the tail. The tail and "]" are left to do. */
void pii__token_begin(const char *entity, const char *key_id, pii__replacement *out);

#endif
