#include "keyed_hash.h"
#include "normalise.h"
#include "piiglet.h"
#include "transform_case.h"

static const pii_action pseudonym = {.kind = PII_ACTION_PSEUDONYM};
static const pii_action pseudonym_k1 = {.kind = PII_ACTION_PSEUDONYM, .key = "k1"};
static const pii_action shift = {.kind = PII_ACTION_SHIFT};
static const pii_action shift_k1 = {.kind = PII_ACTION_SHIFT, .key = "k1"};

/* Computed by Python's hashlib.blake2b(entity + b"\0" + value, key=..., person=..., digest_size=16),
 * which shares no code with libsodium. */
Test(pseudonym, known_answers)
{
    expect_becomes(pseudonym, "EMAIL", "kid@example.org", "[EMAIL:k2:crdhzgcdvckjdrhrctvh]");
    expect_becomes(pseudonym_k1, "EMAIL", "kid@example.org", "[EMAIL:k1:mgmtcphhshsmcpcdnfks]");
    expect_becomes(pseudonym, "PHONE", "(415) 555-0134", "[PHONE:k2:kbvpfbjdrhtrmrhnzsbn]");
    expect_becomes(pseudonym, "PERSON", "Zoë Åberg", "[PERSON:k2:rrntppzhgjnfnvbdrhpr]");
}

Test(shift, known_answers)
{
    expect_becomes(shift, "DATE_OF_BIRTH", "2011-07-30", "[DATE_OF_BIRTH:k2:d2011-12-14]");
    expect_becomes(shift_k1, "DATE_OF_BIRTH", "July 30th, 2011", "[DATE_OF_BIRTH:k1:d2012-01-07]");
    expect_becomes(shift, "DATE_OF_BIRTH", "5/6", "[DATE_OF_BIRTH]");
    expect_becomes(shift, "DATE_OF_BIRTH", "1800-01-01", "[DATE_OF_BIRTH:k2:d1800-05-18]");
}

static void expect_same(const char *entity, const char *one, const char *other)
{
    cr_expect(becomes_same(pseudonym, entity, one, other), "%s: %s, %s", entity, one, other);
}

static void expect_different(const char *entity, const char *one, const char *other)
{
    cr_expect(!becomes_same(pseudonym, entity, one, other), "%s: %s, %s", entity, one, other);
}

Test(pseudonym, is_one_for_all_writings_of_a_value)
{
    expect_same("EMAIL", "Kid@X.org", "kid@x.org");
    expect_same("EMAIL", "ｋｉｄ@x.org", "kid @ x.org");
    expect_same("PHONE", "415-555-0134", "+1 (415) 555 0134");
    expect_same("PHONE", "4155550134", "１-415.555.0134");
    expect_same("PHONE", "+44 (0)20 7946 0958", "0044 20 7946 0958");
    expect_same("PHONE", "+44 20 79460958", "011 44 20 7946 0958");
    expect_same("PHONE", "415-555-0134 ext. 7", "415-555-0134x7");
    expect_same("PHONE", "four one five", "Four  One, Five");
    expect_same("PERSON", "Zoë  ÅBERG", "zoe aberg");
    expect_same("PERSON", "O'Brien", "Obrien");
    expect_same("PERSON", "Łukasz Ø", "lukasz o");
    expect_same("ADDRESS", "12 Harbor View Rd.", "12 harbor\nview rd");
    expect_same("SSN", "123-45-6789", "123 45 6789");
    expect_same("CREDIT_CARD", "4111 1111 1111 1111", "4111111111111111");
    expect_same("IBAN", "GB82 WEST 1234 5698 7654 32", "gb82west12345698765432");
    expect_same("IP", "2001:DB8::1", "2001:db8:0:0:0:0:0:1");
    expect_same("IP", "::ffff:192.0.2.1", "192.0.2.1");
    expect_same("DATE_OF_BIRTH", "2011-07-30", "July 30th, 2011");
    expect_same("URL", "HTTPS://Example.ORG/a", "https://example.org/a");
    expect_same("MAC", "00:00:5E:00:53:01", "00-00-5e-00-53-01");
}

Test(pseudonym, is_another_for_another_value)
{
    expect_different("EMAIL", "kid@x.org", "kid@x.com");
    expect_different("PHONE", "415-555-0134", "415-555-0135");
    expect_different("PHONE", "415-555-0134", "415-555-0134 x7");
    expect_different("PHONE", "+44 20 7946 0958", "+1 415 555 0134");
    expect_different("PERSON", "Ada Lovelace", "Ada Love lace");
    expect_different("SECRET", "hunter2", "Hunter2");
    expect_different("CRYPTO", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "1boatSLRHtKNngkdXEeobR76b53LETtpyT");
    expect_different("URL", "https://example.org/A", "https://example.org/a");
    expect_different("IP", "192.0.2.1", "192.0.2.1/24");
    expect_different("PERSON", "李小龙", "李小虎");
}

/* What a rule about secrets may take for one; all else is a value like any other. */
Test(pseudonym, of_a_pseudonym_is_itself)
{
    static const char *const stay[] = {"[SECRET:k1:khtrmnnvcvgbzrkkkmsb]", "SECRET:other9:khtrmnnvcvgbzrkkkmsb"};
    static const char *const others[] = {"[SECRET:k1:khtrmnnvcvgbzrkkkms]", "[SECRET:k1:khtrmnnvcvgbzrkkkmsa]",
                                         "[SECRET::khtrmnnvcvgbzrkkkmsb]",  "[:k1:khtrmnnvcvgbzrkkkmsb]",
                                         "[SECRET:1:khtrmnnvcvgbzrkkkmsb]", "[Secret:k1:khtrmnnvcvgbzrkkkmsb]",
                                         "[SECRET:k1:khtrmnnvcvgbzrkkkmsbb]", "[SECRET:k1", "[", ""};
    for (size_t i = 0; i < sizeof stay / sizeof stay[0]; i++)
        expect_becomes(pseudonym, "SECRET", stay[i], stay[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        char *text = transformed(pseudonym, "SECRET", others[i], strlen(others[i]));
        cr_expect(!strncmp(text, "[SECRET:k2:", 11), "%s became %s", others[i], text);
        free(text);
    }
}

/* The same text as another entity, or under another key, has nothing in common but brackets. */
Test(pseudonym, has_a_domain_for_each_entity_and_key)
{
    char *a = transformed(pseudonym, "PERSON", "ada", 3), *b = transformed(pseudonym, "ADDRESS", "ada", 3);
    char *c = transformed(pseudonym_k1, "PERSON", "ada", 3);
    cr_expect_str_neq(strrchr(a, ':'), strrchr(b, ':'));
    cr_expect_str_neq(strrchr(a, ':'), strrchr(c, ':'));
    free(a);
    free(b);
    free(c);
}

Test(pseudonym, needs_its_key)
{
    static const pii_action_kind kinds[] = {PII_ACTION_PSEUDONYM, PII_ACTION_SHIFT, PII_ACTION_SURROGATE};
    pii__keyring keys = test_keys();
    pii__buffer out;
    pii__buffer_init(&out, &pii__default_allocator, 64);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        pii_action action = {.kind = kinds[i], .key = "k3"};
        pii__transform_input input = {.action = &action, .entity = "EMAIL", .value = (const uint8_t *)"x", .size = 1,
                                      .keys = &keys};
        cr_expect_eq(pii__transform(&input, &out), PII_ERROR_ARGUMENT);
        action.key = NULL;
        input.keys = NULL;
        bool needed = pii__action_needs_key(kinds[i]);
        cr_expect_eq(pii__transform(&input, &out), needed ? PII_ERROR_ARGUMENT : PII_OK);
    }
    pii__buffer_free(&out);
}

Test(pseudonym, of_what_is_too_long_is_none)
{
    char value[PII__VALUE_SIZE_MAX + 1];
    memset(value, 'x', sizeof value);
    char *longest = transformed(pseudonym, "PERSON", value, PII__VALUE_SIZE_MAX);
    char *longer = transformed(pseudonym, "PERSON", value, sizeof value);
    cr_expect_eq(strlen(longest), strlen("[PERSON:k2:]") + 20);
    cr_expect_str_eq(longer, "[PERSON]");
    free(longest);
    free(longer);
}

/* The most that a character can grow by: no write beyond the place for it. */
Test(normalise, has_room_for_the_longest_fold)
{
    uint8_t value[PII__VALUE_SIZE_MAX];
    pii__value_text text;
    for (uint32_t c = 0x80; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        uint8_t one[4];
        size_t size = 0;
        if (c >= 0x10000) {
            one[size++] = (uint8_t)(0xF0 | c >> 18);
            one[size++] = (uint8_t)(0x80 | (c >> 12 & 63));
        } else if (c >= 0x800) {
            one[size++] = (uint8_t)(0xE0 | c >> 12);
        } else {
            one[size++] = (uint8_t)(0xC0 | c >> 6);
        }
        if (c >= 0x800)
            one[size++] = (uint8_t)(0x80 | (c >> 6 & 63));
        one[size++] = (uint8_t)(0x80 | (c & 63));
        cr_assert(pii__value_normalise("PERSON", one, size, &text));
        cr_assert(text.size <= size * PII__VIEW_GROWTH, "U+%04X", c);
    }
    memset(value, '7', sizeof value);
    cr_assert(pii__value_normalise("PHONE", value, sizeof value, &text));
    memset(value + 10, 'x', 1);
    cr_assert(pii__value_normalise("PHONE", value, sizeof value, &text));
    cr_expect_eq(text.size, 1 + 10 + 1 + 12);
}

Test(shift, belongs_to_the_subject)
{
    static const char date[] = "2011-07-30";
    pii__keyring keys = test_keys();
    size_t equal = 0;
    char first[64] = "";
    for (unsigned subject = 0; subject < 400; subject++) {
        pii__transform_input input = {.action = &shift, .entity = "DATE_OF_BIRTH", .value = (const uint8_t *)date,
                                      .size = sizeof date - 1, .keys = &keys, .subject = (const uint8_t *)&subject,
                                      .subject_size = sizeof subject};
        pii__buffer out;
        pii__buffer_init(&out, &pii__default_allocator, 64);
        cr_assert_eq(pii__transform(&input, &out), PII_OK);
        cr_assert_eq(out.size, strlen("[DATE_OF_BIRTH:k2:d2011-07-30]"));
        cr_expect(memcmp(out.bytes, "[DATE_OF_BIRTH:k2:d2011-07-30]", out.size) != 0, "no shift at all");
        cr_expect(!memcmp(out.bytes, "[DATE_OF_BIRTH:k2:d201", 22), "farther than half a year");
        if (!subject)
            memcpy(first, out.bytes, out.size);
        equal += !memcmp(first, out.bytes, out.size);
        pii__buffer_free(&out);
    }
    cr_expect_lt(equal, 10, "%zu of 400 subjects share a shift", equal);
}

Test(keyring, takes_good_keys_only)
{
    uint8_t secret[PII__KEY_SECRET_SIZE] = {0};
    pii__keyring keys = {0};
    cr_expect_null(pii__keyring_find(NULL, NULL));
    cr_expect_null(pii__keyring_find(&keys, NULL));
    cr_expect_eq(pii__keyring_add(&keys, "a", secret, sizeof secret), PII_ERROR_ARGUMENT, "all zeros");
    secret[31] = 1;
    static const char *const wrong[] = {"", "A", "1a", "a b", "a-b", "\xC3\xA4", "abcdefghijklmnopq"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        cr_expect_eq(pii__keyring_add(&keys, wrong[i], secret, sizeof secret), PII_ERROR_ARGUMENT, "%s", wrong[i]);
    cr_expect_eq(pii__keyring_add(&keys, "a", secret, 16), PII_ERROR_ARGUMENT);
    cr_expect_eq(pii__keyring_add(&keys, "abcdefghijklmnop", secret, sizeof secret), PII_OK);
    cr_expect_eq(pii__keyring_add(&keys, "abcdefghijklmnop", secret, sizeof secret), PII_ERROR_ARGUMENT);
    for (char id[] = "a"; id[0] < 'a' + PII__KEYS_MAX - 1; id[0]++)
        cr_expect_eq(pii__keyring_add(&keys, id, secret, sizeof secret), PII_OK);
    cr_expect_eq(pii__keyring_add(&keys, "z", secret, sizeof secret), PII_ERROR_LIMIT);
    cr_expect_str_eq(pii__keyring_find(&keys, NULL)->id, "g");
    cr_expect_str_eq(pii__keyring_find(&keys, "b")->id, "b");
    pii__keyring_wipe(&keys);
    static const pii__keyring empty;
    cr_expect_eq(memcmp(&keys, &empty, sizeof keys), 0);
}
