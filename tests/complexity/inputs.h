/* inputs.h - documents made to be slow: a beginning, one short unit over and over, an end. Texts come from
 * worst_inputs.h, which the benchmark measures, too. What is not well formed is read leniently, to its end. */
#ifndef INPUTS_H
#define INPUTS_H

#include "piiglet.h"

typedef struct slow_input {
    pii_format format;
    const char *head;
    const char *unit;
    const char *tail;
} slow_input;

#define DEEP(open, close) open open open open open open open open close close close close close close close close
#define DEEPER(open, close)                                                                                           \
    DEEP(open open open open open open open open, close close close close close close close close)

static const slow_input slow_inputs[] = {
    {PII_FORMAT_TEXT, "", "a", " @"},
    {PII_FORMAT_TEXT, "", "a.", "@ "},
    {PII_FORMAT_TEXT, "@", "a", ""},
    {PII_FORMAT_TEXT, "call ", "1", "@"},
    {PII_FORMAT_TEXT, "", "a\xCC\x81\xCC\x82\xCC\x83\xCC\x84", "@"},
    {PII_FORMAT_TEXT, "", "\"'\"'", ""},
    {PII_FORMAT_TEXT, "", "\\\"", ""},
    {PII_FORMAT_TEXT, "", "<[({})]>", ""},
    {PII_FORMAT_TEXT, "", "kid@example.org ", ""},
    {PII_FORMAT_TEXT, "", "my password is ", ""},
    {PII_FORMAT_TEXT, "", "i am 11 years ", ""},
    {PII_FORMAT_TEXT, "", "five five five oh one ", ""},
    {PII_FORMAT_TEXT, "", "\xE2\x80\x8B", "@"},

    {PII_FORMAT_JSON, "[", "1,", "1]"},
    {PII_FORMAT_JSON, "[", "4155550134,", "1]"},
    {PII_FORMAT_JSON, "[\"", "\\u0031", "\"]"},
    {PII_FORMAT_JSON, "[\"", "\\ud83d\\ude00", "\"]"},
    {PII_FORMAT_JSON, "[\"", "\\ud83d", "\"]"},
    {PII_FORMAT_JSON, "[\"", "\\\\\\\"", "\"]"},
    {PII_FORMAT_JSON, "[\"", "12 a b c d ", "\"]"},
    {PII_FORMAT_JSON, "[", "\"a@\",", "1]"},
    {PII_FORMAT_JSON, "[", "\"12 Oak\",", "1]"},
    {PII_FORMAT_JSON, "{", "\"phone\":41555,", "\"a\":1}"},
    {PII_FORMAT_JSON, "[", DEEPER("[", "]") ",", "1]"},
    {PII_FORMAT_JSON, "[", DEEP("{\"a\":", "}") ",", "1]"},
    {PII_FORMAT_JSON, "[", " ", "1]"},
    {PII_FORMAT_JSON, "", "[", ""},
    {PII_FORMAT_JSON, "", "\"", ""},
    {PII_FORMAT_JSON_LINES, "", "{\"a\":1}\n", ""},
    {PII_FORMAT_JSON_LINES, "", "{\n", ""},

    {PII_FORMAT_XML, "<a>", "&#49;", "</a>"},
    {PII_FORMAT_XML, "<a>", "&amp;", "</a>"},
    {PII_FORMAT_XML, "<a>", "<b/>", "</a>"},
    {PII_FORMAT_XML, "<a>", "<b c='a@' d='1'/>", "</a>"},
    {PII_FORMAT_XML, "<a>", "<!--1-->", "</a>"},
    {PII_FORMAT_XML, "<a>", "<![CDATA[1]]>", "</a>"},
    {PII_FORMAT_XML, "<a>", DEEP("<b>", "</b>"), "</a>"},
    {PII_FORMAT_XML, "<a>", "(415) 555-013 ", "</a>"},
    {PII_FORMAT_XML, "<!DOCTYPE a [", "<!ENTITY b '&c;&c;'>", "]><a/>"},
    {PII_FORMAT_XML, "<a b='", "&#x31;", "'/>"},
    {PII_FORMAT_XML, "", "<a>", ""},
    {PII_FORMAT_XML, "", "&", ""},
    {PII_FORMAT_HTML, "", "<", ""},
    {PII_FORMAT_HTML, "", "<!--", ""},
    {PII_FORMAT_HTML, "", "&", ""},
    {PII_FORMAT_HTML, "", "&notit;&#49", ""},
    {PII_FORMAT_HTML, "", "<p 1=2 ", ""},
    {PII_FORMAT_HTML, "", "<script>1</script>", ""},
    {PII_FORMAT_HTML, "<script>", "</scrip", ""},
    {PII_FORMAT_HTML, "<script>", "<!--<script>", ""},
    {PII_FORMAT_HTML, "<textarea>", "</t", ""},
    {PII_FORMAT_HTML, "", DEEP("<b>", "</b>"), ""},

    {PII_FORMAT_JAVASCRIPT, "", "'a@';", ""},
    {PII_FORMAT_JAVASCRIPT, "a='", "\\x31\\u{31}", "'"},
    {PII_FORMAT_JAVASCRIPT, "", DEEP("`${", "}`") ";", ""},
    {PII_FORMAT_JAVASCRIPT, "", "`${", ""},
    {PII_FORMAT_JAVASCRIPT, "", DEEPER("(", ")") ";", ""},
    {PII_FORMAT_JAVASCRIPT, "", "a=/[/]1/;", ""},
    {PII_FORMAT_JAVASCRIPT, "", "a/1/", "2"},
    {PII_FORMAT_JAVASCRIPT, "", "//1\n", ""},
    {PII_FORMAT_JAVASCRIPT, "", "/*1*/", ""},
    {PII_FORMAT_JAVASCRIPT, "", "/*", ""},
    {PII_FORMAT_JAVASCRIPT, "", "<b c='1'>{2}</b>;", ""},
    {PII_FORMAT_JAVASCRIPT, "", "<b>", ""},
    {PII_FORMAT_TYPESCRIPT, "", "a<b<c>>('1');", ""},
    {PII_FORMAT_TYPESCRIPT, "", "\\", ""},
    {PII_FORMAT_PYTHON, "", "'a@'\n", ""},
    {PII_FORMAT_PYTHON, "", "f'{1}{{'\n", ""},
    {PII_FORMAT_PYTHON, "", "f'{f\"{1}\"}'\n", ""},
    {PII_FORMAT_PYTHON, "'''", "''", "'''"},
    {PII_FORMAT_PYTHON, "", "#1\n", ""},
    {PII_FORMAT_PYTHON, "", "rb'\\''\n", ""},
    {PII_FORMAT_PYTHON, "'", "\\061\\x31", "'"},

    {PII_FORMAT_CSV, "", "1,", ""},
    {PII_FORMAT_CSV, "", "\"\"\"\",", ""},
    {PII_FORMAT_CSV, "\"", "\"\"", "\""},
    {PII_FORMAT_CSV, "", "\n", ""},
    {PII_FORMAT_CSV, "phone,b\n", "41555,\"a@\"\n", ""},
    {PII_FORMAT_CSV, "", "\"", ""},
    {PII_FORMAT_TSV, "", "12 Oak\t", ""},
    {PII_FORMAT_CSV_SEMICOLON, "", "1;\"2\n\"\n", ""},
    {PII_FORMAT_LOG, "", "192.0.2.1 - - [1] \"GET /?a=%31\" 200 1\n", ""},
    {PII_FORMAT_LOG, "", "[\"", ""},
    {PII_FORMAT_QUERY, "?", "a=%31&", ""},
    {PII_FORMAT_QUERY, "?", "%", ""},
    {PII_FORMAT_COOKIES, "", "a=1%40; ", ""},
    {PII_FORMAT_BASE64, "", "MTIz", ""},

    {PII_FORMAT_AUTO, "{\"animations\": {}, \"source\": \"", "say('\\u0031');", "\"}"},
    {PII_FORMAT_AUTO, "", "({[<", ""},
    {PII_FORMAT_AUTO, "", "a,b;c\td|", ""},
};
#define SLOW_INPUTS (sizeof slow_inputs / sizeof slow_inputs[0])

#endif
