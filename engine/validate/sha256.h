/* sha256.h - FIPS 180-4, for the check sums of wallet addresses. */
#ifndef PII__SHA256_H
#define PII__SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { PII__SHA256_SIZE = 32, PII__SHA256_INPUT_MAX = 55 };

/* Of one block: `size` is at most PII__SHA256_INPUT_MAX. */
void pii__sha256(const uint8_t *bytes, size_t size, uint8_t ret[PII__SHA256_SIZE]);

#endif
