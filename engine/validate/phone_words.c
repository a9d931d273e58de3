#include "ascii.h"
#include "phone_digits.h"
#include "table.h"
#include "validators.h"

#define NANP_DIGITS 10
#define DIGITS_MIN 7
#define DIGITS_MAX 15

/* A number as it is said. */
typedef struct spoken {
    uint8_t digits[DIGITS_MAX];
    size_t count;
    unsigned repeat; /* of the next digit: "double five" */
    bool tens;       /* the last word was one such as "forty": "two" would make it 42 */
    bool too_many;
} spoken;

static void add_digit(spoken *number, uint8_t value)
{
    for (; number->repeat; number->repeat--) {
        number->too_many |= number->count == DIGITS_MAX;
        if (!number->too_many)
            number->digits[number->count++] = value;
    }
    number->repeat = 1;
}

/* The value of a word: "5", "40", or "x2" for "double". */
static void add_value(spoken *number, const char *value)
{
    if (value[0] == 'x') {
        number->repeat = (unsigned)(value[1] - '0');
        return;
    }
    bool one_digit = !value[1];
    if (number->tens && one_digit && value[0] != '0' && number->count) {
        number->digits[number->count - 1] = (uint8_t)(value[0] - '0');
        number->tens = false;
        return;
    }
    number->tens = !one_digit && value[0] >= '2' && value[1] == '0';
    for (; *value; value++)
        add_digit(number, (uint8_t)(*value - '0'));
}

/* Words that stand for no digit ("dash", "then") part the number. */
static void read_spoken(const pii__candidate *candidate, spoken *ret)
{
    const uint8_t *text = candidate->text;
    *ret = (spoken){.repeat = 1};
    for (size_t at = candidate->begin; at < candidate->end;) {
        size_t first = at;
        if (pii__is_digit(text[at])) {
            ret->tens = false;
            add_digit(ret, (uint8_t)(text[at++] - '0'));
            continue;
        }
        while (at < candidate->end && pii__is_letter(text[at]))
            at++;
        const char *value = at > first ? pii__table_value(&pii__table_digit_words, text + first, at - first) : NULL;
        if (value)
            add_value(ret, value);
        else if (at > first)
            ret->tens = false;
        else
            at++;
    }
}

/* "one two three four ...", up or down, or one word over and over. */
static bool is_counting(const spoken *number)
{
    size_t up = 0, down = 0, equal = 0, steps = number->count - 1;
    for (size_t i = 0; i < steps; i++) {
        int step = number->digits[i + 1] - number->digits[i];
        up += step == 1;
        down += step == -1;
        equal += step == 0;
    }
    return up * 3 >= steps * 2 || down * 3 >= steps * 2 || equal == steps;
}

/* A number of the North American plan speaks for itself; others need a word
 * about telephones. */
void pii__validate_phone_words(const pii__candidate *candidate, pii__verdict *verdict)
{
    spoken number;
    read_spoken(candidate, &number);
    if (number.too_many || number.count < DIGITS_MIN) {
        pii__verdict_refuse(verdict, "not seven to fifteen digits");
        return;
    }
    if (is_counting(&number)) {
        pii__verdict_refuse(verdict, "counting");
        return;
    }
    const uint8_t *ten = number.digits;
    size_t length = number.count;
    if (length == NANP_DIGITS + 1 && ten[0] == 1) {
        ten++;
        length--;
    }
    bool known = length == NANP_DIGITS && pii__phone_nanp_possible(ten) && pii__phone_nanp_area_known(ten);
    pii__verdict_feature(verdict, "area code in use", known);
    verdict->confidence += known ? 0.25 : 0;
    verdict->reason = known ? "a North American number in words" : "as many digits as a telephone number";
}
