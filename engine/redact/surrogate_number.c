/* surrogate_number.c - surrogates of numbers that are no telephone numbers. */
#include <string.h>

#include "ascii.h"
#include "coordinates.h"
#include "date_value.h"
#include "ip_value.h"
#include "surrogates.h"

enum { slots_max = 40 /* of the longest number, with a NUL: an IBAN has 34 */ };

static bool keep(const pii__value_text *text, pii__replacement *out)
{
    pii__put_bytes(out, text->bytes, text->size);
    return true;
}

static void put_digits(pii__choice *choice, char *ret, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ret[i] = (char)('0' + pii__choose(choice, 10));
}

/* The Social Security Administration has never given out the area number 000. */
bool pii__surrogate_ssn(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    char digits[slots_max] = "";
    if (pii__slots_of(text, PII__SLOTS_DIGITS, digits, sizeof digits) != 9)
        return false;
    if (!strncmp(digits, "000", 3))
        return keep(text, out);
    memset(digits, '0', 3);
    put_digits(choice, digits + 3, 6);
    return pii__fill(text, text->size, PII__SLOTS_DIGITS, digits, 9, out);
}

/* No ZIP code begins with 000: the lowest in use is 00501. */
bool pii__surrogate_zip(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    char digits[slots_max] = "";
    size_t count = pii__slots_of(text, PII__SLOTS_DIGITS, digits, sizeof digits);
    if (count != 5 && count != 9)
        return false;
    if (!strncmp(digits, "000", 3))
        return keep(text, out);
    memset(digits, '0', count);
    put_digits(choice, digits + 3, 2);
    return pii__fill(text, text->size, PII__SLOTS_DIGITS, digits, count, out);
}

/* Numbers that payment processors publish for tests; no account has them. */
bool pii__surrogate_card(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    static const char *const cards[] = {
        "4111111111111111", "5555555555554444", "6011111111111117", "4012888888881881",
        "5105105105105100", "6011000990139424", "3530111333300000", "378282246310005",
        "371449635398431",  "30569309025904",   "38520000023237",   "4222222222222",
    };
    enum { count = sizeof cards / sizeof cards[0] };
    char digits[slots_max] = "";
    size_t size = pii__slots_of(text, PII__SLOTS_DIGITS, digits, sizeof digits);
    const char *same_size[count];
    unsigned choices = 0;
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(digits, cards[i]))
            return keep(text, out);
        if (strlen(cards[i]) == size)
            same_size[choices++] = cards[i];
    }
    return choices &&
           pii__fill(text, text->size, PII__SLOTS_DIGITS, same_size[pii__choose(choice, choices)], size, out);
}

/* The example of each country in the IBAN registry of SWIFT (ISO 13616). */
bool pii__surrogate_iban(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    static const char *const ibans[] = {
        "at611904300234573201",
        "be68539007547034",
        "ch9300762011623852957",
        "de89370400440532013000",
        "dk5000400440116243",
        "es9121000418450200051332",
        "fi2112345600000785",
        "fr1420041010050500013m02606",
        "gb29nwbk60161331926819",
        "ie29aibk93115212345678",
        "it60x0542811101000000123456",
        "nl91abna0417164300",
        "no9386011117947",
        "pl61109010140000071219812874",
        "pt50000201231234567890154",
        "se4550000000058398257466",
    };
    (void)choice;
    char characters[slots_max] = "";
    size_t size = pii__slots_of(text, PII__SLOTS_ALNUM, characters, sizeof characters);
    if (size == SIZE_MAX)
        return false;
    for (size_t i = 0; i < sizeof ibans / sizeof ibans[0]; i++)
        if (!strncmp(characters, ibans[i], 2))
            return strlen(ibans[i]) == size && pii__fill(text, text->size, PII__SLOTS_ALNUM, ibans[i], size, out);
    return false;
}

/* Writes `fixed` and then chosen hexadecimal digits into the slots, unless the
 * value begins with `fixed` already. */
static bool fill_hex(const pii__value_text *text, pii__choice *choice, const char *fixed, size_t size,
                     pii__replacement *out)
{
    char digits[slots_max] = "";
    if (pii__slots_of(text, PII__SLOTS_HEX, digits, sizeof digits) != size)
        return false;
    size_t begin = strlen(fixed);
    if (!strncmp(digits, fixed, begin))
        return keep(text, out);
    memcpy(digits, fixed, begin);
    for (size_t i = begin; i < size; i++)
        digits[i] = "0123456789abcdef"[pii__choose(choice, 16)];
    return pii__fill(text, text->size, PII__SLOTS_HEX, digits, size, out);
}

/* RFC 9542, section 2.1.2: addresses for documentation. */
bool pii__surrogate_mac(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    return fill_hex(text, choice, "00005e0053", 12, out);
}

/* RFC 9562, section 5.8, leaves version 8 to its user; ours begin with zeros. */
bool pii__surrogate_guid(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    return fill_hex(text, choice, "00000000000080008000", 32, out);
}

static bool is_documentation(const pii__ip *ip)
{
    static const uint8_t v4[][3] = {{192, 0, 2}, {198, 51, 100}, {203, 0, 113}};
    static const uint8_t v6[] = {0x20, 0x01, 0x0D, 0xB8};
    if (ip->v6)
        return !memcmp(ip->bytes, v6, sizeof v6);
    for (size_t i = 0; i < sizeof v4 / sizeof v4[0]; i++)
        if (!memcmp(ip->bytes, v4[i], sizeof v4[i]))
            return true;
    return false;
}

/* RFC 5737 and RFC 3849: addresses for documentation. */
bool pii__surrogate_ip(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    static const char *const networks[] = {"192.0.2.", "198.51.100.", "203.0.113."};
    pii__ip ip;
    if (!pii__ip_read(text, &ip))
        return false;
    if (is_documentation(&ip))
        return keep(text, out);
    if (!ip.v6) {
        pii__put_text(out, networks[pii__choose(choice, 3)]);
        pii__put_number(out, 1 + pii__choose(choice, 254), 1);
        return true;
    }
    pii__put_text(out, "2001:db8:");
    for (size_t group = 0; group < 2; group++) {
        pii__put_byte(out, (uint8_t) "123456789abcdef"[pii__choose(choice, 15)]);
        for (size_t i = 0; i < 3; i++)
            pii__put_byte(out, (uint8_t) "0123456789abcdef"[pii__choose(choice, 16)]);
        pii__put_text(out, group ? "::1" : ":");
    }
    return true;
}

/* Two digits, or one where one stood. */
static void put_part(unsigned number, pii__stretch was, pii__replacement *out)
{
    pii__put_number(out, number, was.end - was.begin >= 2 ? 2 : 1);
}

/* A day of the year 1900, in which nobody alive was born, in the form of the date
 * if that is of numbers; a month in words would tell which it was. */
bool pii__surrogate_date(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    enum { year = 1900 };
    pii__date date;
    if (!pii__date_read(text, 0, &date) || !date.year)
        return false;
    if (date.year == year)
        return keep(text, out);
    unsigned day = 1 + pii__choose(choice, 9), month = 1 + pii__choose(choice, 9);
    if (date.named_month || !date.year_at.end) {
        pii__put_number(out, year, 4);
        pii__put_text(out, "-0");
        pii__put_number(out, month, 1);
        pii__put_text(out, "-0");
        pii__put_number(out, day, 1);
        return true;
    }
    for (size_t at = 0; at < text->size;) {
        if (at == date.year_at.begin) {
            pii__put_number(out, year, 4);
            at = date.year_at.end;
        } else if (at == date.month_at.begin) {
            put_part(month, date.month_at, out);
            at = date.month_at.end;
        } else if (at == date.day_at.begin) {
            put_part(day, date.day_at, out);
            at = date.day_at.end;
        } else {
            bool elision = text->bytes[at] == '\'' && at + 1 == date.year_at.begin; /* '09 */
            elision &= at == 0 || !pii__is_digit(text->bytes[at - 1]);
            if (!elision)
                pii__put_byte(out, text->bytes[at]);
            at++;
        }
    }
    return true;
}

static bool within_a_degree(int64_t millionths)
{
    return millionths > -1000000 && millionths < 1000000;
}

/* Less than a degree from where equator and prime meridian meet, in the open sea. */
bool pii__surrogate_gps(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    pii__coordinates place;
    if (!pii__coordinates_read(text, &place))
        return false;
    if (within_a_degree(place.millionths[0]) && within_a_degree(place.millionths[1]))
        return keep(text, out);
    size_t from = 0;
    for (size_t which = 0; which < 2; which++) {
        if (place.lettered) {
            pii__put_text(out, which ? ", " : "");
        } else {
            pii__put_bytes(out, text->bytes + from, place.at[which].begin - from);
            from = place.at[which].end;
        }
        pii__put_text(out, "0.");
        pii__put_number(out, pii__choose(choice, 100000), 5);
    }
    if (!place.lettered)
        pii__put_bytes(out, text->bytes + from, text->size - from);
    return true;
}
