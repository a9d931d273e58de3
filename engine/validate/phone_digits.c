#include "phone_digits.h"

#include "ascii.h"
#include "table.h"

static void note_separator(pii__phone_digits *phone, uint8_t byte)
{
    if (!pii__is_blank(byte))
        phone->blanks_only = false;
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
