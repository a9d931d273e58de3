/* policy.h - what a policy holds; its names are resolved when a scrubber or a
 * stream is made, as only a ruleset knows which entities there are. Those share
 * the policy with its maker, and nobody changes it from then on. */
#ifndef PII__POLICY_H
#define PII__POLICY_H

#include <stdatomic.h>

#include "allow.h"
#include "keyring.h"
#include "piiglet_scan.h"

typedef enum pii__policy_switch { PII__SWITCH_BASE, PII__SWITCH_OFF, PII__SWITCH_ON } pii__policy_switch;

/* What is said of one entity. */
typedef struct pii__policy_choice {
    char *entity;
    pii__policy_switch on;
    double min_confidence; /* below 0: that of the policy */
    bool acts;             /* `action` is its own, not that of the policy */
    pii_action action;     /* with texts of its own */
} pii__policy_choice;

/* What fields of documents are. */
typedef struct pii__policy_field {
    char *path;
    char *what; /* an entity, "text", "never" or "subject" */
} pii__policy_field;
/* What is said of the findings in some fields; the first one that fits counts. */
typedef struct pii__policy_place {
    pii__place_pattern where;
    char *entity; /* NULL: any */
    pii_action action;
} pii__policy_place;

typedef enum pii__policy_base {
    PII__POLICY_DEFAULT, /* each entity as it is by default */
    PII__POLICY_ALL,
    PII__POLICY_NONE
} pii__policy_base;

struct pii_policy {
    pii_allocator allocator;
    atomic_size_t references;
    pii__policy_base base; /* for entities that are not switched among the choices */
    pii__policy_choice *choices;
    size_t choice_count;
    pii__policy_field *fields; /* the first one that fits counts */
    size_t field_count, field_capacity;
    pii_action action; /* for entities without one of their own */
    pii__policy_place *places;
    size_t place_count, place_capacity;
    pii__allow_list allowed;
    pii__keyring keys;
    uint32_t today; /* as pii_policy_set_today has it */
    uint8_t *subject;
    size_t subject_size;
    double min_confidence;
    pii_limit_action on_limit;
    pii_invalid_action on_invalid;
    bool reports_hashes;
    char kernel[16]; /* "": the best one */
};

/* One reference more, which pii_policy_free gives back. NULL is allowed. */
pii_policy *pii__policy_ref(const pii_policy *policy);

/* What `policy` (NULL: the default one) says of an entity. */
bool pii__policy_on(const pii_policy *policy, const char *entity, bool on_by_default);
double pii__policy_min_confidence(const pii_policy *policy, const char *entity);

/* What becomes of a finding of an entity in a field. */
const pii_action *pii__policy_action(const pii_policy *policy, const char *entity, const char *project,
                                     const char *path);

/* Calls back for each action there is, until one answers true, and answers whether one did. */
bool pii__policy_any_action(const pii_policy *policy, bool (*holds)(void *context, const pii_action *action),
                            void *context);

/* The same for each entity that is named somewhere. */
bool pii__policy_any_entity(const pii_policy *policy, bool (*holds)(void *context, const char *entity), void *context);

/* Whether a key is missing: PII_ERROR_KEY. */
PII_MUST_CHECK pii_status pii__policy_check_keys(const pii_policy *policy);

/* Findings of an entity that are all of what a pattern matches; it is anchored at both ends. */
PII_MUST_CHECK pii_status pii__policy_allow_pattern(pii_policy *policy, const pii_place *place, const char *entity,
                                                    const char *pattern);

/* Whether fields say whom records are about. NULL is allowed. */
bool pii__policy_names_subjects(const pii_policy *policy);

void pii__policy_free_fields(pii_policy *policy);

/* The default minimum confidence. */
#define PII__MIN_CONFIDENCE 0.5

#endif
