/* make_word_forms.c - writes word_forms.c, the data behind word_form.h.
 *
 *   make_word_forms > word_forms.c
 *
 * Source: the Unicode Character Database as libunistring carries it; only facts
 * about code points are taken. Runs at build time. */
#include <stdbool.h>
#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "block_table.h"
#include "word_form.h"

enum { form_max = 32 };

/* Letters that no mark can be taken off. Source: the transliteration Latin-ASCII of
 * the Unicode CLDR. Spelled out: DIN 5007-2 for German, the usage of Danish and
 * Norwegian for aa and oe. Small letters: the table is asked after case folding. */
static const struct {
    uint32_t code_point;
    const char *plain;
    const char *spelled;
} letters[] = {
    {0x00E4, "a", "ae"}, {0x00F6, "o", "oe"}, {0x00FC, "u", "ue"}, {0x00E5, "a", "aa"}, {0x00F8, "o", "oe"},
    {0x00E6, "ae", ""},  {0x0153, "oe", ""},  {0x00F0, "d", ""},   {0x00FE, "th", ""},  {0x0111, "d", ""},
    {0x0127, "h", ""},   {0x0131, "i", ""},   {0x0138, "k", ""},   {0x0142, "l", ""},   {0x014B, "n", ""},
    {0x0167, "t", ""},   {0x0180, "b", ""},   {0x0188, "c", ""},   {0x0192, "f", ""},   {0x0199, "k", ""},
    {0x019A, "l", ""},   {0x01A5, "p", ""},   {0x01B4, "y", ""},   {0x01B6, "z", ""},   {0x01E5, "g", ""},
    {0x0221, "d", ""},   {0x023C, "c", ""},   {0x0247, "e", ""},   {0x0249, "j", ""},   {0x024D, "r", ""},
    {0x024F, "y", ""},   {0x0253, "b", ""},   {0x0256, "d", ""},   {0x0257, "d", ""},   {0x0260, "g", ""},
    {0x0268, "i", ""},   {0x026B, "l", ""},   {0x0272, "n", ""},   {0x0289, "u", ""},   {0x1E9E, "ss", ""},
};

/* Scripts whose words stand without a gap between them: Thai, Lao, Myanmar, Khmer,
 * kana, and the ideographs with what belongs to them. */
static const struct {
    uint32_t first, last;
} alone[] = {
    {0x0E00, 0x0EFF}, {0x1000, 0x109F}, {0x1780, 0x17FF}, {0x3005, 0x3007}, {0x3040, 0x30FF},
    {0x31F0, 0x31FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF},
};

/* Alphabets whose marks can be left out: Latin, Greek, Cyrillic, and their extensions. */
static const struct {
    uint32_t first, last;
} marked[] = {{0x0000, 0x052F}, {0x1C80, 0x1C8F}, {0x1D00, 0x1DBF}, {0x1E00, 0x1FFF}, {0x2C60, 0x2C7F},
              {0x2DE0, 0x2DFF}, {0xA640, 0xA69F}, {0xA720, 0xA7FF}, {0xAB30, 0xAB6F}};

static uint8_t text_table[1 << 15];
static size_t text_size;
static uint16_t entries[code_points];

#define IN(ranges, code_point) in_ranges(&(ranges)[0].first, sizeof(ranges) / sizeof(ranges)[0], code_point)

static bool in_ranges(const uint32_t *bounds, size_t count, uint32_t code_point)
{
    for (size_t i = 0; i < count; i++)
        if (code_point >= bounds[2 * i] && code_point <= bounds[2 * i + 1])
            return true;
    return false;
}

static bool word_part(uint32_t code_point)
{
    return uc_is_general_category(code_point, UC_LETTER) || uc_is_general_category(code_point, UC_MARK) ||
           uc_is_general_category(code_point, UC_NUMBER);
}

/* A record of the text table, each once. */
static uint16_t text_entry(const uint8_t *plain, size_t plain_size, const char *spelled, bool capital)
{
    uint8_t record[64] = {(uint8_t)(plain_size | (capital ? PII__FORM_CAPITAL : 0)), (uint8_t)strlen(spelled)};
    size_t size = 2 + plain_size + strlen(spelled), at = 0;
    memcpy(record + 2, plain, plain_size);
    memcpy(record + 2 + plain_size, spelled, strlen(spelled));
    while (at < text_size && memcmp(text_table + at, record, size) != 0)
        at += 2u + (text_table[at] & ~(unsigned)PII__FORM_CAPITAL) + text_table[at + 1];
    if (at == text_size) {
        if (text_size + size > sizeof text_table) {
            fputs("make_word_forms: the text table is too small\n", stderr);
            exit(1);
        }
        memcpy(text_table + at, record, size);
        text_size += size;
    }
    return (uint16_t)(at + PII__FORM_TEXT);
}

/* Appends the plain form of one code point of a decomposition. */
static size_t append_plain(uint8_t *plain, size_t size, uint32_t code_point)
{
    if (uc_is_general_category(code_point, UC_NON_SPACING_MARK) || !word_part(code_point))
        return size;
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (letters[i].code_point == code_point) {
            memcpy(plain + size, letters[i].plain, strlen(letters[i].plain));
            return size + strlen(letters[i].plain);
        }
    return size + (size_t)u8_uctomb(plain + size, code_point, 8);
}

/* The form without case and marks; 0 when it is not to be used. */
static size_t plain_form(uint32_t code_point, uint8_t plain[8 * form_max])
{
    uint32_t form[form_max];
    uint8_t own[8];
    size_t length = form_max, size = 0, own_size = (size_t)u8_uctomb(own, code_point, sizeof own);
    if (!IN(marked, code_point)) {
        form[0] = uc_tolower(code_point);
        size = (size_t)u8_uctomb(plain, form[0], 8);
    } else if (u32_casefold(&code_point, 1, NULL, UNINORM_NFKD, form, &length) == form) {
        for (size_t i = 0; i < length; i++)
            size = append_plain(plain, size, form[i]);
    }
    return size <= own_size && size * 3 >= own_size ? size : 0;
}

static const char *spelled_form(uint32_t code_point)
{
    uint32_t small = uc_tolower(code_point);
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (letters[i].code_point == small)
            return letters[i].spelled;
    return "";
}

static uint16_t entry_of(uint32_t code_point)
{
    uint8_t plain[8 * form_max], own[8];
    if ((code_point >= 0xD800 && code_point < 0xE000) || !word_part(code_point))
        return PII__FORM_NONE;
    if (IN(alone, code_point))
        return PII__FORM_ALONE;
    size_t size = plain_form(code_point, plain), own_size = (size_t)u8_uctomb(own, code_point, sizeof own);
    if (!size || (size == own_size && !memcmp(plain, own, size)))
        return PII__FORM_SAME;
    return text_entry(plain, size, spelled_form(code_point), uc_tolower(code_point) != code_point);
}

int main(void)
{
    for (uint32_t c = 0; c < code_points; c++)
        entries[c] = entry_of(c);
    printf("/* Generated by make_word_forms.c; do not edit. */\n#include \"word_form.h\"\n\n");
    print_entries("pii__form", entries);
    print_bytes("pii__form_text[]", text_table, text_size);
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
