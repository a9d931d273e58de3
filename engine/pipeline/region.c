/* region.c - one text in regions that are scanned in any order.
 *
 *     data     |.........|============|+++++++++|
 *              base     from        until
 *
 * A region whose entry is not known is scanned from some way before it, as if
 * no match began or reached there. In ordinary text that guess has come right
 * long before `from`; where it has not, the seams differ. */
#include "encoding.h"
#include "outlet.h"
#include "scrubber.h"
#include "seam.h"

enum {
    snap_slack = 16, /* view bytes by which places move to a character of the view */
    warm_up_fold = 8 /* hold-backs that a guess begins before its region */
};

/* The source of that many bytes of view, at most; enough for any known values. */
size_t pii_region_margin(const pii_ruleset *ruleset)
{
    size_t hold_back = pii_ruleset_hold_back(ruleset);
    if (hold_back < PII__KNOWN_HOLD_BACK_MAX)
        hold_back = PII__KNOWN_HOLD_BACK_MAX;
    return ruleset ? (hold_back + 2 * (size_t)snap_slack) * PII__VIEW_STRETCH : 0;
}

static bool region_valid(const pii_scrubber *scrubber, const pii_region *region)
{
    size_t margin = pii_region_margin(scrubber->segment.ruleset);
    uint64_t end = region->base + region->size;
    if ((!region->data && region->size) || end < region->base || region->from < region->base ||
        region->until < region->from || region->until > end)
        return false;
    return (!region->base || region->from - region->base >= margin) && (region->ends || end - region->until >= margin);
}

static const uint8_t *bytes_of(const pii_region *region)
{
    return region->data ? region->data : (const uint8_t *)"";
}

static pii_status feed(pii__segment *segment, const pii_region *region, uint64_t stop)
{
    bool to_end = region->ends && stop == region->base + region->size;
    return pii__segment_feed_until(segment, bytes_of(region), region->size, region->base, region->ends,
                                   to_end ? UINT64_MAX : stop);
}

/* Puts the segment at a character before `from` with a fresh state, and as much
 * text before it as rules look back at; not, if there is no such place. */
static pii_status begin_before(pii__segment *segment, const pii_region *region, size_t at, bool *ret_begun)
{
    pii__view *view = &segment->view;
    const uint8_t *bytes = bytes_of(region);
    size_t from = (size_t)(region->from - region->base), start;
    *ret_begun = false;
    if (!pii__view_find_start(bytes, from, at, &start))
        return PII_OK;
    size_t size = from - start, enough = (segment->behind + snap_slack) * PII__VIEW_STRETCH;
    pii_status status = pii__view_build(view, bytes + start, size < enough ? size : enough, false, false);
    if (status != PII_OK)
        return status;
    size_t lookback = segment->behind;
    while (lookback < view->size && pii__view_snap(view, lookback) < lookback)
        lookback++;
    if (lookback >= view->size)
        return PII_OK;
    segment->keep = region->base + start;
    segment->lookback = lookback;
    segment->frontier = segment->keep + pii__view_source_begin(view, lookback);
    *ret_begun = true;
    return PII_OK;
}

/* Scans up to `from` without a known entry. A margin is more than the warm-up:
 * less text before the region means that the text begins there. */
static pii_status reach_from(pii__segment *segment, const pii_region *region, bool *ret_reached)
{
    uint64_t ahead = region->from - region->base;
    uint64_t warm_up = (segment->behind + segment->reach) * warm_up_fold;
    pii__segment_restart(segment);
    *ret_reached = true;
    pii_status status = PII_OK;
    if (ahead > warm_up)
        status = begin_before(segment, region, (size_t)(ahead - warm_up), ret_reached);
    if (status != PII_OK || !*ret_reached)
        return status;
    return feed(segment, region, region->from);
}

/* Scans on to `until`: what closes on the way is the result. */
static pii_status cross(pii_scrubber *scrubber, const pii_region *region, pii_seam *exit, pii_result *result)
{
    pii__segment *segment = &scrubber->segment;
    segment->resolver.closed_count = 0;
    scrubber->released = pii__segment_final(segment);
    pii_status status = feed(segment, region, region->until);
    scrubber->final = pii__segment_final(segment);
    if (status == PII_OK)
        status = pii__seam_take(exit, segment);
    return status == PII_OK ? pii__scrubber_collect(scrubber, bytes_of(region), region->base, result) : status;
}

/* A region that failed, or was not reached, has no output and no seams. */
static void give_up(pii_scrubber *scrubber, pii_seam *guess, pii_seam *exit)
{
    if (guess)
        guess->known = false;
    exit->known = false;
    scrubber->finding_count = 0;
    scrubber->released = scrubber->final = 0;
}

/* A text in another encoding is one field of a document, and no text of bytes. */
static pii_status check_encoding(const pii_region *region)
{
    bool wide = !region->base && pii__encoding_of(bytes_of(region), region->size, true) != PII__UTF_8;
    return wide ? PII_ERROR_INVALID : PII_OK;
}

static pii_status enter(pii_scrubber *scrubber, pii_format format, const pii_region *region)
{
    if (format != PII_FORMAT_TEXT)
        return PII_ERROR_ARGUMENT;
    pii_status status = pii__scrubber_enter(scrubber);
    if (status != PII_OK)
        return status;
    scrubber->segment.explain = NULL;
    if (region_valid(scrubber, region) && !pii_policy_in_order(scrubber->segment.treatment.policy))
        return PII_OK;
    pii__scrubber_leave(scrubber);
    return PII_ERROR_ARGUMENT;
}

static pii_status leave(pii_scrubber *scrubber, pii_status status, pii_result *result)
{
    if (status == PII_OK)
        result->outcome = scrubber->finding_count ? PII_OUTCOME_REDACTED : PII_OUTCOME_CLEAN;
    else
        *result = (pii_result){.outcome = status == PII_ERROR_BLOCKED ? PII_OUTCOME_BLOCKED : PII_OUTCOME_LIMIT,
                               .error_offset = scrubber->segment.error_at};
    if (status == PII_ERROR_INVALID)
        *result = (pii_result){.outcome = PII_OUTCOME_INVALID, .fault = "UTF-16 or UTF-32, which regions are not"};
    pii__scrubber_leave(scrubber);
    return status;
}

pii_status pii_region_guess(pii_scrubber *scrubber, pii_format format, const pii_region *region, pii_seam *entry,
                            pii_seam *exit, pii_result *ret)
{
    if (!ret)
        return PII_ERROR_ARGUMENT;
    *ret = (pii_result){.outcome = PII_OUTCOME_LIMIT};
    if (!scrubber || !region || !entry || !exit)
        return PII_ERROR_ARGUMENT;
    pii_status status = enter(scrubber, format, region);
    if (status != PII_OK)
        return status;
    bool reached = false;
    status = check_encoding(region);
    if (status == PII_OK)
        status = reach_from(&scrubber->segment, region, &reached);
    if (status == PII_OK && reached)
        status = pii__seam_take(entry, &scrubber->segment);
    if (status == PII_OK && reached)
        status = cross(scrubber, region, exit, ret);
    if (status != PII_OK || !reached)
        give_up(scrubber, entry, exit);
    return leave(scrubber, status, ret);
}

/* Whether a scan of `region` can begin with `entry`. */
static bool is_entry(const pii_seam *entry, const pii_ruleset *ruleset, const pii_region *region)
{
    if (!entry)
        return region->base == 0;
    return entry->known && entry->ruleset == ruleset && entry->keep >= region->base &&
           entry->place <= region->base + region->size;
}

pii_status pii_region_scan(pii_scrubber *scrubber, pii_format format, const pii_region *region, const pii_seam *entry,
                           pii_seam *exit, pii_result *ret)
{
    if (!ret)
        return PII_ERROR_ARGUMENT;
    *ret = (pii_result){.outcome = PII_OUTCOME_LIMIT};
    if (!scrubber || !region || !exit || entry == exit)
        return PII_ERROR_ARGUMENT;
    if (!is_entry(entry, scrubber->segment.ruleset, region))
        return PII_ERROR_ARGUMENT;
    pii_status status = enter(scrubber, format, region);
    if (status != PII_OK)
        return status;
    status = check_encoding(region);
    if (status == PII_OK)
        status = pii__seam_put(entry, &scrubber->segment);
    if (status == PII_OK)
        status = cross(scrubber, region, exit, ret);
    if (status != PII_OK)
        give_up(scrubber, NULL, exit);
    return leave(scrubber, status, ret);
}

/* ---- output ---- */

static pii_status put_source(pii__outlet *outlet, const pii_region *region, uint64_t from, uint64_t until)
{
    return until > from ? pii__outlet_put(outlet, bytes_of(region) + (from - region->base), (size_t)(until - from))
                        : PII_OK;
}

static pii_status put_region(pii__outlet *outlet, const pii_scrubber *scrubber, const pii_region *region)
{
    uint64_t done = scrubber->released;
    size_t index = 0, at = 0;
    const pii_finding *finding;
    const uint8_t *replacement;
    while ((finding = pii__scrubber_next(scrubber, &index, &at, &replacement))) {
        pii_status status = put_source(outlet, region, done, finding->begin);
        if (status == PII_OK)
            status = pii__outlet_put(outlet, replacement, finding->replacement_size);
        if (status != PII_OK)
            return status;
        done = finding->end;
    }
    pii_status status = put_source(outlet, region, done, scrubber->final);
    return status == PII_OK ? pii__outlet_flush(outlet) : status;
}

pii_status pii_region_write(pii_scrubber *scrubber, const pii_region *region, pii_sink sink, void *context)
{
    if (!scrubber || !region || !sink)
        return PII_ERROR_ARGUMENT;
    pii_status status = pii__scrubber_enter(scrubber);
    if (status != PII_OK)
        return status;
    pii__outlet outlet = {.sink = sink, .context = context};
    status = put_region(&outlet, scrubber, region);
    pii__scrubber_leave(scrubber);
    return status;
}
