/* rule.h - a checked rule, as the compiler hands it to the matcher.
 *
 * Glossary
 *   width    bytes of the view that a match covers, look-around not counted
 *   behind   bytes before a match that can change whether or how it matches:
 *            look-behind, context window, validator
 *   ahead    the same after a match
 *   pivot    a place that every match has, at a bounded distance from its
 *            start, and where a condition on byte classes (shape.h) must hold
 *   gate     pivot and distance: says where a match may start
 *   tail     the byte class a pattern ends in with a bounded repeat; when the
 *            byte after a match still belongs to it, the match was cut by its
 *            width and the finding goes on to the end of that run */
#ifndef PII__RULE_H
#define PII__RULE_H

#include "byte_kind.h"
#include "candidate.h"
#include "shape.h"
#include "word_set.h"

enum {
    PII__GATES_MAX = 12 /* ways in which the matches of one rule may start */
};

/* A word out of a set must stand near the pivot p, at some q: after the pivot, q
 * in [p + near, p + far] and all bytes of [p, q) in `between`; before it, q in
 * [p - far, p - near] and all bytes from the end of the word to p in `between`. */
typedef struct pii__word_gate {
    bool before;
    uint32_t near;
    uint32_t far;
    pii__byte_set between;
    uint32_t width; /* bytes that the word covers at most */
    pii__word_set words;
} pii__word_gate;

enum { PII__ENDING_SIZE = 3 };

/* Close before the pivot p an ending out of a set must stand: for some d in [near,
 * far], the three bytes before p - d. Bit: the low five bits of each, the last
 * byte lowest; these tell letters apart, in either case alike. */
typedef struct pii__ending_gate {
    uint32_t near;
    uint32_t far;
    uint64_t bits[(1 << 5 * PII__ENDING_SIZE) / 64];
} pii__ending_gate;

/* One way in which a match may start: a match that starts at s has a pivot at
 * some p in [s + near, s + far], the shape holds at p, all bytes in [s, p) are
 * in `lead`, and the word and ending gates pass at p. */
typedef struct pii__gate {
    const pii__shape *shape; /* borrowed; only read while a ruleset is made */
    uint32_t near;
    uint32_t far;
    pii__byte_set lead;
    const pii__word_gate *words; /* NULL: none; the ruleset keeps a copy */
    const pii__ending_gate *ending; /* the same */
} pii__gate;

/* Words that speak for or against a candidate, as one PCRE2 pattern. */
typedef struct pii__context {
    const char *pattern; /* NULL: none */
    double weight;       /* added (boost) or taken away (suppress), 0 to 1 */
    pii__word_set words; /* the same; empty where one of them cannot be looked up */
} pii__context;

/* All strings are owned by whoever owns the definition; the ruleset copies.
 * Strings are not NULL unless said so. */
typedef struct pii__rule_definition {
    const char *id;
    const char *entity;
    bool entity_on; /* the entity is on in the default policy */
    const char *description;
    const char *pattern; /* PCRE2, NUL-terminated; linted; lists put in */
    const pii__validator *validator; /* NULL: none */
    double confidence;
    pii__context boost;
    pii__context suppress;
    uint32_t context_before; /* bytes before the span that are searched */
    uint32_t context_after;
    uint32_t width_min;
    uint32_t width_max;
    pii__kind_widths kind_widths; /* of text that is its own view */
    uint32_t behind;
    uint32_t ahead;
    pii__byte_set bytes; /* all that a match can hold */
    bool has_tail;
    pii__byte_set tail;
    pii__gate gates[PII__GATES_MAX]; /* each match passes at least one */
    size_t gate_count;               /* 0: a match may start anywhere */
    const char *gate_text;           /* the gates in words, for people */
} pii__rule_definition;

#endif
