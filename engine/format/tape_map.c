/* tape_map.c - where a path leads in the map of the caller. */
#include "tape_quick.h"

/* A number as a step has it. */
static uint16_t next_by_number(const pii__tape *tape, uint16_t state, uint32_t number)
{
    uint8_t text[10], *at = text + sizeof text;
    do
        *--at = (uint8_t)('0' + number % 10);
    while (number /= 10);
    return pii__project_next(tape->map, state, at, (size_t)(text + sizeof text - at));
}

uint16_t pii__tape_next_mapped(pii__tape *tape, uint16_t state, const uint8_t *name, size_t size)
{
    const pii__project_state *from = &tape->map->states[state];
    uint16_t next = pii__project_next(tape->map, state, name, size);
    if (!name && from->edge_count && tape->depth && tape->frames[tape->depth - 1].array)
        next = next_by_number(tape, state, tape->frames[tape->depth - 1].index);
    else if (name && next == from->other && tape->ordinal != PII__NO_INDEX)
        next = next_by_number(tape, state, tape->ordinal);
    tape->met |= tape->map->states[next].facts;
    return next;
}
