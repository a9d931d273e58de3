#include "phone_digits.h"
#include "validators.h"

#define NANP_DIGITS 10
#define LOCAL_DIGITS 7

/* A number of seven digits has an exchange that begins with 2 to 9. */
static void judge_local(const pii__phone_digits *phone, pii__verdict *verdict)
{
    bool service = phone->digits[1] == 1 && phone->digits[2] == 1;
    if (phone->digits[0] < 2 || service)
        pii__verdict_refuse(verdict, "no such exchange");
    else
        verdict->reason = "local number";
}

/* How the digits are parted: as people part a telephone number, not at all, or
 * as something else (a decimal fraction, a table). */
typedef enum shape { SHAPE_PARTED, SHAPE_BARE, SHAPE_OTHER } shape;

static shape find_shape(const pii__phone_digits *phone)
{
    const size_t *size = phone->group_size;
    size_t first = phone->digits[0] == 1 && phone->count == NANP_DIGITS + 1 && size[0] == 1 ? 1 : 0;
    size_t groups = phone->group_count - first;
    if (groups == 1 || (groups == 2 && phone->separator == '.'))
        return SHAPE_BARE;
    if (groups == NANP_DIGITS)
        return SHAPE_BARE; /* one digit at a time */
    bool area = size[first] == 3 || (size[first] == 4 && phone->digits[0] == 1) || size[first] == 6;
    return area && size[phone->group_count - 1] >= 4 && groups <= 3 ? SHAPE_PARTED : SHAPE_OTHER;
}

/* Numbers that the plan does not have are still written as stand-ins, so they
 * are not refused but need a word that speaks for them. */
void pii__validate_phone_nanp(const pii__candidate *candidate, pii__verdict *verdict)
{
    pii__phone_digits phone;
    pii__phone_digits_read(&phone, candidate->text, candidate->begin, candidate->end);
    if (phone.count == LOCAL_DIGITS) {
        judge_local(&phone, verdict);
        return;
    }
    const uint8_t *ten = phone.digits;
    if (phone.count == NANP_DIGITS + 1 && ten[0] == 1)
        ten++;
    else if (phone.count != NANP_DIGITS) {
        pii__verdict_refuse(verdict, "neither ten digits nor 1 and ten");
        return;
    }
    bool possible = pii__phone_nanp_possible(ten);
    bool known = possible && pii__phone_nanp_area_known(ten);
    pii__verdict_feature(verdict, "possible in the plan", possible);
    pii__verdict_feature(verdict, "area code in use", known);
    shape parted = find_shape(&phone);
    if (parted == SHAPE_OTHER) {
        pii__verdict_refuse(verdict, "not parted as telephone numbers are");
        return;
    }
    if (parted == SHAPE_BARE) {
        pii__verdict_feature(verdict, "bare digits", 1);
        verdict->confidence -= phone.count > NANP_DIGITS && candidate->text[candidate->begin] == '+' ? 0 : 0.45;
    } else if (phone.blanks_only) {
        pii__verdict_feature(verdict, "blanks only", 1);
        verdict->confidence -= 0.15;
    }
    bool service_exchange = ten[4] == 1 && ten[5] == 1;
    if (!possible)
        verdict->confidence -= service_exchange ? 0.2 : 0.4;
    else if (!known)
        verdict->confidence -= 0.15;
    verdict->reason = known ? "area code in use" : possible ? "area code not in use" : "not in the numbering plan";
}
