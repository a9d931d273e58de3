/* path.c - the path of a field as a JSON Pointer (RFC 6901). It is written from
 * its end, where the way up begins. */
#include <stdio.h>

#include "tape.h"

enum { number_size = 11 };

/* Bytes of a step with the slash before it; fills `number` for an index. */
static size_t step_size(const pii__tape *tape, const pii__path_step *step, char number[number_size],
                        const uint8_t **ret_text)
{
    size_t size = step->name_size, escapes = 0;
    *ret_text = step->name_size ? tape->names.bytes + step->name_at : (const uint8_t *)"";
    if (step->hidden) {
        *ret_text = (const uint8_t *)step->hidden;
        size = strlen(step->hidden);
    } else if (step->index != PII__NO_INDEX) {
        size = (size_t)snprintf(number, number_size, "%u", (unsigned)step->index);
        *ret_text = (const uint8_t *)number;
    }
    for (size_t i = 0; i < size; i++)
        escapes += (*ret_text)[i] == '~' || (*ret_text)[i] == '/';
    return 1 + size + escapes;
}

/* A name in which control characters and what is no character do not show. */
static void write_step(uint8_t *to, const uint8_t *text, size_t size)
{
    *to++ = '/';
    for (size_t done = 1; done < size; done++, text++) {
        if (*text == '~' || *text == '/') {
            *to++ = '~';
            *to++ = *text == '~' ? '0' : '1';
            done++;
        } else {
            *to++ = *text < 0x20 || *text == 0x7F || *text == 0xFF ? '?' : *text;
        }
    }
}

/* The field's own index is a step, too. Answers the size of all; writes when
 * `end` is not NULL. */
static size_t walk(const pii__tape *tape, const pii__field *field, uint8_t *end)
{
    pii__path_step last = {.parent = field->step, .index = field->index};
    const pii__path_step *step = &last;
    if (field->index == PII__NO_INDEX)
        step = field->step == PII__NO_STEP ? NULL : &tape->steps[field->step];
    size_t total = 0;
    while (step) {
        char number[number_size];
        const uint8_t *text;
        size_t size = step_size(tape, step, number, &text);
        total += size;
        if (end)
            write_step(end - total, text, size);
        step = step->parent == PII__NO_STEP ? NULL : &tape->steps[step->parent];
    }
    return total;
}

pii_status pii__tape_path(const pii__tape *tape, const pii__field *field, pii__buffer *ret)
{
    size_t size = walk(tape, field, NULL);
    pii_status status = pii__buffer_reserve(ret, size + 1);
    if (status != PII_OK)
        return status;
    ret->size += size;
    (void)walk(tape, field, ret->bytes + ret->size);
    ret->bytes[ret->size++] = '\0';
    return PII_OK;
}

const uint8_t *pii__tape_frame_name(const pii__tape *tape, const pii__frame *frame, size_t *ret_size)
{
    const pii__path_step *step = frame->step == PII__NO_STEP ? NULL : &tape->steps[frame->step];
    *ret_size = step ? step->name_size : 0;
    return *ret_size ? tape->names.bytes + step->name_at : (const uint8_t *)"";
}
