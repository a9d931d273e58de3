/* xml_quick.c - tags and text of XML that lie in one piece and hold nothing unusual, which is nearly all
 * of them: read in one go, to the same end as xml.c and xml_field.c would step by step. Whatever else
 * there is, a fault first of all, is left to them from its first byte on. */
#include "limits.h"
#include "xml.h"
#include "xml_chars.h"

enum { attributes_most = 8 };

struct stretch {
    const uint8_t *at;
    size_t size;
};

struct attribute {
    struct stretch name;
    struct stretch value;
};

/* The end of a name of ASCII, or `at`: there is none. */
static const uint8_t *name_end(const uint8_t *at, const uint8_t *end)
{
    if (at == end || *at >= 0x80 || !pii__xml_name_start(*at))
        return at;
    while (at < end && pii__xml_name_byte(*at))
        at++;
    return at;
}

/* A field as it stands, from its first byte to its last. */
static void put_field(const pii__xml *xml, pii__xml_input *in, struct stretch name, bool text, struct stretch field)
{
    if (field.size < in->tape->shortest)
        return;
    uint64_t at = in->tape->offset + (uint64_t)(field.at - in->bytes);
    if (text)
        pii__xml_speak(xml, in->tape, name.at, name.size, at);
    else
        pii__tape_speak_for(in->tape, name.at, name.size, false, at);
    pii__tape_begin(in->tape, text ? PII__XML_KIND_TEXT : PII__XML_KIND_VALUE, at);
    pii__tape_bytes(in->tape, field.at, field.size);
    pii__tape_end(in->tape, at + field.size);
}

/* ` name="value"`; its end, or NULL. */
static const uint8_t *read_attribute(const uint8_t *at, const uint8_t *end, struct attribute *ret)
{
    const uint8_t *name = at, *after = name_end(at, end);
    if (after == name || end - after < 2 || *after != '=' || (after[1] != '"' && after[1] != '\''))
        return NULL;
    uint8_t quote = after[1];
    const uint8_t *value = after + 2, *stop = pii__plain_run(value, end, (pii__stops){quote, '<', '&'});
    if (stop == end || *stop != quote)
        return NULL;
    *ret = (struct attribute){{name, (size_t)(after - name)}, {value, (size_t)(stop - value)}};
    return stop + 1;
}

static bool is_among(const struct attribute *attributes, size_t count, struct stretch name)
{
    for (size_t i = 0; i < count; i++)
        if (attributes[i].name.size == name.size && memcmp(attributes[i].name.at, name.at, name.size) == 0)
            return true;
    return false;
}

/* Elements are indented, most by much. */
static const uint8_t *skip_blanks(const uint8_t *at, const uint8_t *end)
{
    static const char spaces[] = "        ";
    while (end - at >= 8 && memcmp(at, spaces, 8) == 0)
        at += 8;
    while (at < end && pii__xml_blank(*at)) {
        at++;
        while (end - at >= 8 && memcmp(at, spaces, 8) == 0)
            at += 8;
    }
    return at;
}

/* From after the name of the element to its > or />; NULL: not in one go. */
static const uint8_t *read_attributes(const uint8_t *at, const uint8_t *end, struct attribute *attributes,
                                      size_t *ret_count)
{
    for (size_t count = 0;; count++) {
        const uint8_t *blanks = at;
        while (at < end && pii__xml_blank(*at))
            at++;
        if (at == end)
            return NULL;
        *ret_count = count;
        if (*at == '>')
            return at;
        if (*at == '/')
            return end - at > 1 && at[1] == '>' ? at : NULL;
        if (at == blanks || count == attributes_most)
            return NULL;
        at = read_attribute(at, end, &attributes[count]);
        if (!at || is_among(attributes, count, attributes[count].name))
            return NULL;
    }
}

/* What xml.c would have to hold of the tag; beyond the limit it says so. */
static size_t held_size(struct stretch name, const struct attribute *attributes, size_t count)
{
    size_t size = name.size + 1;
    for (size_t i = 0; i < count; i++)
        size += attributes[i].name.size + 1;
    return size;
}

static bool start_tag(pii__xml *xml, pii__xml_input *in)
{
    struct attribute attributes[attributes_most];
    struct stretch name = {.at = in->at + 1};
    const uint8_t *at = name_end(name.at, in->end);
    size_t count;
    name.size = (size_t)(at - name.at);
    at = name.size ? read_attributes(at, in->end, attributes, &count) : NULL;
    if (!at || held_size(name, attributes, count) > PII__FORMAT_TAG_MAX)
        return false;
    pii__tape_enter_named(in->tape, 0, false, name.at, name.size, pii__xml_offset(in));
    if (in->tape->status != PII_OK)
        return true;
    xml->label_size = 0;
    for (size_t i = 0; i < count; i++) {
        put_field(xml, in, attributes[i].name, false, attributes[i].value);
        if (*at != '/' && pii__xml_labels(attributes[i].name.at, attributes[i].name.size))
            pii__xml_set_label(xml, attributes[i].value.at, attributes[i].value.size);
    }
    if (*at == '/')
        pii__tape_leave(in->tape);
    in->at = at + (*at == '/' ? 2 : 1);
    return true;
}

static bool end_tag(pii__xml *xml, pii__xml_input *in, const pii__frame *top)
{
    size_t size;
    const uint8_t *name = pii__tape_frame_name(in->tape, top, &size);
    if ((size_t)(in->end - in->at) < size + 3 || in->at[size + 2] != '>' || memcmp(in->at + 2, name, size) != 0)
        return false;
    pii__tape_leave(in->tape);
    xml->label_size = 0;
    in->at += size + 3;
    return true;
}

static bool text(const pii__xml *xml, pii__xml_input *in, const pii__frame *top)
{
    const uint8_t *at = pii__plain_run(in->at, in->end, (pii__stops){'<', '&', ']'});
    while (at < in->end && pii__xml_blank(*at))
        at = pii__plain_run(at + 1, in->end, (pii__stops){'<', '&', ']'});
    if (at == in->end || *at != '<')
        return false;
    struct stretch name;
    name.at = pii__tape_frame_name(in->tape, top, &name.size);
    put_field(xml, in, name, true, (struct stretch){in->at, (size_t)(at - in->at)});
    in->at = at;
    return true;
}

void pii__xml_quick(pii__xml *xml, pii__xml_input *in)
{
    const pii__frame *top;
    bool goes_on = !pii__xml_goes_on(in->tape);
    while (goes_on && in->tape->status == PII_OK && (top = pii__tape_top(in->tape)) != NULL) {
        in->at = skip_blanks(in->at, in->end);
        if (in->end - in->at < 2)
            return;
        bool tag = *in->at == '<', end = tag && in->at[1] == '/';
        goes_on = !tag ? text(xml, in, top) : end ? end_tag(xml, in, top) : start_tag(xml, in);
    }
}
