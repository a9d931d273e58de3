/* make_fold_table.c - writes fold_table.c, the data behind fold.h.
 *
 *   make_fold_table > fold_table.c
 *
 * Source: the Unicode Character Database as libunistring carries it (LGPL or
 * GPL code, Unicode licence data); only facts about code points are taken. Runs
 * at build time. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "block_table.h"
#include "fold.h"

enum {
    text_max = 8 /* longest folded text (PII__VIEW_GROWTH rests on it); longer forms stay as they are */
};

/* Characters that look or work like an ASCII one without being its
 * compatibility form. Sources: Unicode General_Category and Dash properties do
 * not cover them; the choices are ours, for the separators and signs people put
 * into addresses and numbers. */
static const struct {
    uint32_t code_point;
    char ascii;
} look_alikes[] = {
    /* quotes and primes */
    {0x00B4, '\''}, {0x02B9, '\''}, {0x02BB, '\''}, {0x02BC, '\''}, {0x02BD, '\''}, {0x02C8, '\''}, {0x2018, '\''},
    {0x2019, '\''}, {0x201A, '\''}, {0x201B, '\''}, {0x2032, '\''}, {0x2035, '\''}, {0x2039, '\''}, {0x203A, '\''},
    {0x05F3, '\''}, {0x00AB, '"'},  {0x00BB, '"'},  {0x201C, '"'},  {0x201D, '"'},  {0x201E, '"'},  {0x201F, '"'},
    {0x2033, '"'},  {0x2036, '"'},  {0x301D, '"'},  {0x301E, '"'},  {0x301F, '"'},  {0x05F4, '"'},
    /* dots in the middle and full stops */
    {0x3002, '.'},  {0x00B7, '.'},  {0x2022, '.'},  {0x2027, '.'},  {0x2219, '.'},  {0x22C5, '.'},  {0x30FB, '.'},
    {0xFF61, '.'},  {0xFF65, '.'},  {0x06D4, '.'},  {0x0701, '.'},  {0x0702, '.'},  {0x2981, '.'},  {0x2E31, '.'},
    {0x2E33, '.'},  {0x16EB, '.'},  {0xA4F8, '.'},  {0x10101, '.'}, {0x066B, '.'},
    /* dashes that Unicode counts as something else */
    {0x02D7, '-'},  {0x2043, '-'},  {0x2500, '-'},  {0x2501, '-'},  {0x2796, '-'},  {0x3161, '-'},  {0x1173, '-'},
    /* other separators and signs */
    {0x2215, '/'},  {0x2044, '/'},  {0x29F8, '/'},  {0x2571, '/'},  {0x2236, ':'},  {0x02D0, ':'},  {0xA789, ':'},
    {0x05C3, ':'},  {0x3001, ','},  {0xFF64, ','},  {0x060C, ','},  {0x066C, ','},  {0x2795, '+'},  {0x02D6, '+'},
    {0x266F, '#'},  {0x2217, '*'},  {0x2800, ' '},  {0x0085, '\n'}, {0x2028, '\n'}, {0x2029, '\n'},
    /* brackets */
    {0x2768, '('},  {0x2769, ')'},  {0x276A, '('},  {0x276B, ')'},  {0x2985, '('},  {0x2986, ')'},  {0x3010, '['},
    {0x3011, ']'},  {0x3014, '['},  {0x3015, ']'},  {0x2772, '['},  {0x2773, ']'},  {0x27E6, '['},  {0x27E7, ']'},
    {0x2774, '{'},  {0x2775, '}'},  {0x27E8, '<'},  {0x27E9, '>'},  {0x276C, '<'},  {0x276D, '>'},  {0x3008, '<'},
    {0x3009, '>'},
    /* small capitals of the phonetic alphabets */
    {0x1D00, 'a'},  {0x0299, 'b'},  {0x1D04, 'c'},  {0x1D05, 'd'},  {0x1D07, 'e'},  {0xA730, 'f'},  {0x0262, 'g'},
    {0x029C, 'h'},  {0x026A, 'i'},  {0x1D0A, 'j'},  {0x1D0B, 'k'},  {0x029F, 'l'},  {0x1D0D, 'm'},  {0x0274, 'n'},
    {0x1D0F, 'o'},  {0x1D18, 'p'},  {0xA7AF, 'q'},  {0x0280, 'r'},  {0xA731, 's'},  {0x1D1B, 't'},  {0x1D1C, 'u'},
    {0x1D20, 'v'},  {0x1D21, 'w'},  {0x028F, 'y'},  {0x1D22, 'z'},
};

/* Rows of letters or digits in order, in circles, squares and brackets, as flags,
 * or drawn in outline: what their compatibility form is not, or is with brackets. */
static const struct {
    uint32_t first, last;
    char ascii; /* of the first */
} rows[] = {
    {0x249C, 0x24B5, 'a'},   {0x1F110, 0x1F129, 'A'}, {0x1F150, 0x1F169, 'A'}, {0x1F170, 0x1F189, 'A'},
    {0x1F1E6, 0x1F1FF, 'A'}, {0x1CCD6, 0x1CCEF, 'A'}, {0x1CCF0, 0x1CCF9, '0'},
};

/* Marks that sit on the character before: the blocks Combining Diacritical Marks
 * with its Extended, Supplement, for Symbols (with the keycap) and Half Marks;
 * those of Cyrillic, which decorate other letters more often than their own; and
 * the points of Hebrew and Arabic, without which words read as well. */
static const struct {
    uint32_t first, last;
} combining_blocks[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x06D6, 0x06DC}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE20, 0xFE2F},
};

static uint8_t text_table[1 << 14];
static size_t text_size;
static uint16_t entries[code_points];

/* Only the table entry of ASCII text, one character or more. */
static uint16_t text_entry(const char *text, size_t size)
{
    if (size == 1)
        return (uint16_t)(unsigned char)text[0];
    for (size_t at = 0; at < text_size; at += text_table[at] + 1u)
        if (text_table[at] == size && !memcmp(text_table + at + 1, text, size))
            return (uint16_t)(at + PII__FOLD_TEXT);
    if (text_size + size + 1 > sizeof text_table) {
        fputs("make_fold_table: the text table is too small\n", stderr);
        exit(1);
    }
    size_t at = text_size;
    text_table[at] = (uint8_t)size;
    memcpy(text_table + at + 1, text, size);
    text_size += size + 1;
    return (uint16_t)(at + PII__FOLD_TEXT);
}

static bool combining(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof combining_blocks / sizeof combining_blocks[0]; i++)
        if (code_point >= combining_blocks[i].first && code_point <= combining_blocks[i].last)
            return true;
    return false;
}

/* Controls carry no text; the white ones stay. */
static bool control(uint32_t code_point)
{
    return code_point < 9 || (code_point > 13 && code_point < 32) || (code_point >= 127 && code_point < 160);
}

static char look_alike(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof look_alikes / sizeof look_alikes[0]; i++)
        if (look_alikes[i].code_point == code_point)
            return look_alikes[i].ascii;
    if (code_point > 0x7F && uc_is_property_dash(code_point))
        return '-';
    if (code_point > 0x7F && uc_is_general_category(code_point, UC_SPACE_SEPARATOR))
        return ' ';
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (code_point >= rows[i].first && code_point <= rows[i].last)
            return (char)(rows[i].ascii + (int)(code_point - rows[i].first));
    return 0;
}

/* Decimal digits of all scripts, and numbers up to 99 in circles and the like. */
static int number(uint32_t code_point)
{
    int decimal = uc_decimal_value(code_point);
    if (decimal >= 0)
        return decimal;
    uc_fraction_t value = uc_numeric_value(code_point);
    bool other = uc_is_general_category(code_point, UC_OTHER_NUMBER);
    return other && value.denominator == 1 && value.numerator >= 0 && value.numerator <= 99 ? value.numerator : -1;
}

/* ASCII text of the compatibility form, or 0 where it has none. Marks in it
 * are left out: they fold to nothing. */
static size_t compatibility_text(uint32_t code_point, char text[text_max])
{
    uint32_t form[32];
    size_t length = sizeof form / sizeof form[0], size = 0;
    if (!u32_normalize(UNINORM_NFKC, &code_point, 1, form, &length))
        return 0;
    for (size_t i = 0; i < length; i++) {
        uint32_t c = form[i];
        if (combining(c))
            continue;
        if (c > 0x7F)
            c = (unsigned char)look_alike(c);
        if (c == 0 || size == text_max)
            return 0;
        text[size++] = (char)c;
    }
    return size;
}

static uint16_t entry_of(uint32_t code_point)
{
    char text[text_max];
    if (code_point >= 0xD800 && code_point < 0xE000)
        return PII__FOLD_KEEP;
    char alike = look_alike(code_point);
    if (alike)
        return (uint16_t)(unsigned char)alike;
    if (combining(code_point))
        return PII__FOLD_COMBINE;
    if (control(code_point) || uc_is_general_category(code_point, UC_FORMAT) ||
        uc_is_property_default_ignorable_code_point(code_point))
        return PII__FOLD_DROP;
    if (code_point < 0x80)
        return PII__FOLD_KEEP;
    int value = number(code_point);
    size_t size = compatibility_text(code_point, text);
    if (value >= 0)
        size = (size_t)snprintf(text, sizeof text, "%d", value);
    return size ? text_entry(text, size) : PII__FOLD_KEEP;
}

/* libunistring does not say which Unicode it carries; code points that were
 * first assigned in a version (DerivedAge.txt of the Unicode Character Database)
 * do. */
static const char *unicode_version(void)
{
    static const struct {
        uint32_t code_point;
        const char *version;
    } first_assigned[] = {
        {0x1C89, "16.0"}, {0x2FFC, "15.1"}, {0x11F00, "15.0"}, {0x061D, "14.0"}, {0x08BE, "13.0"}, {0x1E94B, "12.0"},
    };
    for (size_t i = 0; i < sizeof first_assigned / sizeof first_assigned[0]; i++)
        if (!uc_is_general_category(first_assigned[i].code_point, UC_UNASSIGNED))
            return first_assigned[i].version;
    return "11.0 or older";
}

int main(void)
{
    for (uint32_t c = 0; c < code_points; c++)
        entries[c] = entry_of(c);
    printf("/* Generated by make_fold_table.c; do not edit. */\n#include \"fold.h\"\n\n");
    printf("const char pii__fold_unicode_version[] = \"%s\";\n\n", unicode_version());
    print_entries("pii__fold", entries);
    print_bytes("pii__fold_text[]", text_table, text_size);
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
