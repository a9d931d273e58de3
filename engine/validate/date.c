#include "ascii.h"
#include "validators.h"

#define NUMBERS 3
#define YEAR_MIN 1900
#define YEAR_MAX 2099
#define YEAR_OLD 1950 /* who was born before is more often someone of note than a friend */
#define DIGITS_MAX 8   /* 20120604 */

typedef struct date_parts {
    unsigned number[NUMBERS];
    size_t digits[NUMBERS];
    size_t count;
    bool named_month;
} date_parts;

/* Letters other than the endings of ordinals ("1st") and "of" name a month:
 * the pattern lets no other word in. */
static date_parts read_parts(const uint8_t *text, size_t begin, size_t end)
{
    date_parts parts = {0};
    size_t letters = 0;
    for (size_t at = begin; at <= end; at++) {
        bool digit = at < end && pii__is_digit(text[at]);
        letters = at < end && pii__is_letter(text[at]) ? letters + 1 : 0;
        parts.named_month |= letters >= 3;
        if (!digit || parts.count == NUMBERS)
            continue;
        size_t first = at;
        while (at < end && pii__is_digit(text[at]) && at - first < DIGITS_MAX)
            at++;
        uint8_t digits[DIGITS_MAX];
        parts.digits[parts.count] = pii__digits(text, first, at, digits, sizeof digits);
        parts.number[parts.count] = pii__digits_value(digits, parts.digits[parts.count]);
        parts.count++;
        at--;
    }
    return parts;
}

static bool is_day(const date_parts *parts, size_t i)
{
    return parts->digits[i] <= 2 && parts->number[i] >= 1 && parts->number[i] <= 31;
}

static bool is_month(const date_parts *parts, size_t i)
{
    return parts->digits[i] <= 2 && parts->number[i] >= 1 && parts->number[i] <= 12;
}

static bool is_year(const date_parts *parts, size_t i)
{
    if (parts->digits[i] == 2)
        return true;
    return parts->digits[i] == 4 && parts->number[i] >= YEAR_MIN && parts->number[i] <= YEAR_MAX;
}

/* 20120604 */
static bool is_compact(unsigned number, size_t digits)
{
    unsigned year = number / 10000, month = number / 100 % 100, day = number % 100;
    return digits == DIGITS_MAX && year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && month <= 12 && day >= 1 &&
           day <= 31;
}

static bool plausible(const date_parts *parts)
{
    if (parts->named_month) {
        if (parts->count == 1)
            return is_day(parts, 0) || (parts->digits[0] == 4 && is_year(parts, 0));
        return parts->count == 2 &&
               ((is_day(parts, 0) && is_year(parts, 1)) || (is_year(parts, 0) && is_day(parts, 1)));
    }
    if (parts->count == 2)
        return (is_day(parts, 0) && is_month(parts, 1)) || (is_month(parts, 0) && is_day(parts, 1));
    if (parts->count != NUMBERS)
        return parts->count == 1 && is_compact(parts->number[0], parts->digits[0]);
    bool day_first = is_day(parts, 0) && is_month(parts, 1);
    bool month_first = is_month(parts, 0) && is_day(parts, 1);
    if (is_year(parts, 2) && (day_first || month_first))
        return true;
    return parts->digits[0] == 4 && is_year(parts, 0) && is_month(parts, 1) && is_day(parts, 2);
}

static bool long_ago(const date_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->digits[i] == 4 && parts->number[i] < YEAR_OLD)
            return true;
    return false;
}

void pii__validate_date(const pii__candidate *candidate, pii__verdict *verdict)
{
    date_parts parts = read_parts(candidate->text, candidate->begin, candidate->end);
    if (!plausible(&parts)) {
        pii__verdict_refuse(verdict, "no such day, month or year");
    } else if (long_ago(&parts)) {
        verdict->confidence -= 0.2;
        verdict->reason = "possible, but long ago";
    } else {
        verdict->reason = "day, month and year are possible";
    }
}
