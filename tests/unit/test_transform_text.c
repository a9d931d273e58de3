#include "transform_case.h"

static const pii_action first_one = {.kind = PII_ACTION_MASK, .keep_first = 1};
static const pii_action last_four = {.kind = PII_ACTION_MASK, .keep_last = 4};
static const pii_action initial = {.kind = PII_ACTION_INITIAL};

Test(transform, texts_of_ones_own_and_nothing)
{
    expect_becomes((pii_action){.kind = PII_ACTION_REPLACE}, "EMAIL", "kid@example.org", "[EMAIL]");
    expect_becomes((pii_action){.kind = PII_ACTION_TEXT, .text = "(hidden)"}, "EMAIL", "kid@example.org", "(hidden)");
    expect_becomes((pii_action){.kind = PII_ACTION_REMOVE}, "EMAIL", "kid@example.org", "");
}

Test(transform, refuses_what_it_does_not_do)
{
    static const pii_action_kind kinds[] = {PII_ACTION_NUMBER, PII_ACTION_KEEP, PII_ACTION_BLOCK, (pii_action_kind)99};
    pii__buffer out;
    pii__buffer_init(&out, &pii__default_allocator, 64);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        pii_action action = {.kind = kinds[i]};
        pii__transform_input input = {.action = &action, .entity = "EMAIL", .value = (const uint8_t *)"x", .size = 1};
        cr_expect_eq(pii__transform(&input, &out), PII_ERROR_ARGUMENT);
    }
    cr_expect_eq(out.size, 0);
}

Test(transform, stays_within_the_buffer)
{
    uint8_t value[600];
    memset(value, 'x', sizeof value);
    pii__keyring keys = test_keys();
    for (int kind = PII_ACTION_REPLACE; kind <= PII_ACTION_SURROGATE; kind++) {
        pii_action action = {.kind = (pii_action_kind)kind, .text = "nothing to see"};
        pii__transform_input input = {.action = &action, .entity = "EMAIL", .value = value, .size = sizeof value,
                                      .keys = &keys};
        if (kind == PII_ACTION_NUMBER || kind == PII_ACTION_KEEP || kind == PII_ACTION_REMOVE)
            continue;
        for (size_t limit = 0; limit < 8; limit++) {
            pii__buffer out;
            pii__buffer_init(&out, &pii__default_allocator, limit);
            pii_status status = pii__transform(&input, &out);
            cr_expect_eq(status, kind != PII_ACTION_TEXT && limit >= 7 ? PII_OK : PII_ERROR_LIMIT);
            cr_expect_eq(out.size, status == PII_OK ? 7 : 0);
            pii__buffer_free(&out);
        }
    }
}

Test(mask, hides_letters_and_digits_and_nothing_else)
{
    expect_becomes((pii_action){.kind = PII_ACTION_MASK}, "PHONE", "(415) 555-0134", "(***) ***-****");
    expect_becomes(first_one, "EMAIL", "kid@example.org", "k**@*******.***");
    expect_becomes(last_four, "PHONE", "+1 415 555 0134", "+* *** *** 0134");
    expect_becomes((pii_action){.kind = PII_ACTION_MASK, .keep_first = 2, .keep_last = 2}, "SSN", "123-45-6789",
                   "12*-**-**89");
}

Test(mask, shows_less_than_half)
{
    expect_becomes(last_four, "ZIP", "62704", "*****");
    expect_becomes(last_four, "PIN", "12345678", "********");
    expect_becomes(last_four, "PIN", "123456789", "*****6789");
    expect_becomes(first_one, "PERSON", "Bo", "**");
    expect_becomes((pii_action){.kind = PII_ACTION_MASK, .keep_first = ~0u, .keep_last = ~0u}, "X", "1234567890",
                   "**********");
    expect_becomes((pii_action){.kind = PII_ACTION_MASK, .keep_last = ~0u}, "X", "1234567890", "******7890");
}

Test(mask, knows_characters_beyond_ascii)
{
    expect_becomes(first_one, "PERSON", "Zoë Åberg", "Z** *****");
    expect_becomes(first_one, "PERSON", "E\xCC\x81va Lind", "E\xCC\x81** ****");   /* the mark stays on its letter */
    expect_becomes(first_one, "PERSON", "Ana\xCC\x81 Lind", "A** ****");           /* and goes with it */
    expect_becomes(last_four, "PHONE", "４１５ ５５５ ０１３４", "*** *** ０１３４");
    expect_becomes(first_one, "PERSON", "ab\xFF\xFE" "cd", "a*****");
    expect_becomes(first_one, "PERSON", "-- .", "[PERSON]");
}

Test(initial, is_the_first_letter)
{
    expect_becomes(initial, "PERSON", "Ada Lovelace", "A.");
    expect_becomes(initial, "PERSON", "\"ada\"", "a.");
    expect_becomes(initial, "PERSON", "Élodie", "É.");
    expect_becomes(initial, "PERSON", "E\xCC\x81lodie", "E\xCC\x81.");
    expect_becomes(initial, "PERSON", "\xE2\x80\x8B" "Ada", "A.");
    expect_becomes(initial, "PERSON", "Юлия", "Ю.");
    expect_becomes(initial, "PERSON", "🦄 Ada", "A.");
    expect_becomes(initial, "PERSON", "Ａｄａ", "Ａ.");
    expect_becomes(initial, "PERSON", "A.", "A.");
    expect_becomes(initial, "PERSON", "← ★ Ada", "A.");
    expect_becomes(initial, "PERSON", "\xCC\x81" "Ada", "A.");
    expect_becomes(initial, "PERSON", "½ Ada", "A.");
    expect_becomes(initial, "PERSON", "E\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x86lodie",
                   "E\xCC\x81\xCC\x82\xCC\x83\xCC\x84.");
    expect_becomes(initial, "PERSON", "𐐀𐐁", "𐐀.");
}

Test(initial, is_not_a_whole_name)
{
    expect_becomes(initial, "PERSON", "李小龙", "[PERSON]");
    expect_becomes(initial, "PERSON", "김민준", "[PERSON]");
    expect_becomes(initial, "PERSON", "豈小龙", "[PERSON]");
    expect_becomes(initial, "PERSON", "𠮷田", "[PERSON]");
    expect_becomes(initial, "PERSON", "🦄", "[PERSON]");
    expect_becomes(initial, "PHONE", "415-555-0134", "[PHONE]");
    expect_becomes(initial, "PERSON", "", "[PERSON]");
    expect_becomes(initial, "PERSON", "\xFF", "[PERSON]");
}
