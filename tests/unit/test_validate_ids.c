#include "check_digits.h"
#include "sha256.h"
#include "validate_case.h"

/* ISO/IEC 7064 gives 0794 under MOD 11,10 its check digit 5; Verhoeff's 236 has 3. */
Test(check_digits, hold_for_published_examples)
{
    cr_expect(pii__luhn_holds((const uint8_t[]){7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 3}, 11));
    cr_expect(!pii__luhn_holds((const uint8_t[]){7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 4}, 11));
    cr_expect(pii__verhoeff_holds((const uint8_t[]){2, 3, 6, 3}, 4));
    cr_expect(!pii__verhoeff_holds((const uint8_t[]){3, 2, 6, 3}, 4));
    cr_expect(pii__mod_11_10_holds((const uint8_t[]){0, 7, 9, 4, 5}, 5));
    cr_expect(!pii__mod_11_10_holds((const uint8_t[]){0, 7, 9, 4, 6}, 5));
}

Test(check_digits, verhoeff_notices_single_digits_and_neighbours)
{
    uint8_t right[] = {2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 4};
    cr_assert(pii__verhoeff_holds(right, sizeof right));
    for (size_t i = 0; i < sizeof right; i++) {
        uint8_t wrong[sizeof right];
        memcpy(wrong, right, sizeof right);
        wrong[i] = (uint8_t)((wrong[i] + 1) % 10);
        cr_expect(!pii__verhoeff_holds(wrong, sizeof wrong), "digit %zu", i);
        memcpy(wrong, right, sizeof right);
        if (i + 1 < sizeof right) {
            wrong[i] = right[i + 1];
            wrong[i + 1] = right[i];
            cr_expect(!pii__verhoeff_holds(wrong, sizeof wrong), "digits %zu and %zu", i, i + 1);
        }
    }
}

/* FIPS 180-4: the digest of "abc". */
Test(sha256, digest_of_the_standards_example)
{
    static const uint8_t expected[PII__SHA256_SIZE] = {
        0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
        0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
    };
    uint8_t digest[PII__SHA256_SIZE];
    pii__sha256((const uint8_t *)"abc", 3, digest);
    cr_expect(!memcmp(digest, expected, sizeof digest));
}

Test(national_id, knows_the_numbers_of_many_countries)
{
    static const char *const right[] = {
        "[[AB 12 34 56 C]]", "[[BNCLRA12D45H501F]]", "[[23456789D]]", "[[X1234567L]]", "[[S1234567D]]",
        "[[F2345678T]]", "[[ABCPK1234F]]", "[[1EG4-TE5-MK73]]", "[[050612A100C]]", "[[B123456782]]",
        "[[65050612B121]]", "[[L22N12344]]", "[[LOPA120605MDFRRNA2]]", "[[110105201206050024]]",
        "[[2 55 08 14 168 025 38]]", "[[123.456.780-62]]", "[[12.06.05-123.50]]", "[[05061212312]]",
        "[[12345678950]]", "[[12260512340]]", "[[26937401521]]", "[[2345 6789 0124]]", "[[120605-2399]]",
        "[[943 476 5919]]", "[[2123456701]]", "[[482 915 303]]", "[[123456782]]", "[[12.345.678-5]]",
        "[[1206055000089]]", "[[1101700234568]]", "[[5120605400129]]",
    };
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
        expect_valid("national_id", right[i]);
}

/* Numbers of one country only, made for the purpose. */
Test(national_id, says_of_which_country)
{
    static const struct {
        const char *number;
        const char *scheme;
    } cases[] = {
        {"[[945807302]]", "Netherlands, BSN"},
        {"[[797891024]]", "Australia, TFN"},
        {"[[482 915 303]]", "Canada, SIN"},
        {"[[5909090631240]]", "South Africa, identity"},
        {"[[14.05.12-388.95]]", "Belgium, national register"}, /* born from 2000 on */
        {"[[6151022106871]]", "Romania, CNP"},                  /* a remainder of ten counts as one */
        {"[[11010520120605333X]]", "China, resident identity"},
        {"[[T2345678D]]", "Singapore, NRIC"},
        {"[[G2345678N]]", "Singapore, NRIC"},
        {"[[52024594451]]", "Germany, tax"},
        {"[[27ABCPK1234F1Z5]]", "India, GSTIN"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        validate_case c;
        validate_run(&c, "national_id", cases[i].number);
        cr_expect(c.verdict.valid && !strcmp(c.verdict.reason, cases[i].scheme), "%s: %s", cases[i].number,
                  c.verdict.reason);
    }
}

/* Their check digits hold. */
Test(national_id, refuses_what_no_number_begins_with_or_holds)
{
    static const char *const wrong[] = {
        "[[DA 12 34 56 C]]",     "[[AO 12 34 56 C]]",      "[[AB 12 34 56 E]]",  "[[BG 12 34 56 C]]",
        "[[L22A12343]]",         "[[110105189906050026]]", "[[110105201213050022]]",
        "[[9903279805499]]",     "[[00ABCPK1234F1Z5]]",    "[[39ABCPK1234F1Z5]]", "[[27ABCXK1234F1Z5]]",
        "[[27ABCPK1234F1A5]]",   "[[1SG4-TE5-MK73]]",      "[[11111111111]]", "[[09421262882]]",
        "[[50550043895]]",       "[[20201146114]]",        "[[09113739737]]",    "[[05898608054]]",
        "[[833380298]]",         "[[079360855]]",          "[[000 000 0000]]",   "[[000000000]]",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        expect_refused("national_id", wrong[i]);
}

Test(national_id, refuses_wrong_check_digits)
{
    static const char *const wrong[] = {
        "[[GB 12 34 56 C]]", "[[BNCLRA12D45H501G]]", "[[23456789E]]", "[[X1234567M]]", "[[S1234567E]]",
        "[[050612A100D]]", "[[LOPA120605MDFRRNA3]]", "[[110105201206050025]]", "[[2 55 08 14 168 025 39]]",
        "[[123.456.780-63]]", "[[12260512341]]", "[[2345 6789 0125]]", "[[943 476 5918]]", "[[130 692 545]]",
        "[[12]]", "[[1234567890123456789012]]",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        expect_refused("national_id", wrong[i]);
}

Test(national_id, ends_before_a_group_too_many)
{
    expect_span("national_id", "[[482 915 303 7]]", "482 915 303");
    expect_span("national_id", "[[943 476 5919 or so]]", "943 476 5919");
}

Test(national_id, strict_asks_for_more_than_one_check_digit)
{
    expect_valid("national_id_strict", "[[123.456.780-62]]");
    expect_valid("national_id_strict", "[[12.345.678-5]]");
    expect_refused("national_id_strict", "[[130692544]]");
    expect_refused("national_id_strict", "[[482 915 303 7]]");
}

Test(wallets, need_their_check_sum)
{
    expect_valid("base58_check", "[[1111111111111111111114oLvT2]]");
    expect_refused("base58_check", "[[1111111111111111111114oLvT3]]");
    expect_refused("base58_check", "[[zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz]]");
    expect_valid("bech32", "[[bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4]]");
    expect_valid("bech32", "[[BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4]]");
    expect_refused("bech32", "[[bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5]]");
    expect_refused("bech32", "[[nothing]]");
}

Test(document_number, has_digits_enough)
{
    expect_valid("document_number", "[[K1234567]]");
    expect_valid("document_number", "[[123456789]]");
    expect_refused("document_number", "[[145000]]");
    expect_refused("document_number", "[[ab12]]");
    expect_refused("document_number", "[[abcdef12]]");
}

Test(driver_license_uk, holds_a_date_of_birth)
{
    expect_valid("driver_license_uk", "[[MORGA657054SM9IJ]]");
    expect_refused("driver_license_uk", "[[MORGA613054SM9IJ]]");
    expect_refused("driver_license_uk", "[[MORGA657324SM9IJ]]");
    expect_refused("driver_license_uk", "[[MORGA]]");
}

Test(secret, is_told_from_what_is_said_of_passwords)
{
    expect_span("secret_told", "[[dragonfly.]]", "dragonfly");
    expect_span("secret_told", "[[tr0ub4dor!]]", "tr0ub4dor");
    expect_refused("secret_told", "[[wrong!]]");
    expect_refused("secret_told", "[[Required]]");
    expect_refused("secret_told", "[[abc]]");
    expect_refused("secret_told", "[[****]]");
    expect_valid("secret_labelled", "[[hunter2]]");
    expect_refused("secret_labelled", "[[dragonfly]]");
}

Test(date, in_numbers_has_a_day_a_month_and_a_year_in_some_order)
{
    expect_valid("date", "[[3/14/2012]]");
    expect_valid("date", "[[14/3/2012]]");
    expect_valid("date", "[[2012-03-14]]");
    expect_valid("date", "[[3/14/12]]");
    expect_refused("date", "[[2012-14-03]]"); /* nobody writes year, day, month */
    expect_refused("date", "[[31-14-12]]");
    expect_refused("date", "[[13/14/2012]]");
    expect_refused("date", "[[0/14/2012]]");
    expect_refused("date", "[[3/0/2012]]");
    expect_refused("date", "[[3/32/2012]]");
    expect_refused("date", "[[003/14/2012]]");
    expect_refused("date", "[[3/14/212]]");
    expect_refused("date", "[[3/14/1899]]");
    expect_refused("date", "[[2100-03-14]]");
}

Test(date, without_a_year_has_a_day_and_a_month)
{
    expect_valid("date", "[[3/14]]");
    expect_valid("date", "[[14.3]]");
    expect_refused("date", "[[13/14]]");
    expect_refused("date", "[[0/3]]");
    expect_refused("date", "[[3/2012]]");
}

Test(date, with_the_name_of_a_month_needs_the_rest)
{
    expect_valid("date", "[[March 14]]");
    expect_valid("date", "[[14th of March 2012]]");
    expect_valid("date", "[[2012, March 14]]");
    expect_valid("date", "[[March 2012]]");
    expect_refused("date", "[[March 32]]");
    expect_refused("date", "[[March 2112]]");
    expect_refused("date", "[[March 32 2012]]");
    expect_refused("date", "[[March 14 2112]]");
    expect_refused("date", "[[2112, March 14]]");
    expect_refused("date", "[[March 3 14 2012]]");
}

Test(date, in_one_number_is_year_month_and_day)
{
    expect_valid("date", "[[20120314]]");
    expect_refused("date", "[[18990314]]");
    expect_refused("date", "[[21000314]]");
    expect_refused("date", "[[20121314]]");
    expect_refused("date", "[[20120014]]");
    expect_refused("date", "[[20120332]]");
    expect_refused("date", "[[20120300]]");
    expect_refused("date", "[[2012031]]");
}

Test(date, long_ago_counts_less)
{
    expect_surer("date", "[[3/14/2012]]", "[[3/14/1912]]");
    expect_surer("date", "[[March 14, 2012]]", "[[March 14, 1912]]");
    expect_refused("date", "[[14/14/2012]]");
}

Test(person, is_a_first_name_or_a_title)
{
    expect_span("person", "ask [[Emma Santos]] now", "Emma Santos");
    expect_span("person", "ask [[Emma's Painting]] now", "Emma");
    expect_span("person", "with [[Santos Emma]]", "Santos Emma");
    expect_span("person", "[[Did Oliver]] win", "Oliver");
    expect_valid("person", "[[Dr. Weber]]");
    expect_valid("person", "to [[Grace]]");
    expect_refused("person", "[[Grace]] is a virtue");
    expect_refused("person", "the [[Grace]]");
    expect_refused("person", "in San [[Diego]]");
    expect_refused("person", "[[San Diego]]");
    expect_refused("person", "[[Emma Library]]");
    expect_refused("person", "[[Paris]]");
    expect_refused("person", "[[Hello World]]");
}

Test(person_self, takes_what_is_written_like_a_name)
{
    expect_valid("person_self", "[[Quux]]");
    expect_valid("person_self", "[[emma]]");
    expect_refused("person_self", "[[not]]");
}
