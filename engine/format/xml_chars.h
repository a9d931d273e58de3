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

/* What stands between <?xml and ?>: an XML declaration, of an encoding in which ASCII
 * is ASCII. NULL: it is; else what is wrong. */
const char *pii__xml_declaration_fault(const uint8_t *bytes, size_t size);

#endif
