#include <stdio.h>

#include "table.h"
#include "transform_case.h"

static const pii_action surrogate = {.kind = PII_ACTION_SURROGATE};

/* What becomes of a value, and that it stays what it has become. */
static void expect_surrogate(const char *entity, const char *value, const char *expected)
{
    expect_becomes(surrogate, entity, value, expected);
    expect_becomes(surrogate, entity, expected, expected);
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether a text is `shape`, in which '#' stands for any digit, '?' for any letter, '*'
 * for any number of letters, '~' of digits, '^' of hexadecimal digits. */
static bool has_shape(const char *text, const char *shape)
{
    for (; *shape; shape++) {
        if (*shape == '*' || *shape == '~' || *shape == '^') {
            while ((*shape != '~' && is_letter(*text)) || (*shape != '*' && is_digit(*text)))
                text++;
            continue;
        }
        if (!*text || (*shape == '#' ? !is_digit(*text) : *shape == '?' ? !is_letter(*text) : *shape != *text))
            return false;
        text++;
    }
    return !*text;
}

static void expect_shape(const char *entity, const char *value, const char *shape)
{
    char *text = transformed(surrogate, entity, value, strlen(value));
    cr_expect(has_shape(text, shape), "%s: \"%s\" became \"%s\", not \"%s\"", entity, value, text, shape);
    expect_becomes(surrogate, entity, text, text);
    free(text);
}

Test(surrogate, telephone_numbers)
{
    expect_shape("PHONE", "(415) 555-2671", "(###) 555-01##");
    expect_shape("PHONE", "+1 415.555.2671", "+1 ###.555.01##");
    expect_shape("PHONE", "14155552671", "1###55501##");
    expect_shape("PHONE", "555-2671", "555-01##");
    expect_shape("PHONE", "415-555-2671 ext. 12", "###-555-01##");
    expect_shape("PHONE", "+61 2 9374 4000", "+61 # 5550 ####");
    expect_shape("PHONE", "+33 6 12 34 56 78", "+33 # ## ## ## ##");
    expect_surrogate("PHONE", "(415) 555-0134", "(415) 555-0134");
    expect_surrogate("PHONE", "+44 20 7946 0958", "+44 20 7946 0958");
    expect_surrogate("PHONE", "+48 22 555 01 01", "[PHONE]");
    expect_surrogate("PHONE", "four one five", "[PHONE]");
}

/* Another number of digits: written as the range is. */
Test(surrogate, telephone_numbers_of_another_length)
{
    expect_shape("PHONE", "+44 (0)20 7123 4567", "+44 20 7946 0###");
    expect_shape("PHONE", "+49 7071 12345", "+49 ## ##### ###");
}

Test(surrogate, names)
{
    expect_shape("PERSON", "Ada", "*");
    expect_shape("PERSON", "Ada Lovelace", "* *");
    expect_shape("PERSON", "Lovelace, Ada King", "*, *");
    char *small = transformed(surrogate, "PERSON", "ada", 3), *large = transformed(surrogate, "PERSON", "ADA", 3);
    cr_expect(small[0] >= 'a' && large[1] <= 'Z' && (small[0] ^ large[0]) == 32, "%s %s", small, large);
    free(small);
    free(large);
}

Test(surrogate, addresses)
{
    expect_shape("EMAIL", "kid@school.edu", "*.*###@example.???");
    expect_shape("EMAIL", "ada.lovelace@example.org", "*.*###@example.???");
    expect_shape("URL", "https://kid.example.com/~ada", "https://*-*###.example.org");
    expect_shape("URL", "www.example.com/ada", "*-*###.example.org");
    expect_shape("URL", "ftp", "*-*###.example.org");
    expect_shape("URL", "https://tovix-maribo001.example.org/ada", "https://*-*###.example.org");
    expect_shape("URL", "https://example.org/ada", "https://*-*###.example.org");
    expect_shape("ADDRESS", "742 Evergreen Terrace, Apt 3B, Springfield, IL 62704", "~ * *, * 000##");
    expect_shape("ADDRESS", "Kirchgasse 12", "* * ~");
}

Test(surrogate, numbers)
{
    expect_shape("SSN", "123-45-6789", "000-##-####");
    expect_shape("ZIP", "62704", "000##");
    expect_shape("ZIP", "62704-1234", "000##-0000");
    expect_shape("IP", "8.8.8.8", "~.~.~.~");
    expect_shape("IP", "2400:a907::1", "2001:db8:^:^::1");
    expect_surrogate("IP", "192.0.2.77", "192.0.2.77");
    expect_shape("MAC", "AC-DE-48-00-11-22", "00-00-5E-00-53-^");
    expect_shape("GPS", "41.40338, 2.17403", "0.#####, 0.#####");
    expect_shape("GPS", "\"lat\": -33.86882, \"lng\": 151.20930", "\"lat\": -0.#####, \"lng\": 0.#####");
    expect_shape("GPS", "40°26'46\"N 79°58'56\"W", "0.#####, 0.#####");
    expect_surrogate("CREDIT_CARD", "4111 1111 1111 1111", "4111 1111 1111 1111");
    expect_shape("CREDIT_CARD", "4242-4242-4242-4242", "####-####-####-####");
    expect_shape("CREDIT_CARD", "3714 496353 98400", "#### ###### #####");
    expect_surrogate("IBAN", "DE02 1203 0000 0000 2020 51", "DE89 3704 0044 0532 0130 00");
    expect_surrogate("IBAN", "XK051212012345678906", "[IBAN]");
    expect_shape("GUID", "123e4567-e89b-12d3-a456-426614174000", "00000000-0000-8000-8000-^");
}

Test(surrogate, dates)
{
    expect_shape("DATE_OF_BIRTH", "2011-07-30", "1900-0#-0#");
    expect_shape("DATE_OF_BIRTH", "7/30/11", "#/0#/1900");
    expect_shape("DATE_OF_BIRTH", "30.7.'11", "0#.#.1900");
    expect_shape("DATE_OF_BIRTH", "July 30th, 2011", "1900-0#-0#");
    expect_shape("DATE_OF_BIRTH", "3-1'11", "#-#'1900"); /* not -#1900: that would be another number */
    expect_surrogate("DATE_OF_BIRTH", "5/6", "[DATE_OF_BIRTH]");
}

Test(surrogate, nothing_where_all_could_be_somebodys)
{
    static const char *const entities[] = {"SOCIAL_HANDLE",  "SECRET",      "CRYPTO", "PASSPORT",
                                           "DRIVER_LICENSE", "NATIONAL_ID", "AGE"};
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        char label[32];
        snprintf(label, sizeof label, "[%s]", entities[i]);
        expect_becomes(surrogate, entities[i], "ada12345", label);
    }
}

/* Without a key all values become the same one: nothing of the value goes into the choice. */
Test(surrogate, without_a_key_is_one_for_all)
{
    static const char *const phones[] = {"415-555-2671", "212-555-9876"};
    pii__buffer out;
    pii__buffer_init(&out, &pii__default_allocator, 64);
    for (size_t i = 0; i < 2; i++) {
        pii__transform_input input = {.action = &surrogate, .entity = "PHONE", .value = (const uint8_t *)phones[i],
                                      .size = strlen(phones[i])};
        pii__buffer_clear(&out);
        cr_assert_eq(pii__transform(&input, &out), PII_OK);
        cr_expect(out.size == 12 && !memcmp(out.bytes, "201-555-0100", 12));
    }
    pii__buffer_free(&out);
}

Test(surrogate, is_one_for_all_writings_of_a_value)
{
    cr_expect(becomes_same(surrogate, "EMAIL", "Kid@X.org", "kid@x.org"));
    cr_expect(becomes_same(surrogate, "PERSON", "Zoë Åberg", "Zoe Aberg"));
    cr_expect(!becomes_same(surrogate, "EMAIL", "kid@x.org", "kid@y.org"));
}

/* No invented word is a first name that people have. */
Test(surrogate, uses_names_of_nobody)
{
    for (unsigned i = 0; i < 4000; i++) {
        char value[16];
        int size = snprintf(value, sizeof value, "Ada%u Aa", i);
        char *text = transformed(surrogate, "PERSON", value, (size_t)size);
        size_t first = strcspn(text, " ");
        cr_assert_eq(text[first], ' ');
        for (size_t at = 0; text[at]; at++)
            text[at] = (char)(text[at] | 32);
        cr_expect(!pii__table_has(&pii__table_first_names, (const uint8_t *)text, first), "%s", text);
        const char *second = text + first + 1;
        cr_expect(!pii__table_has(&pii__table_first_names, (const uint8_t *)second, strlen(second)), "%s", second);
        free(text);
    }
}
