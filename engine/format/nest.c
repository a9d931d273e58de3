#include "nest.h"

#include "memory.h"

/* ---- Marks and layers ---- */

static const pii__layer *layer_of(const pii__tape *tape, uint32_t layer)
{
    return &tape->nest->layers[layer];
}

/* The marks of a layer; `*ret_count` of them. */
static const pii__mark *marks_of(const pii__tape *tape, const pii__layer *layer, size_t *ret_count)
{
    const pii__level *level = &tape->nest->levels[layer->level];
    size_t end = layer->mark_end < level->mark_count ? layer->mark_end : level->mark_count;
    *ret_count = end - layer->mark_begin;
    return *ret_count ? level->marks + layer->mark_begin : NULL;
}

/* How many of the marks begin at a place or before it. */
static size_t marks_up_to(const pii__mark *marks, size_t count, uint64_t at)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (marks[middle].at <= at)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

static uint64_t parent_begin(const pii__tape *tape, const pii__layer *layer, uint64_t at)
{
    size_t count;
    const pii__mark *marks = marks_of(tape, layer, &count);
    count = marks_up_to(marks, count, at);
    return count ? pii__mark_source(&marks[count - 1], at, false) : layer->source + (at - layer->at);
}

static uint64_t parent_end(const pii__tape *tape, const pii__layer *layer, uint64_t at)
{
    if (at <= layer->at)
        return layer->source;
    size_t count;
    const pii__mark *marks = marks_of(tape, layer, &count);
    count = marks_up_to(marks, count, at - 1);
    return count ? pii__mark_source(&marks[count - 1], at, true) : layer->source + (at - layer->at);
}

uint64_t pii__nest_source_begin(const pii__tape *tape, uint32_t layer, uint64_t at)
{
    for (; layer; layer = layer_of(tape, layer)->parent)
        at = parent_begin(tape, layer_of(tape, layer), at);
    return at;
}

uint64_t pii__nest_source_end(const pii__tape *tape, uint32_t layer, uint64_t at)
{
    for (; layer; layer = layer_of(tape, layer)->parent)
        at = parent_end(tape, layer_of(tape, layer), at);
    return at;
}

uint32_t pii__nest_layer(const pii__tape *tape)
{
    return tape->level ? tape->nest->levels[tape->level - 1].layer : 0;
}

uint64_t pii__nest_source(const pii__tape *tape, uint64_t at)
{
    return tape->level ? pii__nest_source_begin(tape, pii__nest_layer(tape), at) : at;
}

/* ---- Levels ---- */

static uint64_t text_end(const pii__tape *tape)
{
    return tape->text_base + tape->text.size;
}

static bool prepare(pii__tape *tape)
{
    if (tape->nest)
        return true;
    struct pii__nest *nest = pii__allocate(tape->allocator, sizeof *nest);
    if (!nest)
        return false;
    nest->layer_count = 1;
    for (size_t i = 0; i < PII__FORMAT_NEST_MAX; i++) {
        pii__buffer_init(&nest->levels[i].input, tape->allocator, SIZE_MAX / 4);
        pii__buffer_init(&nest->levels[i].held, tape->allocator, PII__FORMAT_TAG_MAX);
    }
    tape->nest = nest;
    return true;
}

void pii__nest_free(pii__tape *tape)
{
    for (size_t i = 0; tape->nest && i < PII__FORMAT_NEST_MAX; i++) {
        pii__buffer_free(&tape->nest->levels[i].input);
        pii__buffer_free(&tape->nest->levels[i].held);
        pii__release(tape->allocator, tape->nest->levels[i].marks);
    }
    if (tape->nest)
        pii__release(tape->allocator, tape->nest->layers);
    pii__release(tape->allocator, tape->nest);
    tape->nest = NULL;
}

/* NULL: no memory. */
static pii__layer *add_layer(pii__tape *tape)
{
    struct pii__nest *nest = tape->nest;
    pii__layer *layers =
        pii__grow(tape->allocator, nest->layers, &nest->layer_capacity, nest->layer_count, sizeof *layers);
    if (!layers)
        return NULL;
    nest->layers = layers;
    return &layers[nest->layer_count++];
}

static void start_level(pii__tape *tape, pii__level *level, const pii__front_end *front_end, bool forgiving)
{
    level->front_end = tape->nest->layers[level->layer].front_end = front_end;
    level->forgiving = forgiving;
    memset(level->state, 0, sizeof level->state);
    front_end->start(level->state);
}

void pii__nest_begin(pii__tape *tape, const pii__front_end *front_end, uint8_t kind, uint64_t source, bool forgiving)
{
    if (tape->levels == PII__FORMAT_NEST_MAX) {
        pii__tape_limit(tape, source);
        return;
    }
    uint32_t parent = pii__nest_layer(tape);
    pii__layer *layer = prepare(tape) ? add_layer(tape) : NULL;
    if (!layer) {
        pii__tape_no_memory(tape);
        return;
    }
    pii__level *level = &tape->nest->levels[tape->levels];
    *layer = (pii__layer){.front_end = front_end,
                          .parent = parent,
                          .level = tape->levels,
                          .kind = kind,
                          .source = source,
                          .mark_begin = level->mark_count,
                          .mark_end = SIZE_MAX};
    level->front_end = front_end;
    level->layer = (uint32_t)(tape->nest->layer_count - 1);
    level->offset = 0;
    pii__buffer_clear(&level->held);
    level->input_at = text_end(tape);
    level->outer_floor = tape->floor;
    level->forgiving = false;
    tape->floor = tape->depth;
    tape->levels++;
    if (front_end)
        start_level(tape, level, front_end, forgiving);
}

/* What was written for a level moves off the tape, with its marks. */
static bool take_input(pii__tape *tape, pii__level *level)
{
    size_t from = (size_t)(level->input_at - tape->text_base), marks = tape->mark_count;
    pii__buffer_clear(&level->input);
    pii_status status = pii__buffer_append(&level->input, tape->text.bytes + from, tape->text.size - from);
    if (status != PII_OK) {
        pii__tape_no_memory(tape);
        return false;
    }
    while (marks && tape->marks[marks - 1].at >= level->input_at)
        marks--;
    for (size_t i = marks; i < tape->mark_count; i++) {
        pii__mark *grown = pii__grow(tape->allocator, level->marks, &level->mark_capacity, level->mark_count,
                                     sizeof *grown);
        if (!grown) {
            pii__tape_no_memory(tape);
            return false;
        }
        level->marks = grown;
        level->marks[level->mark_count] = tape->marks[i];
        level->marks[level->mark_count++].at += level->offset - level->input_at;
    }
    tape->mark_count = marks;
    tape->text.size = from;
    return true;
}

static void swap_held(pii__tape *tape, pii__level *level)
{
    pii__buffer held = tape->held;
    tape->held = level->held;
    level->held = held;
}

/* The tape turns to the inner document, for its front-end. */
static void turn_in(pii__tape *tape, pii__level *level)
{
    swap_held(tape, level);
    level->outer_forgiving = tape->forgiving;
    tape->forgiving |= level->forgiving;
    level->outer_offset = tape->offset;
    tape->offset = level->offset;
    tape->level++;
}

static void turn_out(pii__tape *tape, pii__level *level)
{
    swap_held(tape, level);
    tape->level--;
    tape->forgiving = level->outer_forgiving;
    tape->offset = level->outer_offset;
}

/* What a program is written in shows in its first byte that is not blank; answers how many are. */
static size_t find_front_end(pii__tape *tape, pii__level *level)
{
    size_t blanks = 0;
    while (blanks < level->input.size && level->input.bytes[blanks] <= ' ')
        blanks++;
    if (blanks == level->input.size)
        return blanks;
    switch (level->input.bytes[blanks]) {
    case '<': start_level(tape, level, pii__front_end_of(PII_FORMAT_XML), false); break;
    case '[':
    case '{': start_level(tape, level, pii__front_end_of(PII_FORMAT_JSON), false); break;
    default: start_level(tape, level, pii__front_end_of(PII_FORMAT_JAVASCRIPT), true);
    }
    return blanks;
}

static void feed_level(pii__tape *tape)
{
    pii__level *level = &tape->nest->levels[tape->level];
    if (text_end(tape) > level->input_at && take_input(tape, level)) {
        turn_in(tape, level);
        size_t blanks = level->front_end ? 0 : find_front_end(tape, level);
        tape->forgiving |= level->forgiving;
        if (level->front_end) {
            tape->offset += blanks;
            level->front_end->feed(level->state, tape, level->input.bytes + blanks, level->input.size - blanks);
        }
        pii__nest_feed(tape);
        level->offset += level->input.size;
        turn_out(tape, level);
    }
    level->input_at = text_end(tape);
}

/* Where the document around it broke off, what it wrote before is still read: a fault in there comes first, and
 * would have been met first had the document come in smaller pieces. */
void pii__nest_feed(pii__tape *tape)
{
    pii_status outer = tape->status;
    if (tape->levels == tape->level || (outer != PII_OK && outer != PII_ERROR_INVALID && outer != PII_ERROR_LIMIT))
        return;
    tape->status = PII_OK;
    feed_level(tape);
    if (tape->status == PII_OK)
        tape->status = outer;
}

/* The tape is the outer front-end's again. */
static void close_level(pii__tape *tape, const pii__level *level)
{
    tape->nest->layers[level->layer].mark_end = level->mark_count;
    tape->depth = tape->floor - 1;
    tape->floor = level->outer_floor;
    tape->levels--;
}

void pii__nest_end(pii__tape *tape)
{
    pii__nest_feed(tape);
    if (tape->status != PII_OK)
        return;
    pii__level *level = &tape->nest->levels[tape->level];
    turn_in(tape, level);
    if (level->front_end)
        level->front_end->finish(level->state, tape);
    turn_out(tape, level);
    if (tape->status == PII_OK)
        close_level(tape, level);
}

void pii__nest_change_kind(pii__tape *tape, uint8_t kind)
{
    tape->nest->layers[tape->nest->levels[tape->level].layer].kind = kind;
}

/* ---- Forgetting ---- */

/* The layer goes on from place `at` without the marks before it. */
static void cut_marks(pii__tape *tape, pii__layer *layer, uint64_t at)
{
    pii__level *level = &tape->nest->levels[layer->level];
    size_t count;
    const pii__mark *marks = marks_of(tape, layer, &count);
    size_t before = marks_up_to(marks, count, at);
    if (before && at < marks[before - 1].at + marks[before - 1].size)
        before--; /* it is in the midst of a mark */
    size_t gone = layer->mark_begin + before;
    if (!gone)
        return;
    if (before) {
        const pii__mark *last = &marks[before - 1];
        layer->at = last->at + last->size;
        layer->source = last->source + last->source_size;
    }
    level->mark_count -= gone;
    memmove(level->marks, level->marks + gone, level->mark_count * sizeof *level->marks);
    layer->mark_begin = 0;
}

void pii__nest_forget(pii__tape *tape)
{
    if (!tape->nest)
        return;
    for (uint32_t i = 0; i < tape->levels; i++) {
        pii__level *level = &tape->nest->levels[i];
        tape->nest->layers[i + 1] = tape->nest->layers[level->layer];
        tape->nest->layers[i + 1].parent = i;
        level->layer = i + 1;
        level->input_at = 0;
        cut_marks(tape, &tape->nest->layers[i + 1], level->offset);
    }
    for (uint32_t i = tape->levels; i < PII__FORMAT_NEST_MAX; i++)
        tape->nest->levels[i].mark_count = 0;
    tape->nest->layer_count = (size_t)tape->levels + 1;
}

void pii__nest_trim(pii__tape *tape, uint32_t layer, uint64_t at)
{
    while (layer) {
        pii__layer *this = &tape->nest->layers[layer];
        uint64_t parent = parent_begin(tape, this, at);
        if (this->mark_end == SIZE_MAX)
            cut_marks(tape, this, at);
        at = parent;
        layer = this->parent;
    }
}

uint64_t pii__nest_offset(const pii__tape *tape, uint64_t document_offset)
{
    return tape->levels ? tape->nest->levels[tape->levels - 1].offset : document_offset;
}

uint64_t pii__nest_source_read(const pii__tape *tape, uint64_t document_offset)
{
    if (!tape->levels)
        return document_offset;
    const pii__level *level = &tape->nest->levels[tape->levels - 1];
    return pii__nest_source_begin(tape, level->layer, level->offset);
}
