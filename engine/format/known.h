/* known.h - short fields in which nothing was found, so that they need not be looked at again.
 *
 * Documents say the same over and over: names, types, colours, sounds. What a rule sees of a field is the field
 * and, for context words, the name before it: both are kept, and compared byte by byte. */
#ifndef PII__KNOWN_H
#define PII__KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PII__KNOWN_SLOTS = 512, /* each holds what was met last */
    PII__KNOWN_BYTES = 62   /* of name and field together; longer ones rarely come again */
};

typedef struct pii__known_slot {
    uint8_t name_size;
    uint8_t size; /* of the field, plus one; 0: nothing is known */
    uint8_t bytes[PII__KNOWN_BYTES];
} pii__known_slot;

typedef struct pii__known {
    pii__known_slot slots[PII__KNOWN_SLOTS];
} pii__known;

/* A field, and the name that speaks for it, if any. A name alone is a field without a name. */
typedef struct pii__known_text {
    const uint8_t *name; /* not NULL where its size is not 0 */
    size_t name_size;
    const uint8_t *field;
    size_t size;
} pii__known_text;

/* `known` NULL: false. */
bool pii__known_has(const pii__known *known, const pii__known_text *text);

void pii__known_add(pii__known *known, const pii__known_text *text);

#endif
