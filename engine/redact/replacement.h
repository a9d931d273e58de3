/* replacement.h - what an action writes, in a place of fixed size that is wiped
 * afterwards. Writing beyond it sets `full`, and then nothing of it counts. */
#ifndef PII__REPLACEMENT_H
#define PII__REPLACEMENT_H

#include "limits.h"
#include "piiglet_types.h"

typedef struct pii__replacement {
    size_t size;
    bool full;
    uint8_t bytes[2 * PII__VALUE_SIZE_MAX];
} pii__replacement;

void pii__replacement_clear(pii__replacement *out);
void pii__put_byte(pii__replacement *out, uint8_t byte);
void pii__put_bytes(pii__replacement *out, const uint8_t *bytes, size_t size);
void pii__put_text(pii__replacement *out, const char *text);

/* In decimal, filled up with zeros to `width` digits. */
void pii__put_number(pii__replacement *out, uint64_t number, unsigned width);

#endif
