#include "ascii.h"
#include "phone_digits.h"
#include "validators.h"

#define DIGITS_MIN 7
#define DIGITS_MAX 15

static unsigned group_value(const pii__phone_digits *phone, size_t group)
{
    size_t first = 0;
    for (size_t i = 0; i < group; i++)
        first += phone->group_size[i];
    return phone->group_size[group] <= 4 ? pii__digits_value(phone->digits + first, phone->group_size[group]) : 10000;
}

static bool is_year(const pii__phone_digits *phone, size_t group)
{
    unsigned value = group_value(phone, group);
    return phone->group_size[group] == 4 && value >= 1800 && value <= 2199;
}

/* 2011-04-30, 30.04.2011, and the ranges 1990-1995. */
static bool looks_like_date(const pii__phone_digits *phone)
{
    if (phone->group_count == 2)
        return is_year(phone, 0) && is_year(phone, 1);
    if (phone->group_count != 3)
        return false;
    if (is_year(phone, 0))
        return group_value(phone, 1) <= 12 && group_value(phone, 2) <= 31;
    return is_year(phone, 2) && group_value(phone, 0) <= 31 && group_value(phone, 1) <= 31;
}

static bool looks_like_ipv4(const pii__phone_digits *phone)
{
    if (phone->group_count != 4 || phone->separator != '.')
        return false;
    for (size_t i = 0; i < 4; i++)
        if (group_value(phone, i) > 255)
            return false;
    return true;
}

static bool looks_like_isbn(const pii__phone_digits *phone)
{
    return phone->count == 13 && phone->digits[0] == 9 && phone->digits[1] == 7 && phone->digits[2] >= 8;
}

static bool all_equal(const pii__phone_digits *phone)
{
    for (size_t i = 1; i < phone->count; i++)
        if (phone->digits[i] != phone->digits[0])
            return false;
    return true;
}

/* "0161 496 0123": a 0, then none, nine to eleven digits, parted by blanks or
 * hyphens into groups of two and more. */
static bool has_trunk_prefix(const pii__phone_digits *phone)
{
    if (phone->digits[0] != 0 || phone->digits[1] == 0 || phone->group_count < 2 || phone->group_count > 5)
        return false;
    for (size_t i = 0; i < phone->group_count; i++)
        if (phone->group_size[i] < 2)
            return false;
    return phone->count >= 9 && phone->count <= 11 && (phone->separator == ' ' || phone->separator == '-');
}

/* A bare power of two: program text is full of them. */
static bool is_power_of_two(const pii__phone_digits *phone)
{
    uint64_t value = 0;
    for (size_t i = 0; i < phone->count; i++)
        value = value * 10 + phone->digits[i];
    return phone->group_count == 1 && value && !(value & (value - 1));
}

/* Numbers as people write them within their country: no plan is known, so all
 * that can be said is what they are not. The rule must ask for a word that
 * speaks for a telephone. */
void pii__validate_phone_national(const pii__candidate *candidate, pii__verdict *verdict)
{
    pii__phone_digits phone;
    pii__phone_digits_read(&phone, candidate->text, candidate->begin, candidate->end);
    if (phone.too_many || phone.count < DIGITS_MIN || phone.count > DIGITS_MAX)
        pii__verdict_refuse(verdict, "not seven to fifteen digits");
    else if (pii__phone_fraction(&phone))
        pii__verdict_refuse(verdict, "a decimal fraction");
    else if (looks_like_date(&phone))
        pii__verdict_refuse(verdict, "a date, or a range of years");
    else if (looks_like_ipv4(&phone))
        pii__verdict_refuse(verdict, "an IP address");
    else if (looks_like_isbn(&phone))
        pii__verdict_refuse(verdict, "a book number");
    else if (is_power_of_two(&phone))
        pii__verdict_refuse(verdict, "a power of two");
    else if (all_equal(&phone))
        pii__verdict_refuse(verdict, "one digit over and over");
    else if (has_trunk_prefix(&phone)) {
        pii__verdict_feature(verdict, "trunk prefix and groups", 1);
        verdict->confidence += 0.25;
        verdict->reason = "trunk prefix 0 and groups";
    } else {
        verdict->reason = "as long as a telephone number";
    }
}
