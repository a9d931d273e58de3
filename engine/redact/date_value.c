#include "date_value.h"

#include <string.h>

#include "ascii.h"

enum { numbers_max = 3, compact_digits = 8, months = 12 };

/* What a date is written of. */
typedef struct date_parts {
    unsigned number[numbers_max];
    pii__stretch at[numbers_max];
    size_t count;
    unsigned month; /* of its name; 0: none */
    bool dots;
    bool broken;
} date_parts;

/* English, Spanish, French, German, Italian, Portuguese, Dutch and Swedish, small
 * and without marks; each name stands between two blanks. */
static const char *const month_names[months] = {
    " january jan enero janvier januar gennaio janeiro januari ",
    " february feb febrero fevrier februar febbraio fevereiro februari ",
    " march mar marzo mars marz marco maart ",
    " april apr abril avril aprile ",
    " may mayo mai maggio maio mei maj ",
    " june jun junio juin juni giugno junho ",
    " july jul julio juillet juli luglio julho ",
    " august aug agosto aout augustus augusti ",
    " september sep sept septiembre septembre settembre setembro ",
    " october oct octubre octobre oktober ottobre outubro ",
    " november nov noviembre novembre novembro ",
    " december dec diciembre decembre dezember dicembre dezembro ",
};

/* The month of that name, or 0. */
static unsigned month_of_word(const uint8_t *word, size_t size)
{
    char key[16];
    if (size + 3 > sizeof key)
        return 0;
    key[0] = key[size + 1] = ' ';
    memcpy(key + 1, word, size);
    key[size + 2] = 0;
    for (unsigned month = 0; month < months; month++)
        if (strstr(month_names[month], key))
            return month + 1;
    return 0;
}

static void add_number(date_parts *parts, const uint8_t *bytes, pii__stretch at)
{
    size_t size = at.end - at.begin;
    if (parts->count == numbers_max || size > compact_digits) {
        parts->broken = true;
        return;
    }
    uint8_t digits[compact_digits];
    (void)pii__digits(bytes, at.begin, at.end, digits, sizeof digits);
    parts->number[parts->count] = pii__digits_value(digits, size);
    parts->at[parts->count++] = at;
}

/* Other words than months, as in "3rd of", say nothing. */
static void add_word(date_parts *parts, const uint8_t *word, size_t size)
{
    unsigned month = month_of_word(word, size);
    parts->broken |= month && parts->month;
    if (month)
        parts->month = month;
}

static date_parts read_parts(const pii__value_text *text)
{
    pii__value_text small;
    small.size = text->size;
    memcpy(small.bytes, text->bytes, text->size);
    pii__value_lower(&small);
    date_parts parts = {0};
    for (size_t at = 0; at < small.size;) {
        size_t first = at;
        while (at < small.size && pii__is_letter(small.bytes[at]))
            at++;
        if (at > first)
            add_word(&parts, small.bytes + first, at - first);
        else
            at++;
    }
    pii__value_wipe(&small);
    for (size_t at = 0; at < text->size;) {
        size_t first = at;
        while (at < text->size && pii__is_digit(text->bytes[at]))
            at++;
        if (at > first) {
            add_number(&parts, text->bytes, (pii__stretch){first, at});
        } else {
            parts.dots |= parts.count == 1 && text->bytes[at] == '.';
            at++;
        }
    }
    return parts;
}

static size_t digits_of(const date_parts *parts, size_t i)
{
    return parts->at[i].end - parts->at[i].begin;
}

static void set_year(pii__date *date, const date_parts *parts, size_t i, uint32_t reference_day)
{
    unsigned latest = reference_day ? pii__date_of_day(reference_day).year : 2049;
    date->year = parts->number[i];
    date->year_at = parts->at[i];
    if (digits_of(parts, i) <= 2)
        date->year += latest - latest % 100 - (latest % 100 < date->year ? 100 : 0);
}

static void set_day(pii__date *date, const date_parts *parts, size_t i)
{
    date->day = parts->number[i];
    date->day_at = parts->at[i];
}

static void set_month(pii__date *date, const date_parts *parts, size_t i)
{
    date->month = parts->number[i];
    date->month_at = parts->at[i];
}

/* Day and month, in whichever order, from the number `i` on. */
static void set_pair(pii__date *date, const date_parts *parts, size_t i)
{
    bool day_first = parts->number[i] > months || (parts->dots && parts->number[i + 1] <= months);
    set_day(date, parts, day_first ? i : i + 1);
    set_month(date, parts, day_first ? i + 1 : i);
}

static void set_compact(pii__date *date, const date_parts *parts)
{
    date->year = parts->number[0] / 10000;
    date->month = parts->number[0] / 100 % 100;
    date->day = parts->number[0] % 100;
}

static bool leap(unsigned year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool exists(const pii__date *date)
{
    static const uint8_t days[months] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date->month < 1 || date->month > months || date->day < 1)
        return false;
    if (date->year && (date->year < PII__DATE_YEAR_MIN || date->year > PII__DATE_YEAR_MAX))
        return false;
    bool longer = date->month == 2 && (!date->year || leap(date->year));
    return date->day <= days[date->month - 1] + (unsigned)longer;
}

bool pii__date_read(const pii__value_text *text, uint32_t reference_day, pii__date *ret)
{
    date_parts parts = read_parts(text);
    pii__date date = {.month = parts.month, .named_month = parts.month != 0};
    bool year_first = parts.count > 1 && digits_of(&parts, 0) == 4;
    if (parts.broken || parts.count == 0)
        return false;
    if (parts.month && parts.count <= 2) {
        set_day(&date, &parts, year_first);
        if (parts.count == 2)
            set_year(&date, &parts, !year_first, reference_day);
    } else if (parts.count == numbers_max && !parts.month) {
        set_year(&date, &parts, year_first ? 0 : 2, reference_day);
        if (year_first) {
            set_month(&date, &parts, 1);
            set_day(&date, &parts, 2);
        } else {
            set_pair(&date, &parts, 0);
        }
    } else if (parts.count == 2) {
        set_pair(&date, &parts, 0);
    } else if (digits_of(&parts, 0) == compact_digits) {
        set_compact(&date, &parts);
    }
    if (!exists(&date))
        return false;
    *ret = date;
    return true;
}

/* Years begin in March here, so that the leap day is the last of a year. */
int64_t pii__day_of_date(unsigned year, unsigned month, unsigned day)
{
    int64_t shifted = month > 2 ? year : (int64_t)year - 1;
    int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + day_of_year - 719468;
}

pii__date pii__date_of_day(int64_t day)
{
    int64_t since = day + 719468; /* since 1 March of the year 0 */
    int64_t era = since / 146097, day_of_era = since % 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    pii__date date = {.day = (unsigned)(day_of_year - (153 * month + 2) / 5 + 1),
                      .month = (unsigned)(month < 10 ? month + 3 : month - 9)};
    date.year = (unsigned)(era * 400 + year_of_era + (date.month <= 2));
    return date;
}
