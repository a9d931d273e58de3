#include "kept_prefix.h"

#include <stdbool.h>

#include "fold.h"

static bool continues(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The character at text[0], of `size` bytes that are there: its size, or 0 when it is
 * for the strict decoder to look at. The usual two- and three-byte characters are
 * decoded here, as text in most languages is little else. */
static size_t kept_character(const uint8_t *text, size_t size)
{
    uint8_t lead = text[0];
    if (lead < 0x80)
        return pii__fold(lead) == PII__FOLD_KEEP ? 1 : 0;
    if (lead >= 0xC3 && lead < 0xE0 && size >= 2 && continues(text[1]))
        return pii__fold((lead & 0x1Fu) << 6 | (text[1] & 0x3Fu)) == PII__FOLD_KEEP ? 2 : 0;
    if (lead >= 0xE0 && lead < 0xED && size >= 3 && continues(text[1]) && continues(text[2]) &&
        (lead > 0xE0 || text[1] >= 0xA0))
        return pii__fold((lead & 0xFu) << 12 | (text[1] & 0x3Fu) << 6 | (text[2] & 0x3Fu)) == PII__FOLD_KEEP ? 3 : 0;
    return 0;
}

size_t pii__kept_prefix(const uint8_t *text, size_t size)
{
    size_t at = 0, kept = 1;
    while (at < size && kept) {
        kept = kept_character(text + at, size - at);
        at += kept;
    }
    return at;
}
