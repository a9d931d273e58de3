/* tape_quick.h - for front-ends that read what is plain in one go: what a field would
 * be, before it is put on the tape, so that most need not be. */
#ifndef PII__TAPE_QUICK_H
#define PII__TAPE_QUICK_H

#include "limits.h"
#include "project.h"
#include "tape.h"

static inline pii__path_state pii__tape_state_around(const pii__tape *tape)
{
    return tape->depth ? tape->frames[tape->depth - 1].state : (pii__path_state){0, 0};
}

/* The state of the map after a step from another. */
uint16_t pii__tape_next_mapped(pii__tape *tape, uint16_t state, const uint8_t *name, size_t size);

/* The state after a step from where the path is; `name` NULL: an index, or a name
 * that is not known yet. */
static inline pii__path_state pii__tape_next_state(pii__tape *tape, const uint8_t *name, size_t size)
{
    pii__path_state state = {0, 0};
    if (tape->project) {
        state.project = pii__project_next(tape->project, pii__tape_state_around(tape).project, name, size);
        tape->facts |= tape->project->states[state.project].facts;
    }
    if (tape->map)
        state.map = pii__tape_next_mapped(tape, pii__tape_state_around(tape).map, name, size);
    return state;
}

/* What is said of values in such a state: by the map, or else by the project; NULL: nothing. */
static inline const pii__project_state *pii__tape_said(const pii__tape *tape, pii__path_state state)
{
    const pii__project_state *said = tape->map ? &tape->map->states[state.map] : NULL;
    if (!said || said->holds == PII__HOLDS_UNSAID)
        said = tape->project ? &tape->project->states[state.project] : NULL;
    return said;
}

static inline uint8_t pii__tape_holds_in(const pii__tape *tape, pii__path_state state)
{
    const pii__project_state *said = pii__tape_said(tape, state);
    return said ? said->holds : PII__HOLDS_TEXT;
}

/* What the value holds that comes next; `name` NULL: in an array. */
static inline uint8_t pii__tape_holds(pii__tape *tape, const uint8_t *name, size_t size)
{
    if (!tape->project && !tape->map)
        return PII__HOLDS_TEXT;
    return pii__tape_holds_in(tape, pii__tape_next_state(tape, name, size));
}

/* What text holds that stands in the innermost container itself. */
static inline uint8_t pii__tape_holds_around(const pii__tape *tape)
{
    return pii__tape_holds_in(tape, pii__tape_state_around(tape));
}

/* Whether a text is short and without blanks, as ids, places of pictures and numbers are. */
static inline bool pii__tape_stays(const uint8_t *bytes, size_t size)
{
    if (size > PII__FORMAT_KEPT_MAX)
        return false;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] <= ' ')
            return false;
    return true;
}

/* Text and what is known of its bytes. Offsets into it are those of the masks. */
typedef struct pii__masked {
    const uint8_t *bytes;
    size_t size;
    const pii__text_masks *masks;
} pii__masked;

/* Masks that take in the byte at `at`, as far as possible from `from` on; for the front-end at work, until
 * its input changes. */
static inline pii__masked pii__tape_mask(pii__tape *tape, pii__mask_format format, const uint8_t *at,
                                         const uint8_t *end)
{
    if (!tape->masked || at < tape->masked || at >= tape->masked + tape->masked_size) {
        size_t rest = (size_t)(end - at);
        tape->masked = at;
        tape->masked_size = rest < PII__MASK_BYTES ? rest : PII__MASK_BYTES;
        tape->masker.fill(tape->masker.context, format, at, tape->masked_size, &tape->masks);
    }
    return (pii__masked){tape->masked, tape->masked_size, &tape->masks};
}

/* No masks are of use any more. */
static inline void pii__tape_unmask(pii__tape *tape)
{
    tape->masked = NULL;
}

/* Whether what could not be read at `at` may be with the next masks, as those at hand end close behind it; then
 * they are given up. */
static inline bool pii__tape_mask_on(pii__tape *tape, const pii__masked *text, size_t at, const uint8_t *end)
{
    bool on = text->bytes + text->size < end && at > 0 && text->size - at < PII__MASK_BYTES / 2;
    if (on)
        pii__tape_unmask(tape);
    return on;
}

/* Whether plain text is too short for a match, or is no more than an id, a place of a picture, or a number
 * where the project says that such a thing stands there. What is said to be a finding is one, unless empty. */
static inline bool pii__tape_can_pass(const pii__tape *tape, const pii__masked *text, size_t at, size_t size,
                                      uint8_t holds)
{
    if (holds == PII__HOLDS_ENTITY)
        return size == 0;
    if (size < tape->shortest || holds == PII__HOLDS_NEVER)
        return true;
    if (pii__holds_kept(holds) && size <= PII__FORMAT_KEPT_MAX && !pii__mask_any(text->masks->blank, at, size))
        return true;
    return pii__masks_exceed(&tape->widths, text->masks, at, size);
}

/* Text that stands where the project says that the id of a block does. */
void pii__tape_pass_block(pii__tape *tape, const pii__masked *text, size_t at, size_t size);

#endif
