/* code_text.h - what the front-ends of programming languages share: the bytes at
 * hand, runs of text in a literal or comment, and the name that a literal is
 * given to. */
#ifndef PII__CODE_TEXT_H
#define PII__CODE_TEXT_H

#include "tape.h"

/* The bytes at hand. */
typedef struct pii__code_input {
    pii__tape *tape;
    const uint8_t *bytes;
    const uint8_t *at;
    const uint8_t *end;
} pii__code_input;

static inline uint64_t pii__code_offset(const pii__code_input *in)
{
    return in->tape->offset + (uint64_t)(in->at - in->bytes);
}

/* Bytes that end a run of plain text; fewer than four are repeated. */
typedef struct pii__code_stops {
    uint8_t bytes[4];
} pii__code_stops;

enum { PII__CODE_NAME_MAX = 32 };

/* The word, or the text of the string, that was read last; and the one that has been given what
 * comes next by "=" or ":". */
typedef struct pii__code_name {
    bool due;          /* there is such a one */
    uint8_t word_size; /* PII__CODE_NAME_MAX + 1: too long to be one */
    uint8_t name_size;
    uint8_t word[PII__CODE_NAME_MAX];
    uint8_t name[PII__CODE_NAME_MAX];
} pii__code_name;

static inline void pii__code_word_begin(pii__code_name *name)
{
    name->word_size = 0;
}

/* All of a word, in the bytes at hand. As many are copied as there may be, which takes no loop. */
static inline bool pii__code_word_whole(pii__code_name *name, const uint8_t *bytes, size_t size, const uint8_t *end)
{
    if (size > PII__CODE_NAME_MAX || end - bytes < PII__CODE_NAME_MAX)
        return false;
    memcpy(name->word, bytes, PII__CODE_NAME_MAX);
    name->word_size = (uint8_t)size;
    return true;
}

static inline void pii__code_word_add(pii__code_name *name, const uint8_t *bytes, size_t size)
{
    if (name->word_size > PII__CODE_NAME_MAX || size > (size_t)PII__CODE_NAME_MAX - name->word_size) {
        name->word_size = PII__CODE_NAME_MAX + 1;
        return;
    }
    for (size_t i = 0; i < size; i++)
        name->word[name->word_size + i] = bytes[i];
    name->word_size = (uint8_t)(name->word_size + size);
}

/* What is read is no name. */
static inline void pii__code_word_refuse(pii__code_name *name)
{
    name->word_size = PII__CODE_NAME_MAX + 1;
}

/* Neither a word nor a name matters to what comes. */
static inline void pii__code_name_forget(pii__code_name *name)
{
    name->word_size = 0;
    name->due = false;
}

/* After "=" or ":". The first name stays: phone: string = "..." */
static inline void pii__code_name_give(pii__code_name *name)
{
    if (name->due || !name->word_size || name->word_size > PII__CODE_NAME_MAX)
        return;
    memcpy(name->name, name->word, name->word_size);
    name->name_size = name->word_size;
    name->due = true;
}

/* Whether the word is one of a list with a blank on either side of each. */
bool pii__code_word_is(const pii__code_name *name, const char *list);

/* Lets the name, if one is due, speak for the field that begins next, at `source`. */
void pii__code_name_speak(pii__code_name *name, pii__tape *tape, uint64_t source);

/* Appends to the open field the bytes up to a stop, or a control character, or
 * the end of what is at hand. */
void pii__code_run(pii__code_input *in, const pii__code_stops *stops);

/* The byte at hand stands for itself. */
static inline void pii__code_byte(pii__code_input *in)
{
    pii__tape_raw(in->tape, in->at++, 1);
}

/* All that comes stands for itself. */
static inline void pii__code_rest(pii__code_input *in)
{
    pii__tape_raw(in->tape, in->at, (size_t)(in->end - in->at));
    in->at = in->end;
}

/* Appends a replacement with `before` in front of each byte that is in `special`;
 * without `before` such a byte is left out, as are line ends. */
pii_status pii__code_escape_text(const char *text, const char *special, char before, pii__buffer *ret);

#endif
