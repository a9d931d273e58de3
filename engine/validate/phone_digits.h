/* phone_digits.h - what a telephone number looks like in its text. */
#ifndef PII__PHONE_DIGITS_H
#define PII__PHONE_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ITU-T E.164 allows 15; prefixes such as 00 come on top. */
#define PII__PHONE_DIGITS_MAX 20
#define PII__PHONE_GROUPS_MAX 16

/* The digits of a stretch of text up to a letter or '#' (which begins an
 * extension), and the runs in which they stand. */
typedef struct pii__phone_digits {
    uint8_t digits[PII__PHONE_DIGITS_MAX]; /* values 0 to 9 */
    size_t count;
    size_t group_size[PII__PHONE_GROUPS_MAX];
    size_t group_end[PII__PHONE_GROUPS_MAX]; /* offset in the text after the run */
    size_t group_count;
    bool too_many;
    bool slashes;      /* there are some */
    bool blanks_only;  /* nothing but blanks between the runs */
    uint8_t separator; /* the one that stands between all runs, or 0 when they differ */
} pii__phone_digits;

void pii__phone_digits_read(pii__phone_digits *phone, const uint8_t *text, size_t begin, size_t end);

/* Whether the digits are one decimal fraction: 324.3931. */
bool pii__phone_fraction(const pii__phone_digits *phone);

/* Whether national numbers of some region are written in such groups and begin
 * like this one. */
bool pii__phone_grouping_known(const pii__phone_digits *phone);

/* Whether `count` digits are a country code of `code_size` digits and a national
 * number as long as that country has, perhaps with a trunk prefix. */
bool pii__phone_country_fits(const uint8_t *digits, size_t code_size, size_t count);

/* Whether ten digits can be a number of the North American plan: area and
 * exchange begin with 2 to 9 and are no service code (N11). */
bool pii__phone_nanp_possible(const uint8_t *ten);

/* Whether the area code of ten digits is in use. */
bool pii__phone_nanp_area_known(const uint8_t *ten);

#endif
