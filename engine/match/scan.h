/* scan.h - rules over a view: gate, window, match, validator, context, score.
 *
 * A scan tries start offsets, not bytes: each start is tried exactly once, by a
 * call that sees all the text that can matter to it. What is carried from one
 * call to the next is one small state per rule, so the cuts between calls
 * cannot be seen in the result. */
#ifndef PII__SCAN_H
#define PII__SCAN_H

#include "piiglet_scan.h"
#include "ruleset.h"
#include "run_memory.h"
#include "sift.h"
#include "start_windows.h"
#include "word_map.h"

/* Where one rule stands. Places count from the start of the segment, in bytes
 * of the view. */
typedef struct pii__rule_state {
    uint64_t next;     /* starts below have been tried or are covered by a match */
    bool open;         /* an over-long match goes on up to `next` at least */
    double confidence; /* of the open match */
} pii__rule_state;

/* An accepted candidate, offsets into the view. */
typedef struct pii__hit {
    size_t begin; /* of no meaning when `continued` */
    size_t end;
    uint32_t rule;
    bool continued; /* the rest of a match that an earlier call left open */
    double confidence;
} pii__hit;

/* A context word that was found, offsets into the view; `end` 0: none. */
typedef struct pii__word_place {
    size_t begin;
    size_t end;
} pii__word_place;

/* What a scan tells about one candidate, offsets into the view. */
typedef struct pii__trace {
    const pii__rule *rule;
    pii_decision decision;
    size_t begin;
    size_t end;
    double base;
    double boost;
    double suppress;
    double confidence;
    pii__word_place boost_word;
    pii__word_place suppress_word;
    const pii__verdict *verdict;
} pii__trace;

typedef void (*pii__trace_callback)(void *context, const pii__trace *trace);

/* The working memory of one thread, and what it was told to look for. */
typedef struct pii__scanner {
    const pii_allocator *allocator; /* borrowed */
    const pii_ruleset *ruleset;     /* borrowed */
    const bool *rule_on;            /* one per rule, borrowed; set by pii__scanner_choose */
    bool *gate_on;                  /* one per gate of the ruleset */
    const double *minimums;         /* confidence from which on a candidate counts, one per rule, borrowed */
    bool redact_limits; /* a limit makes a hit instead of an error */
    bool gated;         /* false: try every start (differential test) */
    bool fenced;        /* the segment is a text of fields (fence.h) */
    pii__matcher *matcher;
    pii__sifter sifter;
    pii__rule_state *states; /* one per rule */
    size_t open_count;       /* states that are open */
    uint64_t origin;         /* place of the first start of the next call */
    uint64_t call;              /* counts the calls */
    pii__run_memory *gate_runs; /* per gate: bytes between pivot and word */
    pii__run_memory *rule_runs; /* per rule: bytes of matches */
    pii__word_map words;        /* of the text of the current call */
    pii__start_windows windows; /* of this call, for rules with more than one gate */
    pii__start_window *waiting; /* of this call, for the others: the last one of each rule, which may still grow */
    uint32_t *waiting_rules;    /* rules that have one */
    size_t waiting_count;
    pii__hit *hits;          /* of the last call, in rule order */
    size_t hit_count;
    size_t hit_capacity;
    size_t error_at; /* view offset at which the last call failed */
    pii__trace_callback trace; /* NULL: off */
    void *trace_context;
} pii__scanner;

/* `scanner` gets the settings afterwards. PII_ERROR_MEMORY leaves it fit for
 * pii__scanner_free. */
PII_MUST_CHECK pii_status pii__scanner_init(pii__scanner *scanner, const pii_allocator *allocator,
                                            const pii_ruleset *ruleset, const pii__kernel *kernel);
void pii__scanner_free(pii__scanner *scanner);

/* Says which rules to use, and for each the confidence from which on a candidate
 * counts; both are borrowed. */
void pii__scanner_choose(pii__scanner *scanner, const bool *rule_on, const double *minimums);

/* Forgets all rule states: a new segment begins. */
void pii__scanner_restart(pii__scanner *scanner);

/* Tries the starts [from, until) of `text` with every rule that is on. Unless
 * text->at_end, `until` + ruleset->reach <= text->size; unless at_start, `from`
 * >= ruleset->behind. The next call goes on at `until`. On an error the hits are
 * of no use and the scanner must be restarted. */
PII_MUST_CHECK pii_status pii__scan(pii__scanner *scanner, const pii__subject *text, size_t from, size_t until);

#endif
