/* written.h - what is recognised as written by the library itself. */
#ifndef PII__WRITTEN_H
#define PII__WRITTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a text is no more than what takes the place of a finding of the entity: [EMAIL], [EMAIL_2], the token
 * [EMAIL:k1:...], the shifted date [DATE_OF_BIRTH:k1:d2012-03-30]. Such a text is not replaced anew, so nothing else in
 * brackets may pass. */
bool pii__is_written(const uint8_t *text, size_t size, const char *entity);

#endif
