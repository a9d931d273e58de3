/* policy.h - what a policy holds; its names are resolved when a scrubber or a
 * stream is made, as only a ruleset knows which entities there are. */
#ifndef PII__POLICY_H
#define PII__POLICY_H

#include "piiglet_scan.h"

typedef struct pii__policy_choice {
    char *entity;
    bool on;
} pii__policy_choice;

/* What fields of documents are. */
typedef struct pii__policy_field {
    char *path;
    char *what; /* an entity, "text" or "never" */
} pii__policy_field;

typedef enum pii__policy_base {
    PII__POLICY_DEFAULT, /* each entity as it is by default */
    PII__POLICY_ALL,
    PII__POLICY_NONE
} pii__policy_base;

struct pii_policy {
    pii_allocator allocator;
    pii__policy_base base; /* for entities that are not among the choices */
    pii__policy_choice *choices;
    size_t choice_count;
    pii__policy_field *fields; /* the first one that fits counts */
    size_t field_count, field_capacity;
    double min_confidence;
    pii_limit_action on_limit;
    pii_invalid_action on_invalid;
    char kernel[16]; /* "": the best one */
};

/* What `policy` (NULL: the default one) says of an entity. */
bool pii__policy_on(const pii_policy *policy, const char *entity, bool on_by_default);

void pii__policy_free_fields(pii_policy *policy);

/* The default minimum confidence. */
#define PII__MIN_CONFIDENCE 0.5

#endif
