/* postgres_piiglet.h - what the files of the extension share.
 *
 * A backend is one process with one thread, and makes everything at its first call: nothing of the engine is there
 * before the server forks. Rulesets, policies and scrubbers are kept as long as the backend lives. Their memory is that
 * of malloc: palloc aligns to 8 bytes, which is too little for the engine, and reports when there is none, which would
 * jump over its calls. What a call answers with is of the caller's memory context. No call of the engine is open when
 * something is reported. */
#ifndef PII__POSTGRES_PIIGLET_H
#define PII__POSTGRES_PIIGLET_H

#include <postgres.h>

#include <fmgr.h>
#include <utils/array.h>

#include "piiglet.h"

/* ---- settings.c: the settings piiglet.*, and what they name ---- */

void pii__pg_define_settings(void);

/* Rises whenever a setting was changed: what was made of settings is to be made anew. */
uint64 pii__pg_settings_version(void);

/* piiglet.policy */
const char *pii__pg_settings_policy(void);

/* Adds the files of piiglet.rule_files to the compiler. Reports what cannot be read. */
void pii__pg_settings_add_rules(pii_compiler *compiler);
bool pii__pg_settings_have_rules(void);

/* Adds the files of piiglet.known_files. Reports what cannot be read. */
void pii__pg_settings_add_known(pii_known_builder *builder);
bool pii__pg_settings_have_known(void);

/* Sets keys, subject and day of a policy. `day` is that of pii__pg_settings_day. */
void pii__pg_settings_apply(pii_policy *policy, uint32 day);

/* piiglet.today, or the day in which the transaction began (UTC), since 1970-01-01. */
uint32 pii__pg_settings_day(void);

/* ---- session.c: scrubbers that are kept ---- */

/* How a value is to be scanned. */
typedef struct pii__pg_question {
    bool by_settings;      /* by piiglet.*; else by the policy and the built-in rules alone */
    bool find_only;        /* no actions */
    const char *policy;    /* "default", the name of a built-in policy, or the YAML of one */
    size_t policy_size;
    const char *entities;  /* only these: names, each with a NUL after it; NULL: those of the policy */
    size_t entities_size;
    pii_known *known;      /* looked for, too; NULL: none */
} pii__pg_question;

/* The question that the arguments of a call ask, of which `policy_index` would be the policy, and `known_index` an
 * array of known values; -1: the call has none. */
pii__pg_question pii__pg_question_of(FunctionCallInfo fcinfo, int policy_index, int known_index);

/* The scrubber for a question; it belongs to the cache. Reports what stands against it. */
pii_scrubber *pii__pg_scrubber(const pii__pg_question *question);

/* ---- known.c: values known beforehand ---- */

/* What an array of texts names, each of them a line of a list of known values; it is kept for the next calls. Reports
 * what is refused. */
pii_known *pii__pg_known_of_array(ArrayType *array);

/* The same of the files of the settings. */
pii_known *pii__pg_known_of_settings(void);

/* Adds a list of known values; `name` says in reports what it is. */
void pii__pg_known_add(pii_known_builder *builder, const char *name, const char *list, size_t size);

/* ---- value.c: values in the encoding of the database ---- */

/* Bytes as the engine reads them: UTF-8, or, in a database without encoding (SQL_ASCII), what they are. */
typedef struct pii__pg_value {
    const char *data;
    size_t size;
} pii__pg_value;

pii__pg_value pii__pg_from_server(const char *data, size_t size);

/* Back, as a new text. Reports when the database has no such characters. */
text *pii__pg_to_text(const char *data, size_t size);

/* Whether characters are bytes here. */
bool pii__pg_bytes_are_characters(void);

/* The format of argument `index`, if the call has it, else text. */
pii_format pii__pg_format_argument(FunctionCallInfo fcinfo, int index);

/* ---- failure.c: errors of SQL ---- */

/* Reports a status other than PII_OK; `result` may be NULL. No report holds anything of a value, nor does the server
 * log the statement with it. */
void pg_attribute_noreturn() pii__pg_fail(pii_status status, const pii_result *result);

#endif
