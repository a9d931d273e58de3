/* make_fold_table.c - writes fold_table.c, the data behind fold.h.
 *
 *   make_fold_table > fold_table.c
 *
 * Source: the Unicode Character Database as libunistring carries it (LGPL or
 * GPL code, Unicode licence data); only facts about code points are taken. Runs
 * at build time; the only file of piiglet that includes libunistring. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "fold.h"

enum {
    code_points = 0x110000,
    blocks = code_points >> 8,
    text_max = 8 /* longest folded text (PII__VIEW_GROWTH rests on it); longer forms stay as they are */
};

/* Characters that look or work like an ASCII one without being its
 * compatibility form. Sources: Unicode General_Category and Dash properties do
 * not cover them; the choices are ours, for the separators people put into
 * addresses and numbers. */
static const struct {
    uint32_t code_point;
    char ascii;
} look_alikes[] = {
    {0x00B4, '\''}, {0x02BC, '\''}, {0x2018, '\''}, {0x2019, '\''}, {0x201A, '\''}, {0x201B, '\''}, {0x2032, '\''},
    {0x201C, '"'},  {0x201D, '"'},  {0x201E, '"'},  {0x201F, '"'},  {0x2033, '"'},  {0x3002, '.'},  {0x00B7, '.'},
    {0x2022, '.'},  {0x2027, '.'},  {0x2219, '.'},  {0x22C5, '.'},  {0x30FB, '.'},  {0xFF61, '.'},  {0xFF65, '.'},
    {0x06D4, '.'},  {0x2215, '/'},  {0x2044, '/'},  {0x29F8, '/'},  {0x2236, ':'},  {0x3001, ','},  {0xFF64, ','},
    {0x060C, ','},  {0x2795, '+'},  {0x2796, '-'},  {0x0085, '\n'}, {0x2028, '\n'}, {0x2029, '\n'},
};

/* Blocks whose marks sit on the character before: Combining Diacritical Marks
 * with its Extended, Supplement, for Symbols (with the keycap) and Half Marks. */
static const struct {
    uint32_t first, last;
} combining_blocks[] = {
    {0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE20, 0xFE2F},
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
    if (code_point >= 0x1F150 && code_point <= 0x1F169) /* negative circled letters */
        return (char)('A' + (int)(code_point - 0x1F150));
    if (code_point >= 0x1F170 && code_point <= 0x1F189) /* negative squared letters */
        return (char)('A' + (int)(code_point - 0x1F170));
    return 0;
}

/* Decimal digits of all scripts, and numbers 0 to 9 in circles and the like. */
static int digit(uint32_t code_point)
{
    int decimal = uc_decimal_value(code_point);
    if (decimal >= 0)
        return decimal;
    uc_fraction_t value = uc_numeric_value(code_point);
    bool number = uc_is_general_category(code_point, UC_OTHER_NUMBER);
    return number && value.denominator == 1 && value.numerator >= 0 && value.numerator <= 9 ? value.numerator : -1;
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
    int value = digit(code_point);
    if (value >= 0)
        return (uint16_t)('0' + value);
    size_t size = compatibility_text(code_point, text);
    return size ? text_entry(text, size) : PII__FOLD_KEEP;
}

static void print_block(uint32_t block)
{
    printf("    {");
    for (uint32_t i = 0; i < 256; i++)
        printf("%s%u,", i % 16 ? " " : "\n        ", entries[(block << 8) + i]);
    printf("\n    },\n");
}

/* Index of the first block with the same contents. */
static uint32_t first_equal(uint32_t block)
{
    for (uint32_t other = 0; other < block; other++)
        if (!memcmp(&entries[other << 8], &entries[block << 8], 256 * sizeof entries[0]))
            return other;
    return block;
}

static void print_bytes(const char *declaration, const uint8_t *bytes, size_t size)
{
    printf("const uint8_t %s = {", declaration);
    for (size_t i = 0; i < size; i++)
        printf("%s%u,", i % 24 ? " " : "\n    ", bytes[i]);
    printf("\n};\n\n");
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
    static uint8_t index[blocks];
    uint8_t used = 0;
    for (uint32_t c = 0; c < code_points; c++)
        entries[c] = entry_of(c);
    printf("/* Generated by make_fold_table.c; do not edit. */\n#include \"fold.h\"\n\n");
    printf("const char pii__fold_unicode_version[] = \"%s\";\n\n", unicode_version());
    printf("const uint16_t pii__fold_entry[][256] = {\n");
    for (uint32_t block = 0; block < blocks; block++) {
        uint32_t first = first_equal(block);
        if (first == block) {
            index[block] = used++;
            print_block(block);
        } else {
            index[block] = index[first];
        }
    }
    printf("};\n\n");
    print_bytes("pii__fold_block[0x110000 >> 8]", index, blocks);
    print_bytes("pii__fold_text[]", text_table, text_size);
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
