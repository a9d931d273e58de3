/* explain_list.h - the candidates of a text, and what would have decided otherwise. */
#ifndef CLI_EXPLAIN_LIST_H
#define CLI_EXPLAIN_LIST_H

#include "piiglet.h"

#define FEATURES_KEPT_MAX 16

/* A copy: an explanation itself lives during the callback only. */
struct candidate {
    pii_explanation explanation; /* its `features` are NULL */
    pii_feature features[FEATURES_KEPT_MAX];
    size_t order; /* in which the engine met it */
    bool off;     /* accepted, but the policy leaves its entity alone */
};

struct candidate_list {
    struct candidate *items;
    size_t count;
    size_t capacity;
    bool out_of_memory;
};

/* Each a pii_explain_callback; `context` is a candidate_list. */
void candidate_list_add(void *context, const pii_explanation *explanation);
void candidate_list_add_accepted(void *context, const pii_explanation *explanation);
void candidate_list_free(struct candidate_list *list);

/* By place, then by the order of the rules. */
void candidate_list_sort(struct candidate_list *list);

/* Adds to `list` those of `accepted`, which come of a scan with every entity on,
 * whose rules `list`, of a scan of the same text, has nothing of. */
void candidate_list_add_off(struct candidate_list *list, const struct candidate_list *accepted);

/* Keeps those that touch [begin, end). */
void candidate_list_keep(struct candidate_list *list, uint64_t begin, uint64_t end);

/* The candidate that came nearest to being found, or NULL. */
const struct candidate *candidate_list_nearest(const struct candidate_list *list);

/* The one thing that would have changed the decision. */
enum change_kind {
    CHANGE_NONE,             /* it would take more than one */
    CHANGE_ENTITY_ON,        /* the policy */
    CHANGE_VALIDATOR,        /* what the validator says */
    CHANGE_WITHOUT_SUPPRESS, /* no word against it */
    CHANGE_WITHOUT_BOOST,    /* no word for it */
    CHANGE_WITH_BOOST,       /* a word for it nearby */
    CHANGE_WITH_SUPPRESS,    /* a word against it nearby */
    CHANGE_WITHOUT_FEATURE,  /* a feature of the validator's score */
    CHANGE_MINIMUM           /* another minimum of the policy */
};

struct change {
    enum change_kind kind;
    double confidence;          /* what it would be then; for CHANGE_MINIMUM, the minimum */
    const pii_feature *feature; /* of CHANGE_WITHOUT_FEATURE */
};

struct change change_of(const struct candidate *candidate);

/* Whether the features add up from the rule's confidence to the validator's. */
bool features_are_weights(const struct candidate *candidate);

#endif
