/* tape_source.c - the way back from a place in the text of a tape to its source. */
#include "nest.h"
#include "places.h"
#include "tape.h"

static size_t fields_up_to(const pii__tape *tape, uint64_t at)
{
    const uint64_t *first = tape->field_count ? &tape->fields[0].at : NULL;
    return pii__places_up_to(first, sizeof tape->fields[0], tape->field_count, at);
}

static size_t marks_up_to(const pii__tape *tape, uint64_t at)
{
    const uint64_t *first = tape->mark_count ? &tape->marks[0].at : NULL;
    return pii__places_up_to(first, sizeof tape->marks[0], tape->mark_count, at);
}

size_t pii__tape_fields_before(const pii__tape *tape, uint64_t at)
{
    return at ? fields_up_to(tape, at - 1) : 0;
}

const pii__field *pii__tape_field(const pii__tape *tape, uint64_t at)
{
    size_t count = fields_up_to(tape, at);
    return &tape->fields[count - (count > 0)];
}

/* The last mark of the field at or before a place, or NULL. */
static const pii__mark *mark_before(const pii__tape *tape, const pii__field *field, uint64_t at)
{
    size_t count = marks_up_to(tape, at);
    return count && tape->marks[count - 1].at >= field->at ? &tape->marks[count - 1] : NULL;
}

/* In its own document. */
static uint64_t place_begin(const pii__tape *tape, const pii__field *field, uint64_t at)
{
    const pii__mark *mark = mark_before(tape, field, at);
    if (field->silent)
        return field->source;
    return mark ? pii__mark_source(mark, at, false) : field->source + (at - field->at);
}

static uint64_t place_end(const pii__tape *tape, const pii__field *field, uint64_t at)
{
    const pii__mark *mark = mark_before(tape, field, at - 1);
    return mark ? pii__mark_source(mark, at, true) : field->source + (at - field->at);
}

void pii__tape_trim(pii__tape *tape, uint64_t keep)
{
    size_t fields = fields_up_to(tape, keep), marks = marks_up_to(tape, keep);
    fields -= fields > 0;
    uint64_t place = place_begin(tape, &tape->fields[fields], keep);
    pii__nest_trim(tape, tape->fields[fields].layer, place);
    marks -= marks > 0;
    tape->field_count -= fields;
    tape->mark_count -= marks;
    memmove(tape->fields, tape->fields + fields, tape->field_count * sizeof *tape->fields);
    if (marks)
        memmove(tape->marks, tape->marks + marks, tape->mark_count * sizeof *tape->marks);
    pii__buffer_drop_front(&tape->text, (size_t)(keep - tape->text_base));
    tape->text_base = keep;
}

uint64_t pii__tape_source_begin(const pii__tape *tape, uint64_t at)
{
    const pii__field *field = pii__tape_field(tape, at);
    return pii__nest_source_begin(tape, field->layer, place_begin(tape, field, at));
}

uint64_t pii__tape_source_end(const pii__tape *tape, uint64_t at)
{
    const pii__field *field = pii__tape_field(tape, at - 1);
    return pii__nest_source_end(tape, field->layer, place_end(tape, field, at));
}

uint64_t pii__tape_field_begin(const pii__tape *tape, const pii__field *field)
{
    return pii__nest_source_begin(tape, field->layer, field->source);
}

uint64_t pii__tape_field_end(const pii__tape *tape, const pii__field *field)
{
    return pii__nest_source_end(tape, field->layer, field->source_end);
}
