#include "skeleton.h"

#include "ascii.h"

/* Small and capital letters of Cyrillic, Greek and Armenian that are drawn like
 * an ASCII letter. Source: the letter shapes; Unicode Technical Standard 39
 * lists the same among many more. All are two bytes of UTF-8. */
static const struct {
    char alike[3];
    char ascii;
} look_alikes[] = {
    {"а", 'a'}, {"в", 'b'}, {"с", 'c'}, {"ԁ", 'd'}, {"е", 'e'}, {"һ", 'h'}, {"н", 'h'}, {"і", 'i'}, {"ј", 'j'},
    {"к", 'k'}, {"м", 'm'}, {"п", 'n'}, {"о", 'o'}, {"р", 'p'}, {"ԛ", 'q'}, {"г", 'r'}, {"ѕ", 's'}, {"т", 't'},
    {"ѵ", 'v'}, {"ԝ", 'w'}, {"х", 'x'}, {"у", 'y'}, {"А", 'a'}, {"В", 'b'}, {"С", 'c'}, {"Е", 'e'}, {"Н", 'h'},
    {"І", 'i'}, {"Ј", 'j'}, {"К", 'k'}, {"М", 'm'}, {"О", 'o'}, {"Р", 'p'}, {"Ѕ", 's'}, {"Т", 't'}, {"Х", 'x'},
    {"У", 'y'}, {"α", 'a'}, {"ε", 'e'}, {"η", 'n'}, {"ι", 'i'}, {"κ", 'k'}, {"ν", 'v'}, {"ο", 'o'}, {"ρ", 'p'},
    {"τ", 't'}, {"υ", 'u'}, {"χ", 'x'}, {"ω", 'w'}, {"Α", 'a'}, {"Β", 'b'}, {"Ε", 'e'}, {"Η", 'h'}, {"Ι", 'i'},
    {"Κ", 'k'}, {"Μ", 'm'}, {"Ν", 'n'}, {"Ο", 'o'}, {"Ρ", 'p'}, {"Τ", 't'}, {"Υ", 'y'}, {"Χ", 'x'}, {"Ζ", 'z'},
    {"հ", 'h'}, {"ո", 'n'}, {"ս", 'u'}, {"օ", 'o'}, {"ց", 'g'}, {"զ", 'q'}, {"ı", 'i'},
};

/* Digits and signs in the place of letters, as players write. */
static uint8_t letter_of(uint8_t byte)
{
    switch (byte) {
    case '0': return 'o';
    case '1': return 'i';
    case '3': return 'e';
    case '4': return 'a';
    case '5': return 's';
    case '7': return 't';
    case '$': return 's';
    default: return 0;
    }
}

static uint8_t find(const uint8_t *text)
{
    for (size_t i = 0; i < sizeof look_alikes / sizeof look_alikes[0]; i++)
        if ((uint8_t)look_alikes[i].alike[0] == text[0] && (uint8_t)look_alikes[i].alike[1] == text[1])
            return (uint8_t)look_alikes[i].ascii;
    return 0;
}

size_t pii__skeleton(const uint8_t *text, size_t size, uint8_t *ascii, size_t *ret_size)
{
    size_t written = 0;
    size_t digits = 0;
    for (size_t at = 0; at < size; at++) {
        uint8_t letter = pii__lower(text[at]);
        if (letter >= 0x80) {
            letter = at + 1 < size ? find(text + at) : 0;
            at++;
        } else if (letter < 'a' || letter > 'z') {
            letter = letter_of(letter);
            digits++;
        }
        if (!letter) {
            *ret_size = 0;
            return 0;
        }
        ascii[written++] = letter;
    }
    *ret_size = written;
    return digits;
}
