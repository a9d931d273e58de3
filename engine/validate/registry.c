#include <string.h>

#include "validate.h"
#include "validators.h"

const pii__validator pii__validators[] = {
    {"base58_check", "check sum of a wallet address in Base58Check", pii__validate_base58_check, 0, 0, 0},
    {"bech32", "check sum of a wallet address in Bech32", pii__validate_bech32, 0, 0, 0},
    {"credit_card", "issuer range, length and Luhn check digit", pii__validate_credit_card, 0, 0, 0},
    {"credit_card_grouped", "the same; a wrong one needs a telling word", pii__validate_credit_card_grouped, 0, 0, 0},
    {"date", "possible day, month and year, in any usual order", pii__validate_date, 0, 0, 0},
    {"document_number", "as many letters and digits as documents have", pii__validate_document_number, 0, 0, 0},
    {"driver_license_uk", "name and date of birth of a British licence", pii__validate_driver_license_uk, 0, 0, 0},
    {"email", "host ends in a top-level domain; not a file name", pii__validate_email, 0, 0, 0},
    {"email_provider", "account at a well-known mail provider", pii__validate_email_provider, 0, 0, 0},
    {"email_spelled", "address in words: account name, top-level domain", pii__validate_email_spelled, 0, 0, 0},
    {"gps", "latitude and longitude in range", pii__validate_gps, 0, 0, 0},
    {"iban", "length of its country and check digits", pii__validate_iban, 0, 0, 1},
    {"ipv4", "four numbers up to 255", pii__validate_ipv4, 0, 1, 1},
    {"ipv6", "eight groups, or fewer around ::", pii__validate_ipv6, 0, 0, 0},
    {"mac", "twelve hexadecimal digits of one device", pii__validate_mac, 0, 0, 0},
    {"national_id", "check digits of any country", pii__validate_national_id, 0, 0, 0},
    {"national_id_strict", "the same, with a letter or two check digits", pii__validate_national_id_strict, 0, 0, 0},
    {"person", "title, or first name and what follows", pii__validate_person, 0, 32, 0},
    {"person_self", "first name, or written like a name", pii__validate_person_self, 0, 0, 0},
    {"phone_international", "country code, length and first digit", pii__validate_phone_international, 0, 0, 0},
    {"phone_lookalike", "ten digits, letters for some of them", pii__validate_phone_lookalike, 0.3, 0, 0},
    {"phone_nanp", "North American numbering plan, area code in use", pii__validate_phone_nanp, 0, 0, 0},
    {"phone_national", "six to fifteen digits that are no date", pii__validate_phone_national, 0.25, 0, 0},
    {"phone_words", "seven to fifteen digits as words, no counting", pii__validate_phone_words, 0.25, 0, 0},
    {"secret_labelled", "a value with a digit, which program text seldom has", pii__validate_secret_labelled, 0, 0, 0},
    {"secret_told", "a word that is not said of passwords", pii__validate_secret_told, 0, 0, 0},
    {"social_handle", "account name, or a word that ends what is said", pii__validate_social_handle, 0, 0, 12},
    {"ssn", "area, group and serial number in use", pii__validate_ssn, 0, 0, 0},
    {"street_address", "scores number, street, unit, city, state and ZIP", pii__validate_street_address, 1, 24, 0},
    {"street_first", "scores street, house number, postal code, city", pii__validate_street_first, 1, 1, 2},
    {"url", "host ends in a top-level domain; not a name space", pii__validate_url, 0, 1, 1},
    {"url_named", "host of any top-level domain that is no word", pii__validate_url_named, 0, 0, 0},
    {"zip", "ZIP code in use", pii__validate_zip, 0, 0, 0},
    {NULL, NULL, NULL, 0, 0, 0},
};

const pii__validator *pii__validator_find(const char *name)
{
    for (const pii__validator *validator = pii__validators; validator->name; validator++)
        if (!strcmp(validator->name, name))
            return validator;
    return NULL;
}
