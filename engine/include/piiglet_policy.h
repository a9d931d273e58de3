/* piiglet_policy.h - what takes the place of a finding.
 *
 * An action is a plain value: what to do, and with which numbers. What each one
 * makes of each kind of value is in docs/ACTIONS.md. */
#ifndef PIIGLET_POLICY_H
#define PIIGLET_POLICY_H

#include "piiglet_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What becomes of a finding. Where an action cannot understand a value - a date
 * that is none, an address of no known shape - "[ENTITY]" takes its place, as
 * with PII_ACTION_REPLACE: never the value. */
typedef enum pii_action_kind {
    PII_ACTION_REPLACE = 0,     /* "[EMAIL]" */
    PII_ACTION_NUMBER = 1,      /* "[EMAIL_1]": one number for one value within a document */
    PII_ACTION_TEXT = 2,        /* a text of one's own */
    PII_ACTION_MASK = 3,        /* letters and digits become "*", but for the first and last few; the rest stays */
    PII_ACTION_REMOVE = 4,      /* nothing */
    PII_ACTION_KEEP = 5,        /* the value stays and is reported */
    PII_ACTION_INITIAL = 6,     /* "Ada Lovelace" becomes "A." */
    PII_ACTION_GENERALISE = 7,  /* something coarser: a year, three digits of a ZIP code, a subnet */
    PII_ACTION_SHIFT = 8,       /* a date that a number of days of the subject's own lies between; needs a key */
    PII_ACTION_PSEUDONYM = 9,   /* "[EMAIL:k1:hgbkmtcv...]": one token for one value under one key; needs a key */
    PII_ACTION_SURROGATE = 10,  /* an invented value of the same shape that belongs to nobody */
    PII_ACTION_BLOCK = 11       /* the call answers PII_ERROR_BLOCKED */
} pii_action_kind;

/* How coarse PII_ACTION_GENERALISE is. Only dates leave a choice. */
typedef enum pii_generalise_level {
    PII_GENERALISE_USUAL = 0, /* the year of a date */
    PII_GENERALISE_YEAR = 1,  /* "2011"; "90+" for who is older than 89 */
    PII_GENERALISE_MONTH = 2, /* "2011-03"; "90+" for who is older than 89 */
    PII_GENERALISE_AGE = 3    /* whole years up to the reference day, "90+" from 90 on */
} pii_generalise_level;

/* An action with its numbers; zeroed, it is PII_ACTION_REPLACE. Members that the
 * kind does not name are ignored. */
typedef struct pii_action {
    pii_action_kind kind;
    const char *text;           /* TEXT: what takes the value's place, UTF-8, not NULL */
    unsigned keep_first;        /* MASK: letters and digits that stay at the beginning, at most 4 ... */
    unsigned keep_last;         /* ... and at the end; none stay where it would be half of them or more */
    pii_generalise_level level; /* GENERALISE */
    const char *key;            /* SHIFT, PSEUDONYM, SURROGATE: id of the key; NULL: the one added last */
} pii_action;

#ifdef __cplusplus
}
#endif

#endif
