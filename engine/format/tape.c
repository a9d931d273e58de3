#include "limits.h"
#include "memory.h"
#include "nest.h"
#include "tape_quick.h"
#include "tape_records.h"

void pii__tape_init(pii__tape *tape, const pii_allocator *allocator)
{
    *tape = (pii__tape){.allocator = allocator};
    pii__buffer_init(&tape->text, allocator, SIZE_MAX / 4);
    pii__buffer_init(&tape->names, allocator, UINT32_MAX);
    pii__buffer_init(&tape->blocks, allocator, UINT32_MAX);
    pii__buffer_init(&tape->aside, allocator, UINT32_MAX);
    pii__buffer_init(&tape->held, allocator, PII__FORMAT_TAG_MAX);
    pii__buffer_init(&tape->subjects, allocator, SIZE_MAX / 4);
    pii__tape_restart(tape);
}

void pii__tape_free(pii__tape *tape)
{
    if (!tape->allocator)
        return;
    pii__buffer_free(&tape->text);
    pii__buffer_free(&tape->names);
    pii__buffer_free(&tape->blocks);
    pii__buffer_free(&tape->aside);
    pii__buffer_free(&tape->held);
    pii__release(tape->allocator, tape->fields);
    pii__release(tape->allocator, tape->marks);
    pii__release(tape->allocator, tape->steps);
    pii__release(tape->allocator, tape->frames);
    pii__tape_records_free(tape);
    pii__nest_free(tape);
}

void pii__tape_restart(pii__tape *tape)
{
    pii__buffer_clear(&tape->text);
    pii__buffer_clear(&tape->names);
    pii__buffer_clear(&tape->blocks);
    pii__buffer_clear(&tape->aside);
    pii__buffer_clear(&tape->held);
    pii__tape_records_clear(tape);
    tape->kept_step = 0;
    tape->replaced = (pii__replaced_names){0, 0};
    tape->field_count = tape->mark_count = tape->step_count = tape->depth = 0;
    tape->text_base = tape->settled = tape->name_at = tape->name_end = 0;
    tape->offset = tape->fault_at = tape->error_at = 0;
    pii__tape_unmask(tape);
    tape->name_step = PII__NO_STEP;
    tape->name_kept = tape->open = tape->forgiving = false;
    tape->level = tape->levels = 0;
    tape->floor = 0;
    tape->facts = tape->met = 0;
    tape->ordinal = PII__NO_INDEX;
    tape->status = PII_OK;
    tape->fault = NULL;
    pii__nest_forget(tape);
}

static void fail(pii__tape *tape, pii_status status, uint64_t source)
{
    if (tape->status != PII_OK)
        return;
    tape->status = status;
    tape->error_at = pii__nest_source(tape, source);
}

bool pii__tape_fault(pii__tape *tape, uint64_t source, const char *fault)
{
    if (tape->forgiving)
        return true;
    uint64_t at = pii__nest_source(tape, source);
    if (!tape->fault || at < tape->fault_at) { /* documents inside are read later than what is around them */
        tape->fault = fault;
        tape->fault_at = at;
    }
    if (!tape->lenient)
        fail(tape, PII_ERROR_INVALID, source);
    return tape->lenient;
}

void pii__tape_limit(pii__tape *tape, uint64_t source)
{
    fail(tape, PII_ERROR_LIMIT, source);
}

void pii__tape_no_memory(pii__tape *tape)
{
    fail(tape, PII_ERROR_MEMORY, tape->offset);
}

/* ---- Growing ---- */

/* `*items` with room for one more; false, and the tape has failed, when there
 * is none. */
static bool grow(pii__tape *tape, void *items, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity)
        return true;
    void **place = items;
    void *bigger = pii__grow(tape->allocator, *place, capacity, count, size);
    if (bigger)
        *place = bigger;
    else
        pii__tape_no_memory(tape);
    return bigger != NULL;
}

bool pii__tape_room(pii__tape *tape, size_t size)
{
    pii_status status = pii__buffer_reserve(&tape->text, size);
    if (status != PII_OK)
        fail(tape, status, tape->offset);
    return status == PII_OK;
}

static uint64_t text_end(const pii__tape *tape)
{
    return tape->text_base + tape->text.size;
}

static void put_byte(pii__tape *tape, uint8_t byte)
{
    pii__tape_bytes(tape, &byte, 1);
}

/* ---- The path ---- */

/* Steps and fields are written where they lie: to copy what was just written in parts makes the processor
 * wait, and documents consist of little else. */
static inline uint32_t add_step(pii__tape *tape, uint32_t parent, uint32_t index, const char *hidden)
{
    if (!grow(tape, &tape->steps, &tape->step_capacity, tape->step_count, sizeof *tape->steps))
        return PII__NO_STEP;
    pii__path_step *step = &tape->steps[tape->step_count];
    step->parent = parent;
    step->index = index;
    step->name_at = step->name_size = step->block = 0;
    step->hidden = hidden;
    step->state = (pii__path_state){0, 0};
    step->replaced = (pii__replaced_names){0, 0};
    return (uint32_t)tape->step_count++;
}

static inline uint32_t step_around(const pii__tape *tape)
{
    return tape->depth ? tape->frames[tape->depth - 1].step : PII__NO_STEP;
}

/* Where the next value lies: under the name that is due, or in an array. */
static void take_place(pii__tape *tape, uint32_t *ret_step, uint32_t *ret_index)
{
    *ret_index = PII__NO_INDEX;
    *ret_step = step_around(tape);
    if (tape->name_step != PII__NO_STEP)
        *ret_step = tape->name_step;
    else if (tape->depth && tape->frames[tape->depth - 1].array)
        *ret_index = tape->frames[tape->depth - 1].index++;
}

/* The state where the next value lies. */
static pii__path_state state_ahead(pii__tape *tape)
{
    bool named = tape->name_step != PII__NO_STEP;
    if (named && tape->name_step != step_around(tape))
        return tape->steps[tape->name_step].state;
    if (!named && tape->depth && tape->frames[tape->depth - 1].array)
        return pii__tape_next_state(tape, NULL, 0);
    return pii__tape_state_around(tape);
}

/* What is said of a value. */
typedef struct said_value {
    uint8_t holds;
    bool subject;
    const char *entity; /* that it is, or NULL */
} said_value;

/* The same of the next one. */
static said_value said_ahead(pii__tape *tape)
{
    if (!tape->project && !tape->map)
        return (said_value){.holds = PII__HOLDS_TEXT};
    pii__path_state ahead = state_ahead(tape);
    const pii__project_state *said = pii__tape_said(tape, ahead);
    bool subject = tape->map && tape->map->states[ahead.map].subject;
    return (said_value){said ? said->holds : PII__HOLDS_TEXT, subject, said ? said->entity : NULL};
}

/* The step of a name shows the name once it is known, and not too long. */
static inline void name_step(pii__tape *tape, pii__path_step *step, const uint8_t *name, uint64_t size)
{
    step->state = pii__tape_next_state(tape, name, (size_t)size);
    if (size > PII__PATH_NAME_MAX)
        return;
    step->name_at = (uint32_t)tape->names.size;
    step->name_size = (uint32_t)size;
    step->hidden = NULL;
    pii_status status = pii__buffer_append(&tape->names, name, (size_t)size);
    if (status != PII_OK)
        fail(tape, status, tape->offset);
}

/* The last step leads nowhere any more. */
static void drop_step(pii__tape *tape)
{
    const pii__path_step *step = &tape->steps[--tape->step_count];
    if (step->name_size)
        tape->names.size = step->name_at;
}

void pii__tape_leave(pii__tape *tape)
{
    const pii__frame *frame = &tape->frames[--tape->depth];
    if (frame->named && frame->step + 1 == tape->step_count && frame->step >= tape->kept_step)
        drop_step(tape);
    if (tape->in_record)
        pii__tape_records_leave(tape);
}

/* ---- Fields ---- */

/* Whether a run of text at its end holds too little for any rule. */
static bool hopeless(const pii__tape *tape, uint64_t at, uint64_t end)
{
    if (at < tape->settled)
        return false;
    if (at == end) /* there may be no text at all yet */
        return true;
    return pii__kind_widths_exceed(&tape->widths, tape->text.bytes + (at - tape->text_base), (size_t)(end - at));
}

/* Whether the text from `at` on is no more than an id, a place of a picture, or a number. */
static bool stays(const pii__tape *tape, uint64_t at)
{
    return at >= tape->settled &&
           pii__tape_stays(tape->text.bytes + (at - tape->text_base), (size_t)(text_end(tape) - at));
}

/* Takes back the text from `at` on. */
static void take_back_text(pii__tape *tape, uint64_t at)
{
    tape->text.size = (size_t)(at - tape->text_base);
    while (tape->mark_count && tape->marks[tape->mark_count - 1].at >= at)
        tape->mark_count--;
}

/* The same with the field that it is; `step_used`: by another field. */
static void take_back_field(pii__tape *tape, uint64_t at, bool step_used)
{
    const pii__field *field = &tape->fields[--tape->field_count];
    take_back_text(tape, at);
    if (!step_used && field->silent && field->step + 1 == tape->step_count && field->step != step_around(tape))
        drop_step(tape);
}

static void take_back(pii__tape *tape, uint64_t at)
{
    take_back_field(tape, at, false);
}

/* Whether nothing is found in the text from `at` to `end`, for which a name speaks that ends before it, or none. */
static bool is_clean(const pii__tape *tape, uint64_t at, uint64_t end)
{
    uint64_t first = tape->name_kept ? tape->name_at : at;
    if (!tape->clean || first < tape->settled)
        return false;
    const uint8_t *bytes = tape->text.bytes + (first - tape->text_base), *field = bytes + (at - first);
    return pii__clean_has(tape->clean, &(pii__clean_text){bytes, at > first ? (size_t)(at - first) - 1 : 0, field,
                                                          (size_t)(end - at)});
}

/* The name that is due speaks for no text: it stays only for its own sake. `step_used`: a field is under it. */
static void leave_name_alone(pii__tape *tape, bool step_used)
{
    if (!tape->name_kept)
        return;
    tape->name_kept = false;
    bool silent = tape->fields[tape->field_count - 1].silent && tape->name_at >= tape->settled;
    uint64_t end = text_end(tape) - 1;
    if (silent || hopeless(tape, tape->name_at, end) || is_clean(tape, tape->name_at, end))
        take_back_field(tape, tape->name_at, step_used);
    else
        tape->text.bytes[tape->text.size - 1] = PII__FENCE;
}

static void name_alone(pii__tape *tape)
{
    leave_name_alone(tape, false);
}

void pii__tape_pass(pii__tape *tape)
{
    uint32_t step, index;
    take_place(tape, &step, &index);
    name_alone(tape);
    tape->name_step = PII__NO_STEP;
}

/* A container that nothing is known of yet; NULL: the tape has failed. */
static inline pii__frame *add_frame(pii__tape *tape, uint8_t kind, bool array, uint64_t source)
{
    if (tape->depth == PII__FORMAT_DEPTH_MAX) {
        pii__tape_limit(tape, source);
        return NULL;
    }
    if (!grow(tape, &tape->frames, &tape->frame_capacity, tape->depth, sizeof *tape->frames))
        return NULL;
    pii__frame *frame = &tape->frames[tape->depth];
    frame->step = PII__NO_STEP;
    frame->index = 0;
    frame->state = (pii__path_state){0, 0};
    frame->kind = kind;
    frame->array = array;
    frame->named = false;
    return frame;
}

/* False: the tape has failed. */
static bool enter(pii__tape *tape, uint8_t kind, bool array, uint64_t source)
{
    pii__path_state state = state_ahead(tape);
    uint32_t step, index;
    take_place(tape, &step, &index);
    tape->name_step = PII__NO_STEP;
    pii__frame *frame = add_frame(tape, kind, array, source);
    if (!frame)
        return false;
    frame->step = index == PII__NO_INDEX ? step : add_step(tape, step, index, NULL);
    frame->state = state;
    tape->depth++;
    name_alone(tape); /* now that its step is seen to be in use */
    return tape->status == PII_OK;
}

void pii__tape_enter(pii__tape *tape, uint8_t kind, bool array, uint64_t source)
{
    if (enter(tape, kind, array, source) && tape->map && tape->map->subjects)
        pii__tape_records_enter(tape, source);
}

static inline uint32_t named_step(pii__tape *tape, const uint8_t *name, size_t size, size_t most)
{
    uint32_t number = add_step(tape, step_around(tape), PII__NO_INDEX, "...");
    if (number != PII__NO_STEP && size <= most)
        name_step(tape, &tape->steps[number], name, size);
    return number;
}

void pii__tape_enter_named(pii__tape *tape, uint8_t kind, bool array, const uint8_t *name, size_t size,
                           uint64_t source)
{
    pii__frame *frame = add_frame(tape, kind, array, source);
    uint32_t step = frame ? named_step(tape, name, size, SIZE_MAX) : PII__NO_STEP;
    if (step == PII__NO_STEP)
        return;
    frame->step = step;
    frame->state = tape->steps[step].state;
    frame->named = true;
    tape->depth++;
}

void pii__tape_hold(pii__tape *tape, const uint8_t *bytes, size_t size, uint64_t source)
{
    pii_status status = pii__buffer_append(&tape->held, bytes, size);
    if (status != PII_OK)
        fail(tape, status, source);
}

/* A field at the end of the text, of no kind yet. NULL: the tape has failed. */
static pii__field *add_field(pii__tape *tape, uint64_t source, uint32_t step, uint32_t index)
{
    if (!grow(tape, &tape->fields, &tape->field_capacity, tape->field_count, sizeof *tape->fields))
        return NULL;
    pii__field *field = &tape->fields[tape->field_count++];
    field->at = text_end(tape);
    field->source = source;
    field->source_end = 0;
    field->step = step;
    field->index = index;
    field->layer = pii__nest_layer(tape);
    field->kind = 0;
    field->entity = NULL;
    field->aside_at = field->aside_size = 0;
    field->whole = field->name = field->kept = field->block = false;
    field->silent = field->found = field->never = field->subject = false;
    return field;
}

/* A value, or a run of text. */
static pii__field *begin(pii__tape *tape, uint8_t kind, uint64_t source, const said_value *said)
{
    uint32_t step, index;
    take_place(tape, &step, &index);
    if (said->entity) /* nothing is looked for that a name could speak for */
        leave_name_alone(tape, true);
    if (tape->name_kept && source - tape->name_end > PII__NAME_GAP_MAX)
        name_alone(tape);
    pii__field *field = add_field(tape, source, step, index);
    if (!field)
        return NULL;
    field->kind = kind;
    field->entity = said->entity;
    field->whole = said->entity != NULL;
    field->kept = pii__holds_kept(said->holds);
    field->block = said->holds == PII__HOLDS_BLOCK;
    field->never = said->holds == PII__HOLDS_NEVER;
    field->subject = said->subject;
    tape->open = true;
    return field;
}

void pii__tape_begin_inner(pii__tape *tape, uint8_t kind, uint64_t source, const pii__front_end *inner,
                           bool forgiving)
{
    if (!enter(tape, 0, false, source))
        return;
    tape->frames[tape->depth - 1].state =
        pii__tape_next_state(tape, (const uint8_t *)PII__STEP_INTO, strlen(PII__STEP_INTO));
    pii__nest_begin(tape, inner, kind, source, forgiving);
}

void pii__tape_begin_encoded(pii__tape *tape, uint8_t kind, uint64_t source, const pii__front_end *inner)
{
    if (enter(tape, 0, false, source))
        pii__nest_begin(tape, inner, kind, source, false);
}

/* Programs need not be finished. */
static void begin_inner(pii__tape *tape, uint8_t kind, uint64_t source, uint8_t holds)
{
    pii_format format = (pii_format)holds;
    bool program = format == PII_FORMAT_JAVASCRIPT || format == PII_FORMAT_TYPESCRIPT || format == PII_FORMAT_PYTHON;
    const pii__front_end *inner = holds == PII__HOLDS_PROGRAM ? NULL : pii__front_end_of(format);
    pii__tape_begin_inner(tape, kind, source, inner, program);
}

static bool holds_document(uint8_t holds)
{
    return holds == PII__HOLDS_PROGRAM || (holds < PII__HOLDS_UNSAID && holds != PII__HOLDS_TEXT);
}

void pii__tape_begin(pii__tape *tape, uint8_t kind, uint64_t source)
{
    said_value said = said_ahead(tape);
    if (holds_document(said.holds))
        begin_inner(tape, kind, source, said.holds);
    else
        (void)begin(tape, kind, source, &said);
}

void pii__tape_begin_whole(pii__tape *tape, uint8_t kind, uint64_t source)
{
    said_value said = said_ahead(tape);
    pii__field *field = begin(tape, kind, source, &said);
    if (field)
        field->whole = true;
}

void pii__tape_begin_name(pii__tape *tape, uint8_t kind, uint64_t source)
{
    uint32_t step = add_step(tape, step_around(tape), PII__NO_INDEX, "...");
    pii__field *field = add_field(tape, source, step, PII__NO_INDEX);
    if (!field)
        return;
    field->kind = kind;
    field->name = tape->open = true;
}

void pii__tape_change_kind(pii__tape *tape, uint8_t kind)
{
    if (tape->levels > tape->level) {
        pii__nest_change_kind(tape, kind);
        return;
    }
    if (!tape->open)
        return;
    pii__field *field = &tape->fields[tape->field_count - 1];
    field->kind = kind;
    field->whole = field->entity != NULL;
}

static void end_name(pii__tape *tape, pii__field *field)
{
    uint64_t size = text_end(tape) - field->at;
    const uint8_t *bytes = size ? tape->text.bytes + (tape->text.size - (size_t)size) : (const uint8_t *)"";
    if (field->step != PII__NO_STEP)
        name_step(tape, &tape->steps[field->step], bytes, size);
    tape->name_step = field->step;
    tape->name_at = field->at;
    tape->name_end = field->source_end;
    tape->name_kept = tape->status == PII_OK; /* else it, or its fence, may be missing */
    put_byte(tape, PII__NAME_FENCE);
}

void pii__tape_speak_for(pii__tape *tape, const uint8_t *name, size_t size, bool container, uint64_t source)
{
    uint32_t step = container ? step_around(tape) : named_step(tape, name, size, PII__PATH_NAME_MAX);
    pii__field *field = add_field(tape, source, step, PII__NO_INDEX);
    if (!field)
        return;
    field->source_end = source;
    field->name = field->silent = true;
    pii__tape_raw(tape, name, size);
    put_byte(tape, PII__NAME_FENCE);
    tape->name_step = step;
    tape->name_at = field->at;
    tape->name_end = source;
    tape->name_kept = tape->status == PII_OK;
}

/* Field and name stay on the tape, and so does the step that leads to them. */
static void keep_step(pii__tape *tape, uint32_t step)
{
    if (step != PII__NO_STEP && step >= tape->kept_step)
        tape->kept_step = step + 1;
}

/* What is a finding as a whole need not be looked at, if it is short enough for an action, nor has been. */
static void set_aside(pii__tape *tape, pii__field *field)
{
    size_t size = (size_t)(text_end(tape) - field->at), at = tape->aside.size;
    if (field->at < tape->settled || size > PII__VALUE_SIZE_MAX)
        return;
    pii_status status = pii__buffer_append(&tape->aside, tape->text.bytes + (tape->text.size - size), size);
    if (status != PII_OK) {
        fail(tape, status, field->source);
        return;
    }
    field->aside_at = (uint32_t)at;
    field->aside_size = (uint32_t)size;
    take_back_text(tape, field->at);
}

/* A value has ended: whether it stays on the tape. */
static bool value_stays(pii__tape *tape, const pii__field *field)
{
    uint64_t end = text_end(tape);
    if (field->entity && field->at < end)
        return true;
    bool past = hopeless(tape, field->at, end) || (field->never && field->at >= tape->settled);
    if (past || (field->kept && stays(tape, field->at))) {
        take_back(tape, field->at);
        name_alone(tape);
        return false;
    }
    if (!is_clean(tape, field->at, end))
        return true;
    take_back(tape, field->at);
    if (tape->name_kept)
        take_back(tape, tape->name_at);
    return false;
}

void pii__tape_end(pii__tape *tape, uint64_t source_end)
{
    if (tape->levels > tape->level) {
        pii__nest_end(tape);
        return;
    }
    if (!tape->open)
        return;
    pii__field *field = &tape->fields[tape->field_count - 1];
    field->source_end = source_end;
    tape->open = false;
    if (field->name) {
        end_name(tape, field);
        return;
    }
    if (field->subject && tape->in_record)
        pii__tape_records_name(tape, field);
    if (field->block && field->at >= tape->settled)
        pii__tape_end_block(tape, field);
    if (value_stays(tape, field)) {
        if (field->entity)
            set_aside(tape, field);
        put_byte(tape, PII__FENCE);
        keep_step(tape, field->step);
    }
    tape->name_kept = false;
    tape->name_step = PII__NO_STEP;
}

void pii__tape_cancel(pii__tape *tape)
{
    if (!tape->open)
        return;
    uint64_t at = tape->fields[tape->field_count - 1].at;
    tape->open = false;
    if (at < tape->settled) {
        keep_step(tape, tape->fields[tape->field_count - 1].step);
        put_byte(tape, PII__FENCE);
    } else {
        take_back(tape, at);
    }
    tape->name_kept &= at >= tape->settled;
    name_alone(tape);
    tape->name_step = PII__NO_STEP;
}
