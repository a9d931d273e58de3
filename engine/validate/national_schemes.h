/* national_schemes.h - identity and tax numbers of countries: form and check. */
#ifndef PII__NATIONAL_SCHEMES_H
#define PII__NATIONAL_SCHEMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PII__NATIONAL_ID_MAX = 18 };

/* A number as it stands in a text, without separators: letters upper case, and
 * the value of each digit (of a letter: 0). */
typedef struct pii__national_id {
    char text[PII__NATIONAL_ID_MAX + 1];
    uint8_t digits[PII__NATIONAL_ID_MAX];
    size_t size;
} pii__national_id;

/* In `form`, 9 is a digit, A a letter, X either. */
typedef struct pii__national_scheme {
    const char *form;
    const char *name;
    bool plain; /* digits without a letter and with one check digit: many other numbers pass, too */
    bool (*holds)(const pii__national_id *id);
} pii__national_scheme;

/* The first scheme that the number satisfies, or NULL; without the plain ones
 * if not `plain_too`. */
const pii__national_scheme *pii__national_scheme_of(const pii__national_id *id, bool plain_too);

#endif
