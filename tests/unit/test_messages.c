/* Reason codes and messages: every entity has its own, and languages are found as RFC 4647 says. */
#include <criterion/criterion.h>
#include <string.h>

#include "entity.h"
#include "messages.h"
#include "piiglet_message.h"

Test(messages, every_entity_has_its_own)
{
    for (size_t i = 0; i < pii__entity_count; i++) {
        const char *entity = pii__entities[i].name;
        cr_expect_str_neq(pii_reason(entity), pii_reason("OTHER"), "%s", entity);
        for (size_t j = 0; j < pii__catalogue_count; j++) {
            const char *language = pii__catalogues[j].language;
            cr_expect_str_neq(pii_message(entity, language), pii_message("OTHER", language), "%s %s", entity, language);
        }
    }
    cr_expect_eq(pii__reason_count, pii__entity_count + 1, "each entity once, and OTHER");
}

Test(messages, reasons_are_stable_names)
{
    cr_expect_str_eq(pii_reason("EMAIL"), "email.address");
    cr_expect_str_eq(pii_reason("PHONE"), "phone.number");
    cr_expect_str_eq(pii_reason("STUDENT_ID"), "other.private");
    cr_expect_str_eq(pii_reason(""), "other.private");
    cr_expect_str_eq(pii_reason(NULL), "other.private");
}

Test(messages, languages_are_looked_up)
{
    static const struct {
        const char *tag;
        const char *language; /* NULL: there is none */
    } samples[] = {
        {"en", "en"},         {"ES", "es"},       {"es-MX", "es"},    {"pt-br", "pt"}, {"zh-Hant-TW", "zh"},
        {"de-x-school", "de"}, {"fr-u-nu-latn", "fr"}, {"hi-IN", "hi"}, {"ar-EG", "ar"},  {"esp", NULL},
        {"e", NULL},          {"", NULL},         {"-", NULL},        {"-es", NULL},   {"x-es", NULL},
        {"tlh", NULL},        {"es_MX", NULL},    {NULL, NULL},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const char *language = "untouched", *tag = samples[i].tag;
        pii_status status = pii_message_language(tag, &language);
        const char *expected = samples[i].language ? samples[i].language : "untouched";
        cr_expect_eq(status, samples[i].language ? PII_OK : PII_ERROR_ARGUMENT, "%s", tag ? tag : "NULL");
        cr_expect_str_eq(language, expected, "%s", tag ? tag : "NULL");
        cr_expect_eq(pii_message("AGE", tag), pii_message("AGE", samples[i].language ? expected : "en"));
    }
    cr_expect_eq(pii_message_language("es", NULL), PII_ERROR_ARGUMENT);
}

Test(messages, languages_are_listed)
{
    const char *language = NULL, *name = NULL;
    size_t count = 0;
    while (pii_message_language_at(count, &language, &name)) {
        cr_expect(*language && *name);
        count++;
    }
    cr_expect_eq(count, 8);
    cr_assert(pii_message_language_at(0, &language, NULL));
    cr_expect_str_eq(language, "en");
    cr_assert(pii_message_language_at(1, NULL, &name));
    cr_expect_not(pii_message_language_at(count, &language, &name));
    cr_expect_str_eq(language, "en");
}
