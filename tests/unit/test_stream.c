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

/* The match of the first rule begins before that of the second; its span, behind it. */
static const char narrow_rules[] = "piiglet: 1\n"
                                   "family: t\n"
                                   "description: t\n"
                                   "entities: [PIN]\n"
                                   "rules:\n"
                                   "  - id: t.pin\n"
                                   "    entity: PIN\n"
                                   "    description: d\n"
                                   "    pattern: 'pin (?:[a-z@.]{1,30} ){1,3}(?<pii>[0-9]{6})'\n"
                                   "    confidence: 0.9\n"
                                   "    tests: {match: ['pin is {{123456}}'], pass: ['x']}\n"
                                   "  - id: t.mail\n"
                                   "    entity: EMAIL\n"
                                   "    description: d\n"
                                   "    pattern: '[a-z]{1,9}@[a-z]{1,9}\\.com'\n"
                                   "    confidence: 0.9\n"
                                   "    tests: {match: ['{{a@b.com}}'], pass: ['x']}\n";

static pii_ruleset *compiled(const char *yaml)
{
    pii_compiler *compiler;
    pii_ruleset *ruleset;
    cr_assert_eq(pii_compiler_new(NULL, &compiler), PII_OK);
    cr_assert_eq(pii_compiler_add(compiler, "t", yaml, strlen(yaml)), PII_OK);
    cr_assert_eq(pii_compiler_finish(compiler, &ruleset), PII_OK);
    pii_compiler_free(compiler);
    return ruleset;
}

Test(stream, a_span_waits_for_those_before_it_wherever_a_step_ends)
{
    static const char line[] = "my pin for a@b.com now 123456 ok";
    static const char expected[] = "my pin for [EMAIL] now [PIN] ok";
    pii_ruleset *narrow = compiled(narrow_rules);
    pii_stream *steps;
    size_t pending = 1, begin = 100;
    char text[2000], got[64];
    memset(text, ' ', sizeof text);
    memcpy(text + begin, line, strlen(line));
    cr_assert_eq(pii_stream_new(narrow, NULL, PII_FORMAT_TEXT, NULL, &steps), PII_OK);
    for (size_t at = 0; at < sizeof text; at++) {
        pii_in in = {text + at, 1, 0};
        do {
            pii_out out = {got, sizeof got, 0};
            pii_directive directive = at + 1 == sizeof text ? PII_END : PII_FLUSH;
            cr_assert_eq(pii_stream_run(steps, &out, &in, directive, &pending), PII_OK);
            memcpy(output + output_size, got, out.pos);
            output_size += out.pos;
        } while (pending || in.pos < in.size);
    }
    cr_expect_eq(output_size, sizeof text - strlen(line) + strlen(expected));
    cr_expect_eq(memcmp(output + begin, expected, strlen(expected)), 0);
    pii_stream_free(steps);
    pii_ruleset_free(narrow);
}
