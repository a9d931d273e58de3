#include "address_postcode.h"
#include "letter_case.h"
#include "street_name.h"
#include "validate_case.h"

#define ABROAD "street_first"

Test(street_first, begins_with_the_name_and_ends_with_the_place)
{
    expect_span(ABROAD, "[[wir wohnen Ahornweg 12, 1099 Neudorf]]", "Ahornweg 12, 1099 Neudorf");
    expect_span(ABROAD, "[[my Calle de la Luna 12 please]]", "Calle de la Luna 12");
    expect_span(ABROAD, "[[near Karl Ahorns plass 12]]", "Karl Ahorns plass 12");
    expect_span(ABROAD, "[[Rosen utca 12., 1099 Pest]]", "Rosen utca 12., 1099 Pest");
    expect_span(ABROAD, "[[Rosenhof 12 B, 1099 XZ Haarlem, Nederland]]", "Rosenhof 12 B, 1099 XZ Haarlem, Nederland");
    expect_span(ABROAD, "[[Dlouhá 12\n199 00 Praha 9]]", "Dlouhá 12\n199 00 Praha 9");
    expect_span(ABROAD, "[[Rua 25 de Abril 12, 1999-123 Vila do Sol]]", "Rua 25 de Abril 12, 1999-123 Vila do Sol");
    expect_span(ABROAD, "[[ich wohne in Ahornhof 12 mit Anna]]", "Ahornhof 12");
    expect_span(ABROAD, "[[Hauptstr. 12, Berlin]]", "Hauptstr. 12, Berlin");
}

Test(street_first, refuses_numbers_of_something_else)
{
    expect_refused(ABROAD, "[[Level 12, 1020 Points]]");
    expect_refused(ABROAD, "[[May 12, 2015 People]]");
    expect_refused(ABROAD, "[[come to room 12]]");
    expect_refused(ABROAD, "[[we are at 12]]");
    expect_refused(ABROAD, "[[Rosenhof 3rd]]");
    expect_refused(ABROAD, "[[Rosenhof 012]]");
    expect_refused(ABROAD, "[[Rosenhof. 12]]");
    expect_refused(ABROAD, "[[Rosenhof 12 minutes]]");
}

Test(street_first, adds_up_what_speaks_for_an_address)
{
    expect_surer(ABROAD, "[[Rosengasse 12]]", "[[Rosenhausen 12]]");
    expect_surer(ABROAD, "[[Rosengasse 12]]", "[[rosengasse 12]]");
    expect_surer(ABROAD, "[[Rosengasse 12]]", "[[Rosengasse 2]]");
    expect_surer(ABROAD, "[[Rosengasse 12]]", "[[Rosengasse 1999]]");
    expect_surer(ABROAD, "[[Rosengasse 12, 10999 Neudorf]]", "[[Rosengasse 12, 1099 Neudorf]]");
    expect_surer(ABROAD, "[[Rosengasse 12, 1099 Neudorf]]", "[[Rosengasse 12, Neudorf]]");
    expect_surer(ABROAD, "[[Rosengasse 12, Neudorf, Austria]]", "[[Rosengasse 12, Neudorf, Bostonia]]");
    expect_surer(ABROAD, "[[lives at Rosenhausen 12]]", "[[lives and Rosenhausen 12]]");
    expect_surer(ABROAD, "[[ul. Rosen 12]]", "[[um Rosen 12]]");
    expect_surer(ABROAD, "x [[Rosengasse 12]] x", "x [[Rosengasse 12]] (x");
    expect_surer(ABROAD, "[[Rosengasse 12]]", "x [[Rosengasse 12]] x");
}

static pii__postcode postcode_of(const char *text)
{
    pii__tokens tokens;
    size_t count;
    pii__tokens_read(&tokens, (const uint8_t *)text, 0, strlen(text));
    return pii__address_postcode(&tokens, 0, tokens.count, &count);
}

Test(address_postcode, knows_the_forms_of_countries)
{
    static const char *const sure[] = {"10999",   "199 00",  "1099 XZ", "00-999", "1999-123", "01999-123", "AB1 2CD",
                                       "W1A 0ZZ", "K9Z 9Z9", "D-10999", "110099", "999-0099", "Z99 Z9Z9"};
    for (size_t i = 0; i < sizeof sure / sizeof sure[0]; i++)
        cr_expect_eq(postcode_of(sure[i]), PII__POSTCODE_SURE, "%s", sure[i]);
    cr_expect_eq(postcode_of("1099"), PII__POSTCODE_WEAK);
    cr_expect_eq(postcode_of("109"), PII__POSTCODE_WEAK);
    cr_expect_eq(postcode_of("2014 au"), PII__POSTCODE_WEAK);
    cr_expect_eq(postcode_of("12"), PII__POSTCODE_NONE);
    cr_expect_eq(postcode_of("1099999"), PII__POSTCODE_NONE);
    cr_expect_eq(postcode_of("Boston"), PII__POSTCODE_NONE);
    cr_expect_eq(postcode_of("1234567890123456"), PII__POSTCODE_NONE);
}

Test(letter_case, knows_capitals_beyond_ascii)
{
    static const char *const upper[] = {"A", "Å", "Ž", "Ł", "Ő", "Ω", "Ή", "Ж", "Ё", "Ș"};
    static const char *const lower[] = {"a", "å", "ž", "ł", "ő", "ω", "ή", "ж", "ё", "ș"};
    for (size_t i = 0; i < sizeof upper / sizeof upper[0]; i++) {
        const uint8_t *capital = (const uint8_t *)upper[i], *small = (const uint8_t *)lower[i];
        size_t size = strlen(upper[i]);
        uint8_t folded[4];
        pii__lower_text(capital, size, folded);
        cr_expect_arr_eq(folded, small, size, "%s", upper[i]);
        cr_expect(pii__begins_upper(capital, size), "%s", upper[i]);
        cr_expect_not(pii__begins_upper(small, size), "%s", lower[i]);
    }
    cr_expect_not(pii__begins_upper((const uint8_t *)"", 0));
    cr_expect_not(pii__begins_upper((const uint8_t *)"\xC3", 1));
    cr_expect_not(pii__begins_upper((const uint8_t *)"ß÷×", 6));
}

Test(street_name, stays_within_its_tokens)
{
    char text[1024];
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "a ", 2);
    pii__tokens tokens;
    pii__street_name name;
    pii__tokens_read(&tokens, (const uint8_t *)text, 0, sizeof text - 2);
    cr_expect_not(pii__street_name_read(&name, &tokens));
    pii__tokens_read(&tokens, (const uint8_t *)"Rosengasse 12", 0, 13);
    cr_expect(pii__street_name_read(&name, &tokens));
    cr_expect_eq(name.number, (size_t)1);
    cr_expect_eq(name.end, (size_t)2);
}
