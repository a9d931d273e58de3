#include "code_escape.h"

void pii__escape_begin(pii__escape *escape, pii__code_input *in)
{
    escape->at = pii__code_offset(in);
    escape->bytes[0] = *in->at++;
    escape->size = 1;
}

/* ---- What belongs to an escape ---- */

static bool octal_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '7';
}

/* -1: not one. */
static int hex_digit(uint8_t byte)
{
    uint8_t low = byte | 0x20;
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* Digits of \x, \u and \U; 0: another escape. */
static size_t digits_of(const pii__escape_dialect *dialect, uint8_t letter)
{
    if (letter == 'x' && !(dialect->flags & PII__ESCAPE_NONE))
        return 2;
    if (letter == 'u' && dialect->flags & PII__ESCAPE_UNICODE)
        return 4;
    return letter == 'U' && dialect->flags & PII__ESCAPE_LONG ? 8 : 0;
}

/* Whether `next` can go on with a name in braces. Names begin with a letter and hold few digits, so
 * that nobody's number is taken for one. */
static bool goes_on_with_name(const pii__escape *escape, uint8_t next)
{
    uint8_t low = next | 0x20;
    if (escape->size == 2)
        return next == '{';
    if (low >= 'a' && low <= 'z')
        return true;
    size_t digits = 0;
    for (size_t i = 3; i < escape->size; i++)
        digits += escape->bytes[i] >= '0' && escape->bytes[i] <= '9';
    return escape->size > 3 &&
           (next == ' ' || next == '-' || next == '}' || (next >= '0' && next <= '9' && digits < 6));
}

/* Whether `next` belongs to the escape as far as it has been read. */
static bool belongs(const pii__escape *escape, const pii__escape_dialect *dialect, uint8_t next)
{
    uint8_t letter = escape->bytes[1], last = escape->bytes[escape->size - 1];
    if (escape->size == 1)
        return next < 0x80 && !(dialect->flags & PII__ESCAPE_KEEP && (next == '{' || next == '}'));
    if (letter == '\r')
        return escape->size == 2 && next == '\n';
    if (dialect->flags & PII__ESCAPE_OCTAL && octal_digit(letter))
        return octal_digit(next) && escape->size < (letter < '4' || !(dialect->flags & PII__ESCAPE_PAIRS) ? 4 : 3);
    if (letter == 'N' && dialect->flags & PII__ESCAPE_LONG)
        return last != '}' && escape->size < PII__ESCAPE_SIZE_MAX && goes_on_with_name(escape, next);
    if (letter == 'u' && dialect->flags & PII__ESCAPE_BRACES && (escape->size > 2 ? escape->bytes[2] : next) == '{')
        return last != '}' && escape->size < PII__ESCAPE_SIZE_MAX &&
               (escape->size == 2 || next == '}' || hex_digit(next) >= 0);
    return escape->size < 2 + digits_of(dialect, letter) && hex_digit(next) >= 0;
}

/* ---- What it stands for ---- */

static uint32_t number_of(const uint8_t *digits, size_t size, uint32_t base)
{
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++)
        value = value > 0x10FFFF ? value : value * base + (uint32_t)hex_digit(digits[i]);
    return value;
}

enum { AS_IT_STANDS = 0x110000, NOTHING, UNKNOWN };

static uint32_t letter_escape(const pii__escape_dialect *dialect, uint8_t letter)
{
    const char *found = letter ? strchr(dialect->letters, letter) : NULL;
    if (found)
        return (uint8_t)dialect->characters[found - dialect->letters];
    bool kept = letter && strchr(dialect->kept, letter);
    return kept ? AS_IT_STANDS : letter;
}

/* The code point, or one of the above. */
static uint32_t meaning(const pii__escape *escape, const pii__escape_dialect *dialect)
{
    const uint8_t *bytes = escape->bytes;
    size_t size = escape->size;
    if (size == 1)
        return dialect->flags & (PII__ESCAPE_KEEP | PII__ESCAPE_NONE) ? AS_IT_STANDS : NOTHING;
    if (dialect->flags & PII__ESCAPE_NONE)
        return AS_IT_STANDS;
    if (bytes[1] == '\n' || bytes[1] == '\r')
        return NOTHING;
    if (dialect->flags & PII__ESCAPE_OCTAL && octal_digit(bytes[1]))
        return number_of(bytes + 1, size - 1, 8);
    if (bytes[1] == 'N' && dialect->flags & PII__ESCAPE_LONG)
        return bytes[size - 1] == '}' ? UNKNOWN : AS_IT_STANDS;
    if (bytes[1] == 'u' && size > 2 && bytes[2] == '{')
        return bytes[size - 1] == '}' && size > 4 ? number_of(bytes + 3, size - 4, 16) : AS_IT_STANDS;
    size_t digits = digits_of(dialect, bytes[1]);
    if (digits)
        return size == 2 + digits ? number_of(bytes + 2, digits, 16) : AS_IT_STANDS;
    return letter_escape(dialect, bytes[1]);
}

/* A half of a pair waits for the other; true: nothing else is to be put. */
static bool put_pair(pii__escape *escape, pii__tape *tape, uint32_t unit)
{
    if (escape->high && unit >= 0xDC00 && unit <= 0xDFFF) {
        uint32_t code_point = 0x10000 + ((uint32_t)(escape->high - 0xD800) << 10) + (unit - 0xDC00);
        pii__tape_code_point(tape, code_point, escape->high_at, (size_t)(escape->at - escape->high_at) + escape->size);
        escape->high = 0;
        return true;
    }
    pii__escape_flush(escape, tape);
    if (unit < 0xD800 || unit > 0xDBFF || escape->size != 6)
        return false;
    escape->high = (uint16_t)unit;
    escape->high_at = escape->at;
    return true;
}

static void put(pii__escape *escape, const pii__escape_dialect *dialect, pii__tape *tape)
{
    uint32_t what = meaning(escape, dialect);
    if (dialect->flags & PII__ESCAPE_PAIRS && put_pair(escape, tape, what))
        return;
    if (what == AS_IT_STANDS)
        pii__tape_decoded(tape, escape->bytes, escape->size, escape->at, escape->size);
    else if (what == NOTHING)
        pii__tape_decoded(tape, escape->bytes, 0, escape->at, escape->size);
    else
        pii__tape_code_point(tape, what, escape->at, escape->size);
}

bool pii__escape_take(pii__escape *escape, const pii__escape_dialect *dialect, pii__code_input *in)
{
    while (in->at < in->end && belongs(escape, dialect, *in->at))
        escape->bytes[escape->size++] = *in->at++;
    if (in->at == in->end)
        return false;
    put(escape, dialect, in->tape);
    return true;
}

void pii__escape_cut_off(pii__escape *escape, const pii__escape_dialect *dialect, pii__tape *tape)
{
    put(escape, dialect, tape);
    pii__escape_flush(escape, tape);
}
