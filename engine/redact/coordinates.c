#include "coordinates.h"

#include <string.h>

#include "ascii.h"

enum { numbers_max = 6 /* degrees, minutes, seconds, twice */ };

/* One number. */
typedef struct part {
    int64_t millionths;
    pii__stretch at;
    char hemisphere; /* the letter after it, or 0 */
} part;

static size_t read_part(const pii__value_text *text, size_t at, part *ret)
{
    int64_t value = 0, unit = 1000000;
    bool fraction = false;
    size_t begin = at;
    for (; at < text->size; at++) {
        bool point = text->bytes[at] == '.' && at + 1 < text->size && pii__is_digit(text->bytes[at + 1]);
        if (point && !fraction) {
            fraction = true;
        } else if (!pii__is_digit(text->bytes[at])) {
            break;
        } else if (!fraction) {
            value = value < 1000 ? value * 10 + text->bytes[at] - '0' : value;
        } else {
            unit /= 10;
            ret->millionths += unit * (text->bytes[at] - '0');
        }
    }
    ret->millionths += value * 1000000;
    bool negative = begin > 0 && text->bytes[begin - 1] == '-';
    ret->millionths = negative ? -ret->millionths : ret->millionths;
    ret->at = (pii__stretch){begin, at};
    return at;
}

/* "N" after "40°26'46"": behind degree signs, quotes and blanks. */
static char hemisphere_after(const pii__value_text *text, size_t at)
{
    if (at < text->size && text->bytes[at] == 'o') /* what the ordinal sign folds to */
        at++;
    while (at < text->size && (text->bytes[at] >= 0x80 || strchr(" '\"", text->bytes[at])))
        at++;
    bool alone = at + 1 >= text->size || !pii__is_letter(text->bytes[at + 1]);
    uint8_t letter = at < text->size ? pii__lower(text->bytes[at]) : 0;
    return alone && letter && strchr("nsew", letter) ? (char)letter : 0;
}

static size_t read_degrees(const pii__value_text *text, part parts[numbers_max])
{
    size_t count = 0;
    for (size_t at = 0; at < text->size;) {
        if (!pii__is_digit(text->bytes[at])) {
            at++;
            continue;
        }
        if (count == numbers_max)
            return 0;
        parts[count] = (part){0};
        at = read_part(text, at, &parts[count]);
        parts[count].hemisphere = hemisphere_after(text, at);
        count++;
    }
    return count;
}

bool pii__coordinates_read(const pii__value_text *text, pii__coordinates *ret)
{
    part parts[numbers_max];
    size_t count = read_degrees(text, parts), half = count / 2;
    if (count == 0 || count % 2)
        return false;
    pii__coordinates place = {.lettered = parts[half - 1].hemisphere && parts[count - 1].hemisphere};
    if (!place.lettered && count != 2)
        return false;
    for (size_t which = 0; which < 2; which++) {
        const part *first = &parts[which * half];
        int64_t value = first[0].millionths;
        value += half > 1 ? first[1].millionths / 60 : 0;
        value += half > 2 ? first[2].millionths / 3600 : 0;
        char letter = first[half - 1].hemisphere;
        place.millionths[which] = place.lettered && (letter == 's' || letter == 'w') ? -value : value;
        place.at[which] = first[0].at;
    }
    *ret = place;
    return true;
}
