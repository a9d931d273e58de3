#include "xml_chars.h"

#include <string.h>

struct range {
    uint32_t first, last;
};

/* NameStartChar beyond ASCII. */
static const struct range name_starts[] = {
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},   {0x37F, 0x1FFF},    {0x200C, 0x200D},
    {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};

/* What NameChar has more, beyond ASCII. */
static const struct range name_more[] = {{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

static bool in_ranges(uint32_t code_point, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code_point >= ranges[i].first && code_point <= ranges[i].last)
            return true;
    return false;
}

bool pii__xml_char(uint32_t code_point)
{
    if (code_point < 0x20)
        return code_point == '\t' || code_point == '\n' || code_point == '\r';
    return code_point < 0xD800 || (code_point >= 0xE000 && code_point <= 0xFFFD) ||
           (code_point >= 0x10000 && code_point <= 0x10FFFF);
}

bool pii__xml_name_start(uint32_t code_point)
{
    uint32_t low = code_point | 0x20;
    if (code_point < 0x80)
        return (low >= 'a' && low <= 'z') || code_point == '_' || code_point == ':';
    return in_ranges(code_point, name_starts, sizeof name_starts / sizeof *name_starts);
}

bool pii__xml_name_char(uint32_t code_point)
{
    if (pii__xml_name_start(code_point))
        return true;
    if (code_point < 0x80)
        return (code_point >= '0' && code_point <= '9') || code_point == '-' || code_point == '.';
    return in_ranges(code_point, name_more, sizeof name_more / sizeof *name_more);
}

/* ---- The declaration ---- */

/* What is left of it. */
struct rest {
    const char *at;
    const char *end;
};

static bool blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool skip_blanks(struct rest *rest)
{
    const char *from = rest->at;
    while (rest->at < rest->end && blank(*rest->at))
        rest->at++;
    return rest->at > from;
}

static bool skip_text(struct rest *rest, const char *text)
{
    size_t size = strlen(text);
    if ((size_t)(rest->end - rest->at) < size || memcmp(rest->at, text, size) != 0)
        return false;
    rest->at += size;
    return true;
}

/* ` name = "value"`; nothing is taken when it is something else. */
static bool take_setting(struct rest *rest, const char *name, struct rest *ret_value)
{
    struct rest ahead = *rest;
    if (!skip_blanks(&ahead) || !skip_text(&ahead, name))
        return false;
    (void)skip_blanks(&ahead);
    if (!skip_text(&ahead, "="))
        return false;
    (void)skip_blanks(&ahead);
    if (ahead.at == ahead.end || (*ahead.at != '"' && *ahead.at != '\''))
        return false;
    const char *close = memchr(ahead.at + 1, *ahead.at, (size_t)(ahead.end - ahead.at - 1));
    if (!close)
        return false;
    *ret_value = (struct rest){ahead.at + 1, close};
    rest->at = close + 1;
    return true;
}

static bool is(const struct rest *value, const char *text)
{
    return (size_t)(value->end - value->at) == strlen(text) && memcmp(value->at, text, strlen(text)) == 0;
}

/* 1.0 to 1.9: a reader of 1.0 takes them all for 1.0. */
static bool good_version(const struct rest *value)
{
    return value->end - value->at == 3 && value->at[0] == '1' && value->at[1] == '.' && value->at[2] >= '0' &&
           value->at[2] <= '9';
}

/* Letters of `value` in either case; `text` in lower case. */
static bool is_caseless(const struct rest *value, const char *text)
{
    size_t size = strlen(text);
    if ((size_t)(value->end - value->at) != size)
        return false;
    for (size_t i = 0; i < size; i++) {
        char byte = value->at[i];
        if ((byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte) != text[i])
            return false;
    }
    return true;
}

/* Encodings that have ASCII in them. Bytes that are not ASCII still have to be UTF-8. */
static bool good_encoding(const struct rest *value)
{
    static const char *const known[] = {"utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (is_caseless(value, known[i]))
            return true;
    return false;
}

const char *pii__xml_declaration_fault(const uint8_t *bytes, size_t size, bool wide)
{
    struct rest rest = {(const char *)bytes, (const char *)bytes + size}, value;
    if (!take_setting(&rest, "version", &value) || !good_version(&value))
        return "an XML declaration without a version that is known";
    if (take_setting(&rest, "encoding", &value) && !wide && !good_encoding(&value))
        return "an encoding other than UTF-8";
    if (take_setting(&rest, "standalone", &value) && !is(&value, "yes") && !is(&value, "no"))
        return "an XML declaration that is not well formed";
    (void)skip_blanks(&rest);
    return rest.at == rest.end ? NULL : "an XML declaration that is not well formed";
}
