/* utf8_check.h - whether bytes are UTF-8, one at a time. */
#ifndef PII__UTF8_CHECK_H
#define PII__UTF8_CHECK_H

#include <stdbool.h>
#include <stdint.h>

/* Inside a character: how many bytes are due, and between which bounds the next
 * one lies. */
typedef struct pii__utf8_check {
    uint8_t due;
    uint8_t low;
    uint8_t high;
} pii__utf8_check;

/* False: the byte cannot stand here, and the check is at the start of a character
 * again; the byte may be one. */
static inline bool pii__utf8_check_byte(pii__utf8_check *check, uint8_t byte)
{
    if (check->due) {
        bool good = byte >= check->low && byte <= check->high;
        check->due = good ? (uint8_t)(check->due - 1) : 0;
        check->low = 0x80;
        check->high = 0xBF;
        return good;
    }
    if (byte < 0x80)
        return true;
    if (byte < 0xC2 || byte > 0xF4)
        return false;
    check->due = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    check->low = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    check->high = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    return true;
}

#endif
