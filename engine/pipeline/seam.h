/* seam.h - all that a scan carries across one place of a text.
 *
 * Two scans that stand at the same place with equal seams find the same from
 * there on. Where the views come from - keep, lookback, behind_wall - is needed
 * to go on, but is no part of the comparison: any start far enough back gives
 * the same view. */
#ifndef PII__SEAM_H
#define PII__SEAM_H

#include "segment.h"

/* A rule that is not simply due at the seam. */
typedef struct pii__rule_mark {
    uint32_t rule;
    bool open;
    uint64_t covered; /* view bytes behind the seam that its last match covers */
    double confidence;
    uint64_t open_begin; /* source offset, when open */
} pii__rule_mark;

struct pii_seam {
    pii_allocator allocator;
    pii_ruleset *ruleset; /* whose rules are meant below, one reference; NULL: none yet */
    bool known;           /* false: nothing below is of meaning */
    uint64_t place;
    uint64_t keep;
    size_t lookback;
    bool behind_wall;
    bool open;
    pii__span cluster;
    uint64_t winner_size;
    pii__span *spans; /* that wait for the resolver */
    size_t span_count;
    size_t span_capacity;
    pii__rule_mark *marks; /* in rule order */
    size_t mark_count;
    size_t mark_capacity;
};

/* Where `segment` stands now. After an error the seam is not known. */
PII_MUST_CHECK pii_status pii__seam_take(pii_seam *seam, const pii__segment *segment);

/* Lets `segment` go on from a known seam of its own ruleset; NULL: from the start of the text. */
PII_MUST_CHECK pii_status pii__seam_put(const pii_seam *seam, pii__segment *segment);

#endif
