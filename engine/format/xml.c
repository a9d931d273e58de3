/* xml.c - XML 1.0 (fifth edition), read without a DTD.
 *
 * What is checked: characters, tags and their balance, attributes that differ, one outermost element,
 * references. Not checked: what a document type declaration says, and prefixes of namespaces. Text,
 * values, CDATA, comments, instructions and the document type are fields, names are not: changing one
 * would change what the document is. The name of an element speaks for its text, that of an attribute
 * for its value. When lenient, what breaks a rule inside a field stands for itself, and from the tag
 * that breaks one on all is one field of raw text. */
#include "tape_quick.h"
#include "xml.h"

#include "xml_chars.h"

/* Strict: the end. Lenient: the tag at hand is text, and all that comes. */
static void fault(pii__xml *xml, pii__xml_input *in, const char *text)
{
    if (!pii__tape_fault(in->tape, pii__xml_offset(in), text)) {
        in->at = in->end;
        return;
    }
    if (xml->markup)
        pii__tape_raw(in->tape, in->from, (size_t)(in->at - in->from));
    else
        pii__tape_begin(in->tape, PII__XML_KIND_RAW, pii__xml_offset(in));
    xml->markup = false;
    xml->state = PII__XML_RAW;
}

/* ---- Names ---- */

static void begin_name(pii__xml *xml, pii__xml_input *in, pii__xml_state state)
{
    xml->state = state;
    xml->name_at = (uint32_t)in->tape->held.size;
    xml->named = false;
    xml->code_point = 0;
    xml->utf8 = (pii__utf8_check){0};
}

/* One byte of a character beyond ASCII. False: it is none of a name. */
static bool take_wide(pii__xml *xml, uint8_t byte)
{
    bool first = !xml->utf8.due;
    if (!pii__utf8_check_byte(&xml->utf8, byte))
        return false;
    if (first)
        xml->code_point = byte & (0x3Fu >> xml->utf8.due);
    else
        xml->code_point = xml->code_point << 6 | (byte & 0x3Fu);
    if (xml->utf8.due)
        return true;
    return xml->named ? pii__xml_name_char(xml->code_point) : pii__xml_name_start(xml->code_point);
}

/* Takes what is at hand of the name; false: it goes on, or there was a fault. */
static bool take_name(pii__xml *xml, pii__xml_input *in)
{
    const uint8_t *from = in->at;
    bool good = xml->named || xml->utf8.due || *in->at >= 0x80 || pii__xml_name_start(*in->at);
    while (good && in->at < in->end) {
        if (*in->at < 0x80 && !xml->utf8.due) {
            if (!pii__xml_name_byte(*in->at))
                break;
        } else if (!take_wide(xml, *in->at)) {
            good = false;
            break;
        }
        xml->named |= !xml->utf8.due;
        in->at++;
    }
    pii__tape_hold(in->tape, from, (size_t)(in->at - from), pii__xml_offset(in));
    if (!good)
        fault(xml, in, "a name was expected");
    return good && in->at < in->end && in->tape->status == PII_OK;
}

/* ---- Tags ---- */

static void open_markup(pii__xml *xml, pii__xml_input *in)
{
    xml->markup = pii__xml_goes_on(in->tape);
    in->from = in->at; /* blanks before it are none of it */
    if (xml->markup)
        pii__tape_begin(in->tape, PII__XML_KIND_RAW, pii__xml_offset(in));
}

static void close_markup(pii__xml *xml, pii__xml_input *in)
{
    if (xml->markup)
        pii__tape_cancel(in->tape);
    xml->markup = false;
}

static void open_tag(pii__xml *xml, pii__xml_input *in)
{
    open_markup(xml, in);
    xml->markup_at = pii__xml_offset(in);
    xml->state = PII__XML_OPEN;
    in->tape->held.size = 0;
    in->at++;
}

static void after_element(pii__xml *xml, const pii__xml_input *in)
{
    xml->state = pii__tape_top(in->tape) ? PII__XML_CONTENT : PII__XML_OUTSIDE;
}

static void take_open(pii__xml *xml, pii__xml_input *in)
{
    uint8_t byte = *in->at;
    if (byte == '/') {
        in->at++;
        begin_name(xml, in, PII__XML_END_NAME);
    } else if (byte == '?') {
        in->at++;
        begin_name(xml, in, PII__XML_TARGET);
    } else if (byte == '!') {
        in->at++;
        xml->state = PII__XML_BANG;
        xml->count = 0;
    } else if (!pii__tape_top(in->tape) && xml->rooted) {
        fault(xml, in, "more than one outermost element");
    } else {
        begin_name(xml, in, PII__XML_ELEMENT);
    }
}

/* NUL ends a name in what is held. */
static void end_name(pii__xml_input *in)
{
    pii__tape_hold(in->tape, (const uint8_t *)"", 1, pii__xml_offset(in));
}

static void take_element(pii__xml *xml, pii__xml_input *in)
{
    if (!take_name(xml, in))
        return;
    const pii__buffer *held = &in->tape->held;
    pii__tape_enter_named(in->tape, 0, false, held->bytes, held->size, xml->markup_at);
    end_name(in);
    xml->label_size = 0;
    xml->rooted = true;
    xml->blank = false;
    xml->state = PII__XML_IN_TAG;
}

/* Between attributes. */
static void take_in_tag(pii__xml *xml, pii__xml_input *in)
{
    uint8_t byte = *in->at;
    if (pii__xml_blank(byte)) {
        xml->blank = true;
        in->at++;
    } else if (byte == '>') {
        close_markup(xml, in);
        in->at++;
        xml->state = PII__XML_CONTENT;
    } else if (byte == '/') {
        in->at++;
        xml->state = PII__XML_EMPTY;
    } else if (xml->blank) {
        begin_name(xml, in, PII__XML_ATTRIBUTE);
    } else {
        fault(xml, in, "a blank, / or > was expected");
    }
}

/* Whether the last name that is held was there before. */
static bool repeated(const pii__xml *xml, const pii__buffer *held)
{
    const char *name = (const char *)held->bytes + xml->name_at;
    size_t size = held->size - xml->name_at;
    const char *at = (const char *)held->bytes;
    for (at += strlen(at) + 1; at < name; at += strlen(at) + 1)
        if (*at == *name && strlen(at) + 1 == size && memcmp(at, name, size) == 0)
            return true;
    return false;
}

static void take_attribute(pii__xml *xml, pii__xml_input *in)
{
    if (!take_name(xml, in))
        return;
    end_name(in);
    if (in->tape->status != PII_OK)
        return;
    xml->state = PII__XML_EQUALS;
    if (repeated(xml, &in->tape->held))
        fault(xml, in, "an attribute that is there already");
}

static void take_equals(pii__xml *xml, pii__xml_input *in)
{
    if (*in->at == '=')
        xml->state = PII__XML_QUOTE;
    else if (!pii__xml_blank(*in->at)) {
        fault(xml, in, "a = was expected");
        return;
    }
    in->at++;
}

static void take_quote(pii__xml *xml, pii__xml_input *in)
{
    if (*in->at == '"' || *in->at == '\'')
        pii__xml_begin_value(xml, in);
    else if (pii__xml_blank(*in->at))
        in->at++;
    else
        fault(xml, in, "a value in quotes was expected");
}

/* The closing quote. */
static void take_value_end(pii__xml *xml, pii__xml_input *in)
{
    if (!xml->markup)
        open_markup(xml, in);
    in->at++;
    xml->blank = false;
    xml->state = PII__XML_IN_TAG;
}

static void leave(pii__xml *xml, pii__xml_input *in)
{
    close_markup(xml, in);
    in->at++;
    pii__tape_leave(in->tape);
    xml->label_size = 0;
    after_element(xml, in);
}

static void take_empty(pii__xml *xml, pii__xml_input *in)
{
    if (*in->at == '>')
        leave(xml, in);
    else
        fault(xml, in, "a > was expected");
}

static void take_end_name(pii__xml *xml, pii__xml_input *in)
{
    if (!take_name(xml, in))
        return;
    const pii__frame *top = pii__tape_top(in->tape);
    const pii__buffer *held = &in->tape->held;
    size_t size = 0;
    const uint8_t *name = top ? pii__tape_frame_name(in->tape, top, &size) : NULL;
    xml->state = PII__XML_END_TAG;
    if (!top || size != held->size || memcmp(name, held->bytes, size) != 0)
        fault(xml, in, top ? "an end tag of another name than the start tag" : "an end tag without a start tag");
}

static void take_end_tag(pii__xml *xml, pii__xml_input *in)
{
    if (*in->at == '>')
        leave(xml, in);
    else if (pii__xml_blank(*in->at))
        in->at++;
    else
        fault(xml, in, "a > was expected");
}

/* ---- <! and <? ---- */

static void begin_field(pii__xml *xml, pii__xml_input *in, pii__xml_state state, uint8_t kind)
{
    close_markup(xml, in);
    pii__tape_begin(in->tape, kind, pii__xml_offset(in));
    xml->state = state;
    xml->count = 0;
    xml->utf8 = (pii__utf8_check){0};
    xml->after_ef = 0;
}

static void begin_doctype(pii__xml *xml, pii__xml_input *in)
{
    if (!pii__xml_blank(*in->at) || xml->rooted || xml->typed) {
        fault(xml, in, "a document type declaration out of its place");
        return;
    }
    xml->typed = true;
    xml->quote = 0;
    xml->doctype = PII__XML_TYPE_BEFORE;
    begin_field(xml, in, PII__XML_DOCTYPE, PII__XML_KIND_DOCTYPE);
}

/* The byte after the literal of `what` is at hand, or the end of the piece. */
static const char *literal_of(const pii__xml *xml, const pii__tape *tape, uint8_t byte)
{
    static const char *const known[] = {"--", "[CDATA[", "DOCTYPE"};
    const uint8_t first = xml->count ? tape->held.bytes[0] : byte;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if ((uint8_t)known[i][0] == first)
            return known[i];
    return NULL;
}

/* After <!: a byte of what says of which kind it is. */
static void take_bang(pii__xml *xml, pii__xml_input *in)
{
    const char *literal = literal_of(xml, in->tape, *in->at);
    if (literal && !literal[xml->count]) {
        begin_doctype(xml, in);
        return;
    }
    if (!literal || *in->at != (uint8_t)literal[xml->count] || (*literal == '[' && !pii__tape_top(in->tape))) {
        fault(xml, in, "<! that begins nothing known here");
        return;
    }
    pii__tape_hold(in->tape, in->at++, 1, xml->markup_at);
    if (literal[++xml->count] || in->tape->status != PII_OK || *literal == 'D')
        return;
    if (*literal == '-')
        begin_field(xml, in, PII__XML_COMMENT, PII__XML_KIND_COMMENT);
    else
        begin_field(xml, in, PII__XML_CDATA, PII__XML_KIND_CDATA);
}

static void take_target(pii__xml *xml, pii__xml_input *in)
{
    if (!take_name(xml, in))
        return;
    const pii__buffer *held = &in->tape->held;
    bool reserved = held->size == 3 && (held->bytes[0] | 0x20) == 'x' && (held->bytes[1] | 0x20) == 'm' &&
                    (held->bytes[2] | 0x20) == 'l';
    bool declares = reserved && memcmp(held->bytes, "xml", 3) == 0 && xml->markup_at == xml->first;
    if (!pii__xml_blank(*in->at) && *in->at != '?')
        fault(xml, in, "a blank, or ?>, was expected");
    else if (reserved && !declares)
        fault(xml, in, "an XML declaration that is not at the start");
    else if (declares)
        begin_field(xml, in, PII__XML_DECLARATION, PII__XML_KIND_INSTRUCTION);
    else
        begin_field(xml, in, PII__XML_INSTRUCTION, PII__XML_KIND_INSTRUCTION);
    in->tape->held.size = 0;
}

/* ---- All ---- */

/* EF BB BF may stand before all else. */
static void take_mark(pii__xml *xml, pii__xml_input *in)
{
    static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};
    if (*in->at == mark[xml->count]) {
        in->at++;
        xml->state = ++xml->count == sizeof mark ? PII__XML_OUTSIDE : PII__XML_MARK;
        xml->first = pii__xml_offset(in);
    } else if (xml->state == PII__XML_START) {
        xml->state = PII__XML_OUTSIDE;
    } else {
        fault(xml, in, "not UTF-8");
    }
}

static void take_outside(pii__xml *xml, pii__xml_input *in)
{
    if (*in->at == '<')
        open_tag(xml, in);
    else if (pii__xml_blank(*in->at))
        in->at++;
    else
        fault(xml, in, "text outside of the outermost element");
}

static void take_content(pii__xml *xml, pii__xml_input *in)
{
    pii__xml_quick(xml, in);
    if (!pii__tape_top(in->tape))
        xml->state = PII__XML_OUTSIDE;
    while (in->at < in->end && pii__xml_blank(*in->at))
        in->at++;
    if (in->at == in->end || xml->state == PII__XML_OUTSIDE || in->tape->status != PII_OK)
        return;
    if (*in->at == '<')
        open_tag(xml, in);
    else
        pii__xml_begin_text(xml, in);
}

static void take(pii__xml *xml, pii__xml_input *in)
{
    switch (xml->state) {
    case PII__XML_START:
    case PII__XML_MARK: take_mark(xml, in); break;
    case PII__XML_OUTSIDE: take_outside(xml, in); break;
    case PII__XML_CONTENT: take_content(xml, in); break;
    case PII__XML_OPEN: take_open(xml, in); break;
    case PII__XML_BANG: take_bang(xml, in); break;
    case PII__XML_TARGET: take_target(xml, in); break;
    case PII__XML_ELEMENT: take_element(xml, in); break;
    case PII__XML_IN_TAG: take_in_tag(xml, in); break;
    case PII__XML_ATTRIBUTE: take_attribute(xml, in); break;
    case PII__XML_EQUALS: take_equals(xml, in); break;
    case PII__XML_QUOTE: take_quote(xml, in); break;
    case PII__XML_VALUE_END: take_value_end(xml, in); break;
    case PII__XML_EMPTY: take_empty(xml, in); break;
    case PII__XML_END_NAME: take_end_name(xml, in); break;
    case PII__XML_END_TAG: take_end_tag(xml, in); break;
    default: pii__xml_take_field(xml, in);
    }
}

static void feed(void *state, pii__tape *tape, const uint8_t *bytes, size_t size)
{
    pii__xml *xml = state;
    pii__xml_input in = {.tape = tape, .bytes = bytes, .at = bytes, .end = bytes + size};
    pii__tape_unmask(tape);
    while (in.at < in.end && tape->status == PII_OK) {
        in.from = in.at;
        take(xml, &in);
        if (xml->markup && tape->status == PII_OK)
            pii__tape_raw(tape, in.from, (size_t)(in.at - in.from));
    }
}

static void finish(void *state, pii__tape *tape)
{
    pii__xml *xml = state;
    pii__xml_input in = {.tape = tape};
    pii__xml_finish_field(xml, &in);
    if (xml->state != PII__XML_RAW && (xml->state != PII__XML_OUTSIDE || !xml->rooted))
        (void)pii__tape_fault(tape, tape->offset, "the document ends too early");
    pii__tape_end(tape, tape->offset);
}

static void start(void *state)
{
    *(pii__xml *)state = (pii__xml){.state = PII__XML_START};
}

static const char *reference_to(char byte)
{
    switch (byte) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&apos;";
    case '%': return "&#37;";
    default: return NULL;
    }
}

/* Where there are no references the bytes that could end the field are left out. */
static pii_status escape(uint8_t kind, const char *text, pii__buffer *ret)
{
    bool references = kind == PII__XML_KIND_TEXT || kind == PII__XML_KIND_VALUE || kind == PII__XML_KIND_DOCTYPE;
    pii_status status = PII_OK;
    for (; *text && status == PII_OK; text++) {
        const char *reference = references ? reference_to(*text) : NULL;
        bool ends = !references && kind != PII__XML_KIND_RAW && (*text == '>' || *text == '-' || *text == '?');
        if (reference)
            status = pii__buffer_append_text(ret, reference);
        else if (!ends)
            status = pii__buffer_append(ret, text, 1);
    }
    return status;
}

/* A replacement ends in a ], and so ]> must not follow it in text and CDATA. */
static pii_status guard(uint8_t kind, const uint8_t *next, size_t size, pii__buffer *ret)
{
    bool may_end = size && next[0] == ']' && (size < 2 || next[1] == '>');
    if (!may_end || !ret->size || ret->bytes[ret->size - 1] != ']')
        return PII_OK;
    if (kind == PII__XML_KIND_CDATA)
        return pii__buffer_append_text(ret, "]]><![CDATA[");
    if (kind != PII__XML_KIND_TEXT)
        return PII_OK;
    ret->size--;
    return pii__buffer_append_text(ret, "&#93;");
}

_Static_assert(sizeof(pii__xml) <= PII__FRONT_END_STATE_MAX, "the state of XML");

const pii__front_end pii__xml_reader = {sizeof(pii__xml), start, feed, finish, escape, guard};
