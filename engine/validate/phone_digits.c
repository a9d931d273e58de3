#include "phone_digits.h"

#include "ascii.h"
#include "table.h"

static void note_separator(pii__phone_digits *phone, uint8_t byte)
{
    if (!pii__is_blank(byte))
        phone->blanks_only = false;
    phone->slashes |= byte == '/';
    if (phone->separator != byte && !pii__is_blank(byte))
        phone->separator = phone->separator == ' ' ? byte : 0;
}

void pii__phone_digits_read(pii__phone_digits *phone, const uint8_t *text, size_t begin, size_t end)
{
    *phone = (pii__phone_digits){.blanks_only = true, .separator = ' '};
    for (size_t at = begin; at < end; at++) {
        if (pii__is_letter(text[at]) || text[at] == '#')
            return;
        if (!pii__is_digit(text[at])) {
            if (phone->count)
                note_separator(phone, text[at]);
            continue;
        }
        if (phone->count == PII__PHONE_DIGITS_MAX || phone->group_count == PII__PHONE_GROUPS_MAX) {
            phone->too_many = true;
            return;
        }
        size_t first = at;
        while (at < end && pii__is_digit(text[at]) && phone->count < PII__PHONE_DIGITS_MAX)
            phone->digits[phone->count++] = (uint8_t)(text[at++] - '0');
        phone->group_size[phone->group_count] = at - first;
        phone->group_end[phone->group_count] = at;
        phone->group_count++;
        at--;
    }
}

bool pii__phone_fraction(const pii__phone_digits *phone)
{
    return phone->group_count == 2 && phone->separator == '.';
}

/* Whether `head`, two digits, is in a list such as "01-09,11". */
static bool in_ranges(const char *ranges, unsigned head)
{
    for (; *ranges; ranges += *ranges == ',') {
        unsigned first = (unsigned)(ranges[0] - '0') * 10 + (unsigned)(ranges[1] - '0'), last = first;
        ranges += 2;
        if (*ranges == '-') {
            last = (unsigned)(ranges[1] - '0') * 10 + (unsigned)(ranges[2] - '0');
            ranges += 3;
        }
        if (head >= first && head <= last)
            return true;
    }
    return false;
}

bool pii__phone_grouping_known(const pii__phone_digits *phone)
{
    uint8_t key[3 * PII__PHONE_GROUPS_MAX];
    size_t size = 0, joined = 0;
    for (size_t group = 0; group < phone->group_count; group++) {
        size_t digits = phone->group_size[group] + joined;
        joined = group == 0 && digits == 1 && phone->digits[0] == 0 && phone->group_count > 1; /* 0 (20) 7946 0958 */
        if (joined)
            continue;
        if (size)
            key[size++] = '.';
        if (digits >= 10)
            key[size++] = (uint8_t)('0' + digits / 10);
        key[size++] = (uint8_t)('0' + digits % 10);
    }
    const char *heads = pii__table_value(&pii__table_phone_groupings, key, size);
    return heads && in_ranges(heads, pii__digits_value(phone->digits, 2));
}

bool pii__phone_nanp_possible(const uint8_t *ten)
{
    bool service = ten[1] == 1 && ten[2] == 1;
    bool service_exchange = ten[4] == 1 && ten[5] == 1;
    return ten[0] >= 2 && ten[3] >= 2 && !service && !service_exchange;
}

bool pii__phone_nanp_area_known(const uint8_t *ten)
{
    const uint8_t area[3] = {(uint8_t)('0' + ten[0]), (uint8_t)('0' + ten[1]), (uint8_t)('0' + ten[2])};
    return pii__table_has(&pii__table_nanp_area_codes, area, sizeof area);
}
