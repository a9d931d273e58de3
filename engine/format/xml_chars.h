/* xml_chars.h - which characters XML 1.0 (fifth edition) allows where. */
#ifndef PII__XML_CHARS_H
#define PII__XML_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Char of the specification. */
bool pii__xml_char(uint32_t code_point);

/* NameStartChar and NameChar. */
bool pii__xml_name_start(uint32_t code_point);
bool pii__xml_name_char(uint32_t code_point);

/* NameChar of ASCII. */
static inline bool pii__xml_name_byte(uint8_t byte)
{
    static const uint64_t bits[2] = {UINT64_C(0x07FF600000000000), UINT64_C(0x07FFFFFE87FFFFFE)};
    return byte < 0x80 && (bits[byte >> 6] >> (byte & 63) & 1);
}

/* What stands between <?xml and ?>: an XML declaration, of an encoding in which ASCII
 * is ASCII; in one that is `wide`, of any. NULL: it is; else what is wrong. */
const char *pii__xml_declaration_fault(const uint8_t *bytes, size_t size, bool wide);

#endif
