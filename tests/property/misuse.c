/* misuse - working memory used where it must not be is an error, and does no harm: a scrubber or a stream that a
 * call of another thread is using, and a seam of other rules. The other thread comes while the first one is in a
 * callback, so there is no luck in it. Run under ThreadSanitizer too. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "tally.h"

static const char text[] = "write to kid.one@example.org now";
static const char scrubbed[] = "write to [EMAIL] now";

struct ground {
    pii_scrubber *scrubber;
    pii_stream *stream;
    pii_seam *entry, *exit;
    size_t visits;
};

static bool empty(const pii_result *result)
{
    return !result->data && result->size == 0 && result->finding_count == 0;
}

static void ignore(void *context, const pii_explanation *explanation)
{
    (void)context;
    (void)explanation;
}

static int count_pieces(void *context, const pii_piece *pieces, size_t count)
{
    (void)pieces;
    *(size_t *)context += count;
    return 0;
}

/* Every call on a scrubber that is in use. */
static void *use_scrubber(void *context)
{
    struct ground *ground = context;
    pii_scrubber *scrubber = ground->scrubber;
    pii_region region = {.data = text, .size = strlen(text), .ends = true, .until = strlen(text)};
    pii_result result;
    size_t pieces = 0;
    tally_case(pii_scrub(scrubber, PII_FORMAT_TEXT, text, strlen(text), &result) == PII_ERROR_BUSY && empty(&result),
               "pii_scrub");
    tally_case(pii_scan(scrubber, PII_FORMAT_JSON, "1", 1, &result) == PII_ERROR_BUSY && empty(&result), "pii_scan");
    tally_case(pii_explain(scrubber, PII_FORMAT_TEXT, text, strlen(text), ignore, NULL, &result) == PII_ERROR_BUSY &&
                   empty(&result),
               "pii_explain");
    tally_case(pii_scrubber_set_known(scrubber, NULL) == PII_ERROR_BUSY, "pii_scrubber_set_known");
    tally_case(pii_region_guess(scrubber, PII_FORMAT_TEXT, &region, ground->entry, ground->exit, &result) ==
                       PII_ERROR_BUSY &&
                   empty(&result),
               "pii_region_guess");
    tally_case(pii_region_scan(scrubber, PII_FORMAT_TEXT, &region, NULL, ground->exit, &result) == PII_ERROR_BUSY &&
                   empty(&result),
               "pii_region_scan");
    tally_case(pii_region_write(scrubber, &region, count_pieces, &pieces) == PII_ERROR_BUSY && pieces == 0,
               "pii_region_write");
    return NULL;
}

/* Every call on a stream that is in use. */
static void *use_stream(void *context)
{
    struct ground *ground = context;
    pii_stream *stream = ground->stream;
    char room[64];
    pii_in in = {.data = text, .size = strlen(text)};
    pii_out out = {.data = room, .size = sizeof room};
    size_t pieces = 0, pending = 7;
    tally_case(pii_stream_write(stream, text, strlen(text), count_pieces, &pieces) == PII_ERROR_BUSY && pieces == 0,
               "pii_stream_write");
    tally_case(pii_stream_finish(stream, count_pieces, &pieces) == PII_ERROR_BUSY && pieces == 0,
               "pii_stream_finish");
    tally_case(pii_stream_run(stream, &out, &in, PII_END, &pending) == PII_ERROR_BUSY && in.pos == 0 &&
                   out.pos == 0 && pending == 7,
               "pii_stream_run");
    tally_case(pii_stream_set_known(stream, NULL) == PII_ERROR_BUSY, "pii_stream_set_known");
    return NULL;
}

static void in_another_thread(struct ground *ground, void *(*use)(void *))
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, use, ground) != 0)
        exit(2);
    pthread_join(thread, NULL);
    ground->visits++;
}

static void meet_in_callback(void *context, const pii_explanation *explanation)
{
    (void)explanation;
    in_another_thread(context, use_scrubber);
}

static int meet_in_sink(void *context, const pii_piece *pieces, size_t count)
{
    test_bytes *output = *(test_bytes **)context;
    struct ground *ground = *((struct ground **)context + 1);
    in_another_thread(ground, use_stream);
    return bytes_sink(output, pieces, count);
}

/* What the first thread was doing goes on as if nobody had come, and the object works afterwards. */
static void check_scrubber(struct ground *ground)
{
    pii_result result;
    ground->visits = 0;
    pii_status status = pii_explain(ground->scrubber, PII_FORMAT_TEXT, text, strlen(text), meet_in_callback, ground,
                                    &result);
    tally_case(status == PII_OK && ground->visits > 0 && result.finding_count == 1, "the scan that others came into");
    status = pii_scrub(ground->scrubber, PII_FORMAT_TEXT, text, strlen(text), &result);
    tally_case(status == PII_OK && result.size == strlen(scrubbed) && memcmp(result.data, scrubbed, result.size) == 0,
               "the scrubber afterwards");
}

static void check_stream(struct ground *ground)
{
    test_bytes output = {0};
    void *context[] = {&output, ground};
    ground->visits = 0;
    pii_status status = pii_stream_write(ground->stream, text, strlen(text), meet_in_sink, context);
    if (status == PII_OK)
        status = pii_stream_finish(ground->stream, meet_in_sink, context);
    tally_case(status == PII_OK && ground->visits > 0 && output.size == strlen(scrubbed) &&
                   memcmp(output.data, scrubbed, output.size) == 0,
               "the stream that others came into");
    bytes_free(&output);
}

/* A ruleset of a single rule, so that places of rules in a seam of the built-in ones are beyond its end. */
static pii_ruleset *one_rule(void)
{
    static const char rules[] = "piiglet: 1\nfamily: one\ndescription: d\nrules:\n"
                                "  - {id: one.mail, entity: EMAIL, description: d, confidence: 0.9,\n"
                                "     pattern: '[a-z]{1,9}@[a-z]{1,9}', tests: {match: ['{{a@b}}'], pass: ['a']}}\n";
    pii_compiler *compiler = NULL;
    pii_ruleset *ruleset = NULL;
    if (pii_compiler_new(NULL, &compiler) == PII_OK &&
        (pii_compiler_add(compiler, "one", rules, strlen(rules)) != PII_OK ||
         pii_compiler_finish(compiler, &ruleset) != PII_OK))
        ruleset = NULL;
    pii_compiler_free(compiler);
    return ruleset;
}

/* A region entered with the seam of other rules is refused, be the rules gone by then; with its own it is scanned. */
static void check_seam(struct ground *ground, const pii_ruleset *rules)
{
    size_t margin = pii_region_margin(rules);
    test_bytes page = {0};
    while (page.size < margin * 3)
        bytes_append_text(&page, "kid.one@example.org 415-555-2671 "); /* so that some match is open everywhere */
    pii_region first = {.data = page.data, .size = page.size, .until = margin + 5};
    pii_region second = {.data = page.data, .size = page.size, .ends = true, .from = first.until, .until = page.size};
    pii_result result;
    bool known = pii_region_scan(ground->scrubber, PII_FORMAT_TEXT, &first, NULL, ground->exit, &result) == PII_OK;
    tally_case(known, "a region from the start");

    pii_ruleset *other = one_rule();
    pii_scrubber *stranger = NULL;
    bool made = other && pii_scrubber_new(other, NULL, NULL, &stranger) == PII_OK;
    tally_case(made && pii_region_scan(stranger, PII_FORMAT_TEXT, &second, ground->exit, ground->entry, &result) ==
                           PII_ERROR_ARGUMENT && empty(&result),
               "a seam of more rules");
    pii_status status = pii_region_scan(stranger, PII_FORMAT_TEXT, &first, NULL, ground->entry, &result);
    tally_case(status == PII_OK && !pii_seam_equal(ground->entry, ground->exit), "seams of two rulesets");
    pii_scrubber_free(stranger);
    pii_ruleset_free(other); /* the seam knows of it still */
    status = pii_region_scan(ground->scrubber, PII_FORMAT_TEXT, &second, ground->entry, ground->exit, &result);
    tally_case(status == PII_ERROR_ARGUMENT && empty(&result), "a seam of fewer rules, which are gone");

    known = pii_region_scan(ground->scrubber, PII_FORMAT_TEXT, &first, NULL, ground->entry, &result) == PII_OK;
    tally_case(known && pii_region_scan(ground->scrubber, PII_FORMAT_TEXT, &second, ground->entry, ground->exit,
                                        &result) == PII_OK,
               "a seam of the same rules");
    bytes_free(&page);
}

int main(void)
{
    pii_ruleset *rules = NULL;
    struct ground ground = {0};
    bool good = pii_ruleset_default(NULL, &rules) == PII_OK &&
                pii_scrubber_new(rules, NULL, NULL, &ground.scrubber) == PII_OK &&
                pii_stream_new(rules, NULL, PII_FORMAT_TEXT, NULL, &ground.stream) == PII_OK &&
                pii_seam_new(NULL, &ground.entry) == PII_OK && pii_seam_new(NULL, &ground.exit) == PII_OK;
    if (tally_case(good, "objects")) {
        check_scrubber(&ground);
        check_stream(&ground);
        check_seam(&ground, rules);
    }
    pii_seam_free(ground.entry);
    pii_seam_free(ground.exit);
    pii_stream_free(ground.stream);
    pii_scrubber_free(ground.scrubber);
    pii_ruleset_free(rules);
    return tally_end();
}
