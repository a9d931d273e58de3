#include "encoding.h"

enum { any_but_zero = 0x100, none }; /* beside the values of bytes */

static const struct {
    uint16_t bytes[4];
    pii__encoding encoding;
    const char *name;
} beginnings[] = {
    {{0xFF, 0xFE, 0, 0}, PII__UTF_32_LITTLE, "UTF-32LE"},
    {{0, 0, 0xFE, 0xFF}, PII__UTF_32_BIG, "UTF-32BE"},
    {{0xFF, 0xFE, none}, PII__UTF_16_LITTLE, "UTF-16LE"},
    {{0xFE, 0xFF, none}, PII__UTF_16_BIG, "UTF-16BE"},
    {{any_but_zero, 0, 0, 0}, PII__UTF_32_LITTLE, "UTF-32LE"},
    {{0, 0, 0, any_but_zero}, PII__UTF_32_BIG, "UTF-32BE"},
    {{any_but_zero, 0, any_but_zero, 0}, PII__UTF_16_LITTLE, "UTF-16LE"},
    {{0, any_but_zero, 0, any_but_zero}, PII__UTF_16_BIG, "UTF-16BE"},
};

enum { beginning_count = sizeof beginnings / sizeof *beginnings };

/* The first beginning that the bytes have; `*ret_partial`: or that they may yet have. */
static size_t find(const uint8_t *bytes, size_t size, bool *ret_partial)
{
    *ret_partial = false;
    for (size_t i = 0; i < beginning_count; i++) {
        const uint16_t *expected = beginnings[i].bytes;
        size_t count = 0;
        while (count < 4 && count < size && expected[count] != none &&
               (expected[count] == any_but_zero ? bytes[count] != 0 : bytes[count] == expected[count]))
            count++;
        if (count == 4 || expected[count] == none)
            return i;
        *ret_partial = *ret_partial || count == size;
    }
    return beginning_count;
}

pii__encoding pii__encoding_of(const uint8_t *bytes, size_t size, bool complete)
{
    bool partial;
    size_t found = find(bytes, size, &partial);
    if (partial && !complete)
        return PII__ENCODING_UNDECIDED;
    return found < beginning_count ? beginnings[found].encoding : PII__UTF_8;
}

const char *pii_encoding_name(const void *data, size_t size)
{
    bool partial;
    size_t found = find(data ? data : (const uint8_t *)"", data ? size : 0, &partial);
    return found < beginning_count ? beginnings[found].name : "UTF-8";
}

pii__reader pii__encoding_reader(pii__encoding encoding, pii__reader reader)
{
    if (encoding != PII__UTF_8) {
        reader.inner = reader.front_end;
        reader.front_end = pii__wide_readers[encoding - PII__UTF_16_LITTLE];
    }
    return reader;
}
