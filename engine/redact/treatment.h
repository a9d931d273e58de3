/* treatment.h - what becomes of findings by a policy: the working memory of one
 * scrubber or stream. */
#ifndef PII__TREATMENT_H
#define PII__TREATMENT_H

#include "numbering.h"
#include "policy.h"

typedef enum pii__answer_kind {
    PII__ANSWER_REPLACED,
    PII__ANSWER_KEPT,    /* a finding whose bytes stay */
    PII__ANSWER_ALLOWED, /* no finding after all */
    PII__ANSWER_BLOCKED  /* a finding because of which nothing is released */
} pii__answer_kind;

typedef struct pii__answer {
    pii__answer_kind kind;
    pii_action_kind action;
    const char *text; /* REPLACED: NUL-terminated, UTF-8 without controls, until the next call */
    size_t size;
    char hash[2 * PII__ALLOW_HASH_SIZE + 1]; /* of the finding; "" unless the policy reports them */
} pii__answer;

typedef struct pii__treatment {
    const pii_allocator *allocator; /* borrowed */
    pii_policy *policy;             /* a reference; NULL: the default one */
    bool plain;                     /* every finding becomes its label */
    bool by_record;                 /* whom a text is about, records say */
    bool placed;                    /* it matters where a finding is */
    pii__numbering numbering;
    pii__allow_memory memory;
    pii__buffer text;
} pii__treatment;

/* The policy has its keys. */
void pii__treatment_init(pii__treatment *treatment, const pii_allocator *allocator, const pii_policy *policy);
void pii__treatment_free(pii__treatment *treatment);

/* A new document begins. */
void pii__treatment_restart(pii__treatment *treatment);

/* Decides about the next finding of the document. */
PII_MUST_CHECK pii_status pii__treat(pii__treatment *treatment, const pii__found *found, pii__answer *ret);

#endif
