/* segment.h - one segment of text on its way through view, scan and resolver,
 * in as many steps as its bytes come in.
 *
 *     source   |..........|==========|++++++++++++++|
 *              0        keep      frontier      what the caller has
 *
 * Starts below the frontier have been tried: what is below it is either final
 * or inside the open cluster. Bytes from `keep` on must stay at hand, as later
 * matches look back at them. A step builds the view of one page, tries the
 * starts that see all that can matter to them, and moves both marks on. */
#ifndef PII__SEGMENT_H
#define PII__SEGMENT_H

#include "field_map.h"
#include "known_scan.h"
#include "resolve.h"
#include "scan.h"
#include "text_masker.h"
#include "treatment.h"
#include "view.h"

typedef struct pii__segment {
    pii_allocator allocator;
    pii_ruleset *ruleset; /* one reference */
    bool *rule_on;
    double *minimums; /* per rule: the confidence from which on it counts */
    pii__treatment treatment;
    pii__scanner scanner;
    pii__text_masker masker; /* for documents */
    pii__known_scanner known;
    uint64_t known_version; /* changes with the known values */
    uint16_t known_entities[PII__ENTITIES_MAX]; /* of the known values: which of the ruleset each is */
    size_t behind; /* bytes of view before a start that a step sees, and from it on: */
    size_t reach;  /* what the ruleset asks for, or the known values */
    pii__view view;
    pii__resolver resolver;
    pii__span *spans; /* found, but not with the resolver yet */
    size_t span_count;
    size_t span_capacity; /* behind as many there is as much room again, to sort in */
    uint64_t *open_begins; /* per rule: where its open match began */
    uint64_t frontier;     /* offsets from the start of the segment */
    uint64_t keep;
    size_t lookback;  /* view bytes between keep and frontier */
    bool behind_wall; /* the view that starts at keep begins with a wall */
    uint64_t error_at;
    pii__field_map *map; /* what the policy says of fields; NULL: nothing */
    bool lenient; /* with documents: what is not well formed is scanned as text */
    pii_explain_callback explain; /* NULL: off */
    void *explain_context;
} pii__segment;

/* PII_ERROR_ARGUMENT when the policy names an entity that nobody knows, or has a
 * text in which something is found; PII_ERROR_KEY when it lacks a key. On any
 * error the segment is fit for pii__segment_free only. */
PII_MUST_CHECK pii_status pii__segment_init(pii__segment *segment, pii_ruleset *ruleset, const pii_policy *policy,
                                            const pii_allocator *allocator);
void pii__segment_free(pii__segment *segment);

/* Looks for these values, too, from the next restart on; NULL: for none. */
PII_MUST_CHECK pii_status pii__segment_set_known(pii__segment *segment, pii_known *known);

/* A new segment begins at offset 0. */
void pii__segment_restart(pii__segment *segment);

/* Goes as far as it can with bytes[0, size) (not NULL), which start at offset
 * `base` <= keep; `last`: the segment ends with them. Closed spans are added to
 * segment->resolver.closed, which the caller empties. After an error only
 * restart and free may follow. */
PII_MUST_CHECK pii_status pii__segment_feed(pii__segment *segment, const uint8_t *bytes, size_t size, uint64_t base,
                                            bool last);

/* The same, but tries no start at offset `stop` or behind it: the frontier ends
 * at the first character there, or at the end of the segment. */
PII_MUST_CHECK pii_status pii__segment_feed_until(pii__segment *segment, const uint8_t *bytes, size_t size,
                                                  uint64_t base, bool last, uint64_t stop);

/* Room for `extra` more spans. */
PII_MUST_CHECK pii_status pii__segment_reserve_spans(pii__segment *segment, size_t extra);

/* Everything before this offset is final: outside the closed spans it is
 * unchanged source. */
uint64_t pii__segment_final(const pii__segment *segment);

/* Bytes from here on must stay at hand: also those of the open cluster, while it
 * is short enough for an action to look at. */
uint64_t pii__segment_needed(const pii__segment *segment);

/* What a closed span is to a policy, in plain text of which the bytes from offset
 * `base` on are at hand. */
pii__found pii__segment_found(const pii__segment *segment, const pii__span *span, const uint8_t *bytes,
                              uint64_t base);

/* "[EMAIL]" for a closed span; NUL-terminated, lives as long as the ruleset. */
const char *pii__segment_label(const pii__segment *segment, const pii__span *span);

/* What becomes of the next closed span; the finding that it then is. */
PII_MUST_CHECK pii_status pii__segment_treat(pii__segment *segment, const pii__span *span, const pii__found *found,
                                             pii__answer *ret_answer, pii_finding *ret_finding);

#endif
