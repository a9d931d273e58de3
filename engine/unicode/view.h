/* view.h - the text that rules match, and the way back to the source.
 *
 * The view is the source with Unicode folded to ASCII where it matters (fold.h),
 * ignorable characters, controls and invalid UTF-8 bytes left out. Where nothing
 * folds it is the source itself, without a copy. It is always valid UTF-8.
 *
 * A run of more than PII__IGNORED_RUN_MAX bytes that are left out shows as walls
 * (PII__VIEW_WALL, one per that many bytes), which no sane pattern crosses: so
 * the source of a view of n bytes is at most n * PII__VIEW_STRETCH bytes. */
#ifndef PII__VIEW_H
#define PII__VIEW_H

#include "limits.h"
#include "piiglet_types.h"

enum {
    PII__VIEW_WALL = 0x1A, /* SUBSTITUTE: folds away itself, so it is in no other view */
    PII__VIEW_STRETCH = PII__IGNORED_RUN_MAX + 8, /* source bytes per view byte, at most */
    PII__VIEW_GROWTH = 4 /* view bytes per source byte, at most: 8 for a character of 2 bytes */
};

/* A place where view and source differ: view[at, at + size) stands for
 * source[source_at, source_at + source_size). Between two edits both run in
 * step. */
typedef struct pii__edit {
    uint32_t at;
    uint32_t source_at;
    uint32_t source_size;
    uint8_t size;   /* 0: left out */
    bool combining; /* left out, and belongs to the character before */
    bool wall;
} pii__edit;

/* A function that does what pii__kept_prefix does. */
typedef size_t (*pii__prefix_finder)(const uint8_t *text, size_t size);

typedef struct pii__view {
    const pii_allocator *allocator; /* borrowed */
    pii__prefix_finder kept_prefix; /* pii__kept_prefix unless replaced by a faster one */
    const uint8_t *bytes;           /* the source or `copy`; not NULL once built */
    size_t size;
    size_t source_size; /* source bytes that the view stands for */
    pii__edit *edits;
    size_t edit_count;
    size_t edit_capacity;
    uint8_t *copy;
    size_t copy_capacity;
} pii__view;

void pii__view_init(pii__view *view, const pii_allocator *allocator);
void pii__view_free(pii__view *view);

/* Builds the view of source[0, size), `size` at most UINT32_MAX / 16. Unless
 * `complete`, a sequence that the end cuts off is left for later
 * (view->source_size says how far it went). `behind_wall`: the byte before the
 * source was left out and a wall is due at once (see pii__view_wall_at). The
 * source must stay as it is while the view is in use. */
PII_MUST_CHECK pii_status pii__view_build(pii__view *view, const uint8_t *source, size_t size, bool complete,
                                          bool behind_wall);

/* Source offset of the character that view[at] belongs to; source_size for
 * at == size. */
size_t pii__view_source_begin(const pii__view *view, size_t at);

/* Source offset after the character that view[at - 1] belongs to, and after the
 * combining marks on it; 0 for at == 0. */
size_t pii__view_source_end(const pii__view *view, size_t at);

/* The nearest offset at or below `at` that starts a character of view and
 * source alike. */
size_t pii__view_snap(const pii__view *view, size_t at);

/* The first offset from `at` on at which a character begins that every view
 * shows, whatever came before it; false when there is none. A view that starts
 * there equals that part of the view of the whole source. */
bool pii__view_find_start(const uint8_t *source, size_t size, size_t at, size_t *ret);

/* Whether view[at] is a wall: a view that starts there must be told so. */
bool pii__view_wall_at(const pii__view *view, size_t at);

#endif
