/* transform.h - from a value to what takes its place.
 *
 * A pure function of its input: no clock, no randomness, no state. */
#ifndef PII__TRANSFORM_H
#define PII__TRANSFORM_H

#include "buffer.h"
#include "keyring.h"
#include "piiglet_policy.h"

typedef struct pii__transform_input {
    const pii_action *action;
    const char *entity;       /* a valid entity name */
    const uint8_t *value;     /* the decoded text of the finding; any bytes */
    size_t size;              /* beyond PII__VALUE_SIZE_MAX it counts as not understood */
    const pii__keyring *keys; /* may be NULL */
    uint32_t reference_day;   /* today, for ages: days since 1970-01-01; 0: unknown, ages become "[ENTITY]" */
    const uint8_t *subject;   /* whom SHIFT belongs to: any bytes, NULL when there are none */
    size_t subject_size;
} pii__transform_input;

/* Appends what takes the value's place. REPLACE, and every action that cannot
 * understand the value, append "[ENTITY]". PII_ERROR_ARGUMENT: a kind that needs
 * no value or more than one (NUMBER, KEEP, BLOCK), or a key that is not there.
 * PII_ERROR_MEMORY and PII_ERROR_LIMIT as of the buffer. After an error the
 * buffer is as before. Nothing of value, subject or keys stays on the stack. */
PII_MUST_CHECK pii_status pii__transform(const pii__transform_input *input, pii__buffer *out);

/* Whether the action looks at the value at all: TEXT, REMOVE and REPLACE do not. */
bool pii__action_needs_value(pii_action_kind kind);

/* Whether the action fails without a key: SHIFT and PSEUDONYM. SURROGATE uses
 * one if there is one, and makes the same surrogate of every value if not. */
bool pii__action_needs_key(pii_action_kind kind);

#endif
