#include "encodings.h"

#include <stdio.h>
#include <string.h>

static void plain(const char *text, test_bytes *ret)
{
    bytes_append_text(ret, text);
}

/* ---- JSON ---- */

static void json_escape(const char *text, size_t every, const char *style, test_bytes *ret)
{
    for (size_t i = 0; text[i]; i++) {
        char escape[16];
        if (i % every == 0)
            (void)snprintf(escape, sizeof escape, style, (unsigned)(unsigned char)text[i]);
        bytes_append(ret, i % every == 0 ? escape : text + i, i % every == 0 ? 6 : 1);
    }
}

static void json_escape_all(const char *text, test_bytes *ret)
{
    json_escape(text, 1, "\\u%04x", ret);
}

static void json_escape_some(const char *text, test_bytes *ret)
{
    json_escape(text, 3, "\\u%04X", ret);
}

/* Full-width letters and digits, which the view folds, as escapes. */
static void json_wide(const char *text, test_bytes *ret)
{
    for (size_t i = 0; text[i]; i++) {
        char escape[16];
        bool digit = text[i] >= '0' && text[i] <= '9';
        (void)snprintf(escape, sizeof escape, "\\u%04x", 0xFF10u + (unsigned)(text[i] - '0'));
        bytes_append(ret, digit ? escape : text + i, digit ? 6 : 1);
    }
}

static void json_open(test_bytes *ret)
{
    bytes_append_text(ret, "[");
}

static void json_between(test_bytes *ret)
{
    bytes_append_text(ret, " ,\n ");
}

static void json_close(test_bytes *ret)
{
    bytes_append_text(ret, "]");
}

/* ---- All ---- */

static const format_encoding json[] = {plain, json_escape_all, json_escape_some, json_wide, NULL};

static const struct format_encodings known[] = {
    {PII_FORMAT_JSON, json, json_open, json_between, json_close},
};

const struct format_encodings *encodings_of(const char *name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(pii_format_name(known[i].format), name) == 0)
            return &known[i];
    return NULL;
}
