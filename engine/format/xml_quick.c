/* xml_quick.c - tags and text of XML that lie in one piece and hold nothing unusual, which is nearly all
 * of them: read in one go, to the same end as xml.c and xml_field.c would step by step. Whatever else
 * there is, a fault first of all, is left to them from its first byte on. */
#include "limits.h"
#include "tape_quick.h"
#include "xml.h"
#include "xml_chars.h"

enum { attributes_most = 8 };

/* Offsets are those of the text. */
typedef struct stretch {
    size_t at;
    size_t end;
} stretch;

typedef struct attribute {
    stretch name;
    stretch value;
} attribute;

/* The text at hand, and where in it the reader is. */
typedef struct quick {
    pii__xml *xml;
    pii__xml_input *in;
    pii__masked text;
    size_t at;
    stretch label; /* which the reader has yet to take over; `end` 0: none */
} quick;

static inline uint8_t byte_at(const quick *q, size_t at)
{
    return at < q->text.size ? q->text.bytes[at] : 0;
}

static inline const uint8_t *bytes_of(const quick *q, stretch part)
{
    return q->text.bytes + part.at;
}

static inline size_t size_of(stretch part)
{
    return part.end - part.at;
}

static inline uint64_t offset_of(const quick *q, size_t at)
{
    return q->in->tape->offset + (uint64_t)(q->text.bytes + at - q->in->bytes);
}

/* Goes on with a name, of which the first byte may be at `at`. */
static size_t rest_of_name(const quick *q, size_t at)
{
    while (byte_at(q, at) < 0x80 && pii__xml_name_byte(byte_at(q, at)))
        at++;
    return at;
}

/* The end of a name of ASCII, or `at`: there is none that begins as most do. */
static inline size_t name_end(const quick *q, size_t at)
{
    const pii__text_masks *masks = q->text.masks;
    if (!(pii__mask_at(masks->word, at) & 1))
        return at;
    at = pii__mask_skip_both(masks->word, masks->digit, at);
    uint8_t next = byte_at(q, at);
    return next == '=' || next == '>' || next == ' ' ? at : rest_of_name(q, at);
}

/* The first byte from `at` on that ends a value in such quotes, or text (0), or means that it is read elsewhere. */
static size_t field_end(const quick *q, size_t at, uint8_t quote)
{
    for (;; at++) {
        at = pii__mask_find(q->text.masks->stop, at);
        uint8_t byte = byte_at(q, at);
        bool harmless = byte == '>' || byte == '"' || byte == '\'' || (quote ? byte == ']' : pii__xml_blank(byte));
        if (!harmless || byte == quote)
            return at;
    }
}

/* Whether nothing can be found in a field. */
static bool can_pass(const quick *q, uint8_t holds, stretch field)
{
    return pii__tape_can_pass(q->in->tape, &q->text, field.at, size_of(field), holds);
}

/* A field as it stands, from its first byte to its last; unless nothing was found in it before. */
static void put_field(const quick *q, uint8_t holds, const uint8_t *name, size_t name_size, bool text, stretch field)
{
    pii__tape *tape = q->in->tape;
    pii__clean_text both = {name, name_size, bytes_of(q, field), size_of(field)};
    bool whole = holds == PII__HOLDS_TEXT || pii__holds_kept(holds);
    if (whole && pii__clean_has(tape->clean, &both))
        return;
    uint64_t at = offset_of(q, field.at);
    pii__tape_speak_for(tape, name, name_size, text, at);
    pii__tape_begin(tape, text ? PII__XML_KIND_TEXT : PII__XML_KIND_VALUE, at);
    pii__tape_bytes(tape, bytes_of(q, field), size_of(field));
    pii__tape_end(tape, at + size_of(field));
}

/* Whether the value of an attribute of this name may be the id of a block. */
static inline bool names_block(const pii__tape *tape, const uint8_t *name, size_t size)
{
    return tape->project && tape->project->block_names & pii__project_first(name, size);
}

static void put_value(const quick *q, const attribute *one)
{
    pii__tape *tape = q->in->tape;
    const uint8_t *name = bytes_of(q, one->name);
    size_t size = size_of(one->name);
    if (size_of(one->value) < tape->shortest && !names_block(tape, name, size))
        return;
    uint8_t holds = pii__tape_holds(tape, name, size);
    if (holds == PII__HOLDS_BLOCK)
        pii__tape_pass_block(tape, &q->text, one->value.at, size_of(one->value));
    if (!can_pass(q, holds, one->value))
        put_field(q, holds, name, size, false, one->value);
}

/* Most labels speak for nothing that is looked at. */
static void take_over_label(quick *q)
{
    if (q->label.end)
        pii__xml_set_label(q->xml, bytes_of(q, q->label), size_of(q->label));
    q->label = (stretch){0, 0};
}

static void drop_label(quick *q)
{
    q->xml->label_size = 0;
    q->label = (stretch){0, 0};
}

/* ` name="value"`; its end, or 0. */
static size_t read_attribute(const quick *q, size_t at, attribute *ret)
{
    size_t after = name_end(q, at);
    uint8_t quote = byte_at(q, after + 1);
    if (after == at || byte_at(q, after) != '=' || (quote != '"' && quote != '\''))
        return 0;
    size_t value = after + 2, end = field_end(q, value, quote);
    if (byte_at(q, end) != quote)
        return 0;
    *ret = (attribute){{at, after}, {value, end}};
    return end + 1;
}

static bool is_among(const quick *q, const attribute *attributes, size_t count, stretch name)
{
    for (size_t i = 0; i < count; i++)
        if (size_of(attributes[i].name) == size_of(name) &&
            memcmp(bytes_of(q, attributes[i].name), bytes_of(q, name), size_of(name)) == 0)
            return true;
    return false;
}

static inline size_t skip_blanks(const quick *q, size_t at)
{
    return byte_at(q, at) > ' ' ? at : pii__mask_skip(q->text.masks->blank, at);
}

/* From after the name of the element to its > or />; 0: not in one go. */
static size_t read_attributes(const quick *q, size_t at, attribute *attributes, size_t *ret_count)
{
    for (size_t count = 0;; count++) {
        size_t blanks = at;
        at = skip_blanks(q, at);
        *ret_count = count;
        if (byte_at(q, at) == '>')
            return at;
        if (byte_at(q, at) == '/')
            return byte_at(q, at + 1) == '>' ? at : 0;
        if (at == blanks || count == attributes_most)
            return 0;
        at = read_attribute(q, at, &attributes[count]);
        if (!at || is_among(q, attributes, count, attributes[count].name))
            return 0;
    }
}

/* What xml.c would have to hold of the tag; beyond the limit it says so. */
static size_t held_size(stretch name, const attribute *attributes, size_t count)
{
    size_t size = size_of(name) + 1;
    for (size_t i = 0; i < count; i++)
        size += size_of(attributes[i].name) + 1;
    return size;
}

static bool start_tag(quick *q)
{
    attribute attributes[attributes_most];
    stretch name = {q->at + 1, name_end(q, q->at + 1)};
    pii__tape *tape = q->in->tape;
    size_t count, at = size_of(name) ? read_attributes(q, name.end, attributes, &count) : 0;
    if (!at || held_size(name, attributes, count) > PII__FORMAT_TAG_MAX)
        return false;
    pii__tape_enter_named(tape, 0, false, bytes_of(q, name), size_of(name), offset_of(q, q->at));
    if (tape->status != PII_OK)
        return true;
    drop_label(q);
    for (size_t i = 0; i < count; i++) {
        stretch attribute_name = attributes[i].name;
        put_value(q, &attributes[i]);
        if (byte_at(q, at) != '/' && pii__xml_labels(bytes_of(q, attribute_name), size_of(attribute_name))) {
            take_over_label(q);
            q->label = attributes[i].value;
        }
    }
    if (byte_at(q, at) == '/')
        pii__tape_leave(tape);
    q->at = at + (byte_at(q, at) == '/' ? 2 : 1);
    return true;
}

static bool end_tag(quick *q, const pii__frame *top)
{
    size_t size;
    const uint8_t *name = pii__tape_frame_name(q->in->tape, top, &size), *at = q->text.bytes + q->at;
    if (q->text.size - q->at < size + 3 || at[size + 2] != '>' || memcmp(at + 2, name, size) != 0)
        return false;
    pii__tape_leave(q->in->tape);
    drop_label(q);
    q->at += size + 3;
    return true;
}

static bool text(quick *q, const pii__frame *top)
{
    size_t end = field_end(q, q->at, 0), size;
    if (byte_at(q, end) != '<')
        return false;
    stretch field = {q->at, end};
    uint8_t holds = pii__tape_holds_around(q->in->tape);
    q->at = end;
    if (can_pass(q, holds, field))
        return true;
    uint8_t room[PII__XML_SPOKEN_MAX];
    const uint8_t *name = pii__tape_frame_name(q->in->tape, top, &size);
    take_over_label(q);
    name = pii__xml_spoken(q->xml, name, &size, room);
    put_field(q, holds, name, size, true, field);
    return true;
}

/* False: the step at hand is not in one piece, or unusual. */
static bool take(quick *q)
{
    const pii__frame *top = pii__tape_top(q->in->tape);
    q->at = skip_blanks(q, q->at);
    if (!top || q->text.size - q->at < 2)
        return false;
    if (q->text.bytes[q->at] != '<')
        return text(q, top);
    return q->text.bytes[q->at + 1] == '/' ? end_tag(q, top) : start_tag(q);
}

void pii__xml_quick(pii__xml *xml, pii__xml_input *in)
{
    pii__tape *tape = in->tape;
    for (bool more = tape->masker.fill && !pii__xml_goes_on(tape) && in->at < in->end; more;) {
        quick q = {.xml = xml, .in = in, .text = pii__tape_mask(tape, PII__MASKS_XML, in->at, in->end)};
        q.at = (size_t)(in->at - q.text.bytes);
        while (tape->status == PII_OK && take(&q))
            continue;
        take_over_label(&q);
        in->at = q.text.bytes + q.at;
        more = tape->status == PII_OK && pii__tape_mask_on(tape, &q.text, q.at, in->end);
    }
}
