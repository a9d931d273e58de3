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
    if (!possible)
        verdict->confidence -= 0.4;
    else if (!known)
        verdict->confidence -= 0.15;
    verdict->reason = known ? "area code in use" : possible ? "area code not in use" : "not in the numbering plan";
}
