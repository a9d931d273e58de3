#include "seam.h"

#include <string.h>

#include "memory.h"

pii_status pii_seam_new(const pii_allocator *allocator, pii_seam **ret)
{
    if (!ret)
        return PII_ERROR_ARGUMENT;
    pii_allocator own = pii__allocator_or_default(allocator);
    pii_seam *seam = pii__allocate(&own, sizeof *seam);
    if (!seam)
        return PII_ERROR_MEMORY;
    seam->allocator = own;
    *ret = seam;
    return PII_OK;
}

void pii_seam_free(pii_seam *seam)
{
    if (!seam)
        return;
    pii_allocator own = seam->allocator;
    pii_ruleset_free(seam->ruleset);
    pii__release(&own, seam->spans);
    pii__release(&own, seam->marks);
    pii__release(&own, seam);
}

/* ---- comparison ---- */

static bool same_confidence(double a, double b)
{
    return !(a < b) && !(a > b);
}

static bool same_span(const pii__span *a, const pii__span *b)
{
    return a->begin == b->begin && a->end == b->end && a->rule == b->rule &&
           same_confidence(a->confidence, b->confidence);
}

static bool same_mark(const pii__rule_mark *a, const pii__rule_mark *b)
{
    return a->rule == b->rule && a->covered == b->covered && a->open == b->open &&
           (!a->open || (a->open_begin == b->open_begin && same_confidence(a->confidence, b->confidence)));
}

static bool same_cluster(const pii_seam *a, const pii_seam *b)
{
    if (a->open != b->open)
        return false;
    return !a->open || (same_span(&a->cluster, &b->cluster) && a->winner_size == b->winner_size);
}

static bool is_start(const pii_seam *seam)
{
    return seam->known && !seam->place && !seam->open && !seam->span_count && !seam->mark_count;
}

bool pii_seam_equal(const pii_seam *a, const pii_seam *b)
{
    if (!a || !b)
        return (!a || is_start(a)) && (!b || is_start(b));
    if (!a->known || !b->known || a->ruleset != b->ruleset || a->place != b->place || !same_cluster(a, b) ||
        a->span_count != b->span_count || a->mark_count != b->mark_count)
        return false;
    for (size_t i = 0; i < a->span_count; i++)
        if (!same_span(&a->spans[i], &b->spans[i]))
            return false;
    for (size_t i = 0; i < a->mark_count; i++)
        if (!same_mark(&a->marks[i], &b->marks[i]))
            return false;
    return true;
}

/* ---- from a segment ---- */

static bool needs_mark(const pii__scanner *scanner, const pii__rule_state *state)
{
    return state->open || state->next > scanner->origin;
}

static size_t count_marks(const pii__segment *segment)
{
    size_t count = 0;
    for (size_t i = 0; i < segment->ruleset->rule_count; i++)
        count += needs_mark(&segment->scanner, &segment->scanner.states[i]);
    return count;
}

static pii_status reserve(pii_seam *seam, size_t spans, size_t marks)
{
    if (spans > seam->span_capacity) {
        pii__span *bigger = pii__reallocate(&seam->allocator, seam->spans, spans * sizeof *bigger);
        if (!bigger)
            return PII_ERROR_MEMORY;
        seam->spans = bigger;
        seam->span_capacity = spans;
    }
    if (marks > seam->mark_capacity) {
        pii__rule_mark *bigger = pii__reallocate(&seam->allocator, seam->marks, marks * sizeof *bigger);
        if (!bigger)
            return PII_ERROR_MEMORY;
        seam->marks = bigger;
        seam->mark_capacity = marks;
    }
    return PII_OK;
}

static void take_marks(pii_seam *seam, const pii__segment *segment)
{
    const pii__scanner *scanner = &segment->scanner;
    seam->mark_count = 0;
    for (size_t i = 0; i < segment->ruleset->rule_count; i++) {
        const pii__rule_state *state = &scanner->states[i];
        if (!needs_mark(scanner, state))
            continue;
        seam->marks[seam->mark_count++] = (pii__rule_mark){
            .rule = (uint32_t)i,
            .open = state->open,
            .covered = state->next > scanner->origin ? state->next - scanner->origin : 0,
            .confidence = state->confidence,
            .open_begin = segment->open_begins[i],
        };
    }
}

pii_status pii__seam_take(pii_seam *seam, const pii__segment *segment)
{
    seam->known = false;
    pii_status status = reserve(seam, segment->span_count, count_marks(segment));
    if (status != PII_OK)
        return status;
    if (seam->ruleset != segment->ruleset) {
        pii_ruleset_free(seam->ruleset);
        seam->ruleset = pii_ruleset_ref(segment->ruleset);
    }
    take_marks(seam, segment);
    seam->span_count = segment->span_count;
    if (seam->span_count)
        memcpy(seam->spans, segment->spans, seam->span_count * sizeof *seam->spans);
    seam->place = segment->frontier;
    seam->keep = segment->keep;
    seam->lookback = segment->lookback;
    seam->behind_wall = segment->behind_wall;
    seam->open = segment->resolver.open;
    seam->cluster = segment->resolver.cluster;
    seam->winner_size = segment->resolver.winner_size;
    seam->known = true;
    return PII_OK;
}

/* ---- to a segment ---- */

static void put_marks(const pii_seam *seam, pii__segment *segment)
{
    pii__scanner *scanner = &segment->scanner;
    for (size_t i = 0; i < seam->mark_count; i++) {
        const pii__rule_mark *mark = &seam->marks[i];
        scanner->states[mark->rule] = (pii__rule_state){
            .next = scanner->origin + mark->covered,
            .open = mark->open,
            .confidence = mark->confidence,
        };
        scanner->open_count += mark->open;
        segment->open_begins[mark->rule] = mark->open_begin;
    }
}

pii_status pii__seam_put(const pii_seam *seam, pii__segment *segment)
{
    pii__segment_restart(segment);
    if (!seam)
        return PII_OK;
    pii_status status = pii__segment_reserve_spans(segment, seam->span_count);
    if (status != PII_OK)
        return status;
    put_marks(seam, segment);
    segment->span_count = seam->span_count;
    if (seam->span_count)
        memcpy(segment->spans, seam->spans, seam->span_count * sizeof *seam->spans);
    segment->frontier = seam->place;
    segment->keep = seam->keep;
    segment->lookback = seam->lookback;
    segment->behind_wall = seam->behind_wall;
    segment->resolver.open = seam->open;
    segment->resolver.cluster = seam->cluster;
    segment->resolver.winner_size = seam->winner_size;
    return PII_OK;
}
