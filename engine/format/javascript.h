/* javascript.h - the state of the JavaScript front-end, shared by its parts:
 *
 *     javascript.c        tokens of code, and what they lead to
 *     javascript_text.c   strings, templates, comments, regular expressions
 *     javascript_jsx.c    elements of JSX
 *
 * Frames of the tape are brackets that are open. What stands in code itself -
 * names, numbers - is no text. A program that breaks rules of the language
 * elsewhere than in a literal is read as well as can be, but where that tells that
 * text is taken for code: a word after a string, as in 'don't', or after a name. */
#ifndef PII__JAVASCRIPT_H
#define PII__JAVASCRIPT_H

#include "code_escape.h"
#include "front_end.h"

typedef enum pii__js_state {
    PII__JS_START, /* a byte order mark, or #!, may come */
    PII__JS_CODE,
    PII__JS_HASH,      /* after # at the start */
    PII__JS_SLASH,     /* after / */
    PII__JS_SIGN,      /* after + or - */
    PII__JS_ARROW,     /* after -- where a line begins */
    PII__JS_LESS,      /* within <!-- */
    PII__JS_TEXT,      /* in the field of `kind` */
    PII__JS_ESCAPE,    /* after a backslash in it */
    PII__JS_DOLLAR,    /* after $ in a template */
    PII__JS_STAR,      /* after * in a comment */
    PII__JS_SEPARATOR, /* within U+2028 or U+2029 in a comment */
    PII__JS_TAG,       /* between < and > of an element */
    PII__JS_TAG_SLASH, /* after / there */
    PII__JS_CHILD,     /* after < in an element */
    PII__JS_CLOSING,   /* after </ */
    PII__JS_RAW
} pii__js_state;

/* Kinds of fields. */
enum {
    PII__JS_DOUBLE,
    PII__JS_SINGLE,
    PII__JS_TEMPLATE,
    PII__JS_LINE_COMMENT,
    PII__JS_BLOCK_COMMENT,
    PII__JS_REGEX,
    PII__JS_ELEMENT_TEXT,
    PII__JS_ATTRIBUTE_DOUBLE,
    PII__JS_ATTRIBUTE_SINGLE,
    PII__JS_RAW_TEXT
};

/* Kinds of brackets. */
enum {
    PII__JS_PAREN,
    PII__JS_HEAD, /* of if, while, for, with: after it comes a statement */
    PII__JS_BLOCK,
    PII__JS_OBJECT,
    PII__JS_SUBSTITUTION, /* in a template */
    PII__JS_OPEN_TAG,
    PII__JS_ELEMENT,
    PII__JS_EXPRESSION /* in an element or a tag of one */
};

/* The token before: what may come next depends on it. */
typedef enum pii__js_last { PII__JS_OPERATOR, PII__JS_STATEMENT_END, PII__JS_WORD, PII__JS_VALUE } pii__js_last;

typedef struct pii__js {
    pii__js_state state;
    pii__js_last last;
    uint8_t operator; /* its last byte, when `last` is one */
    uint8_t before;   /* the byte before that */
    uint8_t kind;
    uint8_t held; /* bytes of a sequence that have been read */
    bool jsx;
    bool line_start; /* only blanks and comments since the line began */
    bool property;   /* the word comes after a dot */
    bool in_class;   /* of a regular expression */
    bool string;     /* the token before is a string */
    bool suspect;    /* the word at hand comes after one, or another word, in the same line */
    uint8_t angles;    /* < that are open in a tag: <List<Item> of={items}> */
    uint32_t literals; /* brackets that are open in templates, and elements */
    uint64_t word_end; /* source offset after the last word */
    uint64_t field_at; /* source offset of the open field */
    pii__code_name name;
    pii__escape escape;
} pii__js;

/* The document breaks a rule: what comes is text, or, strict, nothing comes. */
void pii__js_fault(pii__js *j, pii__code_input *in, const char *fault);

/* Goes on in code after a token. */
void pii__js_token(pii__js *j, pii__js_last last);

/* Whether an operand comes next, and so a slash begins a regular expression. */
bool pii__js_operand_next(const pii__js *j);

/* Enters and leaves what may hold code in a literal. */
void pii__js_enter(pii__js *j, pii__code_input *in, uint8_t bracket);
void pii__js_leave(pii__js *j, pii__code_input *in);

/* A field begins at the byte at hand. */
void pii__js_begin(pii__js *j, pii__code_input *in, uint8_t kind);

/* One step of what the state says. */
void pii__js_take_text(pii__js *j, pii__code_input *in);
void pii__js_take_escape(pii__js *j, pii__code_input *in);
void pii__js_take_dollar(pii__js *j, pii__code_input *in);
void pii__js_take_star(pii__js *j, pii__code_input *in);
void pii__js_take_separator(pii__js *j, pii__code_input *in);
void pii__js_take_tag(pii__js *j, pii__code_input *in);
void pii__js_take_tag_slash(pii__js *j, pii__code_input *in);
void pii__js_take_child(pii__js *j, pii__code_input *in);
void pii__js_take_closing(pii__js *j, pii__code_input *in);

/* The document ends in an open field: what was held back becomes text of it. */
void pii__js_cut_off(pii__js *j, pii__tape *tape);

/* Code continues with an element; the byte at hand comes after <. */
void pii__js_begin_element(pii__js *j, pii__code_input *in);

/* An attribute's string, or an element's text, or an expression in one, has ended. */
void pii__js_go_on_in_element(pii__js *j, pii__code_input *in);

pii_status pii__js_escape(uint8_t kind, const char *text, pii__buffer *ret);

#endif
