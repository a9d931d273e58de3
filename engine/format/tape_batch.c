/* tape_batch.c - what becomes of a tape from one scan to the next. */
#include "nest.h"
#include "tape_quick.h"
#include "tape_records.h"

bool pii__tape_settled(const pii__tape *tape)
{
    return !tape->open && !tape->name_kept && !tape->in_record;
}

/* Only the steps that lead to where the path is are still of use. They lie in
 * the order of the path; a document in a field and its outermost container share one. */
static void forget_steps(pii__tape *tape)
{
    size_t count = 0, names = 0, blocks = 0;
    uint32_t before = PII__NO_STEP;
    for (size_t i = 0; i <= tape->depth; i++) {
        uint32_t *reference = i < tape->depth ? &tape->frames[i].step : &tape->name_step;
        if (*reference == PII__NO_STEP)
            continue;
        if (*reference == before) {
            *reference = (uint32_t)count - 1;
            continue;
        }
        before = *reference;
        pii__path_step step = tape->steps[before];
        if (step.name_size)
            memmove(tape->names.bytes + names, tape->names.bytes + step.name_at, step.name_size);
        step.name_at = (uint32_t)names;
        names += step.name_size;
        blocks = pii__tape_keep_block(tape, &step, blocks);
        step.parent = count ? (uint32_t)count - 1 : PII__NO_STEP;
        *reference = (uint32_t)count;
        tape->steps[count++] = step;
    }
    tape->step_count = count;
    tape->names.size = names;
    tape->blocks.size = blocks;
}

void pii__tape_clear(pii__tape *tape)
{
    pii__buffer_clear(&tape->text);
    pii__buffer_clear(&tape->aside);
    tape->text_base = tape->settled = 0;
    tape->field_count = tape->mark_count = 0;
    pii__tape_records_clear(tape);
    tape->kept_step = 0;
    tape->name_kept = false;
    forget_steps(tape);
    pii__nest_forget(tape);
}

bool pii__tape_name_is_far(const pii__tape *tape, uint64_t document_offset)
{
    return !tape->open && pii__nest_offset(tape, document_offset) - tape->name_end > PII__NAME_GAP_MAX;
}

void pii__tape_hide_name(pii__tape *tape, const pii__field *field, const char *text)
{
    if (field->name)
        tape->steps[field->step].hidden = text;
}

/* After the field, where a fence stands. */
static uint64_t field_text_end(const pii__tape *tape, size_t index)
{
    bool last = index + 1 == tape->field_count;
    return (last ? tape->text_base + tape->text.size : tape->fields[index + 1].at) - 1;
}

static const uint8_t *text_at(const pii__tape *tape, uint64_t place)
{
    return tape->text.bytes + (place - tape->text_base);
}

void pii__tape_learn(pii__tape *tape)
{
    if (!tape->clean || tape->settled)
        return; /* not all of the text is at hand any more */
    bool named = false; /* the field before speaks for this one */
    for (size_t i = 0; i < tape->field_count; i++) {
        const pii__field *field = &tape->fields[i], *name = named ? field - 1 : NULL;
        uint64_t end = field_text_end(tape, i);
        named = *text_at(tape, end) == PII__NAME_FENCE;
        bool said = field->entity || field->never;
        if (named || said || field->found || (name && name->found))
            continue;
        pii__clean_text text = {.field = text_at(tape, field->at), .size = (size_t)(end - field->at)};
        if (name) {
            text.name = text_at(tape, name->at);
            text.name_size = (size_t)(field->at - name->at) - 1;
        }
        pii__clean_add(tape->clean, &text);
    }
}

uint32_t pii__tape_replace_name(pii__tape *tape, const pii__field *field, uint32_t entity)
{
    uint32_t container = field->step == PII__NO_STEP ? PII__NO_STEP : tape->steps[field->step].parent;
    pii__replaced_names *names = container == PII__NO_STEP ? &tape->replaced : &tape->steps[container].replaced;
    uint32_t bit = UINT32_C(1) << (entity % 32);
    bool before = names->entities & bit;
    names->count++;
    names->entities |= bit;
    return before ? names->count : 0;
}
