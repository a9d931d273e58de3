/* split_invariance RANDOM_TEXTS [sample|all [actions]] - however a stream is cut, its output and its findings are
 * those of one pii_scrub call.
 *
 * Every vector of the embedded rules, alone and amid other text, is cut at every place, then into
 * pieces of 1 to 5 bytes, then read through output buffers of 1 to 7 bytes; random texts are cut at
 * random. One text is one case. `sample` takes every 50th vector only; `actions` gives the entities different
 * actions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "tally.h"

enum { PAGE = 65536 }; /* the engine folds text a page at a time: a seam of its own */

struct checker {
    test_session session;
    pii_scrubber *scrubber;
    pii_stream *stream;
    test_answer expected;
    test_bytes output;
    test_findings findings;
};

static void begin_stream(struct checker *checker)
{
    pii_stream_reset(checker->stream);
    checker->output.size = 0;
    checker->findings.count = 0;
}

static bool as_expected(const struct checker *checker)
{
    const test_bytes *expected = &checker->expected.output;
    return checker->output.size == expected->size &&
           (expected->size == 0 || memcmp(checker->output.data, expected->data, expected->size) == 0) &&
           findings_equal(checker->findings.list, checker->findings.count, checker->expected.findings.list,
                          checker->expected.findings.count);
}

static bool end_stream(struct checker *checker, size_t size)
{
    return pii_stream_finish(checker->stream, bytes_sink, &checker->output) == PII_OK &&
           pii_stream_offset(checker->stream) == size && as_expected(checker);
}

static bool write_piece(struct checker *checker, const char *data, size_t size)
{
    return pii_stream_write(checker->stream, data, size, bytes_sink, &checker->output) == PII_OK;
}

static bool cut_once(struct checker *checker, const test_bytes *text, size_t at)
{
    begin_stream(checker);
    return write_piece(checker, text->data, at) && write_piece(checker, text->data + at, text->size - at) &&
           end_stream(checker, text->size);
}

static bool cut_evenly(struct checker *checker, const test_bytes *text, size_t piece)
{
    begin_stream(checker);
    for (size_t at = 0; at < text->size; at += piece)
        if (!write_piece(checker, text->data + at, text->size - at < piece ? text->size - at : piece))
            return false;
    return end_stream(checker, text->size);
}

static bool cut_at_random(struct checker *checker, const test_bytes *text, size_t largest, random_source *random)
{
    begin_stream(checker);
    for (size_t at = 0; at < text->size;) {
        size_t piece = random_below(random, largest + 1);
        if (piece > text->size - at)
            piece = text->size - at;
        if (!write_piece(checker, text->data + at, piece))
            return false;
        at += piece;
    }
    return end_stream(checker, text->size);
}

/* The cursor form: input in pieces, an output buffer of `room` bytes, emptied when it is full. A
 * directive other than CONTINUE is given for the last piece, and FLUSH for all pieces if `flush`. */
static bool through_cursors(struct checker *checker, const test_bytes *text, size_t piece, size_t room, bool flush)
{
    char buffer[64];
    size_t pending = 1;
    begin_stream(checker);
    for (size_t at = 0; at < text->size || pending > 0;) {
        bool last = text->size - at <= piece;
        pii_in in = {text->data + at, last ? text->size - at : piece, 0};
        pii_directive directive = last ? PII_END : flush ? PII_FLUSH : PII_CONTINUE;
        do {
            pii_out out = {buffer, room, 0};
            size_t before = in.pos;
            if (pii_stream_run(checker->stream, &out, &in, directive, &pending) != PII_OK)
                return false;
            if (out.pos > out.size || in.pos > in.size || (out.pos == 0 && in.pos == before && pending > 0))
                return false;
            bytes_append(&checker->output, buffer, out.pos);
        } while (in.pos < in.size || (last && pending > 0));
        at += in.size;
        if (last)
            break;
    }
    return as_expected(checker);
}

static bool cursors_agree(struct checker *checker, const test_bytes *text)
{
    for (size_t room = 1; room <= 7; room++)
        if (!through_cursors(checker, text, 1 + room % 3, room, false) ||
            !through_cursors(checker, text, text->size, room, true))
            return false;
    return through_cursors(checker, text, 5, 64, true);
}

static bool take_expected(struct checker *checker, const test_bytes *text)
{
    return answer_take(checker->scrubber, text->data, text->size, &checker->expected);
}

/* NULL when the text passes, else the division that gave something else. */
static const char *try_all(struct checker *checker, const test_bytes *text)
{
    if (!take_expected(checker, text))
        return "one-shot";
    for (size_t at = 0; at <= text->size; at++)
        if (!cut_once(checker, text, at))
            return "cut in two";
    for (size_t piece = 1; piece <= 5; piece++)
        if (!cut_evenly(checker, text, piece))
            return "pieces of 1 to 5 bytes";
    return cursors_agree(checker, text) ? NULL : "cursors";
}

static void check_text(struct checker *checker, const test_bytes *text, const pii_rule_test *vector, const char *where)
{
    const char *problem = try_all(checker, text);
    tally_case(problem == NULL, "%s:%u %s: %s", vector->file, vector->line, where, problem != NULL ? problem : "");
}

/* The vector lies across the end of the engine's page. */
static void check_at_page(struct checker *checker, const pii_rule_test *vector)
{
    test_bytes text = {0};
    size_t lead = PAGE - vector->size / 2;
    while (text.size + 16 < lead)
        bytes_append_text(&text, "x0 the wind on ");
    while (text.size < lead)
        bytes_append_text(&text, " ");
    bytes_append(&text, vector->text, vector->size);
    bytes_append_text(&text, " and more");

    bool good = take_expected(checker, &text) && cut_once(checker, &text, lead + 1) &&
                cut_evenly(checker, &text, 4093) && through_cursors(checker, &text, 4095, 61, false);
    tally_case(good, "%s:%u at the end of a page", vector->file, vector->line);
    bytes_free(&text);
}

static void check_vector(struct checker *checker, const pii_rule_test *vector)
{
    test_bytes text = {0};
    bytes_append(&text, vector->text, vector->size);
    check_text(checker, &text, vector, "alone");

    text.size = 0;
    bytes_append_text(&text, "then we went on \xe2\x80\x94 see:\n");
    bytes_append(&text, vector->text, vector->size);
    bytes_append_text(&text, " 7 of 9, \"and so on\".\r\nAnother line \xff end");
    check_text(checker, &text, vector, "amid text");
    bytes_free(&text);
    if (vector->match)
        check_at_page(checker, vector);
}

/* NULL when the text passes, else the division that gave something else. */
static const char *try_some(struct checker *checker, const test_bytes *text, random_source *random, bool large)
{
    static const size_t largest[] = {2, 7, 40, 300, 5000, 70000};
    if (!take_expected(checker, text))
        return "one-shot";
    for (size_t i = large ? 3 : 0; i < sizeof largest / sizeof *largest; i++)
        if (!cut_at_random(checker, text, largest[i], random))
            return "cut at random";
    for (int i = 0; i < (large ? 3 : 40); i++)
        if (!cut_once(checker, text, random_below(random, text->size + 1)))
            return "cut in two";
    size_t piece = 1 + random_below(random, 900);
    return through_cursors(checker, text, piece, 1 + random_below(random, 64), piece & 1) ? NULL : "cursors";
}

static void check_random_text(struct checker *checker, uint64_t seed)
{
    random_source random = {seed};
    test_bytes text = {0};
    bool large = seed % 16 == 0;
    random_text(&random, &checker->session, large ? 3 * PAGE : 1 + random_below(&random, 3000), &text);
    const char *problem = try_some(checker, &text, &random, large);
    tally_case(problem == NULL, "random text with seed %llu: %s", (unsigned long long)seed, problem ? problem : "");
    bytes_free(&text);
}

int main(int count, char **arguments)
{
    unsigned long random_texts = count > 1 ? strtoul(arguments[1], NULL, 10) : 0;
    size_t step = count > 2 && strcmp(arguments[2], "sample") == 0 ? 50 : 1;
    struct checker checker = {0};
    if (!session_open(&checker.session) || (count > 3 && !session_set_actions(&checker.session, true)))
        return 1;
    if (pii_scrubber_new(checker.session.ruleset, checker.session.policy, NULL, &checker.scrubber) != PII_OK ||
        pii_stream_new(checker.session.ruleset, checker.session.policy, PII_FORMAT_TEXT, NULL, &checker.stream) !=
            PII_OK)
        return 1;
    pii_stream_on_finding(checker.stream, findings_gather, &checker.findings);

    for (size_t i = 0; i < checker.session.vector_count; i += step)
        check_vector(&checker, &checker.session.vectors[i]);
    for (unsigned long seed = 1; seed <= random_texts; seed++)
        check_random_text(&checker, seed);

    pii_stream_free(checker.stream);
    pii_scrubber_free(checker.scrubber);
    answer_free(&checker.expected);
    bytes_free(&checker.output);
    findings_free(&checker.findings);
    session_close(&checker.session);
    return tally_end();
}
