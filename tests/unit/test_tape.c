/* What no rule can find anything in leaves the tape when its field ends; what one could stays. */
#include <criterion/criterion.h>

#include "memory.h"
#include "tape.h"

enum { WIDTH = 6 /* of the shortest match, whatever it consists of */ };

static pii__tape tape;
static pii__clean clean;

static void setup(void)
{
    pii__tape_init(&tape, &pii__default_allocator);
    for (size_t i = 0; i < PII__KIND_SETS; i++)
        tape.widths.of[i] = WIDTH;
    memset(&clean, 0, sizeof clean);
}

static void teardown(void)
{
    pii__tape_free(&tape);
}

TestSuite(tape, .init = setup, .fini = teardown);

/* A field of a text, whose source is the text itself. */
static void put(const char *text)
{
    uint64_t source = tape.text.size;
    pii__tape_begin(&tape, 0, source);
    pii__tape_raw(&tape, (const uint8_t *)text, strlen(text));
    pii__tape_end(&tape, source + strlen(text));
}

static void put_name(const char *text)
{
    uint64_t source = tape.text.size;
    pii__tape_begin_name(&tape, 0, source);
    pii__tape_raw(&tape, (const uint8_t *)text, strlen(text));
    pii__tape_end(&tape, source + strlen(text));
}

static void expect_fields(size_t count, size_t size)
{
    cr_assert_eq(tape.status, PII_OK);
    cr_expect_eq(tape.field_count, count, "%zu fields, not %zu", tape.field_count, count);
    cr_expect_eq(tape.text.size, size, "%zu bytes, not %zu", tape.text.size, size);
}

Test(tape, short_fields_leave_it)
{
    put("ab 12");
    expect_fields(0, 0);
    put("");
    expect_fields(0, 0);
    put("abc 12");
    expect_fields(1, 7);
    put("ab 12");
    expect_fields(1, 7);
    put("abc 34");
    expect_fields(2, 14);
}

Test(tape, what_is_not_ascii_stays)
{
    put("\xC3\xA9" "a");
    expect_fields(1, 4);
}

Test(tape, a_short_name_stays_for_its_value)
{
    put_name("ab");
    put("abc 12");
    expect_fields(2, 10);
    put_name("cd");
    put("12");
    expect_fields(2, 10);
    put_name("abcdef");
    put("12");
    expect_fields(3, 17);
}

Test(tape, fields_that_were_clean_leave_it)
{
    tape.clean = &clean;
    put("abc 12");
    put_name("name");
    put("abc 34");
    expect_fields(3, 19);
    pii__tape_learn(&tape);
    pii__tape_clear(&tape);
    put("abc 12");
    expect_fields(0, 0);
    put("abc 34");
    expect_fields(1, 7);
    put_name("name");
    put("abc 34");
    expect_fields(1, 7);
    put_name("other");
    put("abc 34");
    expect_fields(3, 20);
}

static void put_cancelled(const char *text)
{
    pii__tape_begin(&tape, 0, tape.text.size);
    pii__tape_raw(&tape, (const uint8_t *)text, strlen(text));
    pii__tape_cancel(&tape);
}

Test(tape, a_field_that_is_none_leaves_it_alone)
{
    put_cancelled("abc 12");
    expect_fields(0, 0);
    put_name("abcdef");
    put_cancelled("abc 34");
    expect_fields(1, 7);
    cr_expect_eq(tape.text.bytes[6], PII__FENCE, "the name speaks for nothing");
    put_name("abcdef");
    cr_expect_eq(tape.text.bytes[13], PII__NAME_FENCE);
    put("abc 12");
    put_cancelled("abc 34");
    expect_fields(3, 21);
}

Test(tape, code_points_are_utf_8)
{
    static const struct {
        uint32_t code_point;
        const char *bytes;
    } cases[] = {
        {0x7F, "\x7F"},           {0x80, "\xC2\x80"},       {0x7FF, "\xDF\xBF"},           {0x800, "\xE0\xA0\x80"},
        {0xD7FF, "\xED\x9F\xBF"}, {0xD800, "\xFF"},         {0xDFFF, "\xFF"},              {0xE000, "\xEE\x80\x80"},
        {0xFFFF, "\xEF\xBF\xBF"}, {0x10000, "\xF0\x90\x80\x80"}, {0x10FFFF, "\xF4\x8F\xBF\xBF"}, {0x110000, "\xFF"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t size = strlen(cases[i].bytes);
        pii__tape_restart(&tape);
        pii__tape_begin(&tape, 0, 0);
        pii__tape_code_point(&tape, cases[i].code_point, 0, 4);
        cr_expect(tape.text.size == size && !memcmp(tape.text.bytes, cases[i].bytes, size), "U+%X",
                  cases[i].code_point);
        pii__tape_end(&tape, 4);
    }
}
