#include <criterion/criterion.h>
#include <string.h>

#include "piiglet.h"
#include "test_rules.h"

enum { room = 1 << 20 };

static pii_ruleset *rules;
static pii_stream *stream;
static char *output;
static size_t output_size;

static void setup(void)
{
    rules = test_ruleset();
    cr_assert_eq(pii_stream_new(rules, NULL, PII_FORMAT_TEXT, NULL, &stream), PII_OK);
    output = malloc(room);
    output_size = 0;
}

static void teardown(void)
{
    pii_stream_free(stream);
    pii_ruleset_free(rules);
    free(output);
}

TestSuite(stream, .init = setup, .fini = teardown);

static int collect(void *context, const pii_piece *pieces, size_t count)
{
    (void)context;
    for (size_t i = 0; i < count; i++) {
        memcpy(output + output_size, pieces[i].data, pieces[i].size);
        output_size += pieces[i].size;
    }
    return 0;
}

static int refuse(void *context, const pii_piece *pieces, size_t count)
{
    (void)context, (void)pieces, (void)count;
    return 1;
}

Test(stream, redacts_a_run_of_any_length_in_constant_memory)
{
    char piece[4000];
    memset(piece, 'a', sizeof piece);
    cr_assert_eq(pii_stream_write(stream, "x kid@", 6, collect, NULL), PII_OK);
    for (int i = 0; i < 1000; i++)
        cr_assert_eq(pii_stream_write(stream, piece, sizeof piece, collect, NULL), PII_OK);
    cr_assert_eq(pii_stream_write(stream, "! abc", 5, collect, NULL), PII_OK);
    cr_assert_eq(pii_stream_finish(stream, collect, NULL), PII_OK);
    cr_expect_eq(output_size, strlen("x [EMAIL]! [ADDRESS]"));
    cr_expect_eq(memcmp(output, "x [EMAIL]! [ADDRESS]", output_size), 0);
    cr_expect_eq(pii_stream_offset(stream), 6 + 4000 * 1000 + 5);
}

Test(stream, ends_once_and_can_begin_again)
{
    cr_assert_eq(pii_stream_finish(stream, collect, NULL), PII_OK);
    cr_expect_eq(pii_stream_write(stream, "x", 1, collect, NULL), PII_ERROR_STATE);
    pii_stream_reset(stream);
    cr_assert_eq(pii_stream_write(stream, "kid@x", 5, collect, NULL), PII_OK);
    cr_assert_eq(pii_stream_finish(stream, collect, NULL), PII_OK);
    cr_expect_eq(output_size, strlen("[EMAIL]"));
}

Test(stream, stops_when_the_sink_says_so)
{
    char text[10000];
    memset(text, '.', sizeof text);
    cr_expect_eq(pii_stream_write(stream, text, sizeof text, refuse, NULL), PII_ERROR_SINK);
    cr_expect_eq(pii_stream_write(stream, text, sizeof text, collect, NULL), PII_ERROR_STATE);
}

static int write_again(void *context, const pii_piece *pieces, size_t count)
{
    (void)pieces, (void)count;
    *(pii_status *)context = pii_stream_write(stream, "x", 1, collect, NULL);
    return 0;
}

Test(stream, refuses_to_be_entered_by_its_own_sink)
{
    pii_status inner = PII_OK;
    char text[10000];
    memset(text, '.', sizeof text);
    cr_assert_eq(pii_stream_write(stream, text, sizeof text, write_again, &inner), PII_OK);
    cr_expect_eq(inner, PII_ERROR_BUSY);
}

Test(stream, cursor_form_flushes_what_is_final)
{
    char text[3000];
    memset(text, '.', sizeof text);
    pii_in in = {text, sizeof text, 0};
    pii_out out = {output, room, 0};
    size_t pending;
    cr_assert_eq(pii_stream_run(stream, &out, &in, PII_CONTINUE, &pending), PII_OK);
    cr_assert_eq(pii_stream_run(stream, &out, &in, PII_FLUSH, &pending), PII_OK);
    cr_expect_eq(in.pos, in.size);
    cr_expect_eq(pending, 0);
    cr_expect_geq(out.pos, sizeof text - pii_ruleset_hold_back(rules) - 8);
    cr_assert_eq(pii_stream_run(stream, &out, &in, PII_END, &pending), PII_OK);
    cr_expect_eq(out.pos, sizeof text);
    cr_assert_eq(pii_stream_run(stream, &out, &in, PII_END, &pending), PII_OK);
    cr_expect_eq(pending, 0);
}
