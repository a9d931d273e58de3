#include "national_schemes.h"

#include <string.h>

#include "ascii.h"
#include "check_digits.h"

typedef const pii__national_id id_number;

#define WEIGHTS(...) ((const uint8_t[]){__VA_ARGS__})

static unsigned value(id_number *id, size_t at, size_t count)
{
    return pii__digits_value(id->digits + at, count);
}

/* Year of two digits, month, day: the year cannot be wrong. */
static bool is_date(id_number *id, size_t month, size_t day)
{
    unsigned m = value(id, month, 2), d = value(id, day, 2);
    return m >= 1 && m <= 12 && d >= 1 && d <= 31;
}

/* ---- Letters and digits ---- */

/* HM Revenue & Customs, National Insurance Manual NIM39110. */
static bool united_kingdom(id_number *id)
{
    static const char *const unused[] = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
    for (size_t i = 0; i < sizeof unused / sizeof unused[0]; i++)
        if (!memcmp(id->text, unused[i], 2))
            return false;
    return !strchr("DFIQUV", id->text[0]) && !strchr("DFIOQUV", id->text[1]) && strchr("ABCD", id->text[8]);
}

/* Letters may stand for digits where two people would have the same code. */
static int italian_digit(char c)
{
    static const char letters[] = "LMNPQRSTUV";
    const char *found = strchr(letters, c);
    return c >= '0' && c <= '9' ? c - '0' : found ? (int)(found - letters) : -1;
}

/* Decree of 23 December 1976: the last letter is a sum over odd and even places. */
static bool italy(id_number *id)
{
    static const uint8_t odd[] = {1,  0, 5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                  20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    static const uint8_t numbers[] = {6, 7, 9, 10, 12, 13, 14};
    for (size_t i = 0; i < sizeof numbers; i++)
        if (italian_digit(id->text[numbers[i]]) < 0)
            return false;
    unsigned sum = 0;
    for (size_t i = 0; i < 15; i++) {
        bool digit = pii__is_digit((uint8_t)id->text[i]);
        unsigned place = digit ? id->digits[i] : (unsigned)(id->text[i] - 'A');
        sum += i % 2 ? place : odd[place];
    }
    return strchr("ABCDEHLMPRST", id->text[8]) && sum % 26 == (unsigned)(id->text[15] - 'A');
}

static bool spanish_letter(unsigned number, char letter)
{
    return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == letter;
}

static bool spain(id_number *id)
{
    return spanish_letter(value(id, 0, 8), id->text[8]);
}

/* X, Y and Z stand for 0, 1 and 2. */
static bool spain_foreigner(id_number *id)
{
    unsigned first = (unsigned)(id->text[0] - 'X');
    return id->text[0] >= 'X' && spanish_letter(first * 10000000 + value(id, 1, 7), id->text[8]);
}

/* Weights and letters as published by the tax authority's file specification. */
static bool singapore(id_number *id)
{
    unsigned sum = pii__weighted_sum(id->digits + 1, WEIGHTS(2, 7, 6, 5, 4, 3, 2), 7);
    switch (id->text[0]) {
    case 'S': return "JZIHGFEDCBA"[sum % 11] == id->text[8];
    case 'T': return "JZIHGFEDCBA"[(sum + 4) % 11] == id->text[8];
    case 'F': return "XWUTRQPNMLK"[sum % 11] == id->text[8];
    case 'G': return "XWUTRQPNMLK"[(sum + 4) % 11] == id->text[8];
    default: return false;
    }
}

/* The fourth letter of a permanent account number is the kind of its holder. */
static bool india_account(id_number *id)
{
    return strchr("ABCFGHJLPT", id->text[3]) != NULL;
}

static bool india_trade(id_number *id)
{
    unsigned state = value(id, 0, 2);
    return state >= 1 && state <= 38 && strchr("ABCFGHJLPT", id->text[5]) && id->text[13] == 'Z';
}

/* Medicare beneficiary: letters that look like digits are not used. */
static bool medicare(id_number *id)
{
    for (size_t i = 0; i < id->size; i++)
        if (strchr("SLOIBZ", id->text[i]))
            return false;
    return id->digits[0] > 0;
}

/* Date, a sign or letter for the century, serial, and the remainder by 31. */
static bool finland(id_number *id)
{
    size_t last = id->size - 1;
    unsigned number = value(id, 0, 6) * 1000 + value(id, last - 3, 3);
    return is_date(id, 2, 0) && "0123456789ABCDEFHJKLMNPRSTUVWXY"[number % 31] == id->text[last];
}

/* A letter counts as two digits, 01 to 26. */
static bool germany_health(id_number *id)
{
    uint8_t digits[11];
    unsigned letter = (unsigned)(id->text[0] - 'A' + 1), sum = 0;
    digits[0] = (uint8_t)(letter / 10);
    digits[1] = (uint8_t)(letter % 10);
    memcpy(digits + 2, id->digits + 1, 8);
    for (size_t i = 0; i < 10; i++) {
        unsigned product = digits[i] * (i % 2 ? 2u : 1u);
        sum += product / 10 + product % 10;
    }
    return sum % 10 == id->digits[9];
}

static bool germany_pension(id_number *id)
{
    static const uint8_t weights[] = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    uint8_t digits[12];
    unsigned letter = (unsigned)(id->text[8] - 'A' + 1), sum = 0;
    memcpy(digits, id->digits, 8);
    digits[8] = (uint8_t)(letter / 10);
    digits[9] = (uint8_t)(letter % 10);
    memcpy(digits + 10, id->digits + 9, 2);
    for (size_t i = 0; i < 12; i++) {
        unsigned product = (unsigned)digits[i] * weights[i];
        sum += product / 10 + product % 10;
    }
    return is_date(id, 4, 2) && sum % 10 == id->digits[11];
}

/* ICAO 9303: weights 7, 3, 1; letters count from 10. */
static bool germany_card(id_number *id)
{
    unsigned sum = 0;
    for (size_t i = 0; i < 8; i++) {
        bool digit = pii__is_digit((uint8_t)id->text[i]);
        unsigned place = digit ? id->digits[i] : (unsigned)(id->text[i] - 'A' + 10);
        if (!digit && strchr("AEIOUBDQS", id->text[i]))
            return false;
        sum += place * (i % 3 == 0 ? 7 : i % 3 == 1 ? 3 : 1);
    }
    return sum % 10 == id->digits[8];
}

static bool mexico(id_number *id)
{
    static const char order[] = "0123456789ABCDEFGHIJKLMN\nOPQRSTUVWXYZ"; /* the line end is the letter enye */
    unsigned sum = 0;
    for (size_t i = 0; i < 17; i++)
        sum += (unsigned)(strchr(order, id->text[i]) - order) * (unsigned)(18 - i);
    return is_date(id, 6, 8) && strchr("HMX", id->text[10]) && (10 - sum % 10) % 10 == id->digits[17];
}

/* ISO/IEC 7064 MOD 11-2 over 17 digits, which hold the date of birth. */
static bool china(id_number *id)
{
    unsigned sum = 0;
    for (size_t i = 0; i < 17; i++)
        sum = (sum + id->digits[i]) * 2 % 11;
    unsigned check = id->text[17] == 'X' ? 10 : id->digits[17];
    return (id->text[17] == 'X' || pii__is_digit((uint8_t)id->text[17])) && value(id, 6, 4) >= 1900 &&
           value(id, 6, 4) < 2100 && is_date(id, 10, 12) && (sum + check) % 11 == 1;
}

/* Chile: eight digits and one more, K for ten. */
static bool chile(id_number *id)
{
    unsigned sum = pii__weighted_sum(id->digits, WEIGHTS(3, 2, 7, 6, 5, 4, 3, 2), 8);
    return value(id, 0, 8) && "0K987654321"[sum % 11] == id->text[8];
}

/* ---- Digits only ---- */

static bool canada(id_number *id)
{
    return id->digits[0] != 0 && id->digits[0] != 8 && pii__luhn_holds(id->digits, 9);
}

static bool netherlands(id_number *id)
{
    unsigned sum = pii__weighted_sum(id->digits, WEIGHTS(9, 8, 7, 6, 5, 4, 3, 2), 8);
    return value(id, 0, 9) && sum % 11 == id->digits[8];
}

static bool australia(id_number *id)
{
    return value(id, 0, 9) && pii__weighted_sum(id->digits, WEIGHTS(1, 4, 3, 7, 5, 8, 6, 9, 10), 9) % 11 == 0;
}

static bool australia_medicare(id_number *id)
{
    unsigned sum = pii__weighted_sum(id->digits, WEIGHTS(1, 3, 7, 9, 1, 3, 7, 9), 8);
    return id->digits[0] >= 2 && id->digits[0] <= 6 && sum % 10 == id->digits[8];
}

static bool health_service(id_number *id)
{
    return value(id, 0, 9) && (pii__weighted_sum(id->digits, WEIGHTS(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), 10)) % 11 == 0;
}

static bool sweden(id_number *id)
{
    size_t first = id->size - 10;
    return is_date(id, first + 2, first + 4) && pii__luhn_holds(id->digits + first, 10);
}

static bool poland(id_number *id)
{
    unsigned month = value(id, 2, 2) % 20, day = value(id, 4, 2);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
           pii__weighted_sum(id->digits, WEIGHTS(1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), 11) % 10 == 0;
}

static bool all_same(id_number *id)
{
    for (size_t i = 1; i < id->size; i++)
        if (id->digits[i] != id->digits[0])
            return false;
    return true;
}

static bool brazil(id_number *id)
{
    unsigned first = pii__weighted_sum(id->digits, WEIGHTS(10, 9, 8, 7, 6, 5, 4, 3, 2), 9) * 10 % 11 % 10;
    unsigned second = pii__weighted_sum(id->digits, WEIGHTS(11, 10, 9, 8, 7, 6, 5, 4, 3, 2), 10) * 10 % 11 % 10;
    return !all_same(id) && first == id->digits[9] && second == id->digits[10];
}

static bool germany_tax(id_number *id)
{
    return id->digits[0] && !all_same(id) && pii__mod_11_10_holds(id->digits, 11);
}

static bool turkey(id_number *id)
{
    const uint8_t *d = id->digits;
    unsigned odd = (unsigned)d[0] + d[2] + d[4] + d[6] + d[8];
    unsigned even = (unsigned)d[1] + d[3] + d[5] + d[7];
    return d[0] && (odd * 7 + 90 - even) % 10 == d[9] && (odd + even + d[9]) % 10 == d[10];
}

static bool norway(id_number *id)
{
    return is_date(id, 2, 0) && pii__weighted_sum(id->digits, WEIGHTS(3, 7, 6, 1, 8, 9, 4, 5, 2, 1), 10) % 11 == 0 &&
           pii__weighted_sum(id->digits, WEIGHTS(5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 11) % 11 == 0;
}

/* Those born from 2000 on count a 2 in front. */
static bool belgium(id_number *id)
{
    unsigned number = value(id, 0, 9), check = value(id, 9, 2);
    return is_date(id, 2, 4) && (97 - number % 97 == check || 97 - (number + 2000000000u) % 97 == check);
}

static bool india_resident(id_number *id)
{
    return id->digits[0] >= 2 && pii__verhoeff_holds(id->digits, 12);
}

static bool south_africa(id_number *id)
{
    return is_date(id, 2, 4) && id->digits[10] <= 2 && pii__luhn_holds(id->digits, 13);
}

static bool thailand(id_number *id)
{
    unsigned sum = pii__weighted_sum(id->digits, WEIGHTS(13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2), 12);
    return id->digits[0] && (11 - sum % 11) % 10 == id->digits[12];
}

/* Since October 2020 the last digits are drawn at random. */
static bool korea(id_number *id)
{
    return is_date(id, 2, 4) && id->digits[6] >= 1 && id->digits[6] <= 8;
}

static bool romania(id_number *id)
{
    unsigned check = pii__weighted_sum(id->digits, WEIGHTS(2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9), 12) % 11;
    return id->digits[0] && is_date(id, 3, 5) && (check == 10 ? 1 : check) == id->digits[12];
}

/* The department of Corsica, 2A or 2B, is written with its letter and left out. */
static bool france(id_number *id)
{
    unsigned month = value(id, 3, 2);
    return (id->digits[0] == 1 || id->digits[0] == 2) && ((month >= 1 && month <= 12) || month >= 20) &&
           97 - pii__remainder(id->digits, 13, 97) == value(id, 13, 2);
}

static const pii__national_scheme schemes[] = {
    {"AA999999A", "United Kingdom, National Insurance", false, united_kingdom},
    {"AAAAAAXXAXXAXXXA", "Italy, codice fiscale", false, italy},
    {"99999999A", "Spain, DNI", false, spain},
    {"A9999999A", "Spain, NIE", false, spain_foreigner},
    {"A9999999A", "Singapore, NRIC", false, singapore},
    {"AAAAA9999A", "India, PAN", false, india_account},
    {"99AAAAA9999AXXX", "India, GSTIN", false, india_trade},
    {"9AX9AX9AA99", "United States, Medicare", false, medicare},
    {"999999999A", "Finland, henkilotunnus", false, finland},
    {"999999A999X", "Finland, henkilotunnus", false, finland},
    {"A999999999", "Germany, health insurance", false, germany_health},
    {"99999999A999", "Germany, pension insurance", false, germany_pension},
    {"AXXXXXXX9", "Germany, identity card", false, germany_card},
    {"AAAA999999AAAAAAX9", "Mexico, CURP", false, mexico},
    {"99999999999999999X", "China, resident identity", false, china},
    {"999999999999999", "France, NIR", false, france},
    {"9999999999999", "Korea, RRN", true, korea},
    {"9999999999999", "South Africa, identity", true, south_africa},
    {"9999999999999", "Romania, CNP", true, romania},
    {"9999999999999", "Thailand, identity", true, thailand},
    {"99999999999", "Brazil, CPF", false, brazil},
    {"99999999999", "Belgium, national register", false, belgium},
    {"99999999999", "Norway, birth number", false, norway},
    {"99999999999", "Turkey, identity", true, turkey},
    {"99999999999", "Poland, PESEL", true, poland},
    {"99999999999", "Germany, tax", true, germany_tax},
    {"999999999999", "India, Aadhaar", true, india_resident},
    {"999999999999", "Sweden, personnummer", true, sweden},
    {"9999999999", "Sweden, personnummer", true, sweden},
    {"9999999999", "United Kingdom, NHS", true, health_service},
    {"9999999999", "Australia, Medicare", true, australia_medicare},
    {"999999999", "Canada, SIN", true, canada},
    {"999999999", "Australia, TFN", true, australia},
    {"999999999", "Netherlands, BSN", true, netherlands},
    {"99999999X", "Chile, RUT", false, chile},
};

static bool has_form(id_number *id, const char *form)
{
    if (strlen(form) != id->size)
        return false;
    for (size_t i = 0; i < id->size; i++) {
        bool digit = pii__is_digit((uint8_t)id->text[i]);
        if ((form[i] == '9' && !digit) || (form[i] == 'A' && digit))
            return false;
    }
    return true;
}

const pii__national_scheme *pii__national_scheme_of(const pii__national_id *id, bool plain_too)
{
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if ((plain_too || !schemes[i].plain) && has_form(id, schemes[i].form) && schemes[i].holds(id))
            return &schemes[i];
    return NULL;
}
