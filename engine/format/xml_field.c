/* xml_field.c - text, values, CDATA, comments, instructions and the document type of XML. */
#include "limits.h"
#include "xml.h"
#include "xml_chars.h"

static void put(pii__xml_input *in, const uint8_t *from)
{
    pii__tape_bytes(in->tape, from, (size_t)(in->at - from));
}

bool pii__xml_field_fault(pii__xml_input *in, const char *text)
{
    bool goes_on = pii__tape_fault(in->tape, pii__xml_offset(in), text);
    if (!goes_on)
        in->at = in->end;
    return goes_on;
}

/* One byte of a character that is not ASCII. */
static bool wide(pii__xml *xml, uint8_t byte)
{
    if (!pii__utf8_check_byte(&xml->utf8, byte)) {
        xml->after_ef = 0;
        return false;
    }
    if (byte == 0xEF)
        xml->after_ef = 1;
    else if (xml->after_ef == 1 && byte == 0xBF)
        xml->after_ef = 2;
    else if (xml->after_ef == 2 && byte >= 0xBE)
        return false;
    else
        xml->after_ef = 0;
    return true;
}

/* What cannot stand in the document stands for itself, when lenient. */
static void take_bad(pii__xml *xml, pii__xml_input *in, const uint8_t **from, const char *text)
{
    put(in, *from);
    xml->utf8.due = xml->after_ef = 0;
    if (pii__xml_field_fault(in, text) && (*in->at >= 0x80 || *in->at < 0x20))
        pii__tape_raw(in->tape, in->at++, 1);
    *from = in->at;
}

/* Bytes that stand for themselves, up to a stop. */
static void run(pii__xml *xml, pii__xml_input *in, pii__stops stops)
{
    const uint8_t *from = in->at;
    while (in->at < in->end) {
        if (!xml->utf8.due)
            in->at = pii__plain_run(in->at, in->end, stops);
        if (in->at == in->end)
            break;
        uint8_t byte = *in->at;
        if (byte >= 0x80 || xml->utf8.due) {
            if (wide(xml, byte))
                in->at++;
            else
                take_bad(xml, in, &from, "a byte that is not UTF-8, or a character that XML does not have");
        } else if (byte >= 0x20) {
            break;
        } else if (pii__xml_blank(byte)) {
            in->at++;
        } else {
            take_bad(xml, in, &from, "a control character");
        }
    }
    put(in, from);
}

/* ---- Text and values ---- */

static void end_field(pii__xml *xml, pii__xml_input *in, uint64_t end)
{
    pii__tape_end(in->tape, end);
    xml->state = pii__tape_top(in->tape) ? PII__XML_CONTENT : PII__XML_OUTSIDE;
}

bool pii__xml_labels(const uint8_t *name, size_t size)
{
    return (size == 4 && memcmp(name, "name", 4) == 0) || (size == 3 && memcmp(name, "key", 3) == 0) ||
           (size == 2 && memcmp(name, "id", 2) == 0);
}

void pii__xml_set_label(pii__xml *xml, const uint8_t *value, size_t size)
{
    if (size > PII__XML_LABEL_MAX)
        return;
    for (size_t i = 0; i < size; i++)
        if (!pii__xml_name_byte(value[i]) && value[i] != ' ')
            return;
    memcpy(xml->label, value, size);
    xml->label_size = (uint8_t)size;
}

/* The value that ends is the last text on the tape. */
static void take_label(pii__xml *xml, const pii__tape *tape)
{
    const pii__field *field = tape->open ? &tape->fields[tape->field_count - 1] : NULL;
    if (!xml->labels || !field || field->at < tape->text_base)
        return;
    size_t at = (size_t)(field->at - tape->text_base);
    if (tape->text.size > at)
        pii__xml_set_label(xml, tape->text.bytes + at, tape->text.size - at);
}

const uint8_t *pii__xml_spoken(const pii__xml *xml, const uint8_t *name, size_t *size,
                               uint8_t room[PII__XML_SPOKEN_MAX])
{
    if (!xml->label_size || *size > PII__PATH_NAME_MAX)
        return name;
    memcpy(room, name, *size);
    room[*size] = ' ';
    memcpy(room + *size + 1, xml->label, xml->label_size);
    *size += 1u + xml->label_size;
    return room;
}

void pii__xml_begin_text(pii__xml *xml, pii__xml_input *in)
{
    size_t size;
    uint8_t room[PII__XML_SPOKEN_MAX];
    const uint8_t *name = pii__tape_frame_name(in->tape, pii__tape_top(in->tape), &size);
    name = pii__xml_spoken(xml, name, &size, room);
    pii__tape_speak_for(in->tape, name, size, true, pii__xml_offset(in));
    pii__tape_begin(in->tape, PII__XML_KIND_TEXT, pii__xml_offset(in));
    xml->state = PII__XML_TEXT;
    xml->count = 0;
    xml->utf8 = (pii__utf8_check){0};
    xml->after_ef = 0;
}

void pii__xml_begin_value(pii__xml *xml, pii__xml_input *in)
{
    xml->quote = *in->at++;
    xml->state = PII__XML_VALUE_END;
    const pii__buffer *held = &in->tape->held;
    if (xml->markup)
        pii__tape_cancel(in->tape);
    xml->markup = false;
    const uint8_t *name = held->bytes + xml->name_at;
    size_t size = held->size - xml->name_at - 1;
    xml->labels = pii__xml_labels(name, size);
    pii__tape_speak_for(in->tape, name, size, false, pii__xml_offset(in));
    pii__tape_begin(in->tape, PII__XML_KIND_VALUE, pii__xml_offset(in));
    xml->state = PII__XML_VALUE;
    xml->utf8 = (pii__utf8_check){0};
    xml->after_ef = 0;
}

static void begin_reference(pii__xml *xml, pii__xml_input *in)
{
    pii__reference_begin(&xml->reference, pii__xml_offset(in));
    in->at++;
    xml->outer = xml->state;
    xml->state = PII__XML_REFERENCE;
}

/* ]]> must not stand in text. */
static void take_text(pii__xml *xml, pii__xml_input *in)
{
    if (xml->count == 2 && *in->at == '>' && !pii__xml_field_fault(in, "]]> outside of CDATA"))
        return;
    if (*in->at != ']')
        xml->count = 0;
    run(xml, in, (pii__stops){'<', '&', ']'});
    if (in->at == in->end)
        return;
    if (*in->at == '<') {
        end_field(xml, in, pii__xml_offset(in));
    } else if (*in->at == '&') {
        begin_reference(xml, in);
    } else {
        pii__tape_bytes(in->tape, in->at++, 1);
        xml->count = xml->count ? 2 : 1;
    }
}

static void take_value(pii__xml *xml, pii__xml_input *in)
{
    run(xml, in, (pii__stops){xml->quote, '<', '&'});
    if (in->at == in->end)
        return;
    if (*in->at == xml->quote) {
        take_label(xml, in->tape);
        pii__tape_end(in->tape, pii__xml_offset(in));
        xml->state = PII__XML_VALUE_END;
    } else if (*in->at == '&') {
        begin_reference(xml, in);
    } else if (pii__xml_field_fault(in, "< in the value of an attribute")) {
        pii__tape_bytes(in->tape, in->at++, 1);
    }
}

/* ---- References ---- */

/* It is none: its bytes stand for themselves. */
static void no_reference(const pii__xml *xml, pii__xml_input *in, const char *text)
{
    const pii__reference *reference = &xml->reference;
    if (pii__reference_full(reference))
        pii__tape_limit(in->tape, reference->at);
    else if (pii__tape_fault(in->tape, reference->at, text))
        pii__tape_bytes(in->tape, reference->bytes, reference->size);
    else
        in->at = in->end;
}

static const char *predefined(const pii__reference *reference)
{
    static const char *const known[] = {"lt\0<", "gt\0>", "amp\0&", "quot\0\"", "apos\0'"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t size = strlen(known[i]);
        if (reference->size == size + 1 && memcmp(reference->bytes + 1, known[i], size) == 0)
            return known[i] + size + 1;
    }
    return NULL;
}

/* The ; is at hand. */
static void end_numeric(const pii__xml *xml, pii__xml_input *in, size_t size)
{
    uint32_t code_point;
    bool good = pii__reference_number(&xml->reference, &code_point) && xml->reference.bytes[2] != 'X';
    if (!good || !pii__xml_char(code_point)) {
        no_reference(xml, in, "a reference to no character of XML");
        return;
    }
    in->at++;
    pii__tape_code_point(in->tape, code_point, xml->reference.at, size);
}

/* Entities are not expanded. Those of XHTML are known; what another one holds is not: a blank. */
static void end_named(const pii__xml *xml, pii__xml_input *in, size_t size)
{
    const pii__reference *reference = &xml->reference;
    const char *text = predefined(reference);
    pii__named named;
    if (text) {
        pii__tape_decoded(in->tape, (const uint8_t *)text, 1, reference->at, size);
    } else if (!xml->typed) {
        no_reference(xml, in, "a reference to an entity that is not declared");
        return;
    } else if (pii__entity_named(reference->bytes + 1, reference->size - 1u, &named) && !named.code_points[1]) {
        pii__tape_code_point(in->tape, named.code_points[0], reference->at, size);
    } else {
        pii__tape_decoded(in->tape, (const uint8_t *)" ", 1, reference->at, size);
    }
    in->at++;
}

static void take_reference(pii__xml *xml, pii__xml_input *in)
{
    while (in->at < in->end && pii__reference_take(&xml->reference, *in->at, true))
        in->at++;
    if (in->at == in->end)
        return;
    size_t size = xml->reference.size + 1u;
    xml->state = xml->outer;
    xml->count = 0;
    if (*in->at != ';' || xml->reference.size == 1)
        no_reference(xml, in, "an & that begins no reference");
    else if (pii__reference_numeric(&xml->reference))
        end_numeric(xml, in, size);
    else
        end_named(xml, in, size);
}

/* ---- CDATA, comments, instructions ---- */

/* `count` times a byte that was held back is text after all. */
static void release_held(pii__xml *xml, pii__xml_input *in, uint8_t byte)
{
    for (; xml->count; xml->count--)
        pii__tape_bytes(in->tape, &byte, 1);
}

/* Ends before `closing` bytes of `byte` and one >. */
static void take_closed(pii__xml *xml, pii__xml_input *in, uint8_t byte, uint8_t closing)
{
    if (xml->utf8.due) {
        run(xml, in, (pii__stops){byte, byte, byte});
    } else if (*in->at == byte) {
        if (byte == '-' && xml->count == closing && !pii__xml_field_fault(in, "-- in a comment"))
            return;
        in->at++;
        if (xml->count == closing)
            pii__tape_bytes(in->tape, &byte, 1);
        else
            xml->count++;
    } else if (xml->count == closing && *in->at == '>') {
        uint64_t end = pii__xml_offset(in) - closing;
        in->at++;
        xml->count = 0;
        end_field(xml, in, end);
    } else if (byte == '-' && xml->count == closing && !pii__xml_field_fault(in, "-- in a comment")) {
        return;
    } else {
        release_held(xml, in, byte);
        run(xml, in, (pii__stops){byte, byte, byte});
    }
}

/* ---- The document type ---- */

/* The state after a byte outside of quotes. It is read only for where it ends: by its quotes, and by
 * the comments and instructions in it, in which quotes mean nothing. */
static pii__xml_doctype after_byte(pii__xml_doctype state, uint8_t byte)
{
    bool dash = byte == '-', more = byte == '>';
    switch (state) {
    case PII__XML_TYPE_BEFORE: return byte == '[' ? PII__XML_TYPE_SUBSET : state;
    case PII__XML_TYPE_SUBSET:
        if (byte == '%')
            return PII__XML_TYPE_ENTITY;
        return byte == '<' ? PII__XML_TYPE_LESS : byte == ']' ? PII__XML_TYPE_AFTER : state;
    case PII__XML_TYPE_ENTITY: return byte == ';' ? PII__XML_TYPE_SUBSET : state;
    case PII__XML_TYPE_LESS:
        return byte == '?' ? PII__XML_TYPE_INSTRUCTION : byte == '!' ? PII__XML_TYPE_BANG : PII__XML_TYPE_MARKUP;
    case PII__XML_TYPE_BANG:
        if (dash)
            return PII__XML_TYPE_DASH;
        /* fall through */
    case PII__XML_TYPE_MARKUP: return more ? PII__XML_TYPE_SUBSET : PII__XML_TYPE_MARKUP;
    case PII__XML_TYPE_DASH: return dash ? PII__XML_TYPE_COMMENT : PII__XML_TYPE_MARKUP;
    case PII__XML_TYPE_COMMENT: return dash ? PII__XML_TYPE_COMMENT_DASH : state;
    case PII__XML_TYPE_COMMENT_DASH: return dash ? PII__XML_TYPE_COMMENT_END : PII__XML_TYPE_COMMENT;
    case PII__XML_TYPE_COMMENT_END: return more ? PII__XML_TYPE_SUBSET : dash ? state : PII__XML_TYPE_COMMENT;
    case PII__XML_TYPE_INSTRUCTION: return byte == '?' ? PII__XML_TYPE_INSTRUCTION_END : state;
    case PII__XML_TYPE_INSTRUCTION_END:
        return more ? PII__XML_TYPE_SUBSET : byte == '?' ? state : PII__XML_TYPE_INSTRUCTION;
    case PII__XML_TYPE_AFTER: break;
    }
    return state;
}

static bool outside_subset(pii__xml_doctype state)
{
    return state == PII__XML_TYPE_BEFORE || state == PII__XML_TYPE_AFTER;
}

/* Whether a byte outside of quotes and markup may stand there. */
static bool allowed(pii__xml_doctype state, uint8_t byte)
{
    bool name = byte >= 0x80 || pii__xml_name_char(byte);
    switch (state) {
    case PII__XML_TYPE_BEFORE: return name || pii__xml_blank(byte) || byte == '[';
    case PII__XML_TYPE_SUBSET: return pii__xml_blank(byte) || byte == '<' || byte == ']' || byte == '%';
    case PII__XML_TYPE_ENTITY: return name || byte == ';';
    case PII__XML_TYPE_AFTER: return pii__xml_blank(byte);
    default: return true;
    }
}

static void step_doctype(pii__xml *xml, pii__xml_input *in, uint8_t byte)
{
    bool quotes = xml->doctype == PII__XML_TYPE_BEFORE || xml->doctype == PII__XML_TYPE_MARKUP;
    if (xml->quote)
        xml->quote = byte == xml->quote ? 0 : xml->quote;
    else if (quotes && (byte == '"' || byte == '\''))
        xml->quote = byte;
    else if (!allowed(xml->doctype, byte))
        (void)pii__xml_field_fault(in, "a document type declaration that is not well formed");
    else
        xml->doctype = after_byte(xml->doctype, byte);
}

/* Whether markup, a comment or an instruction begins or ends with the byte between two states. */
static bool divides(pii__xml_doctype before, pii__xml_doctype after)
{
    switch (after) {
    case PII__XML_TYPE_SUBSET:
    case PII__XML_TYPE_LESS:
    case PII__XML_TYPE_AFTER: return before != after;
    case PII__XML_TYPE_COMMENT: return before == PII__XML_TYPE_DASH;
    case PII__XML_TYPE_INSTRUCTION: return before == PII__XML_TYPE_LESS;
    default: return false;
    }
}

/* Text is not joined across quotes and markup: what replaced it would take them away. */
static void divide_doctype(pii__xml_input *in)
{
    pii__tape_end(in->tape, pii__xml_offset(in));
    pii__tape_begin(in->tape, PII__XML_KIND_DOCTYPE, pii__xml_offset(in));
}

static void take_byte_of_doctype(pii__xml *xml, pii__xml_input *in)
{
    const uint8_t quote = xml->quote;
    const pii__xml_doctype state = xml->doctype;
    step_doctype(xml, in, *in->at);
    if (in->at == in->end)
        return; /* a fault */
    if (quote && !xml->quote)
        divide_doctype(in);
    pii__tape_bytes(in->tape, in->at++, 1);
    if ((!quote && xml->quote) || divides(state, xml->doctype))
        divide_doctype(in);
}

static void take_doctype(pii__xml *xml, pii__xml_input *in)
{
    uint8_t byte = *in->at;
    const uint8_t *from = in->at;
    if (byte == '>' && !xml->quote && outside_subset(xml->doctype)) {
        end_field(xml, in, pii__xml_offset(in));
        in->at++;
    } else if (byte >= 0x80 || xml->utf8.due ? !wide(xml, byte) : byte < 0x20 && !pii__xml_blank(byte)) {
        take_bad(xml, in, &from, "a byte that is not UTF-8, or a character that XML does not have");
    } else {
        take_byte_of_doctype(xml, in);
    }
}

/* A field as long as it may turn out not to be well formed. */
static void take_declaration(pii__xml *xml, pii__xml_input *in)
{
    static const uint8_t mark = '?';
    pii__tape *tape = in->tape;
    bool end = xml->count && *in->at == '>';
    bool wide = tape->wide_inner != NULL;
    const char *fault = end ? pii__xml_declaration_fault(tape->held.bytes, tape->held.size, wide) : NULL;
    if (end && !fault) {
        pii__tape_cancel(tape);
        in->at++;
        xml->state = PII__XML_OUTSIDE;
    } else if (end) {
        release_held(xml, in, mark);
        if (pii__tape_fault(tape, xml->markup_at, fault))
            xml->state = PII__XML_RAW;
    } else {
        if (xml->count) {
            pii__tape_bytes(tape, &mark, 1);
            pii__tape_hold(tape, &mark, 1, pii__xml_offset(in));
        }
        xml->count = *in->at == '?';
        if (!xml->count) {
            pii__tape_raw(tape, in->at, 1);
            pii__tape_hold(tape, in->at, 1, pii__xml_offset(in));
        }
        in->at++;
    }
}

/* ---- All ---- */

void pii__xml_take_field(pii__xml *xml, pii__xml_input *in)
{
    switch (xml->state) {
    case PII__XML_TEXT: take_text(xml, in); break;
    case PII__XML_VALUE: take_value(xml, in); break;
    case PII__XML_REFERENCE: take_reference(xml, in); break;
    case PII__XML_CDATA: take_closed(xml, in, ']', 2); break;
    case PII__XML_COMMENT: take_closed(xml, in, '-', 2); break;
    case PII__XML_INSTRUCTION: take_closed(xml, in, '?', 1); break;
    case PII__XML_DECLARATION: take_declaration(xml, in); break;
    case PII__XML_DOCTYPE: take_doctype(xml, in); break;
    default:
        pii__tape_raw(in->tape, in->at, (size_t)(in->end - in->at));
        in->at = in->end;
    }
}

void pii__xml_finish_field(pii__xml *xml, pii__xml_input *in)
{
    switch (xml->state) {
    case PII__XML_REFERENCE: pii__tape_bytes(in->tape, xml->reference.bytes, xml->reference.size); break;
    case PII__XML_CDATA: release_held(xml, in, ']'); break;
    case PII__XML_COMMENT: release_held(xml, in, '-'); break;
    case PII__XML_INSTRUCTION:
    case PII__XML_DECLARATION: release_held(xml, in, '?'); break;
    default: break;
    }
}
