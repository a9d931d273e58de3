/* date_value.h - the dates that the rules find, as numbers. */
#ifndef PII__DATE_VALUE_H
#define PII__DATE_VALUE_H

#include "value_text.h"

/* Years of people and their documents; others make no date. */
enum { PII__DATE_YEAR_MIN = 1800, PII__DATE_YEAR_MAX = 2199 };

typedef struct pii__date {
    unsigned year; /* 0: not given */
    unsigned month;
    unsigned day;
    bool named_month;             /* a word, in any of the languages of the rules */
    pii__stretch year_at;         /* where the numbers stand in the text; of no */
    pii__stretch month_at;        /* meaning for what is not given, for a named */
    pii__stretch day_at;          /* month, and for eight digits in one piece */
} pii__date;

/* Reads a folded date. Where two numbers could both be the month, a date with
 * dots has the day first, any other the month. A year of two digits is the
 * latest one that is not after the reference day (days since 1970-01-01), or
 * with 0 not after 2049. False for what is no date. */
bool pii__date_read(const pii__value_text *text, uint32_t reference_day, pii__date *ret);

/* Days since 1970-01-01, and back, in the Gregorian calendar. */
int64_t pii__day_of_date(unsigned year, unsigned month, unsigned day);
pii__date pii__date_of_day(int64_t day);

#endif
