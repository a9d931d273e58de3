/* piiglet_policy.h - what is looked for, what takes the place of a finding, and
 * what is left alone.
 *
 * A policy is made by calls, or read from YAML (docs/POLICIES.md). An action is a
 * plain value: what to do, and with which numbers. What each one makes of each kind
 * of value is in docs/ACTIONS.md. */
#ifndef PIIGLET_POLICY_H
#define PIIGLET_POLICY_H

#include "piiglet_format.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What becomes of a finding. Where an action cannot understand a value - a date
 * that is none, an address of no known shape - "[ENTITY]" takes its place, as
 * with PII_ACTION_REPLACE: never the value. */
typedef enum pii_action_kind {
    PII_ACTION_REPLACE = 0,     /* "[EMAIL]" */
    PII_ACTION_NUMBER = 1,      /* "[EMAIL_1]": one number for one value within a document */
    PII_ACTION_TEXT = 2,        /* a text of one's own */
    PII_ACTION_MASK = 3,        /* letters and digits become "*", but for the first and last few; the rest stays */
    PII_ACTION_REMOVE = 4,      /* nothing */
    PII_ACTION_KEEP = 5,        /* the value stays and is reported */
    PII_ACTION_INITIAL = 6,     /* "Ada Lovelace" becomes "A." */
    PII_ACTION_GENERALISE = 7,  /* something coarser: a year, three digits of a ZIP code, a subnet */
    PII_ACTION_SHIFT = 8,       /* a date that a number of days of the subject's own lies between; needs a key */
    PII_ACTION_PSEUDONYM = 9,   /* "[EMAIL:k1:hgbkmtcv...]": one token for one value under one key; needs a key */
    PII_ACTION_SURROGATE = 10,  /* an invented value of the same shape that belongs to nobody */
    PII_ACTION_BLOCK = 11       /* the call answers PII_ERROR_BLOCKED */
} pii_action_kind;

/* How coarse PII_ACTION_GENERALISE is. Only dates leave a choice. */
typedef enum pii_generalise_level {
    PII_GENERALISE_USUAL = 0, /* the year of a date */
    PII_GENERALISE_YEAR = 1,  /* "2011"; "90+" for who is older than 89 */
    PII_GENERALISE_MONTH = 2, /* "2011-03"; "90+" for who is older than 89 */
    PII_GENERALISE_AGE = 3    /* whole years up to the reference day, "90+" from 90 on */
} pii_generalise_level;

/* An action with its numbers; zeroed, it is PII_ACTION_REPLACE. Members that the
 * kind does not name are ignored. */
typedef struct pii_action {
    pii_action_kind kind;
    const char *text;           /* TEXT: what takes the value's place, UTF-8, not NULL */
    unsigned keep_first;        /* MASK: letters and digits that stay at the beginning, at most 4 ... */
    unsigned keep_last;         /* ... and at the end; none stay where it would be half of them or more */
    pii_generalise_level level; /* GENERALISE */
    const char *key;            /* SHIFT, PSEUDONYM, SURROGATE: id of the key; NULL: the one added last */
} pii_action;

/* ---- Policies ---- */

typedef struct pii_policy pii_policy;

/* What a reached limit means for a call. */
typedef enum pii_limit_action {
    PII_LIMIT_BLOCK = 0, /* answer PII_ERROR_LIMIT, release nothing more */
    PII_LIMIT_REDACT = 1 /* treat the undecided stretch as a finding and go on */
} pii_limit_action;

/* A policy with every entity switched on that is on by default, minimum
 * confidence 0.5, PII_ACTION_REPLACE for all, PII_LIMIT_BLOCK. `allocator` as in
 * pii_compiler_new; its context must outlive each scrubber and stream that is made
 * with the policy. Setters are for one thread, and copy what they are given; a
 * policy must not change once a scrubber or stream has been made with it. Those
 * hold a reference, so it may be freed. */
PII_API PII_MUST_CHECK pii_status pii_policy_new(const pii_allocator *allocator, pii_policy **ret);
PII_API void pii_policy_free(pii_policy *policy);

/* Switches one entity ("EMAIL"), or all of them, on or off. A name that neither
 * the ruleset knows nor the library is refused when scrubber or stream are made. */
PII_API PII_MUST_CHECK pii_status pii_policy_set(pii_policy *policy, const char *entity, bool on);
PII_API void pii_policy_set_all(pii_policy *policy, bool on);

/* Findings below this confidence (0 to 1) are dropped; the second: those of one entity. A sum of weights that is
 * less than 1e-9 below reaches it: 0.7 - 0.2 is 0.5. PII_ERROR_ARGUMENT outside that range or for NaN. */
PII_API PII_MUST_CHECK pii_status pii_policy_set_min_confidence(pii_policy *policy, double confidence);
PII_API PII_MUST_CHECK pii_status pii_policy_set_entity_confidence(pii_policy *policy, const char *entity,
                                                                   double confidence);

PII_API void pii_policy_set_on_limit(pii_policy *policy, pii_limit_action action);
PII_API void pii_policy_set_on_invalid(pii_policy *policy, pii_invalid_action action);

/* What fields of documents are. `name`: that of a column of a table, or its number from 0, or that of a member of each
 * record of JSON Lines; or a path, which begins with a slash: a JSON Pointer as in docs/PROJECTS.md, in which * is any
 * one step and ** any number of them ("" is the document itself). `what`: an entity - each such field, unless it is
 * empty, is one finding of it, whatever it holds, by the rule PII_FIELD_RULE with confidence 1; true, false and null
 * are no fields - or "never": nothing in it is a finding; or "text": it is scanned, whatever its project says. What is
 * set first counts first. Besides any of these, "subject": it says whom its record is about - a row of a table, an item
 * of JSON Lines or of an array that is the document - as pii_policy_set_subject does for all; the first one of 1 to 512
 * bytes counts. A record is then held until it ends; one longer than 1 MiB is PII_ERROR_LIMIT. Plain text has no
 * fields. pii_result.fields_met tells whether there were any. PII_ERROR_ARGUMENT: no such name or entity; an entity
 * that the ruleset lacks, and too many of them (PII_ERROR_LIMIT), are refused when scrubber or stream are made. */
PII_API PII_MUST_CHECK pii_status pii_policy_set_field(pii_policy *policy, const char *name, const char *what);
PII_API size_t pii_policy_field_count(const pii_policy *policy); /* of those that have been set */
#define PII_FIELD_RULE "field.whole"

/* Forces the CPU kernel of the loops that look at every byte; NULL or "best":
 * the best one this CPU runs. All kernels give the same answers: this is for
 * tests and measurements. A name that this build or CPU does not have is
 * refused (PII_ERROR_ARGUMENT) when scrubber or stream are made. */
PII_API PII_MUST_CHECK pii_status pii_policy_set_kernel(pii_policy *policy, const char *name);

/* Names of the kernels of this build, best first, NULL after the last; whether
 * this CPU runs one is seen by using it. */
PII_API const char *pii_kernel_name(size_t index);

/* ---- Actions ---- */

/* Fields of documents; zeroed: everywhere. */
typedef struct pii_place {
    const char *project; /* only in documents of this kind of project (pii_format_name); NULL: in any */
    const char *path;    /* a JSON Pointer; * is any one step, ** any number of them; NULL: any field */
} pii_place;

/* What becomes of findings of an entity; NULL: of all that have no action of their own. PII_ERROR_ARGUMENT: a
 * number that is no action, or a TEXT that is not fit for all formats: printable UTF-8 without quotes, backslash,
 * &, $, braces, and "</". */
PII_API PII_MUST_CHECK pii_status pii_policy_set_action(pii_policy *policy, const char *entity,
                                                        const pii_action *action);

/* The same in some fields only, of any entity if `entity` is NULL. What was set first counts first, and before
 * what is set for the entity. */
PII_API PII_MUST_CHECK pii_status pii_policy_set_action_at(pii_policy *policy, const pii_place *place,
                                                           const char *entity, const pii_action *action);

/* Back to PII_ACTION_REPLACE everywhere: what is found stays the same. For lists of findings. */
PII_API void pii_policy_clear_actions(pii_policy *policy);

/* Adds a secret of 32 random bytes under an id ([a-z][a-z0-9]*, up to 16 bytes), which shows in tokens. The last one
 * added is used where an action names none. PII_ERROR_ARGUMENT: a wrong id, or one that is there, or a wrong
 * size. The copy is wiped with the policy. */
PII_API PII_MUST_CHECK pii_status pii_policy_add_key(pii_policy *policy, const char *id, const void *bytes,
                                                     size_t size);

/* Whether an action of the policy cannot do without a key. */
PII_API bool pii_policy_needs_key(const pii_policy *policy);

/* Whom the text is about, any bytes: dates of one subject are shifted by one number of days. Where fields say it
 * ("subject" of pii_policy_set_field), this one is for what they do not say it of; without it, dates there become
 * "[DATE_OF_BIRTH]". */
PII_API PII_MUST_CHECK pii_status pii_policy_set_subject(pii_policy *policy, const void *bytes, size_t size);

/* Today in days since 1970-01-01, for ages; 0: unknown, and ages become "[DATE_OF_BIRTH]". */
PII_API void pii_policy_set_today(pii_policy *policy, uint32_t day);

/* Whether what becomes of a finding depends on those before it (PII_ACTION_NUMBER), so that one text cannot be
 * taken apart into regions. */
PII_API bool pii_policy_in_order(const pii_policy *policy);

/* ---- What is left alone ---- */

/* An allow list only ever removes findings that it names: the whole finding has to be what is named, of the entity
 * that is named; one longer than 512 bytes never is. A finding that is left alone is none: it is not reported.
 * `place` NULL: everywhere. PII_ERROR_LIMIT: too many entries. */

/* One value, however it is written: "(800) 555-0100" is "800-555-0100", `Kid@X.org` is `kid@x.org`. */
PII_API PII_MUST_CHECK pii_status pii_policy_allow_value(pii_policy *policy, const pii_place *place,
                                                         const char *entity, const void *value, size_t size);

/* E-mail addresses (EMAIL), or web addresses (URL), at this host or below it: "example.org". */
PII_API PII_MUST_CHECK pii_status pii_policy_allow_domain(pii_policy *policy, const pii_place *place,
                                                          const char *entity, const char *domain);

/* A finding in a document, told by 32 bytes as pii_finding.allow_hash shows them: SHA-256 over the path of its
 * field, the value, and up to 32 bytes before and after it in its field. So the example of a lesson is left alone
 * where the lesson has it, and the same words written elsewhere are not. Nothing is left alone so in plain text. */
PII_API PII_MUST_CHECK pii_status pii_policy_allow_hash(pii_policy *policy, const void *hash, size_t size);

/* Findings in documents carry their hash. For lists of what may stay, made from material of your own: a hash of a
 * value that is somebody's tells that value to whoever can guess it. */
PII_API void pii_policy_report_hashes(pii_policy *policy, bool on);

/* ---- Policy files ---- */

/* Why a policy file was refused. It quotes the file, never scanned input. */
typedef struct pii_policy_error {
    unsigned line;   /* from 1; 0: not tied to a place */
    unsigned column; /* from 1, bytes */
    char field[64];  /* such as "entities.EMAIL", or "" */
    char message[192];
} pii_policy_error;

/* Reads a policy of `size` bytes of YAML. PII_ERROR_RULE: it was refused, and `*ret_error` (may be NULL) says why;
 * nothing of it is used then. */
PII_API PII_MUST_CHECK pii_status pii_policy_load(const pii_allocator *allocator, const void *yaml, size_t size,
                                                  pii_policy **ret, pii_policy_error *ret_error);

/* A policy that is built in: "save-under-13". PII_ERROR_ARGUMENT: there is none of that name. */
PII_API PII_MUST_CHECK pii_status pii_policy_named(const pii_allocator *allocator, const char *name,
                                                   pii_policy **ret);

/* The policies that are built in. Returns their number; fills the outputs (constants, may be NULL) when `index` is
 * below it. */
PII_API size_t pii_policy_file(size_t index, const char **ret_name, const char **ret_yaml, size_t *ret_size);

#ifdef __cplusplus
}
#endif

#endif
