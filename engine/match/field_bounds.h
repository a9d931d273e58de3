/* field_bounds.h - the field around a place in a text of fields (fence.h). */
#ifndef PII__FIELD_BOUNDS_H
#define PII__FIELD_BOUNDS_H

#include <string.h>

#include "fence.h"
#include "pattern.h"

/* What lies before `at`, no farther away than `reach`: the start of the field,
 * or of what matters. `names`: a name and its value are one. */
static inline size_t pii__field_begin(const pii__subject *text, size_t at, size_t reach, bool names, bool *ret_fence)
{
    size_t last = at > reach ? at - reach : 0;
    for (; at > last; at--) {
        uint8_t byte = text->text[at - 1];
        if (byte == PII__FENCE || (byte == PII__NAME_FENCE && !names))
            break;
    }
    *ret_fence = at > last || (at == 0 && text->at_start);
    return at;
}

/* The same for what comes after. */
static inline size_t pii__field_end(const pii__subject *text, size_t at, size_t reach, bool names, bool *ret_fence)
{
    size_t rest = text->size - at, size = reach < rest ? reach : rest;
    const uint8_t *from = text->text + at, *fence = memchr(from, PII__FENCE, size);
    if (fence)
        size = (size_t)(fence - from);
    const uint8_t *name_fence = names ? NULL : memchr(from, PII__NAME_FENCE, size);
    if (name_fence)
        size = (size_t)(name_fence - from);
    *ret_fence = fence || name_fence || (size == rest && text->at_end);
    return at + size;
}

/* What a rule sees of the field around the starts [from, until) of a text. */
typedef struct pii__field_view {
    pii__subject text;   /* up to the end of the field */
    pii__subject around; /* up to the end of what context words may stand in */
    size_t first;        /* where the field begins, as far as it matters */
    size_t around_first; /* the same for context words */
    bool begins;         /* the field does begin at `first` */
} pii__field_view;

static inline pii__field_view pii__field_around(const pii__subject *text, size_t from, size_t until, size_t behind,
                                                size_t reach)
{
    pii__field_view view = {.text = *text, .around = *text};
    bool fence;
    view.first = pii__field_begin(text, from, behind, false, &view.begins);
    view.around_first = pii__field_begin(text, from, behind, true, &fence);
    view.text.size = pii__field_end(text, from, until - from + reach, false, &view.text.at_end);
    view.around.size = pii__field_end(text, view.text.size, reach, true, &view.around.at_end);
    return view;
}

#endif
