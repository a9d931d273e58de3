#include "ascii.h"
#include "phone_digits.h"
#include "validators.h"

#define DIGITS_MIN 7
#define DIGITS_MIN_PARTED 6
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
    return phone->group_size[group] == 4 && value >= 1000 && value <= 2199;
}

/* "0730-0930", hours and minutes. */
static bool looks_like_times(const pii__phone_digits *phone)
{
    if (phone->group_count != 2 || phone->count != 8 || phone->group_size[0] != 4 || phone->blanks_only)
        return false;
    unsigned from = group_value(phone, 0), to = group_value(phone, 1);
    return from <= 2400 && to <= 2400 && from % 100 < 60 && to % 100 < 60 && from % 5 == 0 && to % 5 == 0;
}

/* "14/10 - 15/10", "14 - 15.10.18", "11-2018-23-00": days and years in a row. */
static bool looks_like_dates(const pii__phone_digits *phone)
{
    bool small = phone->group_count == 4 && !phone->separator;
    for (size_t i = 0; i < phone->group_count; i++) {
        small &= phone->group_size[i] <= 2 && group_value(phone, i) <= 31;
        if (i && phone->group_count > 3 && !phone->blanks_only && is_year(phone, i) && group_value(phone, i) >= 1900)
            return true;
    }
    return small;
}

/* 2011-04-30, 30.04.2011, and the ranges 1990-1995. */
static bool looks_like_date(const pii__phone_digits *phone)
{
    if (phone->group_count == 2)
        return looks_like_times(phone) ||
               (is_year(phone, 0) && is_year(phone, 1) && group_value(phone, 0) <= group_value(phone, 1));
    if (phone->group_count != 3)
        return looks_like_dates(phone);
    bool short_date = phone->count == 6 && phone->group_size[0] == 2 && phone->group_size[1] == 2;
    if (short_date && !phone->blanks_only)
        return group_value(phone, 0) <= 31 && group_value(phone, 1) <= 31;
    if (is_year(phone, 0))
        return group_value(phone, 1) <= 12 && group_value(phone, 2) <= 31;
    return is_year(phone, 2) && group_value(phone, 0) <= 31 && group_value(phone, 1) <= 31;
}

/* Also one that is out of range: people write those in texts about such. */
static bool looks_like_ipv4(const pii__phone_digits *phone)
{
    if (phone->group_count != 4 || phone->separator != '.')
        return false;
    size_t in_range = 0;
    for (size_t i = 0; i < 4; i++)
        in_range += group_value(phone, i) <= 255;
    bool nearly = in_range == 3 && phone->group_size[0] == 3 && group_value(phone, 0) <= 255;
    return in_range == 4 || nearly;
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

/* A bare power of two: program text is full of them. */
static bool is_power_of_two(const pii__phone_digits *phone)
{
    uint64_t value = 0;
    for (size_t i = 0; i < phone->count; i++)
        value = value * 10 + phone->digits[i];
    return phone->group_count == 1 && value && !(value & (value - 1));
}

/* 10 20 30 40: numbers of one length, each as much more than the one before. */
static bool looks_like_list(const pii__phone_digits *phone)
{
    if (phone->group_count < 3 || phone->group_size[0] < 2)
        return false;
    unsigned step = group_value(phone, 1) - group_value(phone, 0);
    for (size_t i = 1; i < phone->group_count; i++)
        if (phone->group_size[i] != phone->group_size[0] ||
            group_value(phone, i) - group_value(phone, i - 1) != step)
            return false;
    return true;
}

/* The check digit of a book number of ten digits. */
static bool looks_like_isbn10(const pii__phone_digits *phone)
{
    unsigned sum = 0;
    for (size_t i = 0; i < phone->count; i++)
        sum += (unsigned)(10 - i) * phone->digits[i];
    return phone->count == 10 && phone->digits[0] <= 1 && sum % 11 == 0;
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

static bool is_nanp(const pii__phone_digits *phone)
{
    const uint8_t *ten = phone->digits + (phone->count == 11 && phone->digits[0] == 1);
    bool length = phone->count == 10 || ten > phone->digits;
    return length && pii__phone_nanp_possible(ten) && pii__phone_nanp_area_known(ten);
}

/* "886-2-2345-6789": with a country code, but no + before it. */
static bool has_country_code(const pii__phone_digits *phone)
{
    bool parted = phone->group_count <= 6 && (!phone->blanks_only || phone->group_count > 2) && !phone->slashes;
    return phone->digits[0] && parted &&
           pii__phone_country_fits(phone->digits, phone->group_size[0], phone->count);
}

/* "555-2671": an exchange of the North American plan and a line. */
static bool is_local(const pii__phone_digits *phone)
{
    return phone->group_count == 2 && phone->group_size[0] == 3 && phone->group_size[1] == 4 &&
           phone->digits[0] >= 2 && phone->separator == '-';
}

/* "21 253 109 8211": no plan says so, but what else has four such groups? */
static bool has_four_groups(const pii__phone_digits *phone)
{
    bool sizes = phone->group_count == 4 && phone->count >= 10 && phone->count <= 12 && phone->separator;
    for (size_t i = 0; i < phone->group_count; i++)
        sizes &= phone->group_size[i] >= 2 && phone->group_size[i] <= 4;
    return sizes;
}

/* How much the grouping and the first digits say, out of the numbering plans. */
static double plan_weight(const pii__phone_digits *phone, bool parenthesis)
{
    bool known = pii__phone_grouping_known(phone);
    bool trunk = phone->digits[0] == 0 && phone->count >= 9;
    if (phone->group_count == 1 || phone->group_count == phone->count) {
        bool bare_trunk = known && trunk && phone->digits[1] && !looks_like_isbn10(phone);
        return is_nanp(phone) || bare_trunk ? 0.2 : 0;
    }
    if (has_trunk_prefix(phone) || (known && (trunk || parenthesis)))
        return 0.25;
    bool many_groups = !phone->blanks_only && phone->group_count >= 4 && phone->count >= 8;
    bool long_enough = phone->count >= 10 || many_groups;
    known = known && !phone->slashes;
    if (has_country_code(phone) || (known && long_enough && phone->separator && phone->digits[0]))
        return 0.2;
    parenthesis = parenthesis && phone->group_count == 3 && phone->count >= 8;
    return known || parenthesis || is_local(phone) || has_four_groups(phone) ? 0.15 : 0;
}

static bool possible_length(const pii__phone_digits *phone)
{
    return phone->count >= (phone->group_count > 1 && phone->group_count <= 3 ? DIGITS_MIN_PARTED : DIGITS_MIN) &&
           phone->count <= DIGITS_MAX && !phone->too_many;
}

static const char *refusal(const pii__phone_digits *phone)
{
    if (!possible_length(phone))
        return "not six or seven to fifteen digits";
    if (pii__phone_fraction(phone))
        return "a decimal fraction";
    if (looks_like_date(phone))
        return "a date, or a range of years";
    if (looks_like_ipv4(phone))
        return "an IP address";
    if (looks_like_isbn(phone))
        return "a book number";
    if (is_power_of_two(phone))
        return "a power of two";
    if (all_equal(phone))
        return "one digit over and over";
    return looks_like_list(phone) ? "a list of numbers" : NULL;
}

/* Numbers as people write them within their country. The numbering plans of
 * some regions say which groups and first digits are likely; else all that can
 * be said is what they are not, and the rule must ask for a word that speaks for
 * a telephone. */
void pii__validate_phone_national(const pii__candidate *candidate, pii__verdict *verdict)
{
    pii__phone_digits phone;
    pii__phone_digits_read(&phone, candidate->text, candidate->begin, candidate->end);
    const char *reason = refusal(&phone);
    if (reason) {
        pii__verdict_refuse(verdict, reason);
        return;
    }
    double weight = plan_weight(&phone, candidate->text[candidate->begin] == '(');
    pii__verdict_feature(verdict, "groups and first digits of a numbering plan", weight);
    verdict->confidence += weight;
    verdict->reason = weight > 0 ? "a writing of some country" : "as long as a telephone number";
}
