#include <criterion/criterion.h>
#include <string.h>

#include "memory.h"
#include "view.h"

static pii__view view;

static void setup(void)
{
    pii__view_init(&view, &pii__default_allocator);
}

static void teardown(void)
{
    pii__view_free(&view);
}

TestSuite(view, .init = setup, .fini = teardown);

static void expect(const char *source, const char *text)
{
    cr_assert_eq(pii__view_build(&view, (const uint8_t *)source, strlen(source), true, false), PII_OK);
    cr_expect_eq(view.size, strlen(text), "%zu bytes for \"%s\"", view.size, text);
    cr_expect_eq(memcmp(view.bytes, text, view.size), 0, "\"%.*s\" for \"%s\"", (int)view.size,
                 (const char *)view.bytes, text);
    cr_expect_eq(view.source_size, strlen(source));
}

Test(view, is_the_source_itself_where_nothing_folds)
{
    const char *plain = "plain\ttext\r\n";
    const char *accents = "caf\xC3\xA9 \xE4\xB8\xAD";
    expect(plain, plain);
    cr_expect_eq((const void *)view.bytes, (const void *)plain);
    expect(accents, accents);
    cr_expect_eq((const void *)view.bytes, (const void *)accents);
}

Test(view, folds_digits_letters_and_signs)
{
    expect("\xEF\xBC\x95\xD9\xA5\xE0\xA5\xAB\xF0\x9D\x9F\x93",
           "5555"); /* full-width, Arabic, Devanagari, mathematical */
    expect("5\xEF\xB8\x8F\xE2\x83\xA3", "5");                           /* keycap */
    expect("\xE2\x91\xA4\xE2\x9D\xBA", "55");                           /* circled, negative circled */
    expect("\xEF\xBC\xA0\xEF\xB9\xAB", "@@");
    expect("a\xE2\x80\x91" "b\xE2\x88\x92" "c", "a-b-c"); /* non-breaking hyphen, minus */
    expect("a\xC2\xA0" "b\xE3\x80\x80" "c", "a b c");
    expect("\xE2\x80\x99\xE2\x80\x9C", "'\"");
    expect("\xF0\x9D\x93\x80\xF0\x9D\x92\xBE\xF0\x9D\x92\xB9", "kid"); /* script letters */
    expect("x\xE2\x80\xA6y", "x...y");
}

Test(view, folds_letters_in_frames)
{
    expect("\xE2\x92\xA6\xF0\x9F\x85\x98\xF0\x9F\x85\xB3", "kID"); /* brackets, black circle and square */
    expect("\xF0\x9F\x87\xB0\xF0\x9F\x87\xAE", "KI"); /* flags */
    expect("\xE1\xB4\x8B\xC9\xAA\xE1\xB4\x85", "kid"); /* small capitals */
    expect("\xE2\x91\xB4\xE2\x91\xA9\xE2\x93\xAB", "11011"); /* (1), circled 10, black circled 11 */
    expect("\xF0\x9F\xAF\xB5", "5"); /* segmented */
}

Test(view, folds_signs)
{
    expect("a\xE2\x94\x80" "b\xE3\x85\xA1" "c", "a-b-c"); /* box drawing, Hangul */
    expect("a\xE2\xA0\x80" "b", "a b");                     /* Braille blank */
    expect("\xE3\x80\x90" "at\xE3\x80\x91", "[at]");
    expect("x\xE2\x99\xAF" "1", "x#1");
    expect("\xC2\xAB" "x\xC2\xBB", "\"x\"");
}

Test(view, leaves_out_what_cannot_be_seen)
{
    expect("k\xE2\x80\x8Bi\xC2\xAD" "d", "kid");
    expect("k\xCC\x81id", "kid");
    expect("k\xD2\x89i\xE2\x83\x9D" "d", "kid"); /* Cyrillic millions sign, enclosing circle */
    expect("k\x01i\x7F" "d", "kid");
    expect("k\xFFi\xC0\x80" "d\xED\xA0\x80!", "kid!"); /* invalid, overlong, surrogate */
}

Test(view, knows_where_everything_came_from)
{
    const char *source = "\xE2\x80\x8B" "a\xE2\x80\xA6" "b\xCC\x81" "c";
    expect(source, "a...bc");
    cr_expect_eq(pii__view_source_begin(&view, 0), 3);
    cr_expect_eq(pii__view_source_end(&view, 1), 4);
    for (size_t at = 1; at < 4; at++) {
        cr_expect_eq(pii__view_source_begin(&view, at), 4);
        cr_expect_eq(pii__view_source_end(&view, at + 1), 7);
        cr_expect_eq(pii__view_snap(&view, at), 1);
    }
    cr_expect_eq(pii__view_source_begin(&view, 4), 7);
    cr_expect_eq(pii__view_source_end(&view, 5), 10, "the mark belongs to the b");
    cr_expect_eq(pii__view_source_begin(&view, 5), 10);
    cr_expect_eq(pii__view_source_begin(&view, 6), 11);
}

Test(view, waits_for_the_rest_of_a_character)
{
    const uint8_t cut[] = {'a', 0xE2, 0x80};
    cr_assert_eq(pii__view_build(&view, cut, sizeof cut, false, false), PII_OK);
    cr_expect_eq(view.size, 1);
    cr_expect_eq(view.source_size, 1);
    cr_assert_eq(pii__view_build(&view, cut, sizeof cut, true, false), PII_OK);
    cr_expect_eq(view.size, 1, "invalid at the end of the text");
    cr_expect_eq(view.source_size, 3);
}

Test(view, builds_walls_in_long_ignorable_runs)
{
    uint8_t source[300] = {0};
    source[0] = 'a';
    source[299] = 'b';
    cr_assert_eq(pii__view_build(&view, source, sizeof source, true, false), PII_OK);
    size_t walls = 298 / (PII__IGNORED_RUN_MAX + 1);
    cr_assert_eq(view.size, 2 + walls);
    for (size_t i = 1; i <= walls; i++) {
        cr_expect_eq(view.bytes[i], PII__VIEW_WALL);
        cr_expect(pii__view_wall_at(&view, i));
    }
    /* a view that starts at a wall goes on in the same way */
    size_t from = pii__view_source_begin(&view, 2), rest = view.size - 2;
    cr_assert_eq(pii__view_build(&view, source + from, sizeof source - from, true, true), PII_OK);
    cr_expect_eq(view.size, rest);
    cr_expect_eq(view.bytes[0], PII__VIEW_WALL);
}
