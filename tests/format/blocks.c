/* blocks - findings name the block around them.
 *
 * Each document is scanned whole, in pieces of 1 to 9 bytes, with what is final fetched after each, and in UTF-16:
 * the blocks of its findings, in order, have to be those written down here, and their paths the same each time. Then a
 * document of many batches. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "tally.h"

#define MAIL "k@example.org"
#define DATA "\"data\": \"" MAIL "\""
#define BLOCKS(...) "{\"blocks\": {\"languageVersion\": 0, \"blocks\": [" __VA_ARGS__ "]}}"
#define TEN "0123456789"
#define SIXTY TEN TEN TEN TEN TEN TEN

struct sample {
    const char *format;
    const char *document;
    const char *blocks; /* of the findings, each with | behind it */
};

static const struct sample samples[] = {
    /* The innermost one; one around it where there is none, and none behind it. */
    {"blockly-json", BLOCKS("{\"type\": \"a\", \"id\": \"a?b*\", " DATA "}, {" DATA "}"), "a?b*||"},
    {"blockly-json",
     BLOCKS("{\"id\": \"out\", \"next\": {\"block\": {\"id\": \"in\", " DATA ", \"x\": [\"" MAIL
            "\"], \"next\": {\"block\": {" DATA "}}}}, \"list\": [[{" DATA "}]]}"),
     "in|in|in|out|"},
    {"blockly-json",
     BLOCKS("{\"id\": \"out\", \"" MAIL "\": 1, \"inputs\": {\"A\": {\"shadow\": {\"id\": \"s\", \"" MAIL
            "\": {\"id\": \"none\", " DATA "}}}}}"),
     "out|s|s|"},
    /* What stands before the id has none, and the first id counts. */
    {"blockly-json", BLOCKS("{" DATA ", \"id\": \"a\", \"b\": \"" MAIL "\", \"id\": \"c\", " DATA "}"), "|a|a|"},
    {"blockly-json", BLOCKS("{\"id\": \"a\", \"next\": {\"block\": {" DATA ", \"id\": \"b\"}}}"), "a|"},
    /* Ids of other things are none of blocks; neither are containers and words. */
    {"blockly-json", "{\"id\": \"a\", \"variables\": [{\"id\": \"b\", " DATA "}]}", "|"},
    {"blockly-json", BLOCKS("{\"id\": {\"id\": \"a\"}, " DATA "}, {\"id\": true, " DATA "}"), "||"},
    {"blockly-json", BLOCKS("{\"id\": 12, " DATA "}"), "12|"},
    /* How it is written. */
    {"blockly-json", BLOCKS("{\"\\u0069d\": \"\\u0061\\/\\\"\", " DATA "}"), "a/\"|"},
    {"blockly-json",
     BLOCKS("{\"id\": \"\", " DATA "}, {\"id\": \"a b\", " DATA "}, {\"id\": \"\\u00e9\", " DATA
            "}, {\"id\": \"a\\u001b\", " DATA "}"),
     "||||"},
    {"blockly-json",
     BLOCKS("{\"id\": \"" SIXTY "zzzz\", " DATA "}, {\"id\": \"" SIXTY "zzzzz\", " DATA "}"), SIXTY "zzzz||"},
    /* An id that is a finding does not show, nor one that only could be. */
    {"blockly-json",
     BLOCKS("{\"id\": \"mom@example.org\", " DATA "}, {\"id\": \"mom at x " MAIL "\", " DATA
            "}, {\"id\": \"(415)555-2671\", " DATA "}"),
     "||||"},
    {"blockly-json", BLOCKS("{\"id\": \"known.kid\", " DATA "}, {\"id\": \"b\", " DATA "}"), "|b|"},
    {"blockly-xml",
     "<xml><block type='a' id='b1'><title name='" MAIL "'>" MAIL "</title><value><block id=\"in&lt;\" x='5'>" MAIL
     "</block></value><next>" MAIL "</next></block><block x='1'>" MAIL "</block></xml>",
     "b1|b1|in<|b1||"},
    {"blockly-xml",
     "<xml><block data='" MAIL "' id='b' more='" MAIL "'><shadow id='" SIXTY SIXTY "'>" MAIL "</shadow></block></xml>",
     "|b|b|"},
    {"sketch-lab",
     "{\"source\": {\"nodes\": [{\"id\": \"n-1\", \"data\": {\"label\": \"" MAIL "\", \"text\": \"" MAIL
     "\"}}], \"edges\": [{\"id\": \"e\", " DATA "}]}}",
     "n-1|n-1||"},
    {"music-lab",
     "{\"source\": \"{\\\"blocks\\\": {\\\"blocks\\\": [{\\\"id\\\": \\\"a\\\\u0062\\\", \\\"f\\\": \\\"" MAIL
     "\\\"}]}}\", \"labConfig\": {\"music\": {\"packId\": \"" MAIL " x\"}}}",
     "ab||"},
    {"game-lab",
     "{\"source\": \"<xml><block id=\\\"&amp;1\\\"><title>" MAIL
     "</title></block></xml>\", \"animations\": {" DATA "}}",
     "&1||"},
    {"chat", "{\"messages\": [{\"id\": 7, \"text\": \"" MAIL "\"}, {\"id\": \"m\", \"text\": \"" MAIL "\"}]}", "7|m|"},
    {"json", BLOCKS("{\"id\": \"a\", " DATA "}"), "|"},
};

static pii_ruleset *ruleset;
static pii_known *known;

/* Of all findings, each with | behind it. */
struct gathered {
    test_bytes blocks;
    test_bytes paths;
};

static void gather(void *context, const pii_finding *finding)
{
    struct gathered *found = context;
    bytes_append_text(&found->blocks, finding->block);
    bytes_append_text(&found->blocks, "|");
    bytes_append_text(&found->paths, finding->path);
    bytes_append_text(&found->paths, "|");
}

static void gathered_free(struct gathered *found)
{
    bytes_free(&found->blocks);
    bytes_free(&found->paths);
}

static bool equal(const test_bytes *found, const void *expected, size_t size)
{
    return found->size == size && (!size || memcmp(found->data, expected, size) == 0);
}

static bool gathered_equal(const struct gathered *a, const struct gathered *b)
{
    return equal(&a->blocks, b->blocks.data, b->blocks.size) && equal(&a->paths, b->paths.data, b->paths.size);
}

static bool in_pieces(pii_format format, const test_bytes *document, size_t piece, const struct gathered *expected)
{
    pii_stream *stream = NULL;
    struct gathered found = {0};
    test_bytes output = {0};
    bool good = pii_stream_new(ruleset, NULL, format, NULL, &stream) == PII_OK &&
                pii_stream_set_known(stream, known) == PII_OK;
    if (good)
        pii_stream_on_finding(stream, gather, &found);
    for (size_t done = 0; good && done < document->size; done += piece) {
        size_t count = piece < document->size - done ? piece : document->size - done;
        good = stream_write(stream, document->data + done, count, true, &output) == PII_OK;
    }
    good = good && pii_stream_finish(stream, bytes_sink, &output) == PII_OK && gathered_equal(&found, expected);
    pii_stream_free(stream);
    bytes_free(&output);
    gathered_free(&found);
    return good;
}

static bool in_one(pii_scrubber *scrubber, pii_format format, const test_bytes *document, struct gathered *ret)
{
    pii_result result;
    bool good = pii_scrub(scrubber, format, document->data, document->size, &result) == PII_OK;
    for (size_t i = 0; good && i < result.finding_count; i++)
        gather(ret, &result.findings[i]);
    return good;
}

static bool has_blocks(pii_scrubber *scrubber, pii_format format, const test_bytes *document, const char *blocks)
{
    struct gathered found = {0};
    bool good = in_one(scrubber, format, document, &found) && equal(&found.blocks, blocks, strlen(blocks));
    gathered_free(&found);
    return good;
}

static void check_document(pii_scrubber *scrubber, pii_format format, const test_bytes *document, const char *blocks)
{
    static const size_t pieces[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 4099, 100003};
    int shown = document->size < 400 ? (int)document->size : 0;
    struct gathered found = {0}, found_wide = {0};
    test_bytes wide = {0};
    tally_case(in_one(scrubber, format, document, &found) && equal(&found.blocks, blocks, strlen(blocks)), "%.*s",
               shown, document->data);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        tally_case(in_pieces(format, document, pieces[i], &found), "%.*s: in pieces of %zu", shown, document->data,
                   pieces[i]);
    bytes_append_utf16(&wide, document->data, document->size);
    tally_case(in_one(scrubber, format, &wide, &found_wide) && gathered_equal(&found_wide, &found) &&
                   in_pieces(format, &wide, 7, &found),
               "%.*s: in UTF-16", shown, document->data);
    gathered_free(&found);
    gathered_free(&found_wide);
    bytes_free(&wide);
}

static void check_sample(pii_scrubber *scrubber, const struct sample *sample)
{
    pii_format format;
    test_bytes document = {0};
    bytes_append_text(&document, sample->document);
    if (pii_format_find(sample->format, &format) == PII_OK)
        check_document(scrubber, format, &document, sample->blocks);
    else
        tally_case(false, "%s is a format", sample->format);
    bytes_free(&document);
}

/* Blocks around and among others, far apart, with fields longer than any batch. */
static void check_long(pii_scrubber *scrubber)
{
    test_bytes document = {0}, blocks = {0};
    char text[128];
    bytes_append_text(&document, "{\"blocks\": {\"blocks\": [{\"id\": \"outer\", \"next\": {\"block\": {\"list\": [");
    for (int i = 0; i < 6000; i++) {
        (void)snprintf(text, sizeof text, "{\"block\": {\"id\": \"b%d\", \"data\": \"the wind %d", i, i);
        bytes_append_text(&document, text);
        for (int words = i == 3000 ? 40000 : 0; words; words--)
            bytes_append_text(&document, " then");
        bytes_append_text(&document, i % 100 ? "\"}}, " : "\", \"more\": \"" MAIL "\"}, \"text\": \"" MAIL "\"}, ");
        (void)snprintf(text, sizeof text, "b%d|outer|", i);
        bytes_append_text(&blocks, i % 100 ? "" : text);
    }
    bytes_append_text(&document, "\"" MAIL "\"]}}}]}}");
    bytes_append_text(&blocks, "outer|");
    bytes_append(&blocks, "", 1);
    pii_format format;
    if (pii_format_find("blockly-json", &format) == PII_OK)
        check_document(scrubber, format, &document, blocks.data);
    bytes_free(&document);
    bytes_free(&blocks);
}

/* What the policy says of the field of an id comes first. */
static void check_policy(void)
{
    static const char *const said[] = {"PERSON", "text", "never"};
    pii_format format;
    test_bytes document = {0};
    bytes_append_text(&document, BLOCKS("{\"id\": \"a\", " DATA "}"));
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        pii_policy *policy = NULL;
        pii_scrubber *scrubber = NULL;
        bool good = pii_policy_new(NULL, &policy) == PII_OK &&
                    pii_policy_set_field(policy, "/**/id", said[i]) == PII_OK &&
                    pii_format_find("blockly-json", &format) == PII_OK &&
                    pii_scrubber_new(ruleset, policy, NULL, &scrubber) == PII_OK &&
                    has_blocks(scrubber, format, &document, i ? "|" : "||");
        tally_case(good, "an id that is said to be %s", said[i]);
        pii_scrubber_free(scrubber);
        pii_policy_free(policy);
    }
    bytes_free(&document);
}

/* Which ids may be shown changes with the known values. */
static void check_known_changes(pii_scrubber *scrubber)
{
    pii_format format;
    test_bytes document = {0};
    bytes_append_text(&document, BLOCKS("{\"id\": \"known.kid\", " DATA "}"));
    bool good = pii_format_find("blockly-json", &format) == PII_OK &&
                pii_scrubber_set_known(scrubber, NULL) == PII_OK &&
                has_blocks(scrubber, format, &document, "known.kid|") &&
                pii_scrubber_set_known(scrubber, known) == PII_OK && has_blocks(scrubber, format, &document, "|");
    tally_case(good, "known values come and go");
    bytes_free(&document);
}

static bool make_known(void)
{
    pii_known_builder *builder = NULL;
    bool good = pii_known_builder_new(NULL, &builder) == PII_OK &&
                pii_known_builder_add(builder, "SOCIAL_HANDLE", "known.kid", 9, 0) == PII_OK &&
                pii_known_builder_finish(builder, &known) == PII_OK;
    pii_known_builder_free(builder);
    return good;
}

int main(void)
{
    pii_scrubber *scrubber = NULL;
    if (pii_ruleset_default(NULL, &ruleset) != PII_OK || !make_known() ||
        pii_scrubber_new(ruleset, NULL, NULL, &scrubber) != PII_OK || pii_scrubber_set_known(scrubber, known) != PII_OK)
        return 2;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check_sample(scrubber, &samples[i]);
    check_long(scrubber);
    check_policy();
    check_known_changes(scrubber);
    pii_scrubber_free(scrubber);
    pii_known_free(known);
    pii_ruleset_free(ruleset);
    return tally_end();
}
