#include "view.h"

#include <string.h>

#include "fold.h"
#include "kept_prefix.h"
#include "memory.h"
#include "utf8.h"

/* A view under construction. */
typedef struct builder {
    pii__view *view;
    const uint8_t *source;
    size_t size;
    size_t kept_from;   /* source bytes from here on are not in the copy yet */
    size_t ignored_run; /* bytes left out in a row, up to the current place */
} builder;

void pii__view_init(pii__view *view, const pii_allocator *allocator)
{
    *view = (pii__view){.allocator = allocator, .kept_prefix = pii__kept_prefix};
}

void pii__view_free(pii__view *view)
{
    if (!view->allocator)
        return;
    pii__release(view->allocator, view->edits);
    pii__release(view->allocator, view->copy);
    pii__view_init(view, view->allocator);
}

static pii_status reserve_copy(pii__view *view, size_t size)
{
    if (size <= view->copy_capacity)
        return PII_OK;
    uint8_t *copy = pii__reallocate(view->allocator, view->copy, size);
    if (!copy)
        return PII_ERROR_MEMORY;
    view->copy = copy;
    view->copy_capacity = size;
    return PII_OK;
}

/* The edits grow with the text; the copy was reserved for the worst case. */
static pii_status add_edit(pii__view *view, pii__edit edit)
{
    if (view->edit_count == view->edit_capacity) {
        pii__edit *edits =
            pii__grow(view->allocator, view->edits, &view->edit_capacity, view->edit_count, sizeof *edits);
        if (!edits)
            return PII_ERROR_MEMORY;
        view->edits = edits;
    }
    view->edits[view->edit_count++] = edit;
    return PII_OK;
}

/* Copies what stands unchanged up to `at`. */
static void keep_until(builder *b, size_t at)
{
    size_t size = at - b->kept_from;
    if (!size)
        return;
    memcpy(b->view->copy + b->view->size, b->source + b->kept_from, size);
    b->view->size += size;
    b->ignored_run = 0;
}

static pii_status replace(builder *b, size_t at, size_t size, const uint8_t *text, size_t text_size)
{
    keep_until(b, at);
    pii__edit edit = {
        .at = (uint32_t)b->view->size,
        .source_at = (uint32_t)at,
        .source_size = (uint32_t)size,
        .size = (uint8_t)text_size,
    };
    memcpy(b->view->copy + b->view->size, text, text_size);
    b->view->size += text_size;
    b->kept_from = at + size;
    b->ignored_run = 0;
    return add_edit(b->view, edit);
}

/* Joins the run that is being left out when there is one. */
static pii_status leave_out(builder *b, size_t at, size_t size, bool combining)
{
    keep_until(b, at);
    b->kept_from = at + size;
    if (b->ignored_run >= PII__IGNORED_RUN_MAX) {
        pii__edit wall = {
            .at = (uint32_t)b->view->size,
            .source_at = (uint32_t)at,
            .source_size = (uint32_t)size,
            .size = 1,
            .wall = true,
        };
        b->view->copy[b->view->size++] = PII__VIEW_WALL;
        b->ignored_run = 0;
        return add_edit(b->view, wall);
    }
    pii__edit *last = b->view->edit_count ? &b->view->edits[b->view->edit_count - 1] : NULL;
    bool joins = last && b->ignored_run && last->size == 0;
    b->ignored_run += size;
    if (joins) {
        last->source_size += (uint32_t)size;
        last->combining |= combining;
        return PII_OK;
    }
    pii__edit edit = {
        .at = (uint32_t)b->view->size,
        .source_at = (uint32_t)at,
        .source_size = (uint32_t)size,
        .combining = combining,
    };
    return add_edit(b->view, edit);
}

/* Writes what the fold makes of the character of `size` bytes at `at`. */
static pii_status fold_one(builder *b, size_t at, size_t size, uint16_t entry)
{
    if (entry == PII__FOLD_DROP || entry == PII__FOLD_COMBINE)
        return leave_out(b, at, size, entry == PII__FOLD_COMBINE);
    if (entry < PII__FOLD_TEXT) {
        uint8_t ascii = (uint8_t)entry;
        return replace(b, at, size, &ascii, 1);
    }
    const uint8_t *text = pii__fold_text + (entry - PII__FOLD_TEXT);
    return replace(b, at, size, text + 1, text[0]);
}

/* The character at `at`; size 0: it is cut off, and more will come. */
static pii__character character_at(const builder *b, size_t at, bool complete)
{
    pii__character character = {0};
    character.size = (int)pii__utf8_usual(b->source + at, b->size - at, &character.code_point);
    if (!character.size)
        character = pii__utf8_decode(b->source + at, b->size - at);
    if (!character.size && complete)
        character.size = -1;
    return character;
}

/* From the first character that may fold to the end. Blocks are looked at for as long as that
 * leads somewhere; where it does not, characters are, until a few have been kept one after the other. */
static pii_status fold_rest(builder *b, size_t at, bool complete)
{
    enum { few = 12 }; /* bytes */
    pii_status status = PII_OK;
    bool in_vain = false;
    size_t kept = 0;
    while (at < b->size && status == PII_OK) {
        if (!in_vain || kept >= few) {
            size_t prefix = b->view->kept_prefix(b->source + at, b->size - at);
            in_vain = prefix < few;
            at += prefix;
            kept = 0;
            if (at == b->size)
                break;
        }
        pii__character character = character_at(b, at, complete);
        if (!character.size)
            break;
        size_t size = (size_t)(character.size < 0 ? -character.size : character.size);
        uint16_t entry = character.size < 0 ? PII__FOLD_DROP : pii__fold(character.code_point);
        kept += size;
        if (entry != PII__FOLD_KEEP) {
            status = fold_one(b, at, size, entry);
            kept = 0;
        }
        at += size;
    }
    keep_until(b, at);
    b->view->source_size = at;
    return status;
}

pii_status pii__view_build(pii__view *view, const uint8_t *source, size_t size, bool complete, bool behind_wall)
{
    view->edit_count = 0;
    view->bytes = source;
    view->size = view->source_size = size;
    size_t kept = view->kept_prefix(source, size);
    if (kept == size)
        return PII_OK;
    pii_status status = reserve_copy(view, size * PII__VIEW_GROWTH);
    if (status != PII_OK)
        return status;
    view->size = 0;
    builder b = {.view = view, .source = source, .size = size};
    b.ignored_run = behind_wall ? PII__IGNORED_RUN_MAX : 0;
    status = fold_rest(&b, kept, complete);
    view->bytes = view->edit_count ? view->copy : source;
    return status;
}

/* Index after the last edit that starts at or below view offset `at`. */
static size_t edits_up_to(const pii__view *view, size_t at)
{
    size_t low = 0, high = view->edit_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (view->edits[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t pii__view_source_begin(const pii__view *view, size_t at)
{
    size_t count = edits_up_to(view, at);
    if (!count)
        return at;
    const pii__edit *edit = &view->edits[count - 1];
    if (at < edit->at + (size_t)edit->size)
        return edit->source_at;
    return edit->source_at + (size_t)edit->source_size + (at - edit->at - edit->size);
}

size_t pii__view_source_end(const pii__view *view, size_t at)
{
    if (at == 0)
        return 0;
    size_t count = edits_up_to(view, at - 1), end = at;
    if (count) {
        const pii__edit *edit = &view->edits[count - 1];
        end = edit->source_at + (size_t)edit->source_size;
        if (at > edit->at + (size_t)edit->size)
            end += at - edit->at - edit->size;
    }
    const pii__edit *next = count < view->edit_count ? &view->edits[count] : NULL;
    if (next && next->at == at && next->size == 0 && next->combining)
        end = next->source_at + (size_t)next->source_size;
    return end;
}

size_t pii__view_snap(const pii__view *view, size_t at)
{
    if (at >= view->size)
        return view->size;
    size_t count = edits_up_to(view, at);
    if (count) {
        const pii__edit *edit = &view->edits[count - 1];
        if (at < edit->at + (size_t)edit->size)
            return edit->at;
    }
    while (at > 0 && (view->bytes[at] & 0xC0) == 0x80)
        at--;
    return at;
}

bool pii__view_find_start(const uint8_t *source, size_t size, size_t at, size_t *ret)
{
    while (at < size && (source[at] & 0xC0) == 0x80)
        at++;
    while (at < size) {
        pii__character character = pii__utf8_decode(source + at, size - at);
        if (character.size == 0)
            return false;
        uint16_t entry = character.size > 0 ? pii__fold(character.code_point) : PII__FOLD_DROP;
        if (entry != PII__FOLD_DROP && entry != PII__FOLD_COMBINE) {
            *ret = at;
            return true;
        }
        at += (size_t)(character.size < 0 ? -character.size : character.size);
    }
    return false;
}

bool pii__view_wall_at(const pii__view *view, size_t at)
{
    size_t count = edits_up_to(view, at);
    return count && view->edits[count - 1].at == at && view->edits[count - 1].wall;
}
