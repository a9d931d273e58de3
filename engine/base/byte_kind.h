/* byte_kind.h - bytes by what a short text of them can be: a word, a number, an id.
 *
 * Most fields of a document are made of few kinds of bytes, and most rules need other
 * ones, or more of them: that a field cannot hold a match shows in its kinds and its
 * size, without a look at where in it they stand. */
#ifndef PII__BYTE_KIND_H
#define PII__BYTE_KIND_H

#include <stddef.h>

#include "byte_set.h"

/* One bit per kind; a set of kinds is a mask below PII__KIND_SETS. */
enum {
    PII__KIND_WORD = 1, /* letters of ASCII, and the underscore */
    PII__KIND_DIGIT = 2,
    PII__KIND_OTHER = 4,
    PII__KIND_SETS = 8,
    PII__KIND_NOT_ASCII = PII__KIND_SETS /* not a kind: what it stands for depends on what is around it */
};

extern const uint8_t pii__byte_kinds[256];

/* The kinds that a set has bytes of; what is not ASCII counts as other. */
unsigned pii__byte_set_kinds(const pii__byte_set *set);

/* By sets of kinds: bytes of the shortest match that has no byte of another kind, or PII__NO_WIDTH. So a set is
 * never longer than one that is part of it. */
typedef struct pii__kind_widths {
    uint16_t of[PII__KIND_SETS];
} pii__kind_widths;

#define PII__NO_WIDTH UINT16_MAX

/* Each width becomes the smaller one of both. */
void pii__kind_widths_meet(pii__kind_widths *widths, const pii__kind_widths *other);

/* Whether a text is too short for a match; false for what is not ASCII, which is not matched as it stands. */
static inline bool pii__kind_widths_exceed(const pii__kind_widths *widths, const uint8_t *bytes, size_t size)
{
    unsigned kinds = 0;
    for (size_t i = 0; i < size; i++) {
        kinds |= pii__byte_kinds[bytes[i]];
        if (i % 8 == 7 && (kinds >= PII__KIND_SETS || size >= widths->of[kinds]))
            return false; /* more kinds do not make it longer */
    }
    return kinds < PII__KIND_SETS && size < widths->of[kinds];
}

#endif
