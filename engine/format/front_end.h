/* front_end.h - what a format is to the pipeline.
 *
 * A front-end is a state machine without recursion. It is given the bytes of a
 * document in pieces, cut anywhere, and tells the tape (tape.h) of the fields in
 * them; what lies outside of fields is copied as it stands. It knows no rule. Its
 * state is a plain struct of `state_size` bytes that owns no memory: what grows
 * with the document - text, path, nesting - is in the tape, which bounds it.
 *
 * Not well formed: pii__tape_fault. When that says to go on, the front-end still
 * has to put every byte that may hold text into some field. */
#ifndef PII__FRONT_END_H
#define PII__FRONT_END_H

#include "piiglet_format.h"
#include "tape.h"

typedef struct pii__front_end {
    size_t state_size;

    /* A new document begins; the state is all zero. */
    void (*start)(void *state);

    /* Takes all of the next bytes; tape->offset is the source offset of the first. May
     * stop early once tape->status says that something went wrong. */
    void (*feed)(void *state, pii__tape *tape, const uint8_t *bytes, size_t size);

    /* The document ends: tape->offset is its size. No field stays open. */
    void (*finish)(void *state, pii__tape *tape);

    /* Appends `text` as it must be written in a field of a kind, or, where the
     * field is replaced whole, in its place. */
    pii_status (*escape)(uint8_t kind, const char *text, pii__buffer *ret);

    /* Corrects what escape has written, for the sake of the one or two bytes of text that come
     * after it; a fence: the field ends. NULL: nothing that follows can matter. */
    pii_status (*guard)(uint8_t kind, const uint8_t *next, size_t size, pii__buffer *ret);
} pii__front_end;

enum { PII__FRONT_END_STATE_MAX = 256 };

/* How a document is read: its format, and what its fields hold. */
typedef struct pii__reader {
    const pii__front_end *front_end; /* NULL: text */
    const pii__front_end *inner;     /* of a document in another encoding; NULL: text, or it is UTF-8 */
    const struct pii__project *project;
} pii__reader;

/* False: there is no such format, or it is PII_FORMAT_AUTO, which is none. */
bool pii__reader_of(pii_format format, pii__reader *ret);

/* The front-end of a format; NULL for text, which is none, and for unknown ones. */
const pii__front_end *pii__front_end_of(pii_format format);

extern const pii__front_end pii__json;
extern const pii__front_end pii__xml_reader;
extern const pii__front_end pii__html_reader;
extern const pii__front_end pii__json_lines;
extern const pii__front_end pii__javascript;
extern const pii__front_end pii__typescript;
extern const pii__front_end pii__python;
extern const pii__front_end pii__csv_comma;
extern const pii__front_end pii__csv_tab;
extern const pii__front_end pii__csv_semicolon;
extern const pii__front_end pii__csv_pipe;
extern const pii__front_end pii__log;
extern const pii__front_end pii__query;
extern const pii__front_end pii__cookies;
extern const pii__front_end pii__base64;

#endif
