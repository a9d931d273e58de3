/* clean_fields.h - short fields in which nothing was found, so that they need not be looked at again.
 *
 * Documents say the same over and over: names, types, colours, sounds. What a rule sees of a field is the field
 * and, for context words, the name before it: both are kept, and compared byte by byte. */
#ifndef PII__CLEAN_FIELDS_H
#define PII__CLEAN_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PII__CLEAN_SLOTS = 512,
    PII__CLEAN_BYTES = 61, /* of name and field together; longer ones rarely come again */
    PII__CLEAN_USES_MAX = 7
};

/* What has been of use gives way to others only after as many of them: most fields never come again. */
typedef struct pii__clean_slot {
    uint8_t uses;
    uint8_t name_size;
    uint8_t size; /* of the field, plus one; 0: nothing is known */
    uint8_t bytes[PII__CLEAN_BYTES];
} pii__clean_slot;

typedef struct pii__clean {
    pii__clean_slot slots[PII__CLEAN_SLOTS];
} pii__clean;

/* A field, and the name that speaks for it, if any. A name alone is a field without a name. */
typedef struct pii__clean_text {
    const uint8_t *name; /* not NULL where its size is not 0 */
    size_t name_size;
    const uint8_t *field;
    size_t size;
} pii__clean_text;

/* `clean` NULL: false. */
bool pii__clean_has(pii__clean *clean, const pii__clean_text *text);

void pii__clean_add(pii__clean *clean, const pii__clean_text *text);

#endif
