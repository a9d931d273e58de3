#include "ascii.h"
#include "check_digits.h"
#include "validators.h"

#define CARD_DIGITS_MIN 12
#define CARD_DIGITS_MAX 19
#define GROUPED_DIGITS_MIN 14
/* Digits of the number that tell the issuer. */
#define PREFIX_DIGITS 6

/* Numbers whose first six digits lie in [first, last] have `shortest` to
 * `longest` digits. Source: the issuers' published ranges (ISO/IEC 7812). */
typedef struct issuer {
    unsigned first;
    unsigned last;
    uint8_t shortest;
    uint8_t longest;
} issuer;

static const issuer issuers[] = {
    {100000, 179999, 15, 15}, /* UATP */
    {180000, 180099, 15, 15}, /* JCB, old */
    {213100, 213199, 15, 15}, /* JCB, old */
    {220000, 220499, 16, 19}, /* Mir */
    {222100, 272099, 16, 16}, /* Mastercard */
    {300000, 305999, 14, 19}, /* Diners Club */
    {309500, 309599, 14, 19}, /* Diners Club */
    {340000, 349999, 15, 15}, /* American Express */
    {350000, 359999, 16, 19}, /* JCB */
    {360000, 369999, 14, 19}, /* Diners Club */
    {370000, 379999, 15, 15}, /* American Express */
    {380000, 399999, 14, 19}, /* Diners Club */
    {400000, 499999, 13, 13}, /* Visa, old */
    {400000, 499999, 16, 16}, /* Visa */
    {400000, 499999, 19, 19}, /* Visa */
    {500000, 509999, 12, 19}, /* Maestro */
    {510000, 559999, 16, 16}, /* Mastercard */
    {560000, 589999, 12, 19}, /* Maestro */
    {601100, 601199, 16, 19}, /* Discover */
    {620000, 629999, 16, 19}, /* UnionPay, Discover */
    {630400, 639099, 12, 19}, /* Maestro */
    {644000, 659999, 16, 19}, /* Discover, RuPay */
    {670000, 679999, 12, 19}, /* Maestro */
    {810000, 819999, 16, 19}, /* UnionPay */
};

static bool issuer_known(const uint8_t *digits, size_t count)
{
    unsigned prefix = pii__digits_value(digits, PREFIX_DIGITS);
    for (size_t i = 0; i < sizeof issuers / sizeof issuers[0]; i++)
        if (prefix >= issuers[i].first && prefix <= issuers[i].last && count >= issuers[i].shortest &&
            count <= issuers[i].longest)
            return true;
    return false;
}

/* Why these digits are no card number, or NULL. */
static const char *fault(const uint8_t *digits, size_t count)
{
    if (count < CARD_DIGITS_MIN || count > CARD_DIGITS_MAX)
        return "not as long as a card number";
    if (!issuer_known(digits, count))
        return "no issuer has such numbers";
    return pii__luhn_holds(digits, count) ? NULL : "check digit is wrong";
}

void pii__validate_credit_card(const pii__candidate *candidate, pii__verdict *verdict)
{
    uint8_t digits[CARD_DIGITS_MAX];
    size_t count = pii__digits(candidate->text, candidate->begin, candidate->end, digits, sizeof digits);
    const char *wrong = fault(digits, count);
    if (wrong)
        pii__verdict_refuse(verdict, wrong);
    else
        verdict->reason = "issuer and check digit agree";
}

/* Digits in the groups of a card are one even where a digit was mistyped, if a
 * word beside them says so. */
void pii__validate_credit_card_grouped(const pii__candidate *candidate, pii__verdict *verdict)
{
    uint8_t digits[CARD_DIGITS_MAX];
    size_t count = pii__digits(candidate->text, candidate->begin, candidate->end, digits, sizeof digits);
    const char *wrong = fault(digits, count);
    if (wrong && count < GROUPED_DIGITS_MIN) {
        pii__verdict_refuse(verdict, wrong);
    } else if (wrong) {
        verdict->confidence -= 0.55;
        verdict->reason = wrong;
    } else {
        verdict->reason = "issuer and check digit agree";
    }
}
