#include "postgres_piiglet.h"

#include <utils/builtins.h>
#include <utils/memutils.h>

/* Policies that a backend works with at once; with more, the one made longest ago is made anew at its next use. */
#define SESSIONS_MAX 16

typedef struct session {
    pii_scrubber *scrubber; /* NULL: a free place */
    bool by_settings;
    bool find_only;
    uint64 version; /* of the settings ... */
    uint32 day;     /* ... and their day; both 0 where settings do not matter */
    char *key;      /* policy and entities */
    size_t policy_size;
    size_t key_size;
} session;

/* All of it is of this backend, and filled by its calls. */
static session sessions[SESSIONS_MAX];
static unsigned next_place;
static pii_ruleset *default_rules;
static pii_ruleset *settings_rules;
static uint64 settings_rules_version;

/* ---- Rules ---- */

/* Reports the first error of the rule files. */
static void pg_attribute_noreturn() refuse_rules(pii_compiler *compiler)
{
    const pii_diagnostic *remarks = NULL;
    size_t count = pii_compiler_diagnostics(compiler, &remarks);
    char *told = NULL;
    for (size_t i = 0; i < count && !told; i++)
        if (remarks[i].severity == PII_SEVERITY_ERROR)
            told = psprintf("%s:%u: %s", remarks[i].file, remarks[i].line, remarks[i].message);
    ereport(ERROR, (errcode(ERRCODE_CONFIG_FILE_ERROR), errmsg("piiglet: a file of piiglet.rule_files was refused"),
                    told ? errdetail("%s", told) : 0));
}

/* The built-in rules and those of the settings; reports what is wrong with them. */
static pii_ruleset *finish_rules(pii_compiler *compiler)
{
    pii_ruleset *rules = NULL;
    pii_status status = pii_compiler_add_default(compiler);
    if (status == PII_OK)
        pii__pg_settings_add_rules(compiler);
    if (status == PII_OK)
        status = pii_compiler_finish(compiler, &rules);
    if (status == PII_ERROR_RULE)
        refuse_rules(compiler);
    if (status != PII_OK)
        pii__pg_fail(status, NULL);
    return rules;
}

static pii_ruleset *rules_of_settings(void)
{
    if (settings_rules && settings_rules_version == pii__pg_settings_version())
        return settings_rules;
    pii_ruleset_free(settings_rules);
    settings_rules = NULL;
    pii_compiler *compiler = NULL;
    pii_status status = pii_compiler_new(NULL, &compiler);
    if (status != PII_OK)
        pii__pg_fail(status, NULL);
    PG_TRY();
    {
        settings_rules = finish_rules(compiler);
    }
    PG_FINALLY();
    {
        pii_compiler_free(compiler);
    }
    PG_END_TRY();
    settings_rules_version = pii__pg_settings_version();
    return settings_rules;
}

static pii_ruleset *rules_for(bool by_settings)
{
    if (by_settings && pii__pg_settings_have_rules())
        return rules_of_settings();
    if (!default_rules) {
        pii_status status = pii_ruleset_default(NULL, &default_rules);
        if (status != PII_OK)
            pii__pg_fail(status, NULL);
    }
    return default_rules;
}

/* ---- Policies ---- */

/* The YAML of a policy holds a colon, which no name does. */
static pii_policy *read_policy(const char *text, size_t size)
{
    pii_policy *policy = NULL;
    pii_policy_error error = {0};
    pii_status status;
    if (memchr(text, ':', size)) {
        status = pii_policy_load(NULL, text, size, &policy, &error);
    } else {
        char *name = pnstrdup(text, size);
        status = strcmp(name, "default") == 0 ? pii_policy_new(NULL, &policy)
                                              : pii_policy_named(NULL, name, &policy);
        pfree(name);
    }
    if (status == PII_ERROR_RULE)
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("piiglet: the policy was refused"),
                        errdetail("line %u, column %u: %s%s%s", error.line, error.column, error.field,
                                  *error.field ? ": " : "", error.message)));
    if (status == PII_ERROR_ARGUMENT)
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("piiglet: there is no such policy"),
                        errhint("default, the name of a built-in policy, or the YAML of one.")));
    if (status != PII_OK)
        pii__pg_fail(status, NULL);
    return policy;
}

/* Nothing but the entities of the question. */
static void select_entities(pii_policy *policy, const pii__pg_question *question)
{
    pii_policy_set_all(policy, false);
    for (size_t at = 0; at < question->entities_size; at += strlen(question->entities + at) + 1) {
        pii_status status = pii_policy_set(policy, question->entities + at, true);
        if (status != PII_OK)
            pii__pg_fail(status, NULL);
    }
}

static pii_scrubber *new_scrubber(const pii__pg_question *question, uint32 day)
{
    pii_ruleset *rules = rules_for(question->by_settings);
    pii_policy *policy = read_policy(question->policy, question->policy_size);
    pii_scrubber *scrubber = NULL;
    PG_TRY();
    {
        if (question->find_only)
            pii_policy_clear_actions(policy);
        if (question->entities)
            select_entities(policy, question);
        if (question->by_settings)
            pii__pg_settings_apply(policy, day);
        pii_status status = pii_scrubber_new(rules, policy, NULL, &scrubber);
        if (status == PII_ERROR_ARGUMENT)
            ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                            errmsg("piiglet: the policy or the call names what the rules do not have")));
        if (status != PII_OK)
            pii__pg_fail(status, NULL);
    }
    PG_FINALLY();
    {
        pii_policy_free(policy);
    }
    PG_END_TRY();
    return scrubber;
}

/* ---- The cache ---- */

static bool answers(const session *one, const pii__pg_question *question, uint64 version, uint32 day)
{
    return one->scrubber && one->by_settings == question->by_settings && one->find_only == question->find_only &&
           one->version == version && one->day == day && one->policy_size == question->policy_size &&
           one->key_size == question->policy_size + question->entities_size &&
           memcmp(one->key, question->policy, question->policy_size) == 0 &&
           (question->entities_size == 0 ||
            memcmp(one->key + question->policy_size, question->entities, question->entities_size) == 0);
}

/* Frees what was made of settings that hold no more. */
static void drop_stale(uint64 version, uint32 day)
{
    for (unsigned i = 0; i < SESSIONS_MAX; i++) {
        session *one = &sessions[i];
        if (one->scrubber && one->by_settings && (one->version != version || one->day != day)) {
            pii_scrubber_free(one->scrubber);
            pfree(one->key);
            *one = (session){0};
        }
    }
}

/* A place for one more: a free one, or in turn. */
static session *take_place(void)
{
    for (unsigned i = 0; i < SESSIONS_MAX; i++)
        if (!sessions[i].scrubber)
            return &sessions[i];
    session *one = &sessions[next_place++ % SESSIONS_MAX];
    pii_scrubber_free(one->scrubber);
    pfree(one->key);
    *one = (session){0};
    return one;
}

static pii_scrubber *remember(const pii__pg_question *question, uint64 version, uint32 day)
{
    size_t size = question->policy_size + question->entities_size;
    char *key = MemoryContextAlloc(TopMemoryContext, size + 1);
    memcpy(key, question->policy, question->policy_size);
    if (question->entities_size > 0)
        memcpy(key + question->policy_size, question->entities, question->entities_size);
    pii_scrubber *scrubber = NULL;
    PG_TRY();
    {
        scrubber = new_scrubber(question, day);
    }
    PG_CATCH();
    {
        pfree(key);
        PG_RE_THROW();
    }
    PG_END_TRY();
    session *one = take_place();
    *one = (session){.scrubber = scrubber, .by_settings = question->by_settings, .find_only = question->find_only,
                     .version = version, .day = day, .key = key, .policy_size = question->policy_size,
                     .key_size = size};
    return scrubber;
}

static pii_scrubber *find_or_make(const pii__pg_question *question)
{
    uint64 version = question->by_settings ? pii__pg_settings_version() : 0;
    uint32 day = question->by_settings ? pii__pg_settings_day() : 0;
    for (unsigned i = 0; i < SESSIONS_MAX; i++)
        if (answers(&sessions[i], question, version, day))
            return sessions[i].scrubber;
    if (question->by_settings)
        drop_stale(version, day);
    return remember(question, version, day);
}

pii_scrubber *pii__pg_scrubber(const pii__pg_question *question)
{
    pii_scrubber *scrubber = find_or_make(question);
    pii_status status = pii_scrubber_set_known(scrubber, question->known);
    if (status == PII_ERROR_ARGUMENT)
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("piiglet: the rules do not have an entity of the known values"), errhidestmt(true),
                        errhidecontext(true)));
    if (status != PII_OK)
        pii__pg_fail(status, NULL);
    return scrubber;
}

pii__pg_question pii__pg_question_of(FunctionCallInfo fcinfo, int policy_index, int known_index)
{
    if (PG_NARGS() <= policy_index)
        return (pii__pg_question){.by_settings = true, .policy = pii__pg_settings_policy(),
                                  .policy_size = strlen(pii__pg_settings_policy()),
                                  .known = pii__pg_known_of_settings()};
    text *policy = PG_GETARG_TEXT_PP(policy_index);
    bool has_known = known_index >= 0 && known_index < PG_NARGS();
    return (pii__pg_question){.policy = VARDATA_ANY(policy), .policy_size = VARSIZE_ANY_EXHDR(policy),
                              .known = has_known ? pii__pg_known_of_array(PG_GETARG_ARRAYTYPE_P(known_index)) : NULL};
}
