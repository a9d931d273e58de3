/* ruleset.h - the immutable set of rules that all threads share. */
#ifndef PII__RULESET_H
#define PII__RULESET_H

#include <stdatomic.h>

#include "lexicon.h"
#include "pattern.h"
#include "piiglet_compile.h"
#include "plan.h"
#include "rule.h"

typedef struct pii__rule {
    pii__rule_definition definition; /* strings owned by the ruleset */
    size_t entity;                   /* index into the ruleset's entities */
    pii__pattern *pattern;
    const pii__pattern *boost;    /* NULL: none; owned by the ruleset's contexts */
    const pii__pattern *suppress; /* the same */
    uint64_t boost_sets;    /* of the lexicon: the words of `boost`; 0: not known */
    uint64_t suppress_sets; /* the same of `suppress` */
} pii__rule;

/* A gate of some rule; its index is that of its shape in the plan. */
typedef struct pii__ruleset_gate {
    uint32_t rule;
    pii__gate gate;     /* `words` (without its keys) and `ending` owned by the ruleset, `shape` NULL */
    uint64_t word_sets; /* of the lexicon: the words of the gate; 0: none */
} pii__ruleset_gate;

/* The words of one context or more: rules with the same words share them, and their machine code. */
typedef struct pii__ruleset_context {
    const char *text; /* of a definition of the ruleset */
    size_t size;
    pii__pattern *pattern;
} pii__ruleset_context;

typedef struct pii__ruleset_entity {
    char *name;
    bool on;
    char *replacement; /* "[NAME]" */
} pii__ruleset_entity;

struct pii_ruleset {
    pii_allocator allocator;
    atomic_size_t references;
    pii__rule *rules; /* in rank order: the order of files and rules */
    size_t rule_count;
    pii__ruleset_entity *entities;
    size_t entity_count;
    pii__ruleset_context *contexts;
    size_t context_count;
    pii__ruleset_gate *gates; /* of all rules, in rank order */
    size_t gate_count;
    const pii__plan *plan; /* one shape per gate */
    pii__plan *own_plan;   /* the same, or NULL when it is borrowed */
    pii__lexicon *lexicon; /* words of all gates and contexts */
    size_t behind;    /* largest of all rules: look-back a scan needs */
    size_t reach;     /* largest width + ahead: look-ahead a start needs */
    size_t width_max; /* largest of all rules */
    size_t far;       /* farthest that a pivot is from the start of its match */
};

/* Copies everything out of `definitions`. `plan` is one that was made for just
 * these definitions and outlives the ruleset, or NULL: it is made now. */
PII_MUST_CHECK pii_status pii__ruleset_new(const pii_allocator *allocator, const pii__rule_definition *definitions,
                                           size_t count, const pii__plan *plan, pii_ruleset **ret);

/* Index of an entity, or SIZE_MAX. */
size_t pii__ruleset_find_entity(const pii_ruleset *ruleset, const char *name);

#endif
