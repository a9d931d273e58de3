/* html.c - HTML as browsers read it: the tokenizer of the WHATWG HTML Standard, as far as it says what
 * is text. Nothing is a fault but another encoding.
 *
 * Text, values, comments and what a script or a style holds are fields of their own, and so are the
 * names in a tag, since anything can be one. The name of an attribute speaks for its value. No element
 * joins the text around it. */
#include "html.h"

/* ---- Tags ---- */

void pii__html_begin_tag(pii__html *html, pii__html_input *in, bool end_tag)
{
    html->end_tag = end_tag;
    html->tag.size = html->type.size = 0;
    html->state = PII__HTML_TAG_NAME;
    pii__html_begin(html, in, PII__HTML_KIND_NAMES);
}

static void put(const pii__html *html, pii__html_input *in)
{
    if (html->open)
        pii__tape_raw(in->tape, in->at, 1);
    in->at++;
}

/* The bytes of a name, in one go. */
static void put_name(pii__html_input *in, pii__html_word *word)
{
    const uint8_t *from = in->at;
    while (in->at < in->end && *in->at != '>' && *in->at != '/' && *in->at != '=' && !pii__html_blank(*in->at))
        pii__html_add(word, *in->at++);
    pii__tape_raw(in->tape, from, (size_t)(in->at - from));
}

static void end_tag(pii__html *html, pii__html_input *in)
{
    pii__html_end(html, in, pii__html_offset(in));
    in->at++;
    html->state = PII__HTML_TEXT;
    if (!html->end_tag)
        pii__html_begin_content(html, in);
}

static void take_tag_name(pii__html *html, pii__html_input *in)
{
    put_name(in, &html->tag);
    if (in->at == in->end || *in->at == '>')
        return;
    if (*in->at == '=')
        pii__html_add(&html->tag, '=');
    else
        html->state = PII__HTML_BEFORE_NAME;
    put(html, in);
}

static void begin_name(pii__html *html, pii__html_input *in)
{
    if (!html->open)
        pii__html_begin(html, in, PII__HTML_KIND_NAMES);
    html->state = PII__HTML_NAME;
    html->name.size = 0;
    pii__html_add(&html->name, *in->at);
    put(html, in);
}

static void take_before_name(pii__html *html, pii__html_input *in)
{
    if (pii__html_blank(*in->at) || *in->at == '/')
        put(html, in);
    else
        begin_name(html, in);
}

static void take_name(pii__html *html, pii__html_input *in)
{
    put_name(in, &html->name);
    if (in->at == in->end || *in->at == '>')
        return;
    if (*in->at == '/')
        html->state = PII__HTML_BEFORE_NAME;
    else
        html->state = *in->at == '=' ? PII__HTML_BEFORE_VALUE : PII__HTML_AFTER_NAME;
    put(html, in);
}

static void take_after_name(pii__html *html, pii__html_input *in)
{
    if (*in->at == '=')
        html->state = PII__HTML_BEFORE_VALUE;
    else if (*in->at == '/')
        html->state = PII__HTML_BEFORE_NAME;
    else if (!pii__html_blank(*in->at)) {
        begin_name(html, in);
        return;
    }
    put(html, in);
}

static void take_before_value(pii__html *html, pii__html_input *in)
{
    bool quoted = *in->at == '"' || *in->at == '\'';
    if (pii__html_blank(*in->at)) {
        put(html, in);
        return;
    }
    pii__html_end(html, in, pii__html_offset(in));
    uint8_t quote = quoted ? *in->at : 0;
    in->at += quoted;
    pii__html_begin_value(html, in, quote);
}

/* ---- All ---- */

/* Bytes of another encoding would hide what they say. EF BB BF is a byte of text as any other. */
static void take_start(pii__html *html, pii__html_input *in)
{
    html->state = PII__HTML_TEXT;
    if (*in->at < 0xFE)
        return;
    if (pii__tape_fault(in->tape, pii__html_offset(in), "not UTF-8")) {
        html->state = PII__HTML_RAW;
        pii__html_begin(html, in, PII__HTML_KIND_RAW);
    } else {
        in->at = in->end;
    }
}

static bool in_tag(pii__html_state state)
{
    return state >= PII__HTML_TAG_NAME && state <= PII__HTML_BEFORE_VALUE;
}

static void take(pii__html *html, pii__html_input *in)
{
    if (in_tag(html->state) && *in->at == '>') {
        end_tag(html, in);
        return;
    }
    switch (html->state) {
    case PII__HTML_START: take_start(html, in); break;
    case PII__HTML_TAG_NAME: take_tag_name(html, in); break;
    case PII__HTML_BEFORE_NAME: take_before_name(html, in); break;
    case PII__HTML_NAME: take_name(html, in); break;
    case PII__HTML_AFTER_NAME: take_after_name(html, in); break;
    case PII__HTML_BEFORE_VALUE: take_before_value(html, in); break;
    default: pii__html_take_field(html, in);
    }
}

static void feed(void *state, pii__tape *tape, const uint8_t *bytes, size_t size)
{
    pii__html *html = state;
    pii__html_input in = {.tape = tape, .bytes = bytes, .at = bytes, .end = bytes + size};
    while (in.at < in.end && tape->status == PII_OK)
        take(html, &in);
}

static void finish(void *state, pii__tape *tape)
{
    pii__html *html = state;
    pii__html_input in = {.tape = tape};
    pii__html_finish_field(html, &in);
    pii__html_end(html, &in, tape->offset);
}

static void start(void *state)
{
    *(pii__html *)state = (pii__html){.state = PII__HTML_START};
}

/* Where there are no references the bytes that could end the field are left out. */
static pii_status escape(uint8_t kind, const char *text, pii__buffer *ret)
{
    static const char special[] = "&<>\"'", ends[] = "<>\"' =-/";
    static const char *const references[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    bool decoded = kind == PII__HTML_KIND_TEXT || kind == PII__HTML_KIND_QUOTED || kind == PII__HTML_KIND_UNQUOTED;
    pii_status status = PII_OK;
    for (; *text && status == PII_OK; text++) {
        const char *found = decoded ? strchr(special, *text) : NULL;
        if (found)
            status = pii__buffer_append_text(ret, references[found - special]);
        else if (decoded || kind == PII__HTML_KIND_RAW || !strchr(ends, *text))
            status = pii__buffer_append(ret, text, 1);
    }
    return status;
}

_Static_assert(sizeof(pii__html) <= PII__FRONT_END_STATE_MAX, "the state of HTML");

const pii__front_end pii__html_reader = {sizeof(pii__html), start, feed, finish, escape, NULL};
