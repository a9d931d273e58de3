/* normalise.h - one text for all writings of one value. */
#ifndef PII__NORMALISE_H
#define PII__NORMALISE_H

#include "value_text.h"

/* Writes the normal form of a value of that entity: what is the same for all the
 * ways to write it, as docs/ACTIONS.md lists them. False if the value is longer
 * than PII__VALUE_SIZE_MAX. A value of which nothing is left stays as it folds. */
bool pii__value_normalise(const char *entity, const uint8_t *value, size_t size, pii__value_text *ret);

#endif
