/* Byte classes and escapes, with PCRE2's built-in (C locale) tables. */
#include <string.h>

#include "pattern_parser.h"

bool pii__ascii_letter(int byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool pii__ascii_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

bool pii__pattern_skip(pii__pattern_reader *reader, const char *text)
{
    size_t size = strlen(text);
    if (size > reader->size - reader->at || memcmp(reader->source + reader->at, text, size))
        return false;
    reader->at += size;
    return true;
}

bool pii__pattern_refuse(pii__pattern_reader *reader, size_t offset, const char *message, const char *expected)
{
    reader->problem = (pii__pattern_problem){.offset = offset, .message = message, .expected = expected};
    return false;
}

void pii__byte_set_fold(pii__byte_set *set)
{
    for (uint8_t lower = 'a'; lower <= 'z'; lower++) {
        uint8_t upper = (uint8_t)(lower - 'a' + 'A');
        if (pii__byte_set_has(set, lower))
            pii__byte_set_add(set, upper);
        else if (pii__byte_set_has(set, upper))
            pii__byte_set_add(set, lower);
    }
}

/* ---- Named classes ---- */

/* Pairs of first and last byte. */
typedef struct named_class {
    const char *name;
    const char *ranges;
    size_t size;
} named_class;

#define RANGES(text) text, sizeof text - 1

static const named_class posix_classes[] = {
    {"alnum", RANGES("09AZaz")},
    {"alpha", RANGES("AZaz")},
    {"ascii", RANGES("\x00\x7f")},
    {"blank", RANGES("\t\t  ")},
    {"cntrl", RANGES("\x00\x1f\x7f\x7f")},
    {"digit", RANGES("09")},
    {"graph", RANGES("!~")},
    {"lower", RANGES("az")},
    {"print", RANGES(" ~")},
    {"punct", RANGES("!/:@[`{~")},
    {"space", RANGES("\t\r  ")},
    {"upper", RANGES("AZ")},
    {"word", RANGES("09AZaz__")},
    {"xdigit", RANGES("09AFaf")},
};

static const named_class escape_classes[] = {
    {"d", RANGES("09")},
    {"h", RANGES("\t\t  \xa0\xa0")}, /* a byte A0 counts as a no-break space */
    {"s", RANGES("\t\r  ")},
    {"w", RANGES("09AZaz__")},
};

static pii__byte_set set_of(const named_class *class)
{
    pii__byte_set set = {{0}};
    for (size_t i = 0; i < class->size; i += 2)
        pii__byte_set_add_range(&set, (uint8_t) class->ranges[i], (uint8_t) class->ranges[i + 1]);
    return set;
}

pii__byte_set pii__pattern_dot(bool dot_all)
{
    pii__byte_set set = {{0}};
    if (!dot_all) {
        pii__byte_set_add(&set, '\r');
        pii__byte_set_add(&set, '\n');
    }
    pii__byte_set_invert(&set);
    return set;
}

/* ---- Escapes ---- */

typedef struct refused_escape {
    char letter;
    const char *message;
    const char *expected;
} refused_escape;

static const refused_escape refused_escapes[] = {
    {'A', "\\A is refused: a text is scanned in pieces", "^, which matches at the start of a line"},
    {'C', "\\C is refused: it splits characters", "a byte class such as [\\x00-\\xff]"},
    {'G', "\\G is refused: a rule does not know where the search began", "no \\G"},
    {'K', "\\K is refused: it moves the start of the match", "the group (?<pii>...) around the span"},
    {'P', "\\P is refused: patterns match bytes", "a byte class such as [^A-Za-z\\x80-\\xff]"},
    {'Q', "\\Q is refused", "a backslash before each special character"},
    {'R', "\\R is refused: its width varies", "[\\r\\n]"},
    {'X', "\\X is refused: patterns match bytes", "a byte class"},
    {'Z', "\\Z is refused: a text is scanned in pieces", "$, which matches at the end of a line"},
    {'g', "\\g is refused", "\\k<name> for what a named group matched"},
    {'p', "\\p is refused: patterns match bytes", "a byte class such as [A-Za-z\\x80-\\xff]"},
    {'z', "\\z is refused: a text is scanned in pieces", "$, which matches at the end of a line"},
};

static bool refuse_escape(pii__pattern_reader *reader, size_t offset, int letter)
{
    for (size_t i = 0; i < sizeof refused_escapes / sizeof refused_escapes[0]; i++)
        if (refused_escapes[i].letter == letter)
            return pii__pattern_refuse(reader, offset, refused_escapes[i].message, refused_escapes[i].expected);
    if (pii__ascii_digit(letter))
        return pii__pattern_refuse(reader, offset, "a backslash and a digit is ambiguous",
                                   "\\xHH for a byte, \\k<name> for what a named group matched");
    return pii__pattern_refuse(
        reader, offset, "unknown escape",
        "one of \\d \\w \\s \\h \\D \\W \\S \\H \\N \\b \\B \\n \\r \\t \\f \\a \\e \\xHH \\k<name>, "
        "or a backslash before a special character");
}

static int hex_value(int byte)
{
    if (pii__ascii_digit(byte))
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* From behind "\x" on: HH or {H...}. */
static bool read_hex(pii__pattern_reader *reader, size_t offset, uint8_t *ret)
{
    bool braces = pii__pattern_skip(reader, "{");
    unsigned value = 0, digits = 0;
    while (hex_value(pii__pattern_peek(reader, 0)) >= 0 && (braces || digits < 2)) {
        value = value * 16 + (unsigned)hex_value(pii__pattern_peek(reader, 0));
        if (value > 0xff)
            return pii__pattern_refuse(reader, offset, "code point above 0xFF: patterns match bytes",
                                       "the character itself, or its UTF-8 bytes as \\xHH");
        reader->at++;
        digits++;
    }
    if (braces ? !digits || !pii__pattern_skip(reader, "}") : digits != 2)
        return pii__pattern_refuse(reader, offset, "incomplete \\x", "\\xHH with two hexadecimal digits, or \\x{HH}");
    *ret = (uint8_t)value;
    return true;
}

static bool read_control(int letter, uint8_t *ret)
{
    static const char letters[] = "aefnrt";
    static const uint8_t bytes[] = {0x07, 0x1b, 0x0c, 0x0a, 0x0d, 0x09};
    const char *found = memchr(letters, letter, sizeof letters - 1);
    if (found)
        *ret = bytes[found - letters];
    return found != NULL;
}

static bool read_class_escape(int letter, pii__byte_set *ret)
{
    for (size_t i = 0; i < sizeof escape_classes / sizeof escape_classes[0]; i++) {
        if ((letter | 0x20) != escape_classes[i].name[0])
            continue;
        *ret = set_of(&escape_classes[i]);
        if (letter != escape_classes[i].name[0])
            pii__byte_set_invert(ret);
        return true;
    }
    return false;
}

bool pii__pattern_read_escape(pii__pattern_reader *reader, pii__escape *ret)
{
    size_t offset = reader->at++;
    int letter = pii__pattern_peek(reader, 0);
    if (letter < 0)
        return pii__pattern_refuse(reader, offset, "the pattern ends in a backslash", "\\\\ for a backslash");
    reader->at++;
    *ret = (pii__escape){.kind = PII__ESCAPE_BYTE, .byte = (uint8_t)letter};
    if (letter >= 0x80)
        return pii__pattern_refuse(reader, offset, "a backslash before a non-ASCII character", "the character alone");
    if (!pii__ascii_letter(letter) && !pii__ascii_digit(letter))
        return true;
    if (letter == 'x')
        return read_hex(reader, offset, &ret->byte);
    if (read_control(letter, &ret->byte))
        return true;
    if (letter == 'b' || letter == 'B')
        ret->kind = letter == 'b' ? PII__ESCAPE_BOUNDARY : PII__ESCAPE_NO_BOUNDARY;
    else if (letter == 'k')
        ret->kind = PII__ESCAPE_REFERENCE;
    else if (letter == 'N' && pii__pattern_peek(reader, 0) != '{') {
        ret->kind = PII__ESCAPE_CLASS;
        ret->set = pii__pattern_dot(false);
    } else if (read_class_escape(letter, &ret->set))
        ret->kind = PII__ESCAPE_CLASS;
    else
        return refuse_escape(reader, offset, letter);
    return true;
}

/* ---- Classes ---- */

/* "[:name:]" or "[:^name:]"; the reading position is on the inner "[". */
static bool read_posix(pii__pattern_reader *reader, bool caseless, pii__byte_set *set)
{
    size_t offset = reader->at;
    bool negative = pii__pattern_skip(reader, "[:^");
    if (!negative)
        reader->at += 2;
    for (size_t i = 0; i < sizeof posix_classes / sizeof posix_classes[0]; i++) {
        size_t start = reader->at;
        if (!pii__pattern_skip(reader, posix_classes[i].name) || !pii__pattern_skip(reader, ":]")) {
            reader->at = start;
            continue;
        }
        pii__byte_set named = set_of(&posix_classes[i]);
        if (caseless)
            pii__byte_set_fold(&named); /* "lower" and "upper" become "alpha" */
        if (negative)
            pii__byte_set_invert(&named);
        pii__byte_set_join(set, &named);
        return true;
    }
    return pii__pattern_refuse(reader, offset, "unknown class name",
                               "alnum alpha ascii blank cntrl digit graph lower print punct space upper word "
                               "or xdigit, or \\[ for the bracket itself");
}

/* One byte, or a whole class (`*ret_class` true, already added to the set). */
static bool read_class_item(pii__pattern_reader *reader, bool caseless, pii__byte_set *set, bool *ret_class,
                            uint8_t *ret_byte)
{
    int byte = pii__pattern_peek(reader, 0);
    *ret_class = false;
    if (byte == '[') {
        int next = pii__pattern_peek(reader, 1);
        *ret_class = next == ':';
        if (next == ':')
            return read_posix(reader, caseless, set);
        if (next == '.' || next == '=')
            return pii__pattern_refuse(reader, reader->at, "ambiguous bracket in a class",
                                       "\\[ for the bracket itself");
    }
    if (byte >= 0x80)
        return pii__pattern_refuse(reader, reader->at, "non-ASCII character in a class: classes hold bytes",
                                   "(?:a|b) for single characters, \\x80-\\xff for any non-ASCII byte");
    if (byte != '\\') {
        *ret_byte = (uint8_t)byte;
        reader->at++;
        return true;
    }
    size_t offset = reader->at;
    pii__escape escape;
    if (!pii__pattern_read_escape(reader, &escape))
        return false;
    if ((escape.kind != PII__ESCAPE_BYTE && escape.kind != PII__ESCAPE_CLASS) || reader->source[offset + 1] == 'N')
        return pii__pattern_refuse(reader, offset, "this escape has no meaning in a class",
                                   "a byte or one of \\d \\w \\s \\h");
    *ret_class = escape.kind == PII__ESCAPE_CLASS;
    *ret_byte = escape.byte;
    if (*ret_class)
        pii__byte_set_join(set, &escape.set);
    return true;
}

/* An item and, where "-" follows, the range that it starts. */
static bool read_range(pii__pattern_reader *reader, bool caseless, pii__byte_set *set)
{
    size_t offset = reader->at;
    bool class_first, class_last;
    uint8_t first = 0, last = 0;
    if (!read_class_item(reader, caseless, set, &class_first, &first))
        return false;
    last = first;
    int after = pii__pattern_peek(reader, 1);
    if (pii__pattern_peek(reader, 0) == '-' && after >= 0 && after != ']') {
        reader->at++;
        if (!read_class_item(reader, caseless, set, &class_last, &last))
            return false;
        if (class_first || class_last || first > last)
            return pii__pattern_refuse(reader, offset, "invalid range in a class",
                                       "first-last in ascending order, or \\- for the hyphen itself");
    }
    if (!class_first) {
        pii__byte_set range = {{0}};
        pii__byte_set_add_range(&range, first, last);
        if (caseless)
            pii__byte_set_fold(&range);
        pii__byte_set_join(set, &range);
    }
    return true;
}

bool pii__pattern_read_class(pii__pattern_reader *reader, bool caseless, pii__byte_set *ret)
{
    size_t offset = reader->at++;
    bool negative = pii__pattern_skip(reader, "^");
    pii__byte_set set = {{0}};
    bool first = true;
    while (pii__pattern_peek(reader, 0) >= 0 && (first || pii__pattern_peek(reader, 0) != ']')) {
        if (!read_range(reader, caseless, &set))
            return false;
        first = false;
    }
    if (!pii__pattern_skip(reader, "]"))
        return pii__pattern_refuse(reader, offset, "the class is not closed", "]");
    if (negative)
        pii__byte_set_invert(&set);
    if (!pii__byte_set_count(&set))
        return pii__pattern_refuse(reader, offset, "the class matches no byte", "at least one byte");
    *ret = set;
    return true;
}
