#include "address_tokens.h"
#include "address_words.h"
#include "skeleton.h"
#include "table.h"
#include "validate_case.h"

Test(table, finds_its_keys_whatever_their_case)
{
    cr_expect(pii__table_has(&pii__table_tlds, (const uint8_t *)"org", 3));
    cr_expect(pii__table_has(&pii__table_tlds, (const uint8_t *)"ORG", 3));
    cr_expect(!pii__table_has(&pii__table_tlds, (const uint8_t *)"or", 0));
    cr_expect(!pii__table_has(&pii__table_tlds, (const uint8_t *)"orgx", 4));
    cr_expect(!pii__table_has(&pii__table_tlds, (const uint8_t *)"or\0g", 4));
    cr_expect_str_eq(pii__table_value(&pii__table_iban_lengths, (const uint8_t *)"NO", 2), "15");
    cr_expect_null(pii__table_value(&pii__table_iban_lengths, (const uint8_t *)"zz", 2));
}

/* Finds each key of a table under its own name; returns their number. */
static size_t expect_every_key(const pii__table *table)
{
    size_t count = 0;
    for (size_t slot = 0; slot <= table->mask; slot++) {
        if (!table->slots[slot])
            continue;
        const char *key = table->text + table->slots[slot] - 1;
        const char *value = pii__table_value(table, (const uint8_t *)key, strlen(key));
        cr_expect_eq((const void *)value, (const void *)(key + strlen(key) + 1), "\"%s\" is not found", key);
        count++;
    }
    return count;
}

Test(table, finds_every_entry_of_every_table)
{
    const pii__table *tables[] = {&pii__table_account_stop_words,
                                  &pii__table_address_anti_words,
                                  &pii__table_country_calling_codes,
                                  &pii__table_iban_lengths,
                                  &pii__table_nanp_area_codes,
                                  &pii__table_street_suffixes,
                                  &pii__table_technical_hosts,
                                  &pii__table_tlds,
                                  &pii__table_us_states};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        size_t count = expect_every_key(tables[i]);
        cr_expect_gt(count, 10);
        cr_expect_leq(2 * count, (size_t)tables[i]->mask + 1, "half of the slots stay empty");
    }
}

Test(address_words, finds_every_word_under_its_hash)
{
    size_t count = 0;
    for (uint32_t slot = 0; slot <= pii__address_words_mask; slot++) {
        const pii__address_word *word = &pii__address_words[slot];
        if (!word->text)
            continue;
        const char *key = pii__address_words_text + word->text - 1;
        pii__tokens tokens;
        pii__tokens_read(&tokens, (const uint8_t *)key, 0, strlen(key));
        const unsigned of_bytes = PII__TOKEN_CAPITAL | PII__TOKEN_DIGIT | PII__TOKEN_NUMBER | PII__TOKEN_ORDINAL;
        if (tokens.count == 1) /* "u.s." is two words of a text */
            cr_expect_eq(tokens.list[0].flags & ~of_bytes, word->flags, "\"%s\" is not found", key);
        count++;
    }
    cr_expect_gt(count, 1000);
    cr_expect_leq(2 * count, (size_t)pii__address_words_mask + 1, "half of the slots stay empty");
}

/* What the word alone may be in an address. */
static unsigned flags_of(const char *word)
{
    pii__tokens tokens;
    pii__tokens_read(&tokens, (const uint8_t *)word, 0, strlen(word));
    return tokens.list[0].flags;
}

Test(address_words, are_what_their_tables_say)
{
    cr_expect_eq(flags_of("parkway"), PII__TOKEN_SUFFIX);
    cr_expect_eq(flags_of("Bend"), PII__TOKEN_SUFFIX | PII__TOKEN_EVERYDAY | PII__TOKEN_CAPITAL);
    cr_expect_eq(flags_of("DRIVE"),
                 PII__TOKEN_SUFFIX | PII__TOKEN_EVERYDAY | PII__TOKEN_USUAL | PII__TOKEN_CAPITAL);
    cr_expect(!(flags_of("str") & PII__TOKEN_SUFFIX), "no suffix, though a list has it");
    cr_expect_eq(flags_of("calle"), PII__TOKEN_PREFIX | PII__TOKEN_LEAD);
    cr_expect_eq(flags_of("us"), PII__TOKEN_COUNTRY | PII__TOKEN_ROUTE | PII__TOKEN_STOP);
    cr_expect_eq(flags_of("nw"), PII__TOKEN_DIRECTION);
    cr_expect_eq(flags_of("suite"), PII__TOKEN_UNIT);
    cr_expect_eq(flags_of("acres"), PII__TOKEN_COUNTED);
    cr_expect_eq(flags_of("abbildung"), 0, "speaks against only before the number");
    cr_expect_eq(flags_of("west"), PII__TOKEN_DIRECTION | PII__TOKEN_STATE_BEGINS);
    cr_expect_eq(flags_of("kestrel"), 0);
}

Test(registry, is_in_order_and_complete)
{
    for (const pii__validator *validator = pii__validators; validator->name; validator++) {
        cr_expect_eq(pii__validator_find(validator->name), validator);
        cr_expect_leq(validator->behind, (size_t)PII__RULE_REACH_MAX);
        cr_expect_leq(validator->ahead, (size_t)PII__RULE_REACH_MAX);
        if (validator[1].name)
            cr_expect_lt(strcmp(validator->name, validator[1].name), 0, "%s", validator->name);
    }
    cr_expect_null(pii__validator_find("no such"));
}

Test(email, ends_with_the_top_level_domain)
{
    expect_span("email", "[[kid@example.org]]", "kid@example.org");
    expect_span("email", "[[kid@example.org.Then]]", "kid@example.org");
    expect_span("email", "[[kid@mail.example.co.uk]]", "kid@mail.example.co.uk");
    expect_span("email", "[[kid@example.\xD1\x80\xD1\x84]]", "kid@example.\xD1\x80\xD1\x84");
    expect_span("email", "[[kid@example.xn--p1ai]]", "kid@example.xn--p1ai");
}

Test(email, begins_after_what_only_stands_before_it)
{
    expect_span("email", "[['kid@example.org]]", "kid@example.org");
    expect_span("email", "[[email=kid@example.org]]", "kid@example.org");
    expect_span("email", "[[m='kid@example.org]]", "kid@example.org");
    expect_span("email", "[[a|kid@example.org]]", "kid@example.org");
    expect_span("email", "[[o'brien@example.org]]", "o'brien@example.org");
    expect_span("email", "[[kid+1=2@example.org]]", "kid+1=2@example.org");
    expect_span("email", "[[\"a b\"@example.org]]", "\"a b\"@example.org");
}

Test(email, is_no_file_and_no_package)
{
    expect_refused("email", "[[hero@2x.png]]");
    expect_refused("email", "[[left@1.3.0]]");
    expect_refused("email", "[[...@example.org]]");
    expect_refused("email", "[[kid@host]]");
    expect_surer("email", "[[kid@example.org]]", "[[kid@example.notatld]]");
}

Test(email, may_have_a_host_number_in_brackets)
{
    expect_valid("email", "[[kid@[192.0.2.1] ]]");
    expect_valid("email", "[[kid@[IPv6:2001:db8::1] ]]");
    expect_refused("email", "[[kid@[text] ]]");
}

Test(email_spelled, needs_a_domain_and_an_account_name)
{
    expect_valid("email_spelled", "[[kid at example dot org]]");
    expect_valid("email_spelled", "[[kid (at) example (dot) org]]");
    expect_valid("email_spelled", "[[look (at) example (dot) org]]");
    expect_refused("email_spelled", "[[look at example dot org]]");
    expect_surer("email_spelled", "[[kid at example dot org]]", "[[kid at example dot nothing]]");
    expect_refused("email_spelled", "[[kid at example dot 7]]");
    expect_surer("email_spelled", "[[kid at example dot org]]", "[[kid at example.org]]");
    expect_surer("email_spelled", "[[kid arroba example.org]]", "[[kid at example.org]]");
}

Test(email, may_look_like_what_it_is_not)
{
    expect_valid("email", "[[kid@example.c0m]]");
    expect_valid("email", "[[kid@example.\xD1\x81\xD0\xBEm]]"); /* com with Cyrillic c and o */
    expect_refused("email", "[[kid@1.0m]]");
    expect_valid("email", "[[kid@example.xn--kgbechtv]]");
    expect_valid("email", "[[kid@a1.b2.c3.d4]]");
    expect_refused("email", "[[kit@1.b2.c3.d4]]");
}

static void expect_skeleton(const char *text, const char *skeleton, size_t signs)
{
    uint8_t ascii[32];
    size_t size = 99;
    cr_expect_eq(pii__skeleton((const uint8_t *)text, strlen(text), ascii, &size), signs, "%s", text);
    cr_expect(size == strlen(skeleton) && !memcmp(ascii, skeleton, size), "%s: \"%.*s\"", text, (int)size,
              (char *)ascii);
}

Test(skeleton, is_what_a_word_looks_like)
{
    expect_skeleton("Gmail", "gmail", 0);
    expect_skeleton("gm4il", "gmail", 1);
    expect_skeleton("c0m", "com", 1);
    expect_skeleton("\xD1\x81\xD0\xBE\xD0\xBC", "com", 0);
    expect_skeleton("\xD1\x8E", "", 0); /* looks like no letter */
    expect_skeleton("com\xD1", "", 0);   /* cut */
    expect_skeleton("a_b", "", 0);
}

Test(email_spelled, ends_with_the_top_level_domain)
{
    expect_span("email_spelled", "[[kid at example dot org.Then]]", "kid at example dot org");
    expect_span("email_spelled", "[[kid at example dot org dot]]", "kid at example dot org");
    expect_span("email_spelled", "[[kid-at-example-dot-org]]", "kid-at-example-dot-org");
    expect_refused("email_spelled", "[[kid at example org]]");
}

Test(email_spelled, is_no_end_of_a_sentence)
{
    expect_surer("email_spelled", "[[kid @ example.org]]", "[[kid @ home. It]]");
    expect_surer("email_spelled", "[[kid @ example. com]]", "[[kid @ noon. no]]");
    expect_valid("email_spelled", "[[me_2 at example dot org]]");
    expect_valid("email_spelled", "[[me.too at example dot org]]");
}

Test(email_provider, needs_a_name_that_looks_like_one)
{
    expect_refused("email_provider", "[[works at gmail]]");
    expect_valid("email_provider", "[[works@gmail]]");
    expect_surer("email_provider", "[[kid_7 at gmail]]", "[[noah at gmail]]");
    expect_surer("email_provider", "[[noah at gmail dot com]]", "[[noah at gmail]]");
}

Test(url, leaves_the_punctuation_of_the_sentence)
{
    expect_span("url", "[[https://example.org/a?b=c.]]", "https://example.org/a?b=c");
    expect_span("url", "[[https://example.org/a_(b)]]", "https://example.org/a_(b)");
    expect_span("url", "[[https://example.org/a)]]", "https://example.org/a");
    expect_span("url", "[[https://example.org/\"),]]", "https://example.org/");
    expect_span("url", "[[www.example.org.Then]]", "www.example.org");
}

Test(url, is_a_host_of_the_internet_but_no_name_space)
{
    expect_valid("url", "[[http://192.0.2.1/x]]");
    expect_valid("url", "[[https://kid:pw@example.org:8080/]]");
    expect_refused("url", "[[http://localhost:3000/]]");
    expect_refused("url", "[[http://www.w3.org/2000/svg]]");
    expect_refused("url", "[[http://schemas.microsoft.com/x]]");
    expect_valid("url", "[[http://notwww.w3.org.example.org/]]");
}

Test(url, of_a_host_alone_is_less_sure)
{
    expect_surer("url", "x [[example.org/kid]] y", "x [[example.org]] y");
    expect_surer("url", "x\n[[example.org]]\ny", "x [[example.org]] y");
    expect_surer("url", "[[example.org]]", "[[example.org]] y");
    expect_surer("url", "x [[www.example.org]] y", "x [[wow.example.org]] y");
    expect_surer("url", "x [[https://example.org]] y", "x [[example.org]] y");
    expect_valid("url", "[[https://kid@pass:word/x]]");
}

Test(url_named, is_no_sentence)
{
    expect_valid("url_named", "[[robotkid.de]]");
    expect_valid("url_named", "[[robotkid.de/it]]");
    expect_refused("url_named", "[[us.It]]");
    expect_refused("url_named", "[[page.is]]");
    expect_refused("url_named", "[[robot.id.x]]");
    expect_refused("url_named", "[[index.html]]");
}

Test(social_handle, is_no_word_that_is_said_of_platforms)
{
    expect_valid("social_handle", "[[lena_07]]");
    expect_valid("social_handle", "[[@private]] and so on");
    expect_valid("social_handle", "[[lenaplays]]");
    expect_valid("social_handle", "[[lenaplays]] add me");
    expect_valid("social_handle", "[[LenaPlays]] here");
    expect_span("social_handle", "[[lena.plays.]]", "lena.plays");
    expect_refused("social_handle", "[[private]]");
    expect_refused("social_handle", "[[lenaplays]] tonight");
    expect_refused("social_handle", "[[lenaplays]] address");
    expect_refused("social_handle", "[[12]]");
    expect_refused("social_handle", "[[12345]]");
}

Test(email_spelled, holds_nothing_redacted)
{
    expect_refused("email_spelled", "[[kid at example dot[PHONE]] ]");
    expect_refused("email_spelled", "[[play at [URL] [dot] com]]");
    expect_refused("email_spelled", "[ [[ADDRESS]{a}example{dot}de]]");
    expect_refused("email_provider", "[ [[PHONE] at gmail]]");
    expect_valid("email_spelled", "[[KID[AT]EXAMPLE[DOT]COM]]");
}

Test(email, goes_on_without_a_blank_in_east_asian_text)
{
    expect_span("email", "[[\xE6\x98\xAFkid@example.cn\xE5\x93\xA6]]", "kid@example.cn");
    expect_span("email_spelled", "[[\xE6\x98\xAFkid @ example.cn\xE5\x93\xA6]]", "kid @ example.cn");
    expect_span("email_provider", "[[\xE6\x98\xAFkid@gmail]]", "kid@gmail");
    expect_span("email", "[[m\xC3\xBCller@example.de]]", "m\xC3\xBCller@example.de");
}
