/* surrogate_words.c - surrogates of what is written in words: names, streets,
 * e-mail and web addresses. */
#include <string.h>

#include "ascii.h"
#include "surrogates.h"

enum {
    words = 16,
    towns = words / 2, /* family names from here on are also towns */
    house_max = 99,
    handle_digits = 3
};

/* Made up for this project: neither list holds a first name that people have
 * (rules/data/first_names.txt; a test looks), nor a street or town we know. */
static const char given[words][8] = {"tovix",  "maribo", "zelnor", "quillo", "bramvel", "fenwix", "lorimo", "narvel",
                                     "oskelo", "pellva", "rundal", "sabrix", "tandivo", "ulvane", "wexlor", "yarvik"};
static const char family[words][12] = {"quillfen",   "larkmoor",  "brambold",  "fernhallow", "mistvalen", "oakwhisk",
                                       "pinegarth",  "rookmarsh", "silverfen", "thornwisk",  "umberlow",  "velvetch",
                                       "wickfallow", "yarrowick", "zephyrden", "emberwold"};
static const char streets[][8] = {"street", "road", "lane", "avenue"};
static const char hosts[][16] = {"@example.org", "@example.com", "@example.net"};

/* How the letters of a word are written. */
typedef enum letter_case {
    CASE_FIRST, /* Tovix */
    CASE_SMALL,
    CASE_LARGE
} letter_case;

/* A run of letters, or of digits, of a text. */
typedef struct token {
    const uint8_t *bytes;
    size_t size;
    bool digits;
} token;

/* The next one from `*at` on; false at the end. */
static bool next_token(const pii__value_text *text, size_t *at, token *ret)
{
    size_t begin = *at;
    while (begin < text->size && !pii__is_alnum(text->bytes[begin]))
        begin++;
    size_t end = begin;
    bool digits = begin < text->size && pii__is_digit(text->bytes[begin]);
    while (end < text->size && pii__is_alnum(text->bytes[end]) && pii__is_digit(text->bytes[end]) == digits)
        end++;
    *ret = (token){text->bytes + begin, end - begin, digits};
    *at = end;
    return end > begin;
}

static bool token_is(const token *one, const char *word)
{
    if (one->digits || strlen(word) != one->size)
        return false;
    for (size_t i = 0; i < one->size; i++)
        if (pii__lower(one->bytes[i]) != (uint8_t)word[i])
            return false;
    return true;
}

static bool is_name(const token *one)
{
    for (size_t i = 0; i < words; i++)
        if (token_is(one, given[i]) || token_is(one, family[i]))
            return true;
    return false;
}

static bool is_street(const token *one)
{
    for (size_t i = 0; i < sizeof streets / sizeof streets[0]; i++)
        if (token_is(one, streets[i]))
            return true;
    return false;
}

static void put_word(const char *word, letter_case letters, pii__replacement *out)
{
    for (size_t i = 0; word[i]; i++) {
        bool large = letters == CASE_LARGE || (letters == CASE_FIRST && i == 0);
        pii__put_byte(out, (uint8_t)(large ? word[i] - 'a' + 'A' : word[i]));
    }
}

static letter_case case_of(const pii__value_text *text)
{
    bool small = false, large = false;
    for (size_t at = 0; at < text->size; at++) {
        small |= pii__is_lower(text->bytes[at]);
        large |= pii__is_upper(text->bytes[at]);
    }
    return small == large ? CASE_FIRST : small ? CASE_SMALL : CASE_LARGE;
}

static bool keep(const pii__value_text *text, pii__replacement *out)
{
    pii__put_bytes(out, text->bytes, text->size);
    return true;
}

/* One word is a given name, more are two names; "family, given" stays in that order. */
bool pii__surrogate_person(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    size_t count = 0;
    bool ours = true;
    token one;
    for (size_t at = 0; next_token(text, &at, &one); count++)
        ours &= is_name(&one);
    if (count == 0)
        return false;
    if (ours)
        return keep(text, out);
    letter_case letters = case_of(text);
    const char *first = given[pii__choose(choice, words)], *last = family[pii__choose(choice, words)];
    bool turned = memchr(text->bytes, ',', text->size) != NULL;
    if (count == 1) {
        put_word(first, letters, out);
        return true;
    }
    put_word(turned ? last : first, letters, out);
    pii__put_text(out, turned ? ", " : " ");
    put_word(turned ? first : last, letters, out);
    return true;
}

/* "tovix.larkmoor042" */
static void put_handle(pii__choice *choice, char between, pii__replacement *out)
{
    put_word(given[pii__choose(choice, words)], CASE_SMALL, out);
    pii__put_byte(out, (uint8_t)between);
    put_word(family[pii__choose(choice, words)], CASE_SMALL, out);
    pii__put_number(out, pii__choose(choice, 1000), handle_digits);
}

/* Whether text[begin, end) is what put_handle writes. */
static bool is_handle(const pii__value_text *text, size_t begin, size_t end, char between)
{
    if (end < begin + handle_digits)
        return false;
    for (size_t at = end - handle_digits; at < end; at++)
        if (!pii__is_digit(text->bytes[at]))
            return false;
    end -= handle_digits;
    const uint8_t *sign = memchr(text->bytes + begin, between, end - begin);
    if (!sign)
        return false;
    size_t middle = (size_t)(sign - text->bytes);
    token first = {text->bytes + begin, middle - begin, false}, last = {sign + 1, end - middle - 1, false};
    return is_name(&first) && is_name(&last);
}

static bool has(const pii__value_text *text, size_t at, const char *word)
{
    size_t size = strlen(word);
    return at <= text->size && text->size - at >= size && !memcmp(text->bytes + at, word, size);
}

/* RFC 2606: example.org, .com and .net belong to nobody. */
bool pii__surrogate_email(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    const uint8_t *sign = memchr(text->bytes, '@', text->size);
    if (sign) {
        size_t at = (size_t)(sign - text->bytes);
        for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
            if (text->size - at == strlen(hosts[i]) && has(text, at, hosts[i]) && is_handle(text, 0, at, '.'))
                return keep(text, out);
    }
    put_handle(choice, '.', out);
    pii__put_text(out, hosts[pii__choose(choice, sizeof hosts / sizeof hosts[0])]);
    return true;
}

/* The scheme stays, of all else nothing; and no path, as text may follow without a blank. */
bool pii__surrogate_url(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    static const char host[] = ".example.org";
    size_t scheme = 0, end = text->size;
    for (size_t at = 0; at + 3 <= text->size && !scheme; at++)
        if (!memcmp(text->bytes + at, "://", 3))
            scheme = at + 3;
    for (size_t at = 0; at + 3 < scheme; at++)
        if (!pii__is_letter(text->bytes[at]))
            scheme = 0;
    end -= end >= sizeof host - 1 ? sizeof host - 1 : end;
    if (has(text, end, host) && is_handle(text, scheme, end, '-'))
        return keep(text, out);
    pii__put_bytes(out, text->bytes, scheme);
    put_handle(choice, '-', out);
    pii__put_text(out, host);
    return true;
}

/* What this file writes in an address: its own words, small house numbers, and
 * ZIP codes that begin with 000. */
static bool is_own_part(const token *one)
{
    if (!one->digits)
        return is_name(one) || is_street(one);
    return one->size <= 2 || (one->size == 5 && !memcmp(one->bytes, "000", 3));
}

static bool is_own_address(const pii__value_text *text)
{
    bool own = true, named = false;
    token one;
    for (size_t at = 0; next_token(text, &at, &one);) {
        own &= is_own_part(&one);
        named |= is_name(&one);
    }
    return own && named;
}

static bool ends_in_zip_code(const pii__value_text *text)
{
    token one, last = {0};
    for (size_t at = 0; next_token(text, &at, &one);)
        last = one;
    return last.digits && last.size >= 4;
}

/* The house number before the street if the value begins with one, else behind
 * it; a town if the value goes on behind a comma, and a ZIP code if it ends in
 * one. */
bool pii__surrogate_street(const pii__value_text *text, pii__choice *choice, pii__replacement *out)
{
    if (is_own_address(text))
        return keep(text, out);
    token first;
    size_t at = 0;
    if (!next_token(text, &at, &first))
        return false;
    unsigned house = 1 + pii__choose(choice, house_max);
    const char *street = streets[pii__choose(choice, sizeof streets / sizeof streets[0])];
    const char *name = family[pii__choose(choice, words - towns)], *town = family[towns + pii__choose(choice, towns)];
    letter_case letters = case_of(text) == CASE_SMALL ? CASE_SMALL : CASE_FIRST;
    if (first.digits) {
        pii__put_number(out, house, 1);
        pii__put_byte(out, ' ');
    }
    put_word(name, letters, out);
    pii__put_byte(out, ' ');
    put_word(street, letters, out);
    if (!first.digits) {
        pii__put_byte(out, ' ');
        pii__put_number(out, house, 1);
    }
    bool zip = ends_in_zip_code(text);
    if (zip || memchr(text->bytes, ',', text->size)) {
        pii__put_text(out, ", ");
        put_word(town, letters, out);
    }
    if (zip) {
        pii__put_text(out, " 000");
        pii__put_number(out, pii__choose(choice, 100), 2);
    }
    return true;
}
