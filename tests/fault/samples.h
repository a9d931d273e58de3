/* samples.h - the rules, and texts of every format with what they become, that allocation.c is about. */
#ifndef SAMPLES_H
#define SAMPLES_H

#include <stddef.h>

#include "session.h"

/* A word that no block may hold when it is given back. */
#define CANARY "quetzal7"

static const char rules[] = "piiglet: 1\n"
                            "family: sample\n"
                            "description: rules of a test\n"
                            "lists:\n"
                            "  cue: [call, phone]\n"
                            "rules:\n"
                            "  - id: sample.mail\n"
                            "    entity: EMAIL\n"
                            "    description: a name, an at, a host\n"
                            "    pattern: '[a-z0-9]{1,20}@[a-z0-9]{1,20}\\.(?:org|com)'\n"
                            "    confidence: 0.9\n"
                            "    tests:\n"
                            "      match: ['to {{a@b.org}}']\n"
                            "      pass: ['to a at b']\n"
                            "  - id: sample.number\n"
                            "    entity: PHONE\n"
                            "    description: seven digits after a cue\n"
                            "    pattern: '\\b\\d{3}-\\d{4}\\b'\n"
                            "    confidence: 0.3\n"
                            "    context:\n"
                            "      boost: {words: ['@cue'], weight: 0.4}\n"
                            "    tests:\n"
                            "      match: ['call {{555-0123}}']\n"
                            "      pass: ['part 555-0123']\n";

static const char text[] = "mail " CANARY "@" CANARY ".org \xef\xbc\xa1\xe2\x80\x8b or call 555-0199 about " CANARY
                           ", then " CANARY "@example.com and part 555-0100 of " CANARY;
static const char scrubbed[] =
    "mail [EMAIL] \xef\xbc\xa1\xe2\x80\x8b or call [PHONE] about " CANARY ", then [EMAIL] and part 555-0100 of " CANARY;

/* A text and what it becomes. */
struct sample {
    pii_format format;
    const char *text;
    const char *scrubbed;
    size_t findings;
};

static const struct sample plain = {PII_FORMAT_TEXT, text, scrubbed, 3};

static const struct sample json = {
    PII_FORMAT_JSON,
    "{\"" CANARY "\": [\"" CANARY "\\u0040" CANARY ".org\", {\"" CANARY "@" CANARY ".com\": \"call 555-0199 \\"
    "ud83d\\ude00\"}],\n \"part\": \"555-0100 of " CANARY "\", \"n\": 1234567}",
    "{\"" CANARY "\": [\"[EMAIL]\", {\"[EMAIL]\": \"call [PHONE] \\"
    "ud83d\\ude00\"}],\n \"part\": \"555-0100 of " CANARY "\", \"n\": 1234567}",
    3,
};

static const struct sample xml = {
    PII_FORMAT_XML,
    "<" CANARY " a=\"" CANARY "&#64;" CANARY ".org\" b='" CANARY "&amp;'><b>" CANARY "@" CANARY ".com</b>"
    "<!-- call 555-0199 --><c>part 555-0100 of " CANARY "</c></" CANARY ">",
    "<" CANARY " a=\"[EMAIL]\" b='" CANARY "&amp;'><b>[EMAIL]</b>"
    "<!-- call [PHONE] --><c>part 555-0100 of " CANARY "</c></" CANARY ">",
    3,
};

static const struct sample html = {
    PII_FORMAT_HTML,
    "<p title=\"" CANARY "&commat;" CANARY ".org\"><script>a = '" CANARY "@" CANARY ".com'</script>"
    "<!-- call 555-0199 --><b>part 555-0100 of " CANARY,
    "<p title=\"[EMAIL]\"><script>a = '[EMAIL]'</script><!-- call [PHONE] --><b>part 555-0100 of " CANARY,
    3,
};

/* A program in a string of a project, which is recognised. */
static const struct sample project = {
    PII_FORMAT_AUTO,
    "{\"animations\": {}, \"source\": \"say(\\\"" CANARY "\\u0040" CANARY
    ".org\\\"); // part 555-0100 of " CANARY "\"}",
    "{\"animations\": {}, \"source\": \"say(\\\"[EMAIL]\\\"); // part 555-0100 of " CANARY "\"}",
    1,
};

/* Blocks with ids, which are scanned before they are shown. */
static const struct sample blocks = {
    PII_FORMAT_AUTO,
    "{\"blocks\": {\"languageVersion\": 0, \"blocks\": [{\"id\": \"" CANARY "-1\", \"fields\": {\"TEXT\": \"" CANARY
    "@" CANARY ".org\"}, \"next\": {\"block\": {\"id\": \"" CANARY "-2\", \"data\": \"call 555-0199\"}}}]}}",
    "{\"blocks\": {\"languageVersion\": 0, \"blocks\": [{\"id\": \"" CANARY "-1\", \"fields\": {\"TEXT\": \"[EMAIL]"
    "\"}, \"next\": {\"block\": {\"id\": \"" CANARY "-2\", \"data\": \"call [PHONE]\"}}}]}}",
    2,
};

static const struct sample csv = {
    PII_FORMAT_CSV,
    CANARY ",b\n\"" CANARY "@" CANARY ".org\"\"\",call 555-0199\n",
    CANARY ",b\n\"[EMAIL]\"\"\",call [PHONE]\n",
    2,
};

/* Brackets in strings: they are left although there may have been no memory to enter them. */
static const struct sample python = {
    PII_FORMAT_PYTHON,
    "f'{" CANARY "[0]}" CANARY "@" CANARY ".org'; '''call 555-0199'''; a = {1: f'{b:{c}}'} # part 555-0100 of " CANARY,
    "f'{" CANARY "[0]}[EMAIL]'; '''call [PHONE]'''; a = {1: f'{b:{c}}'} # part 555-0100 of " CANARY,
    2,
};

static const struct sample javascript = {
    PII_FORMAT_JAVASCRIPT,
    "`${" CANARY "[0]}" CANARY "@" CANARY ".org`; a = {b: <p>call 555-0199</p>} // part 555-0100 of " CANARY,
    "`${" CANARY "[0]}[EMAIL]`; a = {b: <p>call [PHONE]</p>} // part 555-0100 of " CANARY,
    2,
};

static const struct sample log_line = {
    PII_FORMAT_LOG,
    "127.0.0.1 - - [01/Jul/2026:10:00:00 +0000] \"GET /?a=" CANARY "@" CANARY ".org HTTP/1.1\" 200 555\n",
    "127.0.0.1 - - [01/Jul/2026:10:00:00 +0000] \"GET /?a=[EMAIL] HTTP/1.1\" 200 555\n",
    1,
};

#endif
