/* tape.h - what a front-end reads out of a document: the fields that hold text,
 * decoded, and the way back to the source.
 *
 *     source   {"say": "h\u00e9llo", "y": 10}
 *     text     say<name fence>héllo<fence>
 *     fields   say -> 2, héllo -> 9; mark: é is source 10 to 16
 *     steps    /say
 *
 * Fields lie in one text, fenced off from each other (fence.h), so that they are
 * scanned together; a field too short for any rule is taken back when it ends.
 * Every byte of the source that is not in a field is copied as it stands.
 *
 * Writers answer nothing: the first thing that goes wrong is kept in `status`,
 * and after it they do nothing of consequence. */
#ifndef PII__TAPE_H
#define PII__TAPE_H

#include <string.h>

#include "buffer.h"
#include "byte_kind.h"
#include "fence.h"
#include "clean_fields.h"
#include "limits.h"
#include "text_masks.h"

/* Where in the machines that read paths: that of the project, and that of the map. */
typedef struct pii__path_state {
    uint16_t project;
    uint16_t map;
} pii__path_state;

/* One field. `kind` is the front-end's own: how a replacement is escaped. */
typedef struct pii__field {
    uint64_t at;         /* place in the text */
    uint64_t source;     /* of its first byte */
    uint64_t source_end; /* after its last one, once it has ended */
    uint32_t step;       /* of its path */
    uint32_t index;      /* in the array that the step is, or PII__NO_INDEX */
    uint32_t layer;      /* of the document inside a field that it is of, or 0 (nest.h) */
    const char *entity; /* all of it is a finding of this one, whatever it is; NULL: of none */
    uint32_t aside_at;  /* its text lies here in `aside`, and not in the text of the tape */
    uint32_t aside_size; /* 0: it does not */
    uint8_t kind;
    bool whole; /* a finding anywhere in it replaces all of it */
    bool never; /* nothing in it is a finding */
    bool name;
    bool kept;   /* it is not to be touched, if it is as short as what is not */
    bool block;  /* it is the id of the container around it */
    bool silent; /* a name that only speaks for what follows: no text of the source */
    bool found;  /* something was, in it */
    bool subject; /* it names whom its record is about */
} pii__field;

/* A place where text and source differ: text [at, at + size) stands for source
 * [source, source + source_size). Elsewhere in a field both run in step. */
typedef struct pii__mark {
    uint64_t at;
    uint64_t source;
    uint32_t size;
    uint32_t source_size : 31;
    uint32_t stepped : 1; /* each byte of it stands for equally many of the source */
} pii__mark;

/* Names in a container that were replaced whole. */
typedef struct pii__replaced_names {
    uint32_t count;
    uint32_t entities; /* of which: a set of their numbers, modulo 32 */
} pii__replaced_names;

/* A step on the path to a field: a name, or an index in an array. */
typedef struct pii__path_step {
    uint32_t parent; /* PII__NO_STEP: the document */
    uint32_t index;  /* PII__NO_INDEX: a name */
    uint32_t name_at; /* into `names` */
    uint32_t name_size;
    const char *hidden; /* shown in its place; NULL: the name itself */
    pii__path_state state; /* after it */
    uint32_t block; /* where in `blocks` the id ends of the container that it leads into; 0: it has none */
    pii__replaced_names replaced; /* in the container that it leads into */
} pii__path_step;

/* Text from a place on, up to that of the next one: a record - a row, an item of JSON Lines - or what is between
 * records. */
typedef struct pii__record {
    uint64_t at;
    size_t subject_at; /* whom it is about, in `subjects` */
    size_t subject_size; /* 0: it does not say */
} pii__record;

/* A container that has been entered and not left. */
typedef struct pii__frame {
    uint32_t step;  /* that led into it, PII__NO_STEP for the outermost */
    uint32_t index; /* of its next item */
    pii__path_state state;
    uint8_t kind;   /* the front-end's own */
    bool array;
    bool named; /* by a step of its own */
} pii__frame;

#define PII__NO_STEP UINT32_MAX
#define PII__NO_INDEX UINT32_MAX

struct pii__front_end;
struct pii__nest;
struct pii__project;

typedef struct pii__tape {
    const pii_allocator *allocator; /* borrowed */
    pii__buffer text;               /* from place `text_base` on */
    uint64_t text_base;
    pii__field *fields;
    size_t field_count, field_capacity;
    pii__mark *marks;
    size_t mark_count, mark_capacity;
    pii__path_step *steps;
    size_t step_count, step_capacity;
    pii__frame *frames;
    size_t depth, frame_capacity;
    pii__buffer names;
    pii__buffer blocks; /* ids (tape_block.c) */
    pii__replaced_names replaced; /* in the outermost container */
    pii__record *records; /* while the map has subjects */
    size_t record_count, record_capacity;
    pii__buffer subjects;
    uint64_t record_source; /* where the record at hand begins */
    bool in_record;         /* there is one: what is on the tape stays there until it ends */
    uint32_t kept_step; /* no field on the tape is of this step, nor of a later one */
    pii__buffer aside;  /* text of fields that are findings as such: nothing is looked for in it */
    pii__buffer held;   /* the front-end's own: what it has to remember of a tag */
    uint64_t offset;  /* source offset of the bytes that the front-end is given */
    pii__clean *clean;       /* fields in which nothing is found, borrowed; NULL: look at all */
    pii__kind_widths widths; /* shorter fields cannot hold anything */
    pii__masker masker;      /* `fill` NULL: none */
    pii__text_masks masks;   /* of [masked, masked + masked_size) */
    const uint8_t *masked;   /* NULL: of nothing */
    size_t masked_size;
    size_t shortest;  /* the same for fields of ASCII, of whatever kinds */
    uint64_t settled; /* text before this place stays: it has been scanned, in part */
    uint64_t name_at;   /* place in the text of the name whose value is due */
    uint64_t name_end;  /* source offset after it */
    uint32_t name_step; /* its step; PII__NO_STEP: none is due */
    bool name_kept;     /* it is still in the text */
    bool open;          /* a field has begun and not ended */
    bool lenient;       /* go on after a fault */
    bool forgiving;     /* the document at hand may have faults: go on, and say nothing of it */
    uint8_t levels;     /* documents inside fields that are open */
    uint8_t level;      /* how many of them the front-end that writes lies in */
    size_t floor;       /* frames before this one are those of documents around it */
    const struct pii__project *project; /* what fields hold; NULL: text, all of them */
    const struct pii__project *map;     /* what the caller says of them, which comes first; NULL: nothing */
    uint64_t met;                       /* entries of the map that fields were met of: facts of its states */
    uint32_t ordinal;                   /* of the column that is named next, or PII__NO_INDEX: a second name */
    const struct pii__front_end *wide_inner; /* reads the document, which is not in UTF-8; NULL: it is, or is text */
    uint64_t facts;         /* that states of the project told */
    struct pii__nest *nest; /* of documents inside fields; NULL before the first */
    pii_status status;
    uint64_t error_at; /* source offset of what `status` tells */
    uint64_t fault_at; /* of the first fault, also when lenient */
    const char *fault; /* constant text; NULL: none */
} pii__tape;

void pii__tape_init(pii__tape *tape, const pii_allocator *allocator);
void pii__tape_free(pii__tape *tape);

/* A new document begins. */
void pii__tape_restart(pii__tape *tape);

/* ---- For front-ends ---- */

/* The path goes into a container, named by the name that is due or numbered by
 * the array around it. PII_ERROR_LIMIT when they lie too deep. */
void pii__tape_enter(pii__tape *tape, uint8_t kind, bool array, uint64_t source);
void pii__tape_leave(pii__tape *tape);

/* The same with a name, which is kept whole, also where it is too long for paths. */
void pii__tape_enter_named(pii__tape *tape, uint8_t kind, bool array, const uint8_t *name, size_t size,
                           uint64_t source);

/* The name of a container so entered. */
const uint8_t *pii__tape_frame_name(const pii__tape *tape, const pii__frame *frame, size_t *ret_size);

/* Adds to what the front-end holds; PII_ERROR_LIMIT when that becomes too much. */
void pii__tape_hold(pii__tape *tape, const uint8_t *bytes, size_t size, uint64_t source);

/* The innermost container of the document, or NULL. */
static inline const pii__frame *pii__tape_top(const pii__tape *tape)
{
    return tape->depth > tape->floor ? &tape->frames[tape->depth - 1] : NULL;
}

/* A field begins: its first byte is source byte `source`. */
void pii__tape_begin(pii__tape *tape, uint8_t kind, uint64_t source);

/* The same for a name: the path of what comes next ends in it. */
void pii__tape_begin_name(pii__tape *tape, uint8_t kind, uint64_t source);

/* The same for a field of which no part can be replaced, only all. */
void pii__tape_begin_whole(pii__tape *tape, uint8_t kind, uint64_t source);

/* The same for a field that holds a document, whose front-end takes over what is
 * written until the field ends; it is not to be cancelled. `forgiving`: what breaks
 * the rules of its format is read as well as can be. */
void pii__tape_begin_inner(pii__tape *tape, uint8_t kind, uint64_t source, const struct pii__front_end *inner,
                           bool forgiving);

/* All of the document is one field, which holds it in UTF-8. */
void pii__tape_begin_encoded(pii__tape *tape, uint8_t kind, uint64_t source, const struct pii__front_end *inner);

/* A name that speaks for the field that begins next, at `source`, but is none itself. The path
 * of that field ends in it, unless the name is that of the innermost container. */
void pii__tape_speak_for(pii__tape *tape, const uint8_t *name, size_t size, bool container, uint64_t source);

/* The field ends before source byte `source_end`. */
void pii__tape_end(pii__tape *tape, uint64_t source_end);

/* The open field is of another kind, and not replaced whole. */
void pii__tape_change_kind(pii__tape *tape, uint8_t kind);

/* It was no field after all, but a value without text. */
void pii__tape_cancel(pii__tape *tape);

/* A value without text: the name that is due, if any, was its. */
void pii__tape_pass(pii__tape *tape);

/* Makes room for `size` more bytes of text; false: there is none. */
bool pii__tape_room(pii__tape *tape, size_t size);

/* The innermost container is a block with this id; fields from this place of the text on lie behind the id. Left out
 * when it is empty or too long, or the container has one already. */
void pii__tape_set_block(pii__tape *tape, const uint8_t *id, size_t size, uint64_t at);

/* The same with the text of the open field, all of which is at hand. */
void pii__tape_end_block(pii__tape *tape, const pii__field *field);

/* Bytes of an entry in `blocks`: the id, its size (one byte), and the place in the text from which on it counts. */
enum { PII__BLOCK_SIZE_MAX = PII__BLOCK_ID_MAX + 1 + sizeof(uint64_t) };

/* All ids, but that of `step`, which lies behind `kept` bytes of others that stay, are given up; fields to
 * come lie behind it. Answers how many bytes stay. */
size_t pii__tape_keep_block(pii__tape *tape, pii__path_step *step, size_t kept);

/* Bytes that stand for themselves and follow, in the source, what came before
 * them in this field; no fences among them. */
static inline void pii__tape_bytes(pii__tape *tape, const uint8_t *bytes, size_t size)
{
    if (size > tape->text.capacity - tape->text.size && !pii__tape_room(tape, size))
        return;
    if (size)
        memcpy(tape->text.bytes + tape->text.size, bytes, size);
    tape->text.size += size;
}

/* The same, with fences among them. */
void pii__tape_raw(pii__tape *tape, const uint8_t *bytes, size_t size);

/* `size` bytes (which may be none) that stand for source [source, source + source_size). */
void pii__tape_decoded(pii__tape *tape, const uint8_t *bytes, size_t size, uint64_t source, size_t source_size);

/* Bytes that stand for `step` bytes of source each; there are some. */
void pii__tape_stepped(pii__tape *tape, const uint8_t *bytes, size_t size, uint64_t source, size_t step);

/* The same for a code point; one that is no character becomes a byte that is
 * left out of the view. */
void pii__tape_code_point(pii__tape *tape, uint32_t code_point, uint64_t source, size_t source_size);

/* The document breaks the rules of its format at a source offset; `fault` is
 * constant. False: stop. True, when lenient: go on as well as can be. */
bool pii__tape_fault(pii__tape *tape, uint64_t source, const char *fault);

/* A limit of the formats is reached at a source offset. */
void pii__tape_limit(pii__tape *tape, uint64_t source);

/* Memory has run out. */
void pii__tape_no_memory(pii__tape *tape);

/* ---- For the pipeline ---- */

/* Whether the text ends with a field that no later one can matter to. */
bool pii__tape_settled(const pii__tape *tape);

/* Forgets all text, fields and marks; the path stays. */
void pii__tape_clear(pii__tape *tape);

/* Forgets what lies before place `keep` of the text. */
void pii__tape_trim(pii__tape *tape, uint64_t keep);

/* All on the tape is of whole fields and has been scanned; where something was found, the field says so. */
void pii__tape_learn(pii__tape *tape);

/* Whom the record is about that a place of the text lies in, any bytes; 0 of them where nothing says it. */
const uint8_t *pii__tape_subject(const pii__tape *tape, uint64_t at, size_t *ret_size);

/* How many fields begin before a place. */
size_t pii__tape_fields_before(const pii__tape *tape, uint64_t at);

/* The field that a place of the text lies in. */
const pii__field *pii__tape_field(const pii__tape *tape, uint64_t at);

/* The place in the source of a place behind the beginning of a mark, as a beginning or an end of a span;
 * behind the end of the mark both run in step. */
static inline uint64_t pii__mark_source(const pii__mark *mark, uint64_t at, bool end)
{
    uint64_t behind = at - mark->at;
    if (behind >= mark->size)
        return mark->source + mark->source_size + (behind - mark->size);
    if (mark->stepped)
        return mark->source + behind * (mark->source_size / mark->size);
    return end ? mark->source + mark->source_size : mark->source;
}

/* Source offset of the character at a place; and after the one before it. */
uint64_t pii__tape_source_begin(const pii__tape *tape, uint64_t at);
uint64_t pii__tape_source_end(const pii__tape *tape, uint64_t at);

/* Where a field itself begins and ends in the source. */
uint64_t pii__tape_field_begin(const pii__tape *tape, const pii__field *field);
uint64_t pii__tape_field_end(const pii__tape *tape, const pii__field *field);

/* Whether the name that is due, if any, lies too far back to speak for what comes. */
bool pii__tape_name_is_far(const pii__tape *tape, uint64_t document_offset);

/* From now on paths show `text` for a name field. */
void pii__tape_hide_name(pii__tape *tape, const pii__field *field, const char *text);

/* A name is replaced whole by what stands for an entity, of such a number. Answers 0, or, if another name in the same
 * container may have been replaced so, a number by which both can be told apart. */
uint32_t pii__tape_replace_name(pii__tape *tape, const pii__field *field, uint32_t entity);

/* The id of the innermost block around a field that has one, and has it before the field; `*ret_size` 0: there
 * is none. As it came, until the tape is written to. */
const uint8_t *pii__tape_block(const pii__tape *tape, const pii__field *field, size_t *ret_size);

/* Appends the path of a field as a JSON Pointer, NUL-terminated. */
PII_MUST_CHECK pii_status pii__tape_path(const pii__tape *tape, const pii__field *field, pii__buffer *ret);

#endif
