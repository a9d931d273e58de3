/* tape_text.c - decoded text on its way to a tape. */
#include "memory.h"
#include "tape.h"

void pii__tape_raw(pii__tape *tape, const uint8_t *bytes, size_t size)
{
    size_t done = 0;
    for (size_t i = 0; i < size; i++) {
        if (!pii__is_fence(bytes[i]))
            continue;
        pii__tape_bytes(tape, bytes + done, i - done);
        pii__tape_bytes(tape, (const uint8_t *)"\t", 1);
        done = i + 1;
    }
    pii__tape_bytes(tape, bytes + done, size - done);
}

void pii__tape_decoded(pii__tape *tape, const uint8_t *bytes, size_t size, uint64_t source, size_t source_size)
{
    pii__mark *marks =
        pii__grow(tape->allocator, tape->marks, &tape->mark_capacity, tape->mark_count, sizeof *marks);
    if (!marks) {
        pii__tape_no_memory(tape);
        return;
    }
    tape->marks = marks;
    tape->marks[tape->mark_count++] = (pii__mark){.at = tape->text_base + tape->text.size,
                                                  .source = source,
                                                  .size = (uint32_t)size,
                                                  .source_size = (uint32_t)source_size & INT32_MAX};
    pii__tape_raw(tape, bytes, size);
}

void pii__tape_stepped(pii__tape *tape, const uint8_t *bytes, size_t size, uint64_t source, size_t step)
{
    size_t count = tape->mark_count;
    pii__tape_decoded(tape, bytes, size, source, size * step);
    if (tape->mark_count > count)
        tape->marks[count].stepped = 1;
}

void pii__tape_code_point(pii__tape *tape, uint32_t code_point, uint64_t source, size_t source_size)
{
    uint8_t bytes[4] = {0xFF}; /* valid nowhere in UTF-8 */
    size_t size = 1;
    if (code_point < 0x80) {
        bytes[0] = (uint8_t)code_point;
    } else if (code_point < 0x800) {
        bytes[0] = (uint8_t)(0xC0 | code_point >> 6);
        size = 2;
    } else if (code_point < 0x10000 && (code_point < 0xD800 || code_point > 0xDFFF)) {
        bytes[0] = (uint8_t)(0xE0 | code_point >> 12);
        size = 3;
    } else if (code_point >= 0x10000 && code_point <= 0x10FFFF) {
        bytes[0] = (uint8_t)(0xF0 | code_point >> 18);
        size = 4;
    }
    for (size_t i = 1; i < size; i++)
        bytes[i] = (uint8_t)(0x80 | (code_point >> (6 * (size - 1 - i)) & 0x3F));
    pii__tape_decoded(tape, bytes, size, source, source_size);
}
