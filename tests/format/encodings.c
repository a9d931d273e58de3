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

static void nothing(test_bytes *ret)
{
    bytes_append_text(ret, "");
}

static void line_end(test_bytes *ret)
{
    bytes_append_text(ret, "\n");
}

static void json_write(const char *data, size_t size, test_bytes *ret)
{
    for (size_t i = 0; i < size; i++) {
        char escape[16];
        bool special = (unsigned char)data[i] < 0x20 || data[i] == '"' || data[i] == '\\';
        (void)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)(unsigned char)data[i]);
        bytes_append(ret, special ? escape : data + i, special ? 6 : 1);
    }
}

static void json_quote(const test_bytes *content, test_bytes *ret)
{
    bytes_append_text(ret, "\"");
    bytes_append(ret, content->data, content->size);
    bytes_append_text(ret, "\"");
}

/* ---- XML ---- */

static void xml_references(const char *text, size_t every, const char *style, test_bytes *ret)
{
    for (size_t i = 0; text[i]; i++) {
        char reference[16];
        (void)snprintf(reference, sizeof reference, style, (unsigned)(unsigned char)text[i]);
        if (i % every == 0)
            bytes_append_text(ret, reference);
        else
            bytes_append(ret, text + i, 1);
    }
}

static void xml_decimal(const char *text, test_bytes *ret)
{
    xml_references(text, 1, "&#%u;", ret);
}

static void xml_hexadecimal(const char *text, test_bytes *ret)
{
    xml_references(text, 3, "&#x%04X;", ret);
}

static void xml_wide(const char *text, test_bytes *ret)
{
    for (size_t i = 0; text[i]; i++) {
        char reference[16];
        bool digit = text[i] >= '0' && text[i] <= '9';
        (void)snprintf(reference, sizeof reference, "&#x%x;", 0xFF10u + (unsigned)(text[i] - '0'));
        bytes_append(ret, digit ? reference : text + i, digit ? 8 : 1);
    }
}

static void xml_open(test_bytes *ret)
{
    bytes_append_text(ret, "<all>");
}

static void xml_close(test_bytes *ret)
{
    bytes_append_text(ret, "</all>");
}

static void xml_write(const char *data, size_t size, test_bytes *ret)
{
    for (size_t i = 0; i < size; i++) {
        char reference[16];
        bool special = data[i] == '<' || data[i] == '>' || data[i] == '&' || data[i] == ' ';
        (void)snprintf(reference, sizeof reference, "&#x%02x;", (unsigned)(unsigned char)data[i]);
        bytes_append(ret, special ? reference : data + i, special ? 6 : 1);
    }
}

static void xml_quote(const test_bytes *content, test_bytes *ret)
{
    bytes_append_text(ret, "<a>");
    bytes_append(ret, content->data, content->size);
    bytes_append_text(ret, "</a>");
}

/* ---- CSV ---- */

/* A first row that holds no names: they would speak for what is below. */
static void csv_open(test_bytes *ret)
{
    bytes_append_text(ret, "0\n");
}

static void csv_write(const char *data, size_t size, test_bytes *ret)
{
    for (size_t i = 0; i < size; i++)
        bytes_append(ret, data[i] == '"' ? "\"\"" : data + i, data[i] == '"' ? 2 : 1);
}

/* ---- Programs ---- */

static void escape_each(const char *text, const char *style, size_t size, test_bytes *ret)
{
    for (size_t i = 0; text[i]; i++) {
        char escape[16];
        (void)snprintf(escape, sizeof escape, style, (unsigned)(unsigned char)text[i]);
        bytes_append(ret, escape, size);
    }
}

static void program_hexadecimal(const char *text, test_bytes *ret)
{
    escape_each(text, "\\x%02x", 4, ret);
}

static void program_octal(const char *text, test_bytes *ret)
{
    escape_each(text, "\\%03o", 4, ret);
}

static void javascript_braces(const char *text, test_bytes *ret)
{
    escape_each(text, "\\u{00%X}", 8, ret);
}

static void python_long(const char *text, test_bytes *ret)
{
    escape_each(text, "\\U%08x", 10, ret);
}

/* In the middle of the text a line of the source ends. */
static void program_continued(const char *text, test_bytes *ret)
{
    size_t half = strlen(text) / 2;
    bytes_append(ret, text, half);
    bytes_append_text(ret, "\\\r\n");
    bytes_append_text(ret, text + half);
}

static void program_write(const char *data, size_t size, test_bytes *ret)
{
    for (size_t i = 0; i < size; i++) {
        char escape[16];
        bool special = (unsigned char)data[i] < 0x20 || data[i] == '"' || data[i] == '\\';
        (void)snprintf(escape, sizeof escape, "\\x%02x", (unsigned)(unsigned char)data[i]);
        bytes_append(ret, special ? escape : data + i, special ? 4 : 1);
    }
}

/* ---- HTML ---- */

/* Without a semicolon, where what comes next is no digit of it. */
static void html_open_ended(const char *text, test_bytes *ret)
{
    for (size_t i = 0; text[i]; i++) {
        char reference[16];
        bool digit = text[i + 1] >= '0' && text[i + 1] <= '9';
        (void)snprintf(reference, sizeof reference, "&#%u%s", (unsigned)(unsigned char)text[i], digit ? ";" : "");
        bytes_append_text(ret, reference);
    }
}

static void html_named(const char *text, test_bytes *ret)
{
    static const char from[] = "@.()-";
    static const char *const names[] = {"&commat;", "&period;", "&lpar;", "&rpar;", "&hyphen;"};
    for (size_t i = 0; text[i]; i++) {
        const char *found = strchr(from, text[i]);
        if (found)
            bytes_append_text(ret, names[found - from]);
        else
            bytes_append(ret, text + i, 1);
    }
}

static void html_write(const char *data, size_t size, test_bytes *ret)
{
    for (size_t i = 0; i < size; i++) {
        bool special = data[i] == '<' || data[i] == '&' || data[i] == ' ';
        char reference[16];
        (void)snprintf(reference, sizeof reference, "&#%02u;", (unsigned)(unsigned char)data[i]);
        bytes_append(ret, special ? reference : data + i, special ? 5 : 1);
    }
}

/* ---- All ---- */

static const format_encoding json[] = {plain, json_escape_all, json_escape_some, json_wide, NULL};

static const format_encoding xml[] = {plain, xml_decimal, xml_hexadecimal, xml_wide, NULL};

static const format_encoding csv[] = {plain, NULL};

static const format_encoding javascript[] = {
    plain, json_escape_all, json_escape_some, json_wide, program_hexadecimal, program_octal, javascript_braces,
    program_continued, NULL};

static const format_encoding python[] = {plain, json_escape_all, json_wide, program_hexadecimal, program_octal,
                                         python_long, program_continued, NULL};

static const format_encoding html[] = {plain,    xml_decimal,     xml_hexadecimal,
                                       xml_wide, html_open_ended, html_named,      NULL};

static const struct format_encodings known[] = {
    {PII_FORMAT_JSON, json, json_open, json_between, json_close, json_write, json_quote},
    {PII_FORMAT_JSON_LINES, json, nothing, line_end, nothing, json_write, json_quote},
    {PII_FORMAT_XML, xml, xml_open, line_end, xml_close, xml_write, xml_quote},
    {PII_FORMAT_HTML, html, nothing, line_end, nothing, html_write, xml_quote},
    {PII_FORMAT_CSV, csv, csv_open, line_end, nothing, csv_write, json_quote},
    {PII_FORMAT_CSV_SEMICOLON, csv, csv_open, line_end, nothing, csv_write, json_quote},
    {PII_FORMAT_CSV_PIPE, csv, csv_open, line_end, nothing, csv_write, json_quote},
    {PII_FORMAT_TSV, csv, csv_open, line_end, nothing, csv_write, json_quote},
    {PII_FORMAT_JAVASCRIPT, javascript, nothing, line_end, nothing, program_write, json_quote},
    {PII_FORMAT_TYPESCRIPT, javascript, nothing, line_end, nothing, program_write, json_quote},
    {PII_FORMAT_PYTHON, python, nothing, line_end, nothing, program_write, json_quote},
};

const struct format_encodings *encodings_at(size_t index)
{
    return index < sizeof known / sizeof *known ? &known[index] : NULL;
}

/* Those of the format that a kind of project is in. */
static const struct format_encodings *project_encodings(const char *name)
{
    static struct format_encodings encodings;
    bool table = strstr(name, "table") || strstr(name, "roster");
    const format_encoding *ways = strstr(name, "xml") ? xml : table ? csv : json;
    encodings = (struct format_encodings){.encodings = ways};
    return pii_format_find(name, &encodings.format) == PII_OK ? &encodings : NULL;
}

const struct format_encodings *encodings_of(const char *name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(pii_format_name(known[i].format), name) == 0)
            return &known[i];
    return project_encodings(name);
}
