/* surrogates.h - invented values of the same shape, one function per kind of
 * value, and what they share.
 *
 * Each takes from a range that a standard, a regulator or a publisher has put
 * aside, or that holds nobody. A value that lies in that range stays as it is:
 * so the surrogate of a surrogate is itself. Each answers false for a value of
 * no shape that it knows; then what it wrote is dropped. */
#ifndef PII__SURROGATES_H
#define PII__SURROGATES_H

#include "replacement.h"
#include "value_text.h"

/* Where the choices come from: the keyed hash of the value; without a key zero, by
 * which every choice is the first. */
typedef struct pii__choice {
    uint64_t state;
} pii__choice;

/* One of `count` > 0, from 0 on. */
unsigned pii__choose(pii__choice *choice, unsigned count);

/* Which characters of a text are filled anew. */
typedef enum pii__slots {
    PII__SLOTS_DIGITS,
    PII__SLOTS_HEX,
    PII__SLOTS_ALNUM
} pii__slots;

/* Writes text[0, size) with `count` characters put into its slots, letters as
 * large as the first one that stood there; false if it has another number of
 * slots. */
bool pii__fill(const pii__value_text *text, size_t size, pii__slots slots, const char *characters, size_t count,
               pii__replacement *out);

/* Copies the slots of a text, small, to `ret`, NUL-terminated; how many there are.
 * SIZE_MAX when they are more than `room` - 1. */
size_t pii__slots_of(const pii__value_text *text, pii__slots slots, char *ret, size_t room);

bool pii__surrogate_card(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_date(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_email(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_gps(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_guid(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_iban(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_ip(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_mac(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_person(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_phone(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_ssn(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_street(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_url(const pii__value_text *text, pii__choice *choice, pii__replacement *out);
bool pii__surrogate_zip(const pii__value_text *text, pii__choice *choice, pii__replacement *out);

#endif
