#include "transform.h"

#include <stdint.h>
#include <string.h>

#define ROW(name, first, last, text) {name, TRANSFORM_ROW, first, last, text, NULL, NULL}
#define SIGN(name, sign, text) {name, TRANSFORM_SIGN, sign, sign, text, NULL, NULL}
#define AFTER(name, first, last, text) {name, TRANSFORM_AFTER, first, last, text, NULL, NULL}
#define BETWEEN(name, text) {name, TRANSFORM_BETWEEN, 0, 0, text, NULL, NULL}
#define LINE(name, text) {name, TRANSFORM_LINE, '\n', '\n', text, NULL, NULL}
#define MAIL(name, at, dot) {name, TRANSFORM_MAIL, 0, 0, at, dot, "email.address"}

const transform transforms[] = {
    ROW("full-width signs, digits and letters", '!', '~', "！"),
    ROW("mathematical bold digits", '0', '9', "𝟎"),
    ROW("mathematical monospace digits", '0', '9', "𝟶"),
    ROW("Arabic-Indic digits", '0', '9', "٠"),
    ROW("Persian digits", '0', '9', "۰"),
    ROW("Devanagari digits", '0', '9', "०"),
    ROW("Bengali digits", '0', '9', "০"),
    ROW("Thai digits", '0', '9', "๐"),
    ROW("Khmer digits", '0', '9', "០"),
    ROW("Adlam digits", '0', '9', "𞥐"),
    ROW("segmented digits", '0', '9', "🯰"),
    ROW("circled digits", '1', '9', "①"),
    ROW("negative circled digits", '1', '9', "❶"),
    ROW("digits in brackets", '1', '9', "⑴"),
    ROW("subscript digits", '0', '9', "₀"),
    AFTER("keycaps", '0', '9', "\uFE0F\u20E3"),
    ROW("mathematical bold small letters", 'a', 'z', "𝐚"),
    ROW("mathematical bold capitals", 'A', 'Z', "𝐀"),
    ROW("sans-serif small letters", 'a', 'z', "𝖺"),
    ROW("monospace small letters", 'a', 'z', "𝚊"),
    ROW("bold script small letters", 'a', 'z', "𝓪"),
    ROW("bold Fraktur capitals", 'A', 'Z', "𝕬"),
    ROW("circled small letters", 'a', 'z', "ⓐ"),
    ROW("circled capitals", 'A', 'Z', "Ⓐ"),
    ROW("negative circled capitals", 'A', 'Z', "🅐"),
    ROW("negative squared capitals", 'A', 'Z', "🅰"),
    ROW("small letters in brackets", 'a', 'z', "⒜"),
    ROW("flags for capitals", 'A', 'Z', "🇦"),
    SIGN("small capital for e", 'e', "ᴇ"),
    SIGN("small capital for n", 'n', "ɴ"),
    SIGN("no-break space", ' ', "\u00A0"),
    SIGN("ideographic space", ' ', "\u3000"),
    SIGN("thin space", ' ', "\u2009"),
    SIGN("narrow no-break space", ' ', "\u202F"),
    SIGN("Braille blank", ' ', "\u2800"),
    SIGN("hyphen", '-', "‐"),
    SIGN("non-breaking hyphen", '-', "\u2011"),
    SIGN("figure dash", '-', "‒"),
    SIGN("en dash", '-', "–"),
    SIGN("em dash", '-', "—"),
    SIGN("minus", '-', "−"),
    SIGN("hyphen bullet", '-', "⁃"),
    SIGN("one dot leader", '.', "․"),
    SIGN("middle dot", '.', "·"),
    SIGN("bullet", '.', "•"),
    SIGN("ideographic full stop", '.', "。"),
    SIGN("small full stop", '.', "﹒"),
    SIGN("small commercial at", '@', "﹫"),
    SIGN("right quote", '\'', "’"),
    SIGN("prime", '\'', "′"),
    SIGN("double quotes", '"', "”"),
    SIGN("fraction slash", '/', "⁄"),
    SIGN("division slash", '/', "∕"),
    SIGN("ratio", ':', "∶"),
    SIGN("heavy plus", '+', "➕"),
    SIGN("ideographic comma", ',', "、"),
    SIGN("small opening bracket", '(', "﹙"),
    AFTER("acute accents", '0', 'z', "\u0301"),
    AFTER("strike-through", '0', 'z', "\u0336"),
    AFTER("three marks each", '0', 'z', "\u0300\u0316\u035C"),
    AFTER("Cyrillic millions signs", '0', 'z', "\u0489"),
    AFTER("enclosing circles", '0', 'z', "\u20DD"),
    BETWEEN("zero-width spaces", "\u200B"),
    BETWEEN("zero-width joiners", "\u200D"),
    BETWEEN("word joiners", "\u2060"),
    BETWEEN("byte order marks", "\uFEFF"),
    BETWEEN("soft hyphens", "\u00AD"),
    BETWEEN("grapheme joiners", "\u034F"),
    BETWEEN("variation selectors", "\uFE0E"),
    BETWEEN("right-to-left marks", "\u200F"),
    BETWEEN("tag characters", "\U000E0061"),
    BETWEEN("Hangul fillers", "\u3164"),
    BETWEEN("control characters", "\x01"),
    BETWEEN("invalid bytes", "\xFF"),
    LINE("lines: CR LF", "\r\n"),
    LINE("lines: CR", "\r"),
    LINE("lines: separators", "\u2028"),
    LINE("lines: next-line controls", "\xC2\x85"),
    MAIL("said: at and dot in words", " at ", " dot "),
    MAIL("said: AT and DOT in capitals", " AT ", " DOT "),
    MAIL("said: at and dot in brackets", " (at) ", " (dot) "),
    MAIL("said: at and dot in square brackets", "[at]", "[dot]"),
    MAIL("said: at and dot between lines", "_at_", "_dot_"),
    MAIL("said: at and dot between stars", " *at* ", " *dot* "),
    MAIL("said: at in a word, dots as they are", " (at) ", NULL),
    MAIL("said: arroba, punto", " arroba ", " punto "),
    MAIL("said: arobase, point", " arobase ", " point "),
    MAIL("said: klammeraffe, punkt", " klammeraffe ", " punkt "),
    MAIL("said: chiocciola, punto", " chiocciola ", " punto "),
    MAIL("said: blanks around the sign", " @ ", NULL),
    MAIL("said: blanks around the sign, dots in words", " @ ", " dot "),
    MAIL("said: as in a link", "%40", NULL),
    MAIL("said: as in a page", "&#64;", NULL),
    {"look-alike: Cyrillic o for o", TRANSFORM_SIGN, 'o', 'o', "о", NULL, "email.address"},
    {"look-alike: Cyrillic e for e", TRANSFORM_SIGN, 'e', 'e', "е", NULL, "email.address"},
    {"look-alike: Greek alpha for a", TRANSFORM_SIGN, 'a', 'a', "α", NULL, "email.address"},
};
const size_t transform_count = sizeof transforms / sizeof transforms[0];

static size_t character_size(const char *text, size_t size)
{
    uint8_t lead = (uint8_t)text[0];
    size_t wanted = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
    return wanted <= size ? wanted : size;
}

static uint32_t code_point(const char *text)
{
    const uint8_t *bytes = (const uint8_t *)text;
    if (bytes[0] < 0xE0)
        return (bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu);
    if (bytes[0] < 0xF0)
        return (bytes[0] & 0xFu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    return (bytes[0] & 7u) << 18 | (bytes[1] & 0x3Fu) << 12 | (bytes[2] & 0x3Fu) << 6 | (bytes[3] & 0x3Fu);
}

static void append_code_point(test_bytes *ret, uint32_t c)
{
    char out[4] = {(char)(0xF0 | c >> 18), (char)(0x80 | (c >> 12 & 0x3F)), (char)(0x80 | (c >> 6 & 0x3F)),
                   (char)(0x80 | (c & 0x3F))};
    size_t skip = c < 0x800 ? 2 : c < 0x10000 ? 1 : 0;
    if (skip)
        out[skip] = (char)(skip == 2 ? 0xC0 | c >> 6 : 0xE0 | c >> 12);
    bytes_append(ret, out + skip, 4 - skip);
}

static bool letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool apply_mail(const transform *t, const char *text, size_t size, test_bytes *ret)
{
    const char *sign = memchr(text, '@', size);
    size_t host = sign ? size - (size_t)(sign + 1 - text) : 0;
    if (!sign || memchr(sign + 1, '@', host) || (t->dot && !memchr(sign + 1, '.', host)))
        return false;
    for (const char *at = text; at < text + size; at++) {
        if (at == sign)
            bytes_append_text(ret, t->text);
        else if (*at == '.' && at > sign && t->dot)
            bytes_append_text(ret, t->dot);
        else
            bytes_append(ret, at, 1);
    }
    return true;
}

/* One character; true when it was changed, or something put after it. */
static bool apply_one(const transform *t, const char *text, size_t size, bool last, test_bytes *ret)
{
    bool in_range = size == 1 && text[0] >= t->first && text[0] <= t->last;
    if (t->kind == TRANSFORM_ROW && in_range) {
        append_code_point(ret, code_point(t->text) + (uint32_t)(text[0] - t->first));
        return true;
    }
    if ((t->kind == TRANSFORM_SIGN || t->kind == TRANSFORM_LINE) && in_range) {
        bytes_append_text(ret, t->text);
        return true;
    }
    bytes_append(ret, text, size);
    bool after = (t->kind == TRANSFORM_AFTER && in_range && letter_or_digit(text[0])) ||
                 (t->kind == TRANSFORM_BETWEEN && !last);
    if (after)
        bytes_append_text(ret, t->text);
    return after;
}

bool transform_apply(const transform *t, const char *text, size_t size, test_bytes *ret)
{
    bool changed = false;
    if (t->kind == TRANSFORM_MAIL)
        return apply_mail(t, text, size, ret);
    for (size_t at = 0; at < size;) {
        size_t one = character_size(text + at, size - at);
        changed |= apply_one(t, text + at, one, at + one == size, ret);
        at += one;
    }
    return changed;
}
