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
