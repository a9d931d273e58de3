/* nest.h - documents inside fields of documents: a program in a JSON string, JSON
 * in a JSON string, a script in a page.
 *
 * The outer front-end writes the field as any other. What it has written is moved
 * off the tape, now and then, and given to the front-end of the inner document,
 * which writes fields of its own to the same tape:
 *
 *     source   {"source": "var a = \"kid\";"}
 *     layer 1  var a = "kid";                    mark: 8 is source 20 to 22
 *     text     kid<fence>                        field: layer 1, its source is 9
 *
 * A level is an inner document that is open, and they lie in each other; a layer is
 * the way back from one, for as long as fields of it are on the tape. */
#ifndef PII__NEST_H
#define PII__NEST_H

#include "front_end.h"
#include "limits.h"

typedef struct pii__layer {
    const pii__front_end *front_end;
    uint32_t parent; /* the layer that its field lies in; 0: the document */
    uint8_t level;   /* whose marks it has */
    uint8_t kind;    /* of the field */
    uint64_t at;     /* this place of it ... */
    uint64_t source; /* ... is this one of its parent, and both run in step up to a mark */
    size_t mark_begin;
    size_t mark_end; /* SIZE_MAX while it is open */
} pii__layer;

typedef struct pii__level {
    const pii__front_end *front_end; /* NULL: not known yet */
    uint32_t layer;
    uint64_t offset;   /* bytes of the document that its front-end has had */
    uint64_t input_at; /* place in the text of those that it has not had */
    uint64_t outer_offset; /* of the tape, before */
    size_t outer_floor;
    bool forgiving; /* what breaks the rules of its format is read as well as can be */
    bool outer_forgiving;
    pii__buffer input;
    pii__buffer held; /* of the tape, for its front-end; of the one around it while it works */
    pii__mark *marks; /* places in the document for places in its parent */
    size_t mark_count, mark_capacity;
    _Alignas(max_align_t) unsigned char state[PII__FRONT_END_STATE_MAX];
} pii__level;

struct pii__nest {
    pii__level levels[PII__FORMAT_NEST_MAX];
    pii__layer *layers; /* the first one is none: 0 stands for the document */
    size_t layer_count, layer_capacity;
};

/* ---- For the tape ---- */

/* The field that begins holds a document; NULL: a program, of which the first byte says what it is
 * written in. Its frame has been entered. */
void pii__nest_begin(pii__tape *tape, const pii__front_end *front_end, uint8_t kind, uint64_t source, bool forgiving);

/* The field ends, and the document in it. */
void pii__nest_end(pii__tape *tape);

void pii__nest_change_kind(pii__tape *tape, uint8_t kind);

/* The source offset of an offset in the document that is being read. */
uint64_t pii__nest_source(const pii__tape *tape, uint64_t at);

/* The same for a place of a layer, which begins or ends a span. */
uint64_t pii__nest_source_begin(const pii__tape *tape, uint32_t layer, uint64_t at);
uint64_t pii__nest_source_end(const pii__tape *tape, uint32_t layer, uint64_t at);

/* The layer of the fields that are being written. */
uint32_t pii__nest_layer(const pii__tape *tape);

/* No field is on the tape: only layers of open levels are still of use. */
void pii__nest_forget(pii__tape *tape);

/* Nothing before place `at` of a layer is of use. */
void pii__nest_trim(pii__tape *tape, uint32_t layer, uint64_t at);

void pii__nest_free(pii__tape *tape);

/* ---- For the pipeline ---- */

/* Inner documents are given all that has been written for them. After each piece. */
void pii__nest_feed(pii__tape *tape);

/* Bytes read of the innermost document. */
uint64_t pii__nest_offset(const pii__tape *tape, uint64_t document_offset);

/* The source offset up to which the innermost document has been read. What comes before `document_offset`, but after
 * it, is the beginning of a character, or of the writing of one: a field may begin there. */
uint64_t pii__nest_source_read(const pii__tape *tape, uint64_t document_offset);

#endif
