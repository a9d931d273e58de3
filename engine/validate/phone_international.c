#include "ascii.h"
#include "phone_digits.h"
#include "table.h"
#include "validators.h"

/* A country code and what its plan allows, from the table's value
 * "lengths TAB first digits". */
typedef struct plan {
    size_t code_digits; /* 0: no such country */
    const char *value;
    bool north_american;
} plan;

static plan find_plan(const uint8_t *digits, size_t count)
{
    uint8_t code[3];
    for (size_t size = 1; size <= sizeof code && size < count; size++) {
        code[size - 1] = (uint8_t)('0' + digits[size - 1]);
        const char *value = pii__table_value(&pii__table_country_calling_codes, code, size);
        if (value)
            return (plan){size, value, size == 1 && code[0] == '1'};
    }
    return (plan){0, "", false};
}

/* Whether `length` is one of the comma-separated numbers before the TAB. */
static bool length_allowed(const char *value, size_t length)
{
    size_t number = 0;
    for (; *value && *value != '\t'; value++) {
        if (*value == ',') {
            if (number == length)
                return true;
            number = 0;
        } else {
            number = number * 10 + (size_t)(*value - '0');
        }
    }
    return number == length;
}

static bool first_allowed(const char *value, uint8_t digit)
{
    while (*value && *value != '\t')
        value++;
    for (; *value; value++)
        if (*value == '0' + digit)
            return true;
    return false;
}

/* Whether the national number of `length` digits fits the plan; a trunk 0 that
 * was written along ("+44 (0)20") is passed over. */
static bool fits(const plan *p, const uint8_t *national, size_t length)
{
    if (p->north_american)
        return length == 10 && pii__phone_nanp_possible(national);
    if (length && length_allowed(p->value, length) && first_allowed(p->value, national[0]))
        return true;
    return length > 1 && national[0] == 0 && length_allowed(p->value, length - 1) &&
           first_allowed(p->value, national[1]);
}

bool pii__phone_country_fits(const uint8_t *digits, size_t code_size, size_t count)
{
    plan p = find_plan(digits, count);
    return p.code_digits == code_size && fits(&p, digits + code_size, count - code_size);
}

/* Digits of the international prefix: "+" has none, "00" and "011" theirs. */
static size_t prefix_digits(const uint8_t *text, size_t begin, const pii__phone_digits *phone)
{
    if (text[begin] == '+' || (text[begin] == '(' && text[begin + 1] == '+'))
        return 0;
    if (phone->count > 3 && phone->digits[0] == 0 && phone->digits[1] == 1 && phone->digits[2] == 1)
        return 3;
    return phone->count > 2 && phone->digits[0] == 0 && phone->digits[1] == 0 ? 2 : 0;
}

/* The longest row of whole digit groups that fits is the number: what follows
 * it after a blank may be something else. */
void pii__validate_phone_international(const pii__candidate *candidate, pii__verdict *verdict)
{
    pii__phone_digits phone;
    pii__phone_digits_read(&phone, candidate->text, candidate->begin, candidate->end);
    size_t prefix = prefix_digits(candidate->text, candidate->begin, &phone);
    if (phone.count <= prefix + 3) {
        pii__verdict_refuse(verdict, "too short");
        return;
    }
    if (pii__phone_fraction(&phone)) {
        pii__verdict_refuse(verdict, "a decimal fraction");
        return;
    }
    plan p = find_plan(phone.digits + prefix, phone.count - prefix);
    if (!p.code_digits) {
        pii__verdict_refuse(verdict, "no such country code");
        return;
    }
    size_t skip = prefix + p.code_digits;
    size_t count = phone.count;
    if (prefix && phone.group_count == 1)
        verdict->confidence -= 0.4; /* zeros before a bare number are common */
    for (size_t group = phone.group_count; group > 0 && count > skip; group--) {
        if (fits(&p, phone.digits + skip, count - skip)) {
            if (group < phone.group_count)
                verdict->end = phone.group_end[group - 1];
            verdict->reason = "country code and length agree";
            return;
        }
        count -= phone.group_size[group - 1];
    }
    bool long_enough = length_allowed(p.value, phone.count - skip);
    bool one_run = !prefix && phone.group_count == 1 && phone.count >= 10; /* as telephones store numbers */
    verdict->confidence -= long_enough ? 0.2 : one_run ? 0.35 : 0.4;
    verdict->reason = long_enough ? "no such number in that country" : "length is not one of that country";
}
