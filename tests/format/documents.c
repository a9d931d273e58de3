/* documents - what becomes of whole documents: by a named format and by PII_FORMAT_AUTO, which has to choose
 * the same; at once, split in two anywhere, and in pieces of 1 to 8 bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "tally.h"

struct document {
    const char *format; /* what PII_FORMAT_AUTO takes it for, too, unless `named` */
    bool named;
    const char *source;
    const char *expected; /* NULL: the same */
};

static const struct document documents[] = {
    /* Fields are never joined. */
    {"json", false, "{\"a\": \"742\", \"b\": \"Evergreen Terrace\", \"c\": [\"415\", \"555\", \"2671\"]}", NULL},
    {"csv", false, "a,b,c\n742,Evergreen Terrace,kid\n@example,.org,415\n", NULL},
    /* What is no text of anybody stays. */
    {"json", false, "{\"y\": 10500, \"id\": \"R2-D2\", \"a\": [\"grasshopper_1\", \"#ff8800\", \"M10 10 L 90 90 Z\"]}",
     NULL},
    {"json", false,
     "{\"i\": \"data:image/png;base64,iVBORw0KGgo=\", \"u\": \"9d09059d-4b6c-44f8-9c99-ed8a10e66be7\"}", NULL},
    /* Names speak for values. */
    {"csv", false, "name,phone,points\nMira,4155552671,4155552671\n", "name,phone,points\nMira,[PHONE],4155552671\n"},
    {"tsv", false, "email\tlevel\nkid@example.org\t2\nkid@example.net\t3\n", "email\tlevel\n[EMAIL]\t2\n[EMAIL]\t3\n"},
    {"csv-semicolon", false, "a;b;c\n1;\"to \"\"kid@example.org\"\"\";2\n", "a;b;c\n1;\"to \"\"[EMAIL]\"\"\";2\n"},
    {"csv-pipe", false, "a|b|c\n1|kid@example.org|2\n", "a|b|c\n1|[EMAIL]|2\n"},
    {"json", false, "[\"\\ud83d kid@example.org \\udc00\"]", "[\"\\ud83d [EMAIL] \\udc00\"]"}, /* halves of pairs */
    {"json", false, "[\"\\ud83d kid@example.org \\udc00\"]", "[\"\\ud83d [EMAIL] \\udc00\"]"}, /* halves of pairs */
    {"jsonl", false, "{\"a\": \"kid\\u0040example.org\"}\n{\"a\": 1}\n", "{\"a\": \"[EMAIL]\"}\n{\"a\": 1}\n"},
    {"blockly-xml", false,
     "<xml><block><field name=\"PHONE\">4155552671</field><field name=\"SCORE\">4155552671</field>"
     "<title id='pho&#110;e'>4155552671<!-- --></title><title key=\"phone\"/>4155552671</block></xml>",
     "<xml><block><field name=\"PHONE\">[PHONE]</field><field name=\"SCORE\">4155552671</field>"
     "<title id='pho&#110;e'>[PHONE]<!-- --></title><title key=\"phone\"/>4155552671</block></xml>"},
    /* Two names do not become one. */
    {"json", false,
     "{\"a@example.org\": 1, \"b@example.org\": {\"c@example.org\": 2, \"d\": 0}, \"e\": \"k@example.org\", "
     "\"415-555-2671\": [{\"f@example.org\": 3}, {\"g@example.org\": 4, \"to g@example.org\": 5}], "
     "\"h\\u0040example.org\": 6}",
     "{\"[EMAIL]\": 1, \"[EMAIL_2]\": {\"[EMAIL]\": 2, \"d\": 0}, \"e\": \"[EMAIL]\", "
     "\"[PHONE]\": [{\"[EMAIL]\": 3}, {\"[EMAIL]\": 4, \"to [EMAIL]\": 5}], \"[EMAIL_4]\": 6}"},
    {"jsonl", false, "{\"a@example.org\": 1, \"b@example.org\": 2}\n{\"a@example.org\": 1}\n",
     "{\"[EMAIL]\": 1, \"[EMAIL_2]\": 2}\n{\"[EMAIL]\": 1}\n"},
    {"json", false, "{\"415-555-2671\": 1, \"a@example.org\": 2, \"415-555-0134\": 3, \"12 Harbor View Rd\": 4}",
     "{\"[PHONE]\": 1, \"[EMAIL]\": 2, \"[PHONE_3]\": 3, \"[ADDRESS]\": 4}"},
    /* Documents in fields. */
    {"game-lab", false,
     "{\"source\": \"// kid@example.org\\nvar y = 10500; say(\\\"it's \\\\\\\"kid@example.org\\\\\\\"\\\");\","
     " \"animations\": {}}",
     "{\"source\": \"// [EMAIL]\\nvar y = 10500; say(\\\"it's \\\\\\\"[EMAIL]\\\\\\\"\\\");\", \"animations\": {}}"},
    {"game-lab", false,
     "{\"source\": \"<xml><block id=\\\"4155552671\\\"><title>a &lt; kid&#64;example.org</title></block></xml>\","
     " \"animations\": {}}",
     "{\"source\": \"<xml><block id=\\\"4155552671\\\"><title>a &lt; [EMAIL]</title></block></xml>\","
     " \"animations\": {}}"},
    {"game-lab", false, "{\"source\": \"say('an unfinished kid@example.org\", \"animations\": {}}",
     "{\"source\": \"say('an unfinished [EMAIL]\", \"animations\": {}}"},
    {"app-lab", false, "{\"source\": \"\", \"html\": \"<p title='kid@example.org'>kid&#x40;example.org</p>\"}",
     "{\"source\": \"\", \"html\": \"<p title='[EMAIL]'>[EMAIL]</p>\"}"},
    {"library-string", false, "\"{\\\"source\\\": \\\"say(\\\\\\\"kid@example.org\\\\\\\")\\\"}\"",
     "\"{\\\"source\\\": \\\"say(\\\\\\\"[EMAIL]\\\\\\\")\\\"}\""},
    {"data-tables", false, "{\"storage\": {\"keys\": {\"a\": \"\\\"kid@example.org\\\"\", \"phone\": \"4155552671\"}}}",
     "{\"storage\": {\"keys\": {\"a\": \"\\\"[EMAIL]\\\"\", \"phone\": \"4155552671\"}}}"},
    {"blockly-xml", false,
     "<xml><block type=\"say\" id=\"a@b.org\" x=\"1\"><field>kid@example.org</field></block></xml>",
     "<xml><block type=\"say\" id=\"a@b.org\" x=\"1\"><field>[EMAIL]</field></block></xml>"},
    /* What is said to be an id, and holds a blank, is none. */
    {"chat", false, "{\"messages\": [{\"id\": \"mail kid@example.org\", \"text\": \"hi\"}]}",
     "{\"messages\": [{\"id\": \"mail [EMAIL]\", \"text\": \"hi\"}]}"},
    {"access-log", false,
     "192.0.2.17 - - [10/Oct/2025:13:55:36 +0000] \"GET /?a=kid%40example.org&n=call+415-555-2671 HTTP/1.1\" 200 5"
     " \"/b?c=%6Bid@example.org\" \"x \\\"kid@example.org\\\"\" \"a=1; m=kid%40example.org\"\n",
     "[IP] - - [10/Oct/2025:13:55:36 +0000] \"GET /?a=%5BEMAIL%5D&n=call+%5BPHONE%5D HTTP/1.1\" 200 5"
     " \"/b?c=%5BEMAIL%5D\" \"x \\\"[EMAIL]\\\"\" \"a=1; m=%5BEMAIL%5D\"\n"},
    {"query", true, "/a%20b?c&d=kid%40example.org;e=50%&f=100%2", "/a%20b?c&d=%5BEMAIL%5D;e=50%&f=100%2"},
    {"cookies", true, "seen=1; mail=kid%40example.org; x", "seen=1; mail=%5BEMAIL%5D; x"},
    {"base64", true, "d3JpdGUgdG8ga2lkQGV4YW1wbGUub3JnIQ==", "d3JpdGUgdG8gW0VNQUlMXSAgIQ=="},
    {"base64", true, "bWFpbCBraWRAZXhhbXBsZS5vcmcgYWI_Pj8-", "bWFpW0VNQUlMXSAgYWI_Pj8-"}, /* the form for URLs */
    {"base64", true, "bWFpbCBraWRA\r\n\tZXhhbXBsZS5v\ncmcgLS0=\n", "bWFpW0VNQUlMXSAgLS0=\n"},
    {"base64", true, "a2lkQGV4YW1wbGUub3JnLg", "W0VNQUlMXSAgLg"}, /* its last group is not filled */
    {"base64", true, "", NULL},
    {"query", true, "a=%4G%4&b=%6bid%40example.org#c=call+415-555-2671",
     "a=%4G%4&b=%5BEMAIL%5D#c=call%5BPHONE%5D"},
    {"access-log", true,
     "192.0.2.17 - kid@example.org [10/Oct/2025:13:55:36 +0000]\t\"GET /\\\"a?m=kid@example.org HTTP/1.1\" 200 5\n"
     "192.0.2.18 - - [10/Oct/2025:13:55:37 +0000] \"GET /kid@example.org\\",
     "[IP] - [EMAIL] [10/Oct/2025:13:55:36 +0000]\t\"GET /\\\"a?m=%5BEMAIL%5D HTTP/1.1\" 200 5\n"
     "[IP] - - [10/Oct/2025:13:55:37 +0000] \"GET /%5BEMAIL%5D\\"},
    /* Texts that are none of these. */
    {"text", false, "<!-- an unfinished remark", NULL},
    {"text", false, "<!-- a remark, and then --> kid@example.org", "<!-- a remark, and then --> [EMAIL]"},
    {"text", false, "[\"kid@example.org", "[\"[EMAIL]"},
    {"text", false, "192.0.2.17 said - on [Monday", "[IP] said - on [Monday"},
    {"text", false, "\"kid@example.org\" is all", "\"[EMAIL]\" is all"},
    {"text", false, "[12:30] <mira> mail kid@example.org\n[12:31] <pixel> no\n",
     "[12:30] <mira> mail [EMAIL]\n[12:31] <pixel> no\n"},
    {"text", false, "[1] Robots, and more\n[2] Dragons, and less\n", NULL},
    {"text", false, "<grin> no </grin> <3", NULL},
    {"text", false,
     "let me tell you: if (only) this were code; it is not.\nfor example, 742 Evergreen Terrace\nwhile\n",
     "let me tell you: if (only) this were code; it is not.\nfor example, [ADDRESS]\nwhile\n"},
    {"text", false, "I went, you went\nwe all went, to sea\nand then, home\n", NULL},
    {"text", false, "", NULL},
    /* Programs and pages. */
    {"javascript", false, "var a = 1;\nfunction f() {\n  return \"kid@example.org\";\n}\nf();\n",
     "var a = 1;\nfunction f() {\n  return \"[EMAIL]\";\n}\nf();\n"},
    {"python", false, "import turtle\n\ndef f(a):\n    print('kid@example.org')\nf(5)\nfor i in range(4):\n    f(i)\n",
     "import turtle\n\ndef f(a):\n    print('[EMAIL]')\nf(5)\nfor i in range(4):\n    f(i)\n"},
    {"html", false, "<!DOCTYPE html>\n<p>kid&#64;example.org</p>\n", "<!DOCTYPE html>\n<p>[EMAIL]</p>\n"},
    {"html", false, "<p>kid&zwnj;.one&ZeroWidthSpace;@example.org &lt;3</p>", "<p>[EMAIL] &lt;3</p>"},
    {"xml", false,
     "<!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"@example.org\"><!-- 415-555-2671 - -><!ENTITY d 'kid@example.org'>-->"
     "<?p kid@example.org?><!ENTITY e 'kid@example.org'>]><a/>",
     "<!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"@example.org\"><!-- [PHONE] - -><!ENTITY d '[EMAIL]'>-->"
     "<?p [EMAIL]?><!ENTITY e '[EMAIL]'>]><a/>"},
    {"html", false, "<!-- a --> <!-- b -->\n<H1 id=a>kid&#64;example.org</H1>",
     "<!-- a --> <!-- b -->\n<H1 id=a>[EMAIL]</H1>"},
    {"xml", false, "<!-- a --><h1a>kid&#64;example.org</h1a>", "<!-- a --><h1a>[EMAIL]</h1a>"},
    {"javascript", false, "f = a => {\n};\nlist.map((a) => {\n  say(\"kid@example.org\");\n});\n",
     "f = a => {\n};\nlist.map((a) => {\n  say(\"[EMAIL]\");\n});\n"},
    {"javascript", true, "say('kid\\u{40}example.org', \"kid\\u{000040}example.org\", `kid\\x40example.org`);",
     "say('[EMAIL]', \"[EMAIL]\", `[EMAIL]`);"},
    {"javascript", true, "say('kid@exam\\\rple.org', 'kid@exam\\\r\nple.org', 'kid@exam\\\nple.org');",
     "say('[EMAIL]', '[EMAIL]', '[EMAIL]');"},
    /* A digit that is a pair: the character before it is none. */
    {"javascript", true, "say('415-555-\\ud835\\udfce134', '415-555-\\ud835\\udfcd134');",
     "say('[PHONE]', '415-555-\\ud835\\udfcd134');"},
    {"javascript", true, "say('kid\\100example.org', 'kid\\u0040example.org');", "say('[EMAIL]', '[EMAIL]');"},
    {"python", true,
     "print('kid\\x40example.org', 'kid\\100example.org', 'kid\\u0040example.org', 'kid\\U00000040example.org')\n"
     "print('kid\\x4gexample.org', 'kid\\u004 example.org')\n",
     "print('[EMAIL]', '[EMAIL]', '[EMAIL]', '[EMAIL]')\n"
     "print('kid\\x4gexample.org', 'kid\\u004 example.org')\n"},
    {"python", false, "# a dragon\nfrom turtle import Turtle\nt = Turtle()\nprint('kid@example.org')\n",
     "# a dragon\nfrom turtle import Turtle\nt = Turtle()\nprint('[EMAIL]')\n"},
    {"xml", false, "<?xml version=\"1.0\"?>\n<a b='1'>kid&#64;example.org</a>\n",
     "<?xml version=\"1.0\"?>\n<a b='1'>[EMAIL]</a>\n"},
};

struct checker {
    test_session session;
    pii_scrubber *scrubber;
};

static bool streamed(const struct checker *checker, pii_format format, const struct document *document, size_t first,
                     size_t rest)
{
    pii_stream *stream = NULL;
    test_bytes output = {0};
    size_t size = strlen(document->source);
    const char *expected = document->expected ? document->expected : document->source;
    bool good = pii_stream_new(checker->session.ruleset, NULL, format, NULL, &stream) == PII_OK;
    for (size_t done = 0; good && done < size;) {
        size_t piece = done ? rest : first;
        piece = piece < size - done ? piece : size - done;
        good = pii_stream_write(stream, document->source + done, piece, bytes_sink, &output) == PII_OK;
        done += piece;
    }
    good = good && pii_stream_finish(stream, bytes_sink, &output) == PII_OK &&
           strcmp(pii_format_name(pii_stream_format(stream)), document->format) == 0 &&
           output.size == strlen(expected) && memcmp(output.data ? output.data : "", expected, output.size) == 0;
    pii_stream_free(stream);
    bytes_free(&output);
    return good;
}

static void check_as(const struct checker *checker, pii_format format, const struct document *document)
{
    size_t size = strlen(document->source);
    const char *expected = document->expected ? document->expected : document->source, *name = pii_format_name(format);
    pii_result result;
    pii_status status = pii_scrub(checker->scrubber, format, document->source, size, &result);
    bool good = status == PII_OK && strcmp(pii_format_name(result.format), document->format) == 0 &&
                result.size == strlen(expected) && memcmp(result.data, expected, result.size) == 0;
    tally_case(good, "%s as %s: status %d, read as %s: %.*s", document->source, name, (int)status,
               status == PII_OK ? pii_format_name(result.format) : "?", (int)result.size,
               result.data ? result.data : "");
    for (size_t first = 1; good && first <= size; first++)
        good = streamed(checker, format, document, first, size);
    for (size_t piece = 1; good && piece <= 8; piece++)
        good = streamed(checker, format, document, piece, piece);
    tally_case(good, "%s as %s: in pieces", document->source, name);
}

/* ---- Limits ---- */

/* `depth` strings of JSON in each other, the innermost one of `text`. */
static test_bytes nested(size_t depth, const char *text)
{
    test_bytes inner = {0};
    bytes_append_text(&inner, text);
    for (; depth; depth--) {
        test_bytes outer = {0};
        bytes_append_text(&outer, "\"");
        for (size_t i = 0; i < inner.size; i++) {
            if (inner.data[i] == '"' || inner.data[i] == '\\')
                bytes_append_text(&outer, "\\");
            bytes_append(&outer, inner.data + i, 1);
        }
        bytes_append_text(&outer, "\"");
        bytes_free(&inner);
        inner = outer;
    }
    return inner;
}

static void check_depth(const struct checker *checker)
{
    pii_format format;
    pii_result result;
    test_bytes document = nested(2, "{\"a\": \"kid@example.org\"}");
    bool good = pii_format_find("library-string", &format) == PII_OK;
    /* Only the outermost string is said to hold JSON: what lies deeper is text, and scanned as that. */
    good = good && pii_scrub(checker->scrubber, format, document.data, document.size, &result) == PII_OK &&
           result.finding_count == 1;
    tally_case(good, "a string in a string in a string");
    bytes_free(&document);
    test_bytes deep = {0};
    for (int i = 0; i < 1000; i++)
        bytes_append_text(&deep, "[");
    bytes_append_text(&deep, "\"kid@example.org\"");
    for (int i = 0; i < 1000; i++)
        bytes_append_text(&deep, "]");
    good = pii_scrub(checker->scrubber, PII_FORMAT_AUTO, deep.data, deep.size, &result) == PII_OK &&
           result.format == PII_FORMAT_JSON && result.finding_count == 1;
    tally_case(good, "1000 levels");
    bytes_free(&deep);
}

/* Longer than what a choice is made of, and longer than any batch. */
static void check_long(const struct checker *checker)
{
    test_bytes document = {0}, output = {0};
    pii_stream *stream = NULL;
    bytes_append_text(&document, "{\"animations\": {}, \"source\": \"");
    while (document.size < 3 << 20)
        bytes_append_text(&document, "say(\\\"then the wind went on to blow\\\");\\n");
    bytes_append_text(&document, "say(\\\"kid@example.org\\\");\"}");
    pii_result result;
    bool good = pii_scrub(checker->scrubber, PII_FORMAT_AUTO, document.data, document.size, &result) == PII_OK &&
                result.finding_count == 1 && strcmp(pii_format_name(result.format), "game-lab") == 0;
    good = good && pii_stream_new(checker->session.ruleset, NULL, PII_FORMAT_AUTO, NULL, &stream) == PII_OK;
    for (size_t done = 0; good && done < document.size;) {
        size_t piece = document.size - done < 40000 ? document.size - done : 40000;
        good = pii_stream_write(stream, document.data + done, piece, bytes_sink, &output) == PII_OK;
        done += piece;
    }
    good = good && pii_stream_finish(stream, bytes_sink, &output) == PII_OK && output.size == result.size &&
           memcmp(output.data, result.data, result.size) == 0;
    tally_case(good, "a long program");
    pii_stream_free(stream);
    bytes_free(&document);
    bytes_free(&output);
}

/* Names of one object that are replaced stay as many as they were, in a document of any length. */
static void check_names(const struct checker *checker)
{
    test_bytes document = {0}, output = {0};
    pii_stream *stream = NULL;
    char member[128];
    enum { count = 20000 };
    for (int i = 0; i < count; i++) {
        (void)snprintf(member, sizeof member, "%s\"kid%d@example.org\": {\"kid@example.org\": %d}", i ? ", " : "{", i,
                       i);
        bytes_append_text(&document, member);
    }
    bytes_append_text(&document, "}");
    pii_result result;
    bool good = pii_scrub(checker->scrubber, PII_FORMAT_JSON, document.data, document.size, &result) == PII_OK &&
                result.finding_count == 2 * count;
    const char *at = good ? result.data : NULL;
    for (int i = 1; good && i <= count; i++) {
        static const char *const first = "\"[EMAIL]\": {\"[EMAIL]\"", *const later = "\"[EMAIL_%d]\": {\"[EMAIL]\"";
        (void)snprintf(member, sizeof member, i > 1 ? later : first, i);
        at = memmem(at, result.size - (size_t)(at - result.data), member, strlen(member));
        good = at != NULL;
    }
    good = good && pii_stream_new(checker->session.ruleset, NULL, PII_FORMAT_JSON, NULL, &stream) == PII_OK;
    for (size_t done = 0; good && done < document.size;) {
        size_t piece = document.size - done < 9973 ? document.size - done : 9973;
        good = pii_stream_write(stream, document.data + done, piece, bytes_sink, &output) == PII_OK;
        done += piece;
    }
    good = good && pii_stream_finish(stream, bytes_sink, &output) == PII_OK && output.size == result.size &&
           memcmp(output.data, result.data, result.size) == 0;
    tally_case(good, "many names");
    pii_stream_free(stream);
    bytes_free(&document);
    bytes_free(&output);
}

int main(void)
{
    struct checker checker = {0};
    if (!session_open(&checker.session) ||
        pii_scrubber_new(checker.session.ruleset, NULL, NULL, &checker.scrubber) != PII_OK)
        return 2;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        pii_format format;
        if (tally_case(pii_format_find(documents[i].format, &format) == PII_OK, "%s", documents[i].format))
            check_as(&checker, format, &documents[i]);
        if (!documents[i].named)
            check_as(&checker, PII_FORMAT_AUTO, &documents[i]);
    }
    check_depth(&checker);
    check_long(&checker);
    check_names(&checker);
    pii_scrubber_free(checker.scrubber);
    session_close(&checker.session);
    return tally_end();
}
