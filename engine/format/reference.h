/* reference.h - &amp; &#64; &#x40; : a character written as a reference, in XML and
 * HTML. It is taken in byte by byte, since a document may be cut anywhere. */
#ifndef PII__REFERENCE_H
#define PII__REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "limits.h"

typedef struct pii__reference {
    uint64_t at; /* where the & stands */
    uint8_t size;
    uint8_t bytes[PII__FORMAT_REFERENCE_MAX]; /* from the & on, without the ; */
} pii__reference;

/* At the & at a source offset. */
static inline void pii__reference_begin(pii__reference *reference, uint64_t at)
{
    reference->at = at;
    reference->size = 1;
    reference->bytes[0] = '&';
}

/* Takes a byte that can go on with it. False: it cannot, or there is no room. `wide`:
 * names as of XML, not only of letters and digits of ASCII. */
bool pii__reference_take(pii__reference *reference, uint8_t byte, bool wide);

static inline bool pii__reference_full(const pii__reference *reference)
{
    return reference->size == sizeof reference->bytes;
}

static inline bool pii__reference_numeric(const pii__reference *reference)
{
    return reference->size > 1 && reference->bytes[1] == '#';
}

/* The code point of a numeric one, UINT32_MAX when it is beyond all; false: no digits. */
bool pii__reference_number(const pii__reference *reference, uint32_t *ret_code_point);

/* One or two code points that a name of HTML stands for. */
typedef struct pii__named {
    uint32_t code_points[2]; /* the second: 0, or one more */
    bool bare;               /* also without a ; after it */
} pii__named;

/* Without & and ; - false: there is none of that name. */
bool pii__entity_named(const uint8_t *name, size_t size, pii__named *ret);

#endif
