/* tape_block.c - ids of blocks, as the containers are called that a project names them of: so that one can be
 * shown the very block. An id counts for what comes behind it, since what came before may be long gone; so it
 * does not depend on where pieces are cut. */
#include "tape_quick.h"

enum { place_size = sizeof(uint64_t) };

_Static_assert(PII__BLOCK_ID_MAX <= UINT8_MAX, "the size of an id is one byte");

/* The id that ends at a place in `blocks`. */
static const uint8_t *id_at(const pii__tape *tape, uint32_t end, size_t *ret_size, uint64_t *ret_place)
{
    const uint8_t *bytes = tape->blocks.bytes + end - place_size;
    memcpy(ret_place, bytes, place_size);
    *ret_size = bytes[-1];
    return bytes - 1 - *ret_size;
}

/* The id stands at the end of `blocks`, where there is room. */
static void end_entry(pii__tape *tape, uint32_t step, size_t size, uint64_t place)
{
    uint8_t *end = tape->blocks.bytes + tape->blocks.size + size;
    *end = (uint8_t)size;
    memcpy(end + 1, &place, place_size);
    tape->blocks.size += size + 1 + place_size;
    tape->steps[step].block = (uint32_t)tape->blocks.size;
}

void pii__tape_set_block(pii__tape *tape, const uint8_t *id, size_t size, uint64_t at)
{
    const pii__frame *frame = pii__tape_top(tape);
    uint32_t step = frame ? frame->step : PII__NO_STEP;
    if (step == PII__NO_STEP || tape->steps[step].block || !size || size > PII__BLOCK_ID_MAX)
        return;
    pii__buffer *blocks = &tape->blocks;
    if (pii__buffer_reserve(blocks, PII__BLOCK_SIZE_MAX) != PII_OK) {
        pii__tape_no_memory(tape);
        return;
    }
    memcpy(blocks->bytes + blocks->size, id, size);
    end_entry(tape, step, size, at);
}

/* Projects are full of ids, and hardly one is asked for: what is copied is as many bytes as an id can have, which is
 * quick. */
void pii__tape_pass_block(pii__tape *tape, const pii__masked *text, size_t at, size_t size)
{
    uint64_t place = tape->text_base + tape->text.size;
    uint32_t step = tape->frames[tape->depth - 1].step;
    bool room = tape->blocks.capacity - tape->blocks.size >= PII__BLOCK_SIZE_MAX &&
                text->size - at >= PII__BLOCK_ID_MAX;
    if (!room || step == PII__NO_STEP || tape->steps[step].block || size - 1 >= PII__BLOCK_ID_MAX) {
        pii__tape_set_block(tape, text->bytes + at, size, place);
        return;
    }
    memcpy(tape->blocks.bytes + tape->blocks.size, text->bytes + at, PII__BLOCK_ID_MAX);
    end_entry(tape, step, size, place);
}

void pii__tape_end_block(pii__tape *tape, const pii__field *field)
{
    size_t at = (size_t)(field->at - tape->text_base);
    uint64_t first = tape->name_kept ? tape->name_at : field->at; /* both will be taken back */
    pii__tape_set_block(tape, tape->text.bytes + at, tape->text.size - at, first);
}

size_t pii__tape_keep_block(pii__tape *tape, pii__path_step *step, size_t kept)
{
    if (!step->block)
        return kept;
    size_t size;
    uint64_t place;
    const uint8_t *id = id_at(tape, step->block, &size, &place);
    uint8_t *to = tape->blocks.bytes + kept;
    memmove(to, id, size + 1);
    memset(to + size + 1, 0, place_size);
    step->block = (uint32_t)(kept + size + 1 + place_size);
    return step->block;
}

const uint8_t *pii__tape_block(const pii__tape *tape, const pii__field *field, size_t *ret_size)
{
    *ret_size = 0;
    for (uint32_t step = field->step; step != PII__NO_STEP; step = tape->steps[step].parent) {
        size_t size;
        uint64_t place;
        const uint8_t *id = tape->steps[step].block ? id_at(tape, tape->steps[step].block, &size, &place) : NULL;
        if (!id || place > field->at)
            continue;
        *ret_size = size;
        return id;
    }
    return NULL;
}
