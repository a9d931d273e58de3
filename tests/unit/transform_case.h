/* transform_case.h - one value, one action, what comes out. */
#ifndef TRANSFORM_CASE_H
#define TRANSFORM_CASE_H

#include <criterion/criterion.h>
#include <string.h>

#include "transform.h"

enum { PII_TEST_TODAY = 20780 /* 2026-11-23 */ };

/* Two keys: "k1" of the bytes 1 to 32, and "k2", the active one, of 33 to 64. */
static inline pii__keyring test_keys(void)
{
    pii__keyring keys = {0};
    uint8_t secret[PII__KEY_SECRET_SIZE];
    for (unsigned which = 0; which < 2; which++) {
        for (size_t i = 0; i < sizeof secret; i++)
            secret[i] = (uint8_t)(1 + i + which * sizeof secret);
        cr_assert_eq(pii__keyring_add(&keys, which ? "k2" : "k1", secret, sizeof secret), PII_OK);
    }
    return keys;
}

/* What `action` makes of a value; the text is freed by the caller. */
static inline char *transformed(pii_action action, const char *entity, const char *value, size_t size)
{
    pii__keyring keys = test_keys();
    pii__buffer out;
    pii__buffer_init(&out, &pii__default_allocator, 4096);
    pii__transform_input input = {.action = &action, .entity = entity, .value = (const uint8_t *)value, .size = size,
                                  .keys = &keys, .reference_day = PII_TEST_TODAY,
                                  .subject = (const uint8_t *)"pupil 7", .subject_size = 7};
    cr_assert_eq(pii__transform(&input, &out), PII_OK);
    char *text = strndup(out.size ? (const char *)out.bytes : "", out.size);
    pii__buffer_free(&out);
    return text;
}

static inline void expect_becomes(pii_action action, const char *entity, const char *value, const char *expected)
{
    char *text = transformed(action, entity, value, strlen(value));
    cr_expect_str_eq(text, expected, "%s: \"%s\" became \"%s\", not \"%s\"", entity, value, text, expected);
    free(text);
}

/* Whether two values become the same. */
static inline bool becomes_same(pii_action action, const char *entity, const char *one, const char *other)
{
    char *a = transformed(action, entity, one, strlen(one)), *b = transformed(action, entity, other, strlen(other));
    bool same = !strcmp(a, b);
    free(a);
    free(b);
    return same;
}

#endif
