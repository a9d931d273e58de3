/* html_field.c - text, values, comments, scripts and references of HTML. */
#include "html.h"

/* Bytes that stand for themselves, up to a stop; UTF-8 or not. */
static void run(pii__html_input *in, pii__stops stops)
{
    const uint8_t *from = in->at;
    bool fences = false;
    for (; in->at < in->end; in->at++) {
        in->at = pii__plain_run(in->at, in->end, stops);
        if (in->at == in->end || *in->at == stops.a || *in->at == stops.b || *in->at == stops.c)
            break;
        fences |= pii__is_fence(*in->at);
    }
    (fences ? pii__tape_raw : pii__tape_bytes)(in->tape, from, (size_t)(in->at - from));
}

static void put_text(pii__html_input *in, const char *text, size_t size)
{
    pii__tape_bytes(in->tape, (const uint8_t *)text, size);
}

/* ---- References ---- */

static void begin_reference(pii__html *html, pii__html_input *in)
{
    pii__reference_begin(&html->reference, pii__html_offset(in));
    in->at++;
    html->outer = html->state;
    html->state = PII__HTML_REFERENCE;
}

/* What numbers of no character, and those of control characters, are read as. */
static uint32_t code_point_of(uint32_t number)
{
    static const uint16_t windows[32] = {
        0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160,
        0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
    };
    if (number >= 0x80 && number < 0xA0)
        return windows[number - 0x80];
    bool none = number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF);
    return none ? 0xFFFD : number;
}

static void put_named(pii__html_input *in, const pii__named *named, uint64_t at, size_t size)
{
    pii__tape_code_point(in->tape, named->code_points[0], at, size);
    if (named->code_points[1])
        pii__tape_code_point(in->tape, named->code_points[1], at + size, 0);
}

/* Bytes of the reference that are a name without a ; - the & is one of them. 0: none. */
static size_t bare_size(const pii__html *html, bool equals, pii__named *ret)
{
    const pii__reference *reference = &html->reference;
    bool value = html->outer == PII__HTML_QUOTED || html->outer == PII__HTML_UNQUOTED;
    for (size_t size = reference->size; size > 1; size--) {
        if (pii__entity_named(reference->bytes + 1, size - 1, ret) && ret->bare)
            return value && (size < reference->size || equals) ? 0 : size;
    }
    return 0;
}

/* `end`: the byte after it, or 0. */
static void end_reference(pii__html *html, pii__html_input *in, uint8_t end)
{
    const pii__reference *reference = &html->reference;
    size_t closed = end == ';';
    uint32_t number;
    pii__named named;
    size_t size = reference->size;
    html->state = html->outer;
    if (pii__reference_numeric(reference)) {
        if (pii__reference_full(reference) && !closed)
            pii__tape_limit(in->tape, reference->at);
        else if (pii__reference_number(reference, &number))
            pii__tape_code_point(in->tape, code_point_of(number), reference->at, size + closed);
        else
            closed = size = 0;
    } else if (closed && pii__entity_named(reference->bytes + 1, size - 1u, &named)) {
        put_named(in, &named, reference->at, size + 1);
    } else {
        closed = 0;
        size = bare_size(html, end == '=', &named);
        if (size)
            put_named(in, &named, reference->at, size);
    }
    pii__tape_bytes(in->tape, reference->bytes + size, reference->size - size);
    if (closed) /* at the end there are no bytes at all */
        in->at++;
}

static void take_reference(pii__html *html, pii__html_input *in)
{
    while (in->at < in->end && pii__reference_take(&html->reference, *in->at, false))
        in->at++;
    if (in->at < in->end)
        end_reference(html, in, *in->at);
}

/* ---- Text ---- */

/* Most runs hold nothing that a rule could match, and lie in one piece with what ends them. */
static bool pass_over(pii__html_input *in, pii__stops stops, uint8_t end)
{
    const uint8_t *at = pii__plain_run(in->at, in->end, stops);
    if (in->end - at < 3 || *at != end || (size_t)(at - in->at) >= in->tape->shortest)
        return false;
    bool tag = pii__html_letter(at[1]) || (at[1] == '/' && pii__html_letter(at[2])) || at[1] == '!';
    if (end == '<' && !tag)
        return false;
    in->at = at;
    return true;
}

static void take_text(pii__html *html, pii__html_input *in)
{
    if (!html->open) {
        while (in->at < in->end && pii__html_blank(*in->at))
            in->at++;
        if (in->at == in->end)
            return;
        if (*in->at == '<' || pass_over(in, (pii__stops){'<', '&', '&'}, '<')) {
            html->state = PII__HTML_LESS;
            in->at++;
            return;
        }
        pii__html_begin(html, in, PII__HTML_KIND_TEXT);
    }
    run(in, (pii__stops){'<', '&', '&'});
    if (in->at == in->end)
        return;
    if (*in->at == '&') {
        begin_reference(html, in);
    } else {
        html->state = PII__HTML_LESS;
        in->at++;
    }
}

/* What was read of a tag is text. */
static void be_text(pii__html *html, pii__html_input *in, const char *text)
{
    size_t size = strlen(text);
    if (!html->open) {
        pii__tape_begin(in->tape, PII__HTML_KIND_TEXT, pii__html_offset(in) - size);
        html->open = true;
    }
    put_text(in, text, size);
    html->state = PII__HTML_TEXT;
}

static void begin_bogus(pii__html *html, pii__html_input *in)
{
    pii__html_begin(html, in, PII__HTML_KIND_COMMENT);
    html->state = PII__HTML_BOGUS;
}

/* After <. */
static void take_less(pii__html *html, pii__html_input *in)
{
    uint8_t byte = *in->at;
    if (byte == '/') {
        in->at++;
        html->state = PII__HTML_SLASH;
        return;
    }
    if (byte != '!' && byte != '?' && !pii__html_letter(byte)) {
        be_text(html, in, "<");
        return;
    }
    pii__html_end(html, in, pii__html_offset(in) - 1);
    if (byte == '!') {
        in->at++;
        html->state = PII__HTML_BANG;
    } else if (byte == '?') {
        begin_bogus(html, in);
    } else {
        pii__html_begin_tag(html, in, false);
    }
}

/* After </. */
static void take_slash(pii__html *html, pii__html_input *in)
{
    pii__html_end(html, in, pii__html_offset(in) - 2);
    if (pii__html_letter(*in->at))
        pii__html_begin_tag(html, in, true);
    else
        begin_bogus(html, in);
}

/* ---- Comments ---- */

/* After <!: a comment, or what is called one. */
static void take_bang(pii__html *html, pii__html_input *in)
{
    if (html->state == PII__HTML_BANG && *in->at == '-') {
        in->at++;
        html->state = PII__HTML_DASH;
    } else if (html->state == PII__HTML_DASH && *in->at == '-') {
        in->at++;
        pii__html_begin(html, in, PII__HTML_KIND_COMMENT);
        html->state = PII__HTML_COMMENT;
        html->dashes = 2;
        html->held = 0;
        html->bang = false;
    } else {
        begin_bogus(html, in);
    }
}

static void end_comment(pii__html *html, pii__html_input *in, uint64_t end)
{
    pii__html_end(html, in, end);
    in->at++;
    html->state = PII__HTML_TEXT;
}

static void take_bogus(pii__html *html, pii__html_input *in)
{
    if (*in->at == '>')
        end_comment(html, in, pii__html_offset(in));
    else
        run(in, (pii__stops){'>', '>', '>'});
}

/* What was held back is none of the end. */
static void release_held(pii__html *html, pii__html_input *in)
{
    put_text(in, "--!", html->bang ? 3 : html->held);
    html->held = html->dashes = 0;
    html->bang = false;
}

/* Ends before --> and --!>, and at once by > and ->. */
static void take_comment(pii__html *html, pii__html_input *in)
{
    if (*in->at == '>' && html->dashes == 2) {
        end_comment(html, in, pii__html_offset(in) - html->held - html->bang);
    } else if (*in->at == '!' && html->held == 2 && !html->bang) {
        html->bang = true;
        in->at++;
    } else if (*in->at == '-') {
        if (html->bang)
            release_held(html, in);
        if (html->held == 2)
            put_text(in, "-", 1);
        html->held = html->held ? 2 : 1;
        html->dashes = html->dashes ? 2 : 1;
        in->at++;
    } else {
        release_held(html, in);
        run(in, (pii__stops){'-', '-', '-'});
    }
}

/* ---- What only its own end tag ends ---- */

/* A script of a type that is none is data: JSON, or text. */
static const pii__front_end *script_reader(const pii__html_word *type)
{
    static const char *const scripts[] = {"",           "module",          "text/javascript", "application/javascript",
                                          "text/babel", "text/ecmascript", "text/jsx",        "application/ecmascript"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (pii__html_is(type, scripts[i]))
            return &pii__javascript;
    bool json = type->size >= 4 && memcmp(type->bytes + type->size - 4, "json", 4) == 0;
    return json || pii__html_is(type, "importmap") ? &pii__json : NULL;
}

void pii__html_begin_content(pii__html *html, pii__html_input *in)
{
    static const char *const raw[] = {"script", "style", "xmp", "iframe", "noembed", "noframes"};
    html->decodes = pii__html_is(&html->tag, "title") || pii__html_is(&html->tag, "textarea");
    bool inside = html->decodes;
    for (size_t i = 0; i < sizeof raw / sizeof *raw; i++)
        inside |= pii__html_is(&html->tag, raw[i]);
    if (!inside)
        return;
    html->state = PII__HTML_INSIDE;
    html->held = 0;
    const pii__front_end *reader = pii__html_is(&html->tag, "script") ? script_reader(&html->type) : NULL;
    uint8_t kind = html->decodes ? PII__HTML_KIND_TEXT : PII__HTML_KIND_RAW;
    if (reader)
        pii__tape_begin_inner(in->tape, kind, pii__html_offset(in), reader, true);
    else
        pii__tape_begin(in->tape, kind, pii__html_offset(in));
    html->open = true;
}

static void take_inside(pii__html *html, pii__html_input *in)
{
    run(in, (pii__stops){'<', html->decodes ? '&' : '<', '<'});
    if (in->at == in->end)
        return;
    if (*in->at == '&') {
        begin_reference(html, in);
    } else {
        html->state = PII__HTML_INSIDE_LESS;
        html->held = 1;
        html->name.size = 0;
        in->at++;
    }
}

/* What was read of an end tag is text: `held` bytes, of which those of the name are as they came. */
static void release_less(pii__html *html, pii__html_input *in)
{
    put_text(in, "</", html->held < 2 ? html->held : 2);
    pii__tape_bytes(in->tape, html->name.bytes, html->name.size);
    html->state = PII__HTML_INSIDE;
    html->held = 0;
}

/* After < and some more of the end tag that is waited for. */
static void take_inside_less(pii__html *html, pii__html_input *in)
{
    uint8_t byte = *in->at;
    bool whole = html->name.size == html->tag.size;
    if (html->held == 1 && byte == '/') {
        html->held = 2;
        in->at++;
    } else if (html->held >= 2 && !whole && (byte | 0x20) == html->tag.bytes[html->name.size]) {
        html->name.bytes[html->name.size++] = byte;
        html->held++;
        in->at++;
    } else if (html->held >= 2 && whole && (pii__html_blank(byte) || byte == '/' || byte == '>')) {
        pii__html_end(html, in, pii__html_offset(in) - html->held);
        html->end_tag = true;
        html->state = PII__HTML_BEFORE_NAME;
    } else {
        release_less(html, in);
    }
}

/* ---- Values ---- */

void pii__html_begin_value(pii__html *html, pii__html_input *in, uint8_t quote)
{
    html->quote = quote;
    html->state = quote ? PII__HTML_QUOTED : PII__HTML_UNQUOTED;
    html->typing = pii__html_is(&html->name, "type");
    if (html->typing)
        html->type.size = 0;
    else if (quote && pass_over(in, (pii__stops){quote, '&', '&'}, quote))
        return;
    if (html->name.size < PII__HTML_WORD_MAX)
        pii__tape_speak_for(in->tape, html->name.bytes, html->name.size, false, pii__html_offset(in));
    pii__html_begin(html, in, quote ? PII__HTML_KIND_QUOTED : PII__HTML_KIND_UNQUOTED);
}

static void end_value(pii__html *html, pii__html_input *in)
{
    pii__html_end(html, in, pii__html_offset(in));
    in->at += html->state == PII__HTML_QUOTED;
    html->state = PII__HTML_BEFORE_NAME;
}

static void take_value(pii__html *html, pii__html_input *in)
{
    bool quoted = html->state == PII__HTML_QUOTED;
    if (quoted ? *in->at == html->quote : pii__html_blank(*in->at) || *in->at == '>') {
        end_value(html, in);
    } else if (*in->at == '&') {
        begin_reference(html, in);
    } else if (html->typing || !quoted) {
        if (html->typing)
            pii__html_add(&html->type, *in->at);
        pii__tape_raw(in->tape, in->at++, 1);
    } else {
        run(in, (pii__stops){html->quote, '&', '&'});
    }
}

/* ---- All ---- */

void pii__html_take_field(pii__html *html, pii__html_input *in)
{
    switch (html->state) {
    case PII__HTML_TEXT: take_text(html, in); break;
    case PII__HTML_LESS: take_less(html, in); break;
    case PII__HTML_SLASH: take_slash(html, in); break;
    case PII__HTML_BANG:
    case PII__HTML_DASH: take_bang(html, in); break;
    case PII__HTML_COMMENT: take_comment(html, in); break;
    case PII__HTML_BOGUS: take_bogus(html, in); break;
    case PII__HTML_INSIDE: take_inside(html, in); break;
    case PII__HTML_INSIDE_LESS: take_inside_less(html, in); break;
    case PII__HTML_REFERENCE: take_reference(html, in); break;
    case PII__HTML_QUOTED:
    case PII__HTML_UNQUOTED: take_value(html, in); break;
    default:
        pii__tape_raw(in->tape, in->at, (size_t)(in->end - in->at));
        in->at = in->end;
    }
}

void pii__html_finish_field(pii__html *html, pii__html_input *in)
{
    switch (html->state) {
    case PII__HTML_REFERENCE: end_reference(html, in, 0); break;
    case PII__HTML_COMMENT: release_held(html, in); break;
    case PII__HTML_INSIDE_LESS: release_less(html, in); break;
    case PII__HTML_LESS:
        if (html->open)
            put_text(in, "<", 1);
        break;
    case PII__HTML_SLASH:
        if (html->open)
            put_text(in, "</", 2);
        break;
    default: break;
    }
}
