/* html.h - the state of the HTML front-end, which two files share: html.c reads tags,
 * html_field.c the text between and in them. */
#ifndef PII__HTML_H
#define PII__HTML_H

#include "front_end.h"
#include "plain_run.h"
#include "reference.h"

typedef enum pii__html_state {
    PII__HTML_START, /* a byte order mark may come */
    /* Between tags. */
    PII__HTML_TEXT,
    PII__HTML_LESS,  /* after <, which may be text */
    PII__HTML_SLASH, /* after </ */
    PII__HTML_BANG,  /* after <! */
    PII__HTML_DASH,  /* after <!- */
    PII__HTML_COMMENT,
    PII__HTML_BOGUS,  /* what is no comment ends as early as it can */
    PII__HTML_INSIDE, /* script, style, title ...: only its own end tag ends it */
    PII__HTML_INSIDE_LESS,
    PII__HTML_REFERENCE,
    /* In a tag. */
    PII__HTML_TAG_NAME,
    PII__HTML_BEFORE_NAME,
    PII__HTML_NAME,
    PII__HTML_AFTER_NAME,
    PII__HTML_BEFORE_VALUE,
    PII__HTML_QUOTED,
    PII__HTML_UNQUOTED,
    PII__HTML_RAW
} pii__html_state;

enum { PII__HTML_WORD_MAX = 32 };

/* A name as far as it is of use, in small letters. */
typedef struct pii__html_word {
    uint8_t size; /* PII__HTML_WORD_MAX: too long to be of use */
    uint8_t bytes[PII__HTML_WORD_MAX];
} pii__html_word;

typedef struct pii__html {
    pii__html_state state;
    pii__html_state outer; /* of a reference */
    bool open;             /* a field is open */
    bool end_tag;
    bool decodes;  /* the element whose end tag is waited for holds references */
    bool typing;   /* the value at hand is the type of a script */
    uint8_t quote; /* around the value at hand */
    uint8_t held;  /* bytes read that may be the end of the field, or text */
    uint8_t dashes; /* the comment may end: 2 */
    bool bang;      /* --! has been read */
    pii__html_word tag;
    pii__html_word name; /* of the attribute at hand */
    pii__html_word type; /* of a script */
    pii__reference reference;
} pii__html;

/* Kinds of fields. */
enum {
    PII__HTML_KIND_TEXT,
    PII__HTML_KIND_QUOTED,
    PII__HTML_KIND_UNQUOTED,
    PII__HTML_KIND_NAMES, /* of a tag and its attributes */
    PII__HTML_KIND_COMMENT,
    PII__HTML_KIND_RAW
};

/* The bytes at hand. */
typedef struct pii__html_input {
    pii__tape *tape;
    const uint8_t *bytes;
    const uint8_t *at;
    const uint8_t *end;
} pii__html_input;

static inline uint64_t pii__html_offset(const pii__html_input *in)
{
    return in->tape->offset + (uint64_t)(in->at - in->bytes);
}

static inline bool pii__html_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f';
}

static inline bool pii__html_letter(uint8_t byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static inline void pii__html_add(pii__html_word *word, uint8_t byte)
{
    bool capital = byte >= 'A' && byte <= 'Z';
    if (word->size < PII__HTML_WORD_MAX)
        word->bytes[word->size++] = capital ? (uint8_t)(byte | 0x20) : byte;
}

static inline bool pii__html_is(const pii__html_word *word, const char *text)
{
    return word->size == strlen(text) && memcmp(word->bytes, text, word->size) == 0;
}

/* A field begins or ends here. */
static inline void pii__html_begin(pii__html *html, pii__html_input *in, uint8_t kind)
{
    pii__tape_begin(in->tape, kind, pii__html_offset(in));
    html->open = true;
}

static inline void pii__html_end(pii__html *html, pii__html_input *in, uint64_t end)
{
    if (html->open)
        pii__tape_end(in->tape, end);
    html->open = false;
}

/* After the < or </ of a tag: its name is at hand. */
void pii__html_begin_tag(pii__html *html, pii__html_input *in, bool end_tag);

/* A value begins, after its quote if it has one. */
void pii__html_begin_value(pii__html *html, pii__html_input *in, uint8_t quote);

/* After the > of a start tag: the state of what it holds. */
void pii__html_begin_content(pii__html *html, pii__html_input *in);

/* Goes on with the field at hand, or between fields; there is a byte. */
void pii__html_take_field(pii__html *html, pii__html_input *in);

/* The document ends: what was held back is text. */
void pii__html_finish_field(pii__html *html, pii__html_input *in);

#endif
