/* candidate.h - what the matcher hands to a validator, and what it gets back.
 *
 * A validator is a pure function: the same candidate gives the same verdict.
 * It sees no more of the text than its registry entry asks for, so that a
 * verdict cannot depend on how a stream was cut. */
#ifndef PII__CANDIDATE_H
#define PII__CANDIDATE_H

#include "limits.h"
#include "piiglet_types.h"

/* text[0, size) is the view around the match: at most `behind` bytes before and
 * `ahead` bytes after it (as the validator declared), less at the ends of the
 * segment. All offsets are into `text`. */
typedef struct pii__candidate {
    const uint8_t *text;
    size_t size;
    size_t match_begin; /* what the pattern matched */
    size_t match_end;
    size_t begin; /* the group named "pii", or the whole match */
    size_t end;
    bool overlong; /* the match goes on beyond the width of its rule */
} pii__candidate;

/* Filled beforehand with the rule's own values: `valid` true, its confidence,
 * the candidate's span, no reason, no features. A validator may refuse (valid =
 * false), set another confidence (of what is more than its registry entry says,
 * the rest is cut off), and move the span inside the match:
 * match_begin <= begin < end <= match_end. */
typedef struct pii__verdict {
    bool valid;
    double confidence; /* 0 to 1 */
    size_t begin;
    size_t end;
    const char *reason; /* constant text: why it was refused, or what spoke for it */
    pii_feature features[PII__FEATURES_MAX];
    size_t feature_count;
} pii__verdict;

typedef void (*pii__validate_function)(const pii__candidate *candidate, pii__verdict *verdict);

typedef struct pii__validator {
    const char *name;        /* as rule files call it */
    const char *description; /* one line, for docs and `rules lint` */
    pii__validate_function validate;
    double raise;  /* at most so much is added to the rule's own confidence */
    size_t behind; /* bytes before the match it looks at */
    size_t ahead;  /* bytes after the match it looks at */
} pii__validator;

/* Fills in a rule's own values. The room for features stays as it is. */
static inline void pii__verdict_start(pii__verdict *verdict, double confidence, size_t begin, size_t end)
{
    verdict->valid = true;
    verdict->confidence = confidence;
    verdict->begin = begin;
    verdict->end = end;
    verdict->reason = "";
    verdict->feature_count = 0;
}

/* Adds a feature; beyond PII__FEATURES_MAX it is dropped. `name` is constant. */
static inline void pii__verdict_feature(pii__verdict *verdict, const char *name, double value)
{
    if (verdict->feature_count < PII__FEATURES_MAX)
        verdict->features[verdict->feature_count++] = (pii_feature){name, value};
}

/* Refuses with a constant reason. */
static inline void pii__verdict_refuse(pii__verdict *verdict, const char *reason)
{
    verdict->valid = false;
    verdict->reason = reason;
}

#endif
