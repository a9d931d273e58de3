/* validate.h - the validators that rule files can name.
 *
 * One check per file, each a pure function over the bytes of a candidate. To
 * add one: write it, declare it here, and add a line to registry.c. */
#ifndef PII__VALIDATE_H
#define PII__VALIDATE_H

#include "candidate.h"

/* The validator of that name, or NULL. */
const pii__validator *pii__validator_find(const char *name);

/* All validators in alphabetical order, ending with a NULL name. */
extern const pii__validator pii__validators[];

#endif
