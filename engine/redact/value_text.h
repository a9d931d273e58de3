/* value_text.h - a value as the actions read it: Unicode folded to ASCII where
 * it matters, as rules see it, and without what is invisible. On the stack of
 * whoever looks at it, and wiped there. */
#ifndef PII__VALUE_TEXT_H
#define PII__VALUE_TEXT_H

#include "limits.h"
#include "piiglet_types.h"
#include "view.h"

typedef struct pii__value_text {
    size_t size;
    uint8_t bytes[PII__VALUE_SIZE_MAX * PII__VIEW_GROWTH];
} pii__value_text;

/* A stretch of a text, [begin, end). */
typedef struct pii__stretch {
    size_t begin;
    size_t end;
} pii__stretch;

/* Folds a value; false if it is longer than PII__VALUE_SIZE_MAX. Bytes that are
 * no UTF-8 are left out. */
bool pii__value_fold(const uint8_t *value, size_t size, pii__value_text *ret);

/* Makes letters small and takes their marks away. */
void pii__value_lower(pii__value_text *text);

/* Makes ASCII letters of the first `size` bytes small. */
void pii__value_lower_ascii(pii__value_text *text, size_t size);

/* Leaves only ASCII letters and digits, and what is beyond ASCII. */
void pii__value_compact(pii__value_text *text);

/* Drops apostrophes; any other run of signs and blanks becomes one blank, none
 * at the ends. */
void pii__value_words(pii__value_text *text);

void pii__value_wipe(pii__value_text *text);

#endif
