/* json.h - what the parts of the JSON front-end share.
 *
 * json.c knows the structure, json_text.c what stands in it; json_quick.c reads
 * what is plain and lies in one piece in one go, to the same end. */
#ifndef PII__JSON_H
#define PII__JSON_H

#include "front_end.h"
#include "utf8_check.h"

typedef enum pii__json_state {
    PII__JSON_AT_START, /* a byte order mark may come */
    PII__JSON_IN_MARK,
    PII__JSON_VALUE,
    PII__JSON_VALUE_OR_END, /* after [ */
    PII__JSON_NAME_OR_END,  /* after { */
    PII__JSON_NAME,
    PII__JSON_COLON,
    PII__JSON_NEXT_OR_END, /* after a value */
    PII__JSON_IN_STRING,
    PII__JSON_IN_ESCAPE,
    PII__JSON_IN_HEX,
    PII__JSON_IN_NUMBER,
    PII__JSON_IN_WORD, /* true, false, null */
    PII__JSON_IN_RAW
} pii__json_state;

enum { PII__JSON_OBJECT, PII__JSON_ARRAY, PII__JSON_RECORDS }; /* kinds of containers */
enum { PII__JSON_STRING, PII__JSON_NUMBER, PII__JSON_RAW };    /* kinds of fields */

typedef struct pii__json_reader {
    pii__json_state state;
    bool lines; /* JSON Lines */
    bool in_name;
    uint8_t count;  /* bytes of a mark, digits of an escape */
    uint8_t number; /* where in the grammar of numbers */
    uint32_t number_size;
    uint32_t code_unit;
    uint32_t high;      /* a high surrogate that waits for its other half, or 0 */
    uint64_t high_at;   /* where it stands */
    uint64_t escape_at; /* where the escape at hand stands */
    const char *word;   /* what is left of true, false or null */
    pii__utf8_check utf8;
} pii__json_reader;

/* The bytes at hand. */
typedef struct pii__json_input {
    pii__tape *tape;
    const uint8_t *bytes;
    const uint8_t *at;
    const uint8_t *end;
} pii__json_input;

static inline uint64_t pii__json_offset(const pii__json_input *in)
{
    return in->tape->offset + (uint64_t)(in->at - in->bytes);
}

static inline bool pii__json_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* The container that is being read, or NULL. */
static inline const pii__frame *pii__json_container(const pii__tape *tape)
{
    const pii__frame *top = pii__tape_top(tape);
    return top && top->kind != PII__JSON_RECORDS ? top : NULL;
}

/* A fault. Strict: the end. Lenient: all that comes is text; false without it. */
bool pii__json_goes_on(pii__json_reader *j, pii__json_input *in, const char *text);

/* A record ends where it should not: lenient, the next one starts anew. */
void pii__json_cut_record(pii__json_reader *j, pii__json_input *in, const char *text);

/* At the first byte of each. */
void pii__json_begin_string(pii__json_reader *j, pii__json_input *in, bool name);
void pii__json_begin_number(pii__json_reader *j, pii__json_input *in);
void pii__json_begin_word(pii__json_reader *j, pii__json_input *in);

/* Goes on in one; there is a byte. */
void pii__json_take_string(pii__json_reader *j, pii__json_input *in);
void pii__json_take_escape(pii__json_reader *j, pii__json_input *in);
void pii__json_take_hex(pii__json_reader *j, pii__json_input *in);
void pii__json_take_number(pii__json_reader *j, pii__json_input *in);
void pii__json_take_word(pii__json_reader *j, pii__json_input *in);

/* The document ends in one. */
void pii__json_finish_string(pii__json_reader *j, pii__json_input *in);
void pii__json_end_number(pii__json_reader *j, pii__json_input *in);

/* Reads on as far as nothing unusual comes. */
void pii__json_quick(pii__json_reader *j, pii__json_input *in);

#endif
