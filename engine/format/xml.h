/* xml.h - the state of the XML front-end, which two files share: xml.c reads tags and
 * what lies between them, xml_field.c the text in them. */
#ifndef PII__XML_H
#define PII__XML_H

#include "front_end.h"
#include "limits.h"
#include "plain_run.h"
#include "reference.h"
#include "utf8_check.h"

typedef enum pii__xml_state {
    PII__XML_START, /* a byte order mark may come */
    PII__XML_MARK,
    PII__XML_OUTSIDE, /* before and after the outermost element */
    PII__XML_CONTENT, /* in an element, between fields */
    /* Fields. */
    PII__XML_TEXT,
    PII__XML_VALUE,
    PII__XML_REFERENCE, /* in one of these two */
    PII__XML_CDATA,
    PII__XML_COMMENT,
    PII__XML_INSTRUCTION,
    PII__XML_DECLARATION, /* a field until it is seen to be well formed */
    PII__XML_DOCTYPE,
    PII__XML_RAW,
    /* Tags. */
    PII__XML_OPEN, /* after < */
    PII__XML_BANG, /* after <! */
    PII__XML_TARGET,
    PII__XML_ELEMENT,
    PII__XML_IN_TAG,
    PII__XML_ATTRIBUTE,
    PII__XML_EQUALS,
    PII__XML_QUOTE,
    PII__XML_VALUE_END,
    PII__XML_EMPTY, /* after the / of an element without content */
    PII__XML_END_NAME,
    PII__XML_END_TAG
} pii__xml_state;

/* Where in a document type declaration. */
typedef enum pii__xml_doctype {
    PII__XML_TYPE_BEFORE, /* the subset in brackets */
    PII__XML_TYPE_SUBSET,
    PII__XML_TYPE_ENTITY, /* a parameter entity, after % */
    PII__XML_TYPE_LESS, /* after < */
    PII__XML_TYPE_BANG, /* after <! */
    PII__XML_TYPE_DASH,
    PII__XML_TYPE_MARKUP,
    PII__XML_TYPE_COMMENT,
    PII__XML_TYPE_COMMENT_DASH,
    PII__XML_TYPE_COMMENT_END,
    PII__XML_TYPE_INSTRUCTION,
    PII__XML_TYPE_INSTRUCTION_END,
    PII__XML_TYPE_AFTER
} pii__xml_doctype;

enum { PII__XML_LABEL_MAX = 32 };

typedef struct pii__xml {
    pii__xml_state state;
    pii__xml_state outer; /* of a reference */
    uint8_t quote;        /* around the value at hand, or 0 */
    uint8_t count;        /* bytes of a mark or a literal; ] ? - that may be the end of a field */
    bool markup;          /* lenient: the tag at hand is a field, since it may turn out to be none */
    bool blank;           /* before the attribute that may come */
    bool rooted;          /* the outermost element has begun */
    bool typed;           /* there is a document type declaration: entities may be declared */
    pii__xml_doctype doctype;
    uint64_t first;     /* offset of the first byte after a mark */
    uint64_t markup_at; /* of the < at hand */
    uint32_t name_at;    /* of the name at hand, in what the tape holds */
    uint32_t code_point; /* of a character of it, as far as it is read */
    bool named;          /* its first character has been read */
    uint8_t after_ef;   /* bytes read of a character that may be U+FFFE or U+FFFF */
    pii__utf8_check utf8;
    pii__reference reference;
    bool labels;        /* the value at hand may be a label */
    uint8_t label_size; /* 0: none */
    uint8_t label[PII__XML_LABEL_MAX]; /* name, id or key of the element that began last, while no tag has come since */
} pii__xml;

/* Kinds of fields. */
enum {
    PII__XML_KIND_TEXT,
    PII__XML_KIND_VALUE,
    PII__XML_KIND_CDATA,
    PII__XML_KIND_COMMENT,
    PII__XML_KIND_INSTRUCTION,
    PII__XML_KIND_DOCTYPE,
    PII__XML_KIND_RAW
};

/* The bytes at hand. */
typedef struct pii__xml_input {
    pii__tape *tape;
    const uint8_t *bytes;
    const uint8_t *from; /* of the step at hand */
    const uint8_t *at;
    const uint8_t *end;
} pii__xml_input;

/* Whether a fault is no end. */
static inline bool pii__xml_goes_on(const pii__tape *tape)
{
    return tape->lenient || tape->forgiving;
}

static inline uint64_t pii__xml_offset(const pii__xml_input *in)
{
    return in->tape->offset + (uint64_t)(in->at - in->bytes);
}

static inline bool pii__xml_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* A fault in a field, which goes on when lenient. False: stop. */
bool pii__xml_field_fault(pii__xml_input *in, const char *text);

/* Between fields in an element: reads on as far as nothing unusual comes. */
void pii__xml_quick(pii__xml *xml, pii__xml_input *in);

/* Whether the value of an attribute may say what the text of its element is, as in <field name="phone">; and that
 * it does, if it is a plain and short one. */
bool pii__xml_labels(const uint8_t *name, size_t size);
void pii__xml_set_label(pii__xml *xml, const uint8_t *value, size_t size);

enum { PII__XML_SPOKEN_MAX = PII__PATH_NAME_MAX + 1 + PII__XML_LABEL_MAX };

/* What speaks for the text of an element: its name, and its label, if any, after it, in `room`. */
const uint8_t *pii__xml_spoken(const pii__xml *xml, const uint8_t *name, size_t *size,
                               uint8_t room[PII__XML_SPOKEN_MAX]);

/* Where text begins, which is no blank; and the quote of a value. */
void pii__xml_begin_text(pii__xml *xml, pii__xml_input *in);
void pii__xml_begin_value(pii__xml *xml, pii__xml_input *in);

/* Goes on with the field at hand; there is a byte. */
void pii__xml_take_field(pii__xml *xml, pii__xml_input *in);

/* The document ends in a field: what was held back of it. */
void pii__xml_finish_field(pii__xml *xml, pii__xml_input *in);

#endif
