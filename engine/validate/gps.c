#include "ascii.h"
#include "validators.h"

#define NUMBERS_MAX 8

/* A number as it stands in the text, without its sign. */
typedef struct number {
    double value;
    size_t decimals;
} number;

static size_t read_numbers(const uint8_t *text, size_t begin, size_t end, number *numbers)
{
    size_t count = 0;
    size_t at = begin;
    while (at < end && count < NUMBERS_MAX) {
        if (!pii__is_digit(text[at])) {
            at++;
            continue;
        }
        number n = {0};
        while (at < end && pii__is_digit(text[at]))
            n.value = n.value * 10 + (text[at++] - '0');
        double unit = 1;
        if (at + 1 < end && text[at] == '.' && pii__is_digit(text[at + 1]))
            for (at++; at < end && pii__is_digit(text[at]); n.decimals++) {
                unit /= 10;
                n.value += unit * (text[at++] - '0');
            }
        numbers[count++] = n;
    }
    return count;
}

/* Two numbers are degrees with decimals; four or six are degrees, minutes and
 * seconds. Latitude comes first, but either order is within the limits of a
 * longitude. */
void pii__validate_gps(const pii__candidate *candidate, pii__verdict *verdict)
{
    number numbers[NUMBERS_MAX];
    size_t count = read_numbers(candidate->text, candidate->begin, candidate->end, numbers);
    if (count != 2 && count != 4 && count != 6) {
        pii__verdict_refuse(verdict, "not a pair of coordinates");
        return;
    }
    size_t half = count / 2;
    double latitude = numbers[0].value;
    double longitude = numbers[half].value;
    size_t decimals = numbers[0].decimals < numbers[half].decimals ? numbers[0].decimals : numbers[half].decimals;
    bool sexagesimal = true;
    for (size_t i = 0; i < count; i++)
        if (i % half && numbers[i].value >= 60)
            sexagesimal = false;
    pii__verdict_feature(verdict, "decimals", (double)decimals);
    if (!sexagesimal || latitude > 180 || longitude > 180 || (latitude > 90 && longitude > 90))
        pii__verdict_refuse(verdict, "beyond 90 or 180 degrees");
    else
        verdict->reason = "degrees are in range";
}
