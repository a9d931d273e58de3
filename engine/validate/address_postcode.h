/* address_postcode.h - postal codes of the world, by their form. */
#ifndef PII__ADDRESS_POSTCODE_H
#define PII__ADDRESS_POSTCODE_H

#include "address_tokens.h"

typedef enum pii__postcode {
    PII__POSTCODE_NONE,
    PII__POSTCODE_WEAK, /* three or four digits, which could be any number */
    PII__POSTCODE_SURE
} pii__postcode;

/* Kind of the postal code at token `i`; `*ret_count` is how many tokens it has. */
pii__postcode pii__address_postcode(const pii__tokens *tokens, size_t i, size_t limit, size_t *ret_count);

#endif
