/* javascript_text.c - fields of a program in JavaScript. */
#include "javascript.h"
#include "limits.h"

static const pii__escape_dialect string_dialect = {
    .flags = PII__ESCAPE_BRACES | PII__ESCAPE_UNICODE | PII__ESCAPE_OCTAL | PII__ESCAPE_PAIRS,
    .letters = "bfnrtv",
    .characters = "\b\f\n\r\t\v",
    .kept = "",
};

static const pii__escape_dialect regex_dialect = {
    .flags = PII__ESCAPE_BRACES | PII__ESCAPE_UNICODE | PII__ESCAPE_PAIRS | PII__ESCAPE_KEEP,
    .letters = "fnrtv",
    .characters = "\f\n\r\t\v",
    .kept = "0123456789bBcdDkpPqsSwW",
};

static const pii__code_stops stops[] = {
    [PII__JS_DOUBLE] = {"\"\\\\\\"},
    [PII__JS_SINGLE] = {"'\\\\\\"},
    [PII__JS_TEMPLATE] = {"`\\$$"},
    [PII__JS_LINE_COMMENT] = {"\xE2\xE2\xE2\xE2"},
    [PII__JS_BLOCK_COMMENT] = {"****"},
    [PII__JS_REGEX] = {"/\\[]"},
    [PII__JS_ELEMENT_TEXT] = {"<{{{"},
    [PII__JS_ATTRIBUTE_DOUBLE] = {"\"\"\"\""},
    [PII__JS_ATTRIBUTE_SINGLE] = {"''''"},
};

static const pii__escape_dialect *dialect_of(const pii__js *j)
{
    return j->kind == PII__JS_REGEX ? &regex_dialect : &string_dialect;
}

static bool line_end(uint8_t byte)
{
    return byte == '\n' || byte == '\r';
}

static bool names_something(uint8_t kind)
{
    return kind == PII__JS_DOUBLE || kind == PII__JS_SINGLE;
}

static bool has_escapes(uint8_t kind)
{
    return names_something(kind) || kind == PII__JS_TEMPLATE || kind == PII__JS_REGEX;
}

void pii__js_begin(pii__js *j, pii__code_input *in, uint8_t kind)
{
    bool comment = kind == PII__JS_LINE_COMMENT || kind == PII__JS_BLOCK_COMMENT;
    j->state = PII__JS_TEXT;
    j->kind = kind;
    j->in_class = false;
    j->field_at = pii__code_offset(in);
    if (!comment)
        pii__code_name_speak(&j->name, in->tape, j->field_at);
    if (kind == PII__JS_REGEX)
        pii__tape_begin_whole(in->tape, kind, j->field_at);
    else
        pii__tape_begin(in->tape, kind, j->field_at);
}

/* A literal ends before the byte at hand, which is of it. */
static void end_literal(pii__js *j, pii__code_input *in)
{
    pii__tape_end(in->tape, pii__code_offset(in));
    in->at++;
    pii__js_token(j, PII__JS_VALUE);
    j->string = names_something(j->kind);
}

/* ---- Regular expressions ---- */

/* All of one is replaced, as part of one may not be one. Only what is no pattern
 * that a person writes is too long for that. */
static void check_length(pii__js *j, const pii__code_input *in)
{
    if (pii__code_offset(in) - j->field_at > PII__FORMAT_NUMBER_MAX)
        pii__tape_change_kind(in->tape, PII__JS_REGEX);
}

static void take_regex_byte(pii__js *j, pii__code_input *in)
{
    uint8_t byte = *in->at;
    if (byte == '/' && !j->in_class) {
        end_literal(j, in);
    } else if (line_end(byte)) {
        pii__js_fault(j, in, "a regular expression that does not end in its line");
    } else {
        if (byte == '[' || byte == ']')
            j->in_class = byte == '[';
        pii__code_byte(in);
    }
}

/* ---- All ---- */

static void take_string_byte(pii__js *j, pii__code_input *in)
{
    if (line_end(*in->at))
        pii__js_fault(j, in, "a string that does not end in its line");
    else if (*in->at == (j->kind == PII__JS_DOUBLE ? '"' : '\''))
        end_literal(j, in);
    else
        pii__code_byte(in);
}

/* A line comment leaves the line end to the code. */
static void take_comment_byte(pii__js *j, pii__code_input *in)
{
    if (j->kind == PII__JS_BLOCK_COMMENT && *in->at == '*') {
        j->state = PII__JS_STAR;
        in->at++;
    } else if (j->kind == PII__JS_LINE_COMMENT && line_end(*in->at)) {
        pii__tape_end(in->tape, pii__code_offset(in));
        j->state = PII__JS_CODE;
    } else if (j->kind == PII__JS_LINE_COMMENT && *in->at == 0xE2) {
        j->state = PII__JS_SEPARATOR;
        j->held = 1;
        in->at++;
    } else {
        j->line_start |= line_end(*in->at);
        pii__code_byte(in);
    }
}

static void take_template_byte(pii__js *j, pii__code_input *in)
{
    if (*in->at == '`') {
        end_literal(j, in);
    } else if (*in->at == '$') {
        j->state = PII__JS_DOLLAR;
        in->at++;
    } else {
        pii__code_byte(in);
    }
}

static void take_element_byte(pii__js *j, pii__code_input *in)
{
    uint8_t byte = *in->at;
    bool quote = byte == (j->kind == PII__JS_ATTRIBUTE_DOUBLE ? '"' : '\'');
    if (j->kind == PII__JS_ELEMENT_TEXT && (byte == '<' || byte == '{')) {
        pii__tape_end(in->tape, pii__code_offset(in));
        in->at++;
        j->state = PII__JS_CHILD;
        if (byte == '{')
            pii__js_enter(j, in, PII__JS_EXPRESSION);
    } else if (j->kind != PII__JS_ELEMENT_TEXT && quote) {
        pii__tape_end(in->tape, pii__code_offset(in));
        in->at++;
        j->state = PII__JS_TAG;
    } else {
        pii__code_byte(in);
    }
}

void pii__js_take_text(pii__js *j, pii__code_input *in)
{
    const uint8_t *from = in->at;
    if (j->escape.high && *in->at != '\\')
        pii__escape_flush(&j->escape, in->tape);
    pii__code_run(in, &stops[j->kind]);
    if (names_something(j->kind))
        pii__code_word_add(&j->name, from, (size_t)(in->at - from));
    if (j->kind == PII__JS_REGEX)
        check_length(j, in);
    if (in->at == in->end)
        return;
    if (*in->at == '\\' && has_escapes(j->kind)) {
        pii__code_word_refuse(&j->name);
        pii__escape_begin(&j->escape, in);
        j->state = PII__JS_ESCAPE;
        return;
    }
    switch (j->kind) {
    case PII__JS_DOUBLE:
    case PII__JS_SINGLE: take_string_byte(j, in); break;
    case PII__JS_TEMPLATE: take_template_byte(j, in); break;
    case PII__JS_REGEX: take_regex_byte(j, in); break;
    case PII__JS_LINE_COMMENT:
    case PII__JS_BLOCK_COMMENT: take_comment_byte(j, in); break;
    default: take_element_byte(j, in);
    }
}

void pii__js_take_escape(pii__js *j, pii__code_input *in)
{
    if (j->kind == PII__JS_REGEX && j->escape.size == 1 && line_end(*in->at)) {
        pii__js_fault(j, in, "a regular expression that does not end in its line");
        return;
    }
    if (pii__escape_take(&j->escape, dialect_of(j), in))
        j->state = PII__JS_TEXT;
}

/* $ is text, unless it leads to code. */
void pii__js_take_dollar(pii__js *j, pii__code_input *in)
{
    if (*in->at != '{') {
        pii__tape_bytes(in->tape, (const uint8_t *)"$", 1);
        j->state = PII__JS_TEXT;
        return;
    }
    pii__tape_end(in->tape, pii__code_offset(in) - 1);
    in->at++;
    pii__js_enter(j, in, PII__JS_SUBSTITUTION);
}

void pii__js_take_star(pii__js *j, pii__code_input *in)
{
    if (*in->at == '/') {
        pii__tape_end(in->tape, pii__code_offset(in) - 1);
        in->at++;
        j->state = PII__JS_CODE;
        return;
    }
    pii__tape_bytes(in->tape, (const uint8_t *)"*", 1);
    if (*in->at == '*')
        in->at++;
    else
        j->state = PII__JS_TEXT;
}

/* U+2028 and U+2029, which end lines, are E2 80 A8 and E2 80 A9. */
void pii__js_take_separator(pii__js *j, pii__code_input *in)
{
    if (j->held == 1 && *in->at == 0x80) {
        in->at++;
        j->held = 2;
    } else if (j->held == 2 && (*in->at == 0xA8 || *in->at == 0xA9)) {
        pii__tape_end(in->tape, pii__code_offset(in) - 2);
        in->at++;
        j->line_start = true;
        j->state = PII__JS_CODE;
    } else {
        pii__tape_bytes(in->tape, (const uint8_t *)"\xE2\x80", j->held);
        j->state = PII__JS_TEXT;
    }
}

void pii__js_cut_off(pii__js *j, pii__tape *tape)
{
    switch (j->state) {
    case PII__JS_ESCAPE: pii__escape_cut_off(&j->escape, dialect_of(j), tape); break;
    case PII__JS_DOLLAR: pii__tape_bytes(tape, (const uint8_t *)"$", 1); break;
    case PII__JS_STAR: pii__tape_bytes(tape, (const uint8_t *)"*", 1); break;
    case PII__JS_SEPARATOR: pii__tape_bytes(tape, (const uint8_t *)"\xE2\x80", j->held); break;
    default: pii__escape_flush(&j->escape, tape);
    }
}

/* ---- Replacements ---- */

pii_status pii__js_escape(uint8_t kind, const char *text, pii__buffer *ret)
{
    switch (kind) {
    case PII__JS_DOUBLE: return pii__code_escape_text(text, "\"\\", '\\', ret);
    case PII__JS_SINGLE: return pii__code_escape_text(text, "'\\", '\\', ret);
    case PII__JS_TEMPLATE: return pii__code_escape_text(text, "`\\${", '\\', ret);
    case PII__JS_REGEX: return pii__code_escape_text(text, "/\\^$.*+?()[]{}|", '\\', ret);
    case PII__JS_BLOCK_COMMENT: return pii__code_escape_text(text, "*/", '\0', ret);
    case PII__JS_ELEMENT_TEXT: return pii__code_escape_text(text, "<>{}", '\0', ret);
    case PII__JS_ATTRIBUTE_DOUBLE: return pii__code_escape_text(text, "\"", '\0', ret);
    case PII__JS_ATTRIBUTE_SINGLE: return pii__code_escape_text(text, "'", '\0', ret);
    default: return pii__code_escape_text(text, "", '\0', ret);
    }
}
