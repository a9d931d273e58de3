/* byte_share.h - how common bytes are in ordinary text. */
#ifndef PII__BYTE_SHARE_H
#define PII__BYTE_SHARE_H

#include "byte_set.h"

enum { PII__SHARE_ALL = 10000 };

/* About how many of 10,000 bytes of stories, chat and code are members of
 * `set`: a rough guess that only orders classes by rarity. */
uint32_t pii__byte_share(const pii__byte_set *set);

/* Of a million places in such text, about how many begin a sequence with a byte
 * out of sets[0], then one out of sets[1] and so on; `count` at least 1. Knows
 * that letters follow letters and that a blank follows a comma. */
double pii__sequence_share(const pii__byte_set *sets, unsigned count);

#endif
