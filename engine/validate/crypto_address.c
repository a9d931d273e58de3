#include <string.h>

#include "ascii.h"
#include "sha256.h"
#include "validators.h"

#define BASE58_DIGITS 58
#define ADDRESS_SIZE 25 /* version, hash of 20 bytes, check sum */
#define CHECK_SIZE 4
#define BECH32_CHECK 1          /* BIP 173 */
#define BECH32M_CHECK 0x2bc830a3u /* BIP 350 */

/* Reads the number that the digits spell into exactly ADDRESS_SIZE bytes. */
static bool decode_base58(const uint8_t *text, size_t size, uint8_t ret[ADDRESS_SIZE])
{
    static const char digits[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    memset(ret, 0, ADDRESS_SIZE);
    for (size_t i = 0; i < size; i++) {
        const char *found = memchr(digits, text[i], BASE58_DIGITS);
        unsigned carry = found ? (unsigned)(found - digits) : 0;
        if (!found)
            return false;
        for (size_t k = ADDRESS_SIZE; k-- > 0;) {
            carry += ret[k] * (unsigned)BASE58_DIGITS;
            ret[k] = (uint8_t)carry;
            carry >>= 8;
        }
        if (carry)
            return false;
    }
    return true;
}

void pii__validate_base58_check(const pii__candidate *candidate, pii__verdict *verdict)
{
    uint8_t address[ADDRESS_SIZE], once[PII__SHA256_SIZE], twice[PII__SHA256_SIZE];
    bool good = decode_base58(candidate->text + candidate->begin, candidate->end - candidate->begin, address);
    if (good) {
        pii__sha256(address, ADDRESS_SIZE - CHECK_SIZE, once);
        pii__sha256(once, sizeof once, twice);
        good = !memcmp(twice, address + ADDRESS_SIZE - CHECK_SIZE, CHECK_SIZE);
    }
    if (good)
        verdict->reason = "check sum holds";
    else
        pii__verdict_refuse(verdict, "check sum is wrong");
}

static uint32_t bech32_step(uint32_t sum, uint32_t value)
{
    static const uint32_t generator[5] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    uint32_t top = sum >> 25;
    sum = (sum & 0x1ffffff) << 5 ^ value;
    for (size_t i = 0; i < 5; i++)
        if (top >> i & 1)
            sum ^= generator[i];
    return sum;
}

/* The polynomial over prefix and data; 0 where a byte is none of the 32. */
static uint32_t bech32_sum(const uint8_t *text, size_t prefix, size_t size)
{
    static const char values[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    uint32_t sum = 1;
    for (size_t i = 0; i < prefix; i++)
        sum = bech32_step(sum, pii__lower(text[i]) >> 5);
    sum = bech32_step(sum, 0);
    for (size_t i = 0; i < prefix; i++)
        sum = bech32_step(sum, pii__lower(text[i]) & 31);
    for (size_t i = prefix + 1; i < size; i++) {
        const char *found = memchr(values, pii__lower(text[i]), sizeof values - 1);
        if (!found)
            return 0;
        sum = bech32_step(sum, (uint32_t)(found - values));
    }
    return sum;
}

/* The pattern has seen to it that a prefix without "1" ends at the first "1". */
void pii__validate_bech32(const pii__candidate *candidate, pii__verdict *verdict)
{
    const uint8_t *text = candidate->text + candidate->begin;
    size_t size = candidate->end - candidate->begin;
    const uint8_t *one = memchr(text, '1', size);
    uint32_t sum = one ? bech32_sum(text, (size_t)(one - text), size) : 0;
    if (sum == BECH32_CHECK || sum == BECH32M_CHECK)
        verdict->reason = "check sum holds";
    else
        pii__verdict_refuse(verdict, "check sum is wrong");
}
