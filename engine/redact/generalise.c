/* generalise.c - PII_ACTION_GENERALISE. */
#include <string.h>

#include "ascii.h"
#include "coordinates.h"
#include "date_value.h"
#include "ip_value.h"
#include "table.h"
#include "transforms.h"

enum {
    age_max = 89, /* 45 CFR 164.514(b)(2)(i)(C): ages above it are one class */
    ipv4_prefix = 24,
    ipv6_prefix = 48,
    zip_digits = 3
};

static const char oldest[] = "90+";

/* Of what a text consists; # stands for a digit. */
static bool has_form(const pii__value_text *text, const char *form)
{
    size_t at = 0;
    for (; at < text->size && form[at]; at++)
        if (form[at] == '#' ? !pii__is_digit(text->bytes[at]) : text->bytes[at] != (uint8_t)form[at])
            return false;
    return at == text->size && !form[at];
}

/* Whole years from a date to the reference day. */
static unsigned age_of(const pii__date *born, uint32_t reference_day)
{
    pii__date today = pii__date_of_day(reference_day);
    bool had_birthday = today.month > born->month || (today.month == born->month && today.day >= born->day);
    return today.year - born->year - !had_birthday;
}

static bool is_after(const pii__date *date, uint32_t day)
{
    return pii__day_of_date(date->year, date->month, date->day) > day;
}

/* What has been made of a date before stays, but for a year that whoever was born in is now older than 89. */
static bool generalise_coarse_date(const pii__transform_input *input, const pii__value_text *text,
                                   pii__replacement *out)
{
    pii_generalise_level level = input->action->level;
    bool oldest_class = has_form(text, oldest), month = has_form(text, "####-##");
    if (level == PII_GENERALISE_AGE || oldest_class) {
        pii__put_bytes(out, text->bytes, text->size);
        return oldest_class || has_form(text, "#") || has_form(text, "##");
    }
    if (!month && !has_form(text, "####"))
        return false;
    uint8_t digits[4];
    unsigned year = pii__digits_value(digits, pii__digits(text->bytes, 0, 4, digits, sizeof digits));
    unsigned latest = input->reference_day ? pii__date_of_day(input->reference_day).year : PII__DATE_YEAR_MAX;
    if (year < PII__DATE_YEAR_MIN || year > latest)
        return false;
    if (input->reference_day && latest - year > age_max + 1)
        pii__put_text(out, oldest);
    else
        pii__put_bytes(out, text->bytes, level == PII_GENERALISE_MONTH ? text->size : 4);
    return true;
}

static bool generalise_date(const pii__transform_input *input, const pii__value_text *text, pii__replacement *out)
{
    pii__date date;
    uint32_t today = input->reference_day;
    pii_generalise_level level = input->action->level;
    if (!pii__date_read(text, today, &date) || !date.year)
        return generalise_coarse_date(input, text, out);
    bool age_known = today && !is_after(&date, today);
    if (level == PII_GENERALISE_AGE && !age_known)
        return false;
    unsigned age = age_known ? age_of(&date, today) : 0;
    if (age > age_max) {
        pii__put_text(out, oldest);
    } else if (level == PII_GENERALISE_AGE) {
        pii__put_number(out, age, 1);
    } else {
        pii__put_number(out, date.year, 4);
        if (level == PII_GENERALISE_MONTH) {
            pii__put_byte(out, '-');
            pii__put_number(out, date.month, 2);
        }
    }
    return true;
}

/* The number in "11 years old" stays up to 89; one written in words is unknown. */
static bool generalise_age(const pii__transform_input *input, const pii__value_text *text, pii__replacement *out)
{
    size_t begin = 0, end;
    while (begin < text->size && !pii__is_digit(text->bytes[begin]))
        begin++;
    for (end = begin; end < text->size && pii__is_digit(text->bytes[end]); end++)
        ;
    if (begin == end || end - begin > 3)
        return false;
    uint8_t digits[3];
    size_t count = pii__digits(text->bytes, begin, end, digits, sizeof digits);
    if (pii__digits_value(digits, count) <= age_max) {
        pii__put_bytes(out, input->value, input->size);
        return true;
    }
    end += end < text->size && text->bytes[end] == '+';
    pii__put_bytes(out, text->bytes, begin);
    pii__put_text(out, oldest);
    pii__put_bytes(out, text->bytes + end, text->size - end);
    return true;
}

/* "627xx", or "000xx" where 20,000 people or fewer share the three digits. Letters, as
 * three digits alone can be the number of a house or the head of a telephone number. */
static bool generalise_zip(const pii__value_text *text, pii__replacement *out)
{
    uint8_t digits[zip_digits];
    size_t count = pii__digits(text->bytes, 0, text->size, digits, sizeof digits);
    if (count != 5 && count != 9 && !has_form(text, "###xx"))
        return false;
    for (size_t i = 0; i < zip_digits; i++)
        digits[i] = (uint8_t)(digits[i] + '0');
    if (pii__table_has(&pii__table_sparse_zip_areas, digits, sizeof digits))
        memset(digits, '0', sizeof digits);
    pii__put_bytes(out, digits, sizeof digits);
    pii__put_text(out, "xx");
    return true;
}

static void put_ipv4(const uint8_t *bytes, pii__replacement *out)
{
    for (size_t i = 0; i < PII__IPV4_BYTES; i++) {
        if (i > 0)
            pii__put_byte(out, '.');
        pii__put_number(out, bytes[i], 1);
    }
}

static void put_group(unsigned group, pii__replacement *out)
{
    bool begun = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
        unsigned digit = group >> shift & 15;
        begun |= digit != 0 || shift == 0;
        if (begun)
            pii__put_byte(out, (uint8_t) "0123456789abcdef"[digit]);
    }
}

/* The groups of the prefix up to the last that is not zero, and "::". */
static void put_ipv6(const uint8_t *bytes, pii__replacement *out)
{
    size_t groups = ipv6_prefix / 16;
    while (groups > 0 && !bytes[2 * groups - 2] && !bytes[2 * groups - 1])
        groups--;
    for (size_t i = 0; i < groups; i++) {
        if (i > 0)
            pii__put_byte(out, ':');
        put_group((unsigned)bytes[2 * i] << 8 | bytes[2 * i + 1], out);
    }
    pii__put_text(out, "::");
}

/* "192.0.2.0" is a network already: its "/24" may stand behind the value. */
static bool generalise_ip(const pii__value_text *text, pii__replacement *out)
{
    pii__ip ip;
    if (!pii__ip_read(text, &ip))
        return false;
    if (!ip.v6 && ip.prefix == 8 * PII__IPV4_BYTES && ip.bytes[3] == 0) {
        put_ipv4(ip.bytes, out);
        return true;
    }
    unsigned widest = ip.v6 ? ipv6_prefix : ipv4_prefix;
    unsigned prefix = ip.prefix < widest ? ip.prefix : widest;
    for (unsigned bit = prefix; bit < 8 * sizeof ip.bytes; bit++)
        ip.bytes[bit / 8] &= (uint8_t) ~(0x80u >> bit % 8);
    if (ip.v6)
        put_ipv6(ip.bytes, out);
    else
        put_ipv4(ip.bytes, out);
    pii__put_byte(out, '/');
    pii__put_number(out, prefix, 1);
    return true;
}

/* To the nearest tenth of a degree, about 11 kilometres. */
static void put_tenths(int64_t millionths, bool sign, pii__replacement *out)
{
    int64_t size = millionths < 0 ? -millionths : millionths;
    uint64_t tenths = (uint64_t)(size + 50000) / 100000;
    if (sign && millionths < 0 && tenths)
        pii__put_byte(out, '-');
    pii__put_number(out, tenths / 10, 1);
    pii__put_byte(out, '.');
    pii__put_number(out, tenths % 10, 1);
}

/* Two numbers with decimals are rounded where they stand; what is written with
 * letters for north and east becomes two numbers. */
static bool generalise_gps(const pii__value_text *text, pii__replacement *out)
{
    pii__coordinates place;
    if (!pii__coordinates_read(text, &place))
        return false;
    size_t from = 0;
    for (size_t which = 0; which < 2; which++) {
        if (place.lettered) {
            pii__put_text(out, which ? ", " : "");
        } else {
            pii__put_bytes(out, text->bytes + from, place.at[which].begin - from);
            from = place.at[which].end;
        }
        put_tenths(place.millionths[which], place.lettered, out);
    }
    if (!place.lettered)
        pii__put_bytes(out, text->bytes + from, text->size - from);
    return true;
}

bool pii__transform_generalise(const pii__transform_input *input, pii__replacement *out)
{
    pii__value_text text;
    bool done = false;
    if (pii__value_fold(input->value, input->size, &text)) {
        if (!strcmp(input->entity, "DATE_OF_BIRTH"))
            done = generalise_date(input, &text, out);
        else if (!strcmp(input->entity, "AGE"))
            done = generalise_age(input, &text, out);
        else if (!strcmp(input->entity, "ZIP"))
            done = generalise_zip(&text, out);
        else if (!strcmp(input->entity, "IP"))
            done = generalise_ip(&text, out);
        else if (!strcmp(input->entity, "GPS"))
            done = generalise_gps(&text, out);
    }
    pii__value_wipe(&text);
    return done;
}
