#include "ascii.h"
#include "validators.h"

#define SIZE_MIN 6
#define DIGITS_MIN 3
#define BARE_DIGITS_MIN 7

/* A document's number after its cue: enough digits for one, and more without a
 * letter, where it could be a price or a date. */
void pii__validate_document_number(const pii__candidate *candidate, pii__verdict *verdict)
{
    size_t digits = 0, letters = 0;
    for (size_t i = candidate->begin; i < candidate->end; i++) {
        digits += pii__is_digit(candidate->text[i]);
        letters += pii__is_letter(candidate->text[i]);
    }
    if (digits + letters < SIZE_MIN || digits < DIGITS_MIN || (!letters && digits < BARE_DIGITS_MIN))
        pii__verdict_refuse(verdict, "too few digits for a document");
    else
        verdict->reason = "letters and digits of a document";
}

/* The digits that follow five places of the name: decade, month (plus 50 for
 * women), day, year. */
void pii__validate_driver_license_uk(const pii__candidate *candidate, pii__verdict *verdict)
{
    enum { name = 5, birth = 6 };
    uint8_t digits[birth];
    size_t count = 0;
    if (candidate->end - candidate->begin > name + birth)
        count = pii__digits(candidate->text, candidate->begin + name, candidate->begin + name + birth, digits, birth);
    unsigned month = count == birth ? pii__digits_value(digits + 1, 2) % 50 : 0;
    unsigned day = count == birth ? pii__digits_value(digits + 3, 2) : 0;
    if (month < 1 || month > 12 || day < 1 || day > 31)
        pii__verdict_refuse(verdict, "no date of birth after the name");
    else
        verdict->reason = "name and date of birth";
}
