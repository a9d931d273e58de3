/* surrogate_phone.c - telephone numbers that are put aside for films and books. */
#include <string.h>

#include "ascii.h"
#include "phone_digits.h"
#include "surrogates.h"
#include "table.h"

enum {
    national_max = 12, /* digits of a number in the table */
    local_size = 7,    /* of a North American number without its area code */
    area_size = 3
};

/* A telephone number in its text. */
typedef struct phone_text {
    const pii__value_text *text;
    size_t end; /* after its last digit; an extension is left out */
    char digits[PII__PHONE_DIGITS_MAX + 1];
    size_t count;
    bool international; /* begins with a plus sign */
} phone_text;

static bool read_phone(const pii__value_text *text, phone_text *ret)
{
    pii__phone_digits phone;
    pii__phone_digits_read(&phone, text->bytes, 0, text->size);
    if (phone.too_many || phone.group_count == 0)
        return false;
    *ret = (phone_text){.text = text, .end = phone.group_end[phone.group_count - 1], .count = phone.count};
    for (size_t i = 0; i < phone.count; i++)
        ret->digits[i] = (char)(phone.digits[i] + '0');
    ret->international = memchr(text->bytes, '+', ret->end) != NULL;
    return true;
}

static bool keep(const phone_text *phone, pii__replacement *out)
{
    pii__put_bytes(out, phone->text->bytes, phone->end);
    return true;
}

/* The numbers 555-0100 to 555-0199 of each area are for fiction (NANPA, 555 line
 * number guidelines). Of the areas, some that everyone knows: which one a number
 * was of is nobody's business. */
static bool surrogate_nanp(phone_text *phone, size_t local_at, pii__choice *choice, pii__replacement *out)
{
    static const char areas[][area_size + 1] = {"201", "202", "206", "212", "213", "303", "305", "312",
                                                "404", "415", "503", "602", "617", "702", "713", "808"};
    char *local = phone->digits + local_at;
    if (!memcmp(local, "55501", 5))
        return keep(phone, out);
    if (local_at >= area_size)
        memcpy(local - area_size, areas[pii__choose(choice, sizeof areas / sizeof areas[0])], area_size);
    memcpy(local, "55501", 5);
    local[5] = (char)('0' + pii__choose(choice, 10));
    local[6] = (char)('0' + pii__choose(choice, 10));
    return pii__fill(phone->text, phone->end, PII__SLOTS_DIGITS, phone->digits, phone->count, out);
}

/* Whether `digits` are a number of the range `pattern`, "20 7946 0###"; and how
 * many digits the range's numbers have. */
static bool in_range(const char *pattern, size_t size, const char *digits, size_t count, size_t *ret_count)
{
    size_t at = 0;
    bool same = true;
    for (size_t i = 0; i < size; i++) {
        if (pattern[i] == ' ')
            continue;
        same &= at < count && (pattern[i] == '#' || pattern[i] == digits[at]);
        at++;
    }
    *ret_count = at;
    return same && at == count;
}

/* Writes a number of the range: in the shape of the value if it has as many
 * digits, else as the range is written. */
static bool put_from_range(const phone_text *phone, size_t code_size, const char *pattern, size_t size,
                           pii__choice *choice, pii__replacement *out)
{
    char written[2 * national_max], all[PII__PHONE_DIGITS_MAX + 1];
    size_t count = code_size;
    memcpy(all, phone->digits, code_size);
    for (size_t i = 0; i < size; i++) {
        written[i] = pattern[i] == '#' ? (char)('0' + pii__choose(choice, 10)) : pattern[i];
        if (written[i] != ' ')
            all[count++] = written[i];
    }
    if (count == phone->count)
        return pii__fill(phone->text, phone->end, PII__SLOTS_DIGITS, all, count, out);
    pii__put_byte(out, '+');
    pii__put_bytes(out, (const uint8_t *)phone->digits, code_size);
    pii__put_byte(out, ' ');
    pii__put_bytes(out, (const uint8_t *)written, size);
    return true;
}

/* `ranges`: "20 7946 0###,7700 900###". */
static bool surrogate_abroad(const phone_text *phone, size_t code_size, const char *ranges, pii__choice *choice,
                             pii__replacement *out)
{
    const char *national = phone->digits + code_size;
    size_t national_count = phone->count - code_size, range_count = 0, width;
    for (const char *at = ranges; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        if (in_range(at, strcspn(at, ","), national, national_count, &width))
            return keep(phone, out);
        range_count++;
    }
    const char *at = ranges;
    for (unsigned skip = pii__choose(choice, (unsigned)range_count); skip > 0; skip--)
        at = strchr(at, ',') + 1;
    return put_from_range(phone, code_size, at, strcspn(at, ","), choice, out);
}

static bool is_nanp(const phone_text *phone, size_t area_at)
{
    uint8_t ten[10];
    if (phone->count != area_at + sizeof ten)
        return false;
    for (size_t i = 0; i < sizeof ten; i++)
        ten[i] = (uint8_t)(phone->digits[area_at + i] - '0');
    return pii__phone_nanp_possible(ten);
}

/* Numbers of other countries have a surrogate where they are written with their
 * country code, and a regulator has put some aside. */
bool pii__surrogate_phone(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    phone_text phone;
    if (!read_phone(text, &phone))
        return false;
    if (!phone.international && phone.count == local_size)
        return surrogate_nanp(&phone, 0, choice, out);
    if (!phone.international && is_nanp(&phone, 0))
        return surrogate_nanp(&phone, area_size, choice, out);
    if (phone.digits[0] == '1' && is_nanp(&phone, 1))
        return surrogate_nanp(&phone, 1 + area_size, choice, out);
    for (size_t size = 1; phone.international && size <= 3 && size < phone.count; size++) {
        const char *ranges = pii__table_value(&pii__table_fiction_phone_numbers, (const uint8_t *)phone.digits, size);
        if (ranges)
            return surrogate_abroad(&phone, size, ranges, choice, out);
    }
    return false;
}
