#include "gate.h"

#include <string.h>

/* The single byte of a set of one; the set must have exactly one. */
static uint8_t only_byte(const pii__byte_set *set)
{
    unsigned byte = 0;
    while (!pii__byte_set_has(set, (uint8_t)byte))
        byte++;
    return (uint8_t)byte;
}

/* Offset of the first byte of `set` in text[from, size), or `size`. */
static size_t find_byte(const pii__byte_set *set, const uint8_t *text, size_t from, size_t size)
{
    if (from >= size)
        return size;
    if (pii__byte_set_count(set) == 1) {
        const uint8_t *hit = memchr(text + from, only_byte(set), size - from);
        return hit ? (size_t)(hit - text) : size;
    }
    while (from < size && !pii__byte_set_has(set, text[from]))
        from++;
    return from;
}

/* An anchor at a means starts in [a - far, a - near]; anchors that overlap in
 * their starts make one window. */
bool pii__gate_next(const pii__gate *gate, const uint8_t *text, size_t size, size_t from, size_t until,
                    pii__window *ret)
{
    if (from >= until)
        return false;
    if (!gate->anchored) {
        *ret = (pii__window){from, until};
        return true;
    }
    size_t anchor = find_byte(&gate->anchor, text, from + gate->near, size);
    if (anchor >= size || (anchor > gate->far && anchor - gate->far >= until))
        return false;
    pii__window window = {from, anchor - gate->near + 1};
    if (anchor > from + gate->far)
        window.begin = anchor - gate->far;
    while (window.end < until) {
        anchor = find_byte(&gate->anchor, text, anchor + 1, size);
        if (anchor >= size || anchor > window.end + gate->far)
            break;
        window.end = anchor - gate->near + 1;
    }
    if (window.end > until)
        window.end = until;
    *ret = window;
    return window.begin < window.end;
}
