#include "tape_records.h"

#include "limits.h"
#include "memory.h"
#include "nest.h"
#include "places.h"
#include "project.h"

void pii__tape_records_free(pii__tape *tape)
{
    pii__release(tape->allocator, tape->records);
    pii__buffer_free(&tape->subjects);
}

void pii__tape_records_clear(pii__tape *tape)
{
    tape->record_count = 0;
    tape->in_record = false;
    pii__buffer_clear(&tape->subjects);
}

/* From the end of the text on. What has no text is not kept. */
static void add_record(pii__tape *tape)
{
    uint64_t at = tape->text_base + tape->text.size;
    while (tape->record_count && tape->records[tape->record_count - 1].at >= at)
        tape->record_count--;
    pii__record *records =
        pii__grow(tape->allocator, tape->records, &tape->record_capacity, tape->record_count, sizeof *records);
    if (!records) {
        pii__tape_no_memory(tape);
        return;
    }
    tape->records = records;
    records[tape->record_count++] = (pii__record){.at = at};
}

/* Containers around a record: the array, and in a document of wide characters the field that this one is. */
static size_t depth_around(const pii__tape *tape)
{
    return tape->wide_inner ? 2 : 1;
}

void pii__tape_records_enter(pii__tape *tape, uint64_t source)
{
    size_t around = depth_around(tape);
    if (tape->depth != around + 1 || !tape->frames[around - 1].array)
        return;
    tape->in_record = true;
    tape->record_source = pii__nest_source(tape, source);
    add_record(tape);
}

void pii__tape_records_leave(pii__tape *tape)
{
    if (tape->depth > depth_around(tape))
        return;
    tape->in_record = false;
    add_record(tape);
}

void pii__tape_records_name(pii__tape *tape, const pii__field *field)
{
    pii__record *record = &tape->records[tape->record_count - 1];
    size_t from = (size_t)(field->at - tape->text_base), size = tape->text.size - from;
    if (record->subject_size || !size || size > PII__VALUE_SIZE_MAX)
        return;
    size_t at = tape->subjects.size;
    if (pii__buffer_append(&tape->subjects, tape->text.bytes + from, size) != PII_OK) {
        pii__tape_no_memory(tape);
        return;
    }
    record->subject_at = at;
    record->subject_size = size;
}

const uint8_t *pii__tape_subject(const pii__tape *tape, uint64_t at, size_t *ret_size)
{
    const uint64_t *first = tape->record_count ? &tape->records[0].at : NULL;
    size_t count = pii__places_up_to(first, sizeof tape->records[0], tape->record_count, at);
    *ret_size = count ? tape->records[count - 1].subject_size : 0;
    return *ret_size ? tape->subjects.bytes + tape->records[count - 1].subject_at : NULL;
}
