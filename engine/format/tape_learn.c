/* tape_learn.c - what a scan of a tape has taught. */
#include "tape.h"

/* After the field, where a fence stands. */
static uint64_t text_end(const pii__tape *tape, size_t index)
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
    if (!tape->known || tape->settled)
        return; /* not all of the text is at hand any more */
    bool named = false; /* the field before speaks for this one */
    for (size_t i = 0; i < tape->field_count; i++) {
        const pii__field *field = &tape->fields[i], *name = named ? field - 1 : NULL;
        uint64_t end = text_end(tape, i);
        named = *text_at(tape, end) == PII__NAME_FENCE;
        if (named || field->found || (name && name->found))
            continue;
        pii__known_text text = {.field = text_at(tape, field->at), .size = (size_t)(end - field->at)};
        if (name) {
            text.name = text_at(tape, name->at);
            text.name_size = (size_t)(field->at - name->at) - 1;
        }
        pii__known_add(tape->known, &text);
    }
}
