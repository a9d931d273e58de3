#include "postgres_piiglet.h"

#include <access/xact.h>
#include <storage/fd.h>
#include <sys/stat.h>
#include <utils/builtins.h>
#include <utils/datetime.h>
#include <utils/guc.h>
#include <utils/timestamp.h>
#include <utils/varlena.h>

#define KEY_SIZE ((size_t)32)
#define RULE_FILE_SIZE_MAX ((size_t)4 << 20) /* what the library takes */
#define KNOWN_FILE_SIZE_MAX ((size_t)64 << 20)
#define SECONDS_PER_DAY 86400

static char *policy_setting;
static char *rule_files_setting;
static char *key_files_setting;
static char *known_files_setting;
static char *subject_setting;
static char *today_setting;
static uint64 version = 1;

static void changed(const char *value, void *extra)
{
    version++;
}

uint64 pii__pg_settings_version(void)
{
    return version;
}

/* "" or a date as ISO 8601 has it; `*ret` gets days since 1970-01-01, 0 for "". */
static bool read_day(const char *value, uint32 *ret)
{
    int year, month, day, end = 0;
    if (!*value) {
        *ret = 0;
        return true;
    }
    if (sscanf(value, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || value[end] || year < 1970)
        return false;
    int julian = date2j(year, month, day), same_year, same_month, same_day;
    j2date(julian, &same_year, &same_month, &same_day);
    *ret = (uint32)(julian - UNIX_EPOCH_JDATE);
    return year == same_year && month == same_month && day == same_day;
}

static bool check_today(char **value, void **extra, GucSource source)
{
    uint32 day;
    if (read_day(*value, &day))
        return true;
    GUC_check_errdetail("A date such as 2026-11-01, or nothing for the day of the transaction.");
    return false;
}

/* All need the right to set them: by policy and subject somebody could see through a view what it hides. GRANT SET ON
 * PARAMETER gives it to a role. */
static void define(const char *name, const char *description, char **variable, const char *boot, int flags,
                   GucStringCheckHook check)
{
    DefineCustomStringVariable(name, description, NULL, variable, boot, PGC_SUSET, flags, check, changed, NULL);
}

void pii__pg_define_settings(void)
{
    define("piiglet.policy", "Name of a built-in policy, default, or the YAML of one.", &policy_setting, "default", 0,
           NULL);
    define("piiglet.rule_files", "Rule files of the server that are added to the built-in rules.", &rule_files_setting,
           "", GUC_LIST_INPUT | GUC_SUPERUSER_ONLY, NULL);
    define("piiglet.key_files", "Files of keys, [ID=]FILE, each of 32 random bytes; the last one is the usual one.",
           &key_files_setting, "", GUC_LIST_INPUT | GUC_SUPERUSER_ONLY, NULL);
    define("piiglet.known_files", "Files of values that are known beforehand, such as the names of a class.",
           &known_files_setting, "", GUC_LIST_INPUT | GUC_SUPERUSER_ONLY, NULL);
    define("piiglet.subject", "Whom texts are about: dates of one subject are shifted by one number of days.",
           &subject_setting, "", GUC_SUPERUSER_ONLY, NULL);
    define("piiglet.today", "The day by which ages count; the day of the transaction if empty.", &today_setting, "", 0,
           check_today);
    MarkGUCPrefixReserved("piiglet");
}

const char *pii__pg_settings_policy(void)
{
    return policy_setting;
}

uint32 pii__pg_settings_day(void)
{
    uint32 day = 0;
    if (read_day(today_setting, &day) && day > 0)
        return day;
    return (uint32)(timestamptz_to_time_t(GetCurrentTransactionStartTimestamp()) / SECONDS_PER_DAY);
}

/* The paths in a list. */
static List *paths_in(const char *setting, const char *name)
{
    List *paths = NIL;
    if (!SplitDirectoriesString(pstrdup(setting), ',', &paths))
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("piiglet: %s is no list of files", name)));
    return paths;
}

/* Reads a file of at most `size_max` bytes. */
static char *read_file(const char *path, size_t size_max, size_t *ret_size)
{
    FILE *file = AllocateFile(path, PG_BINARY_R);
    if (!file)
        ereport(ERROR, (errcode_for_file_access(), errmsg("piiglet: could not open \"%s\": %m", path)));
    char *data = palloc(size_max + 1);
    size_t size = fread(data, 1, size_max + 1, file);
    bool good = !ferror(file);
    FreeFile(file);
    if (!good || size > size_max)
        ereport(ERROR, (errcode(ERRCODE_CONFIG_FILE_ERROR), errmsg("piiglet: \"%s\" cannot be read, or is too large",
                                                                   path)));
    *ret_size = size;
    return data;
}

bool pii__pg_settings_have_rules(void)
{
    return *rule_files_setting != '\0';
}

void pii__pg_settings_add_rules(pii_compiler *compiler)
{
    ListCell *cell;
    foreach (cell, paths_in(rule_files_setting, "piiglet.rule_files")) {
        const char *path = lfirst(cell);
        size_t size;
        char *yaml = read_file(path, RULE_FILE_SIZE_MAX, &size);
        pii_status status = pii_compiler_add(compiler, path, yaml, size);
        pfree(yaml);
        if (status != PII_OK && status != PII_ERROR_RULE) /* refused files are reported together */
            pii__pg_fail(status, NULL);
    }
}

/* What is known, and a key, are for the server alone, as the key of its own TLS is. */
static void check_private(const char *path, const char *remedy)
{
    struct stat file;
    if (stat(path, &file) == 0 && (file.st_mode & (S_IRWXG | S_IRWXO)))
        ereport(ERROR, (errcode(ERRCODE_CONFIG_FILE_ERROR), errmsg("piiglet: \"%s\" can be read by others", path),
                        errhint("%s", remedy)));
}

bool pii__pg_settings_have_known(void)
{
    return *known_files_setting != '\0';
}

void pii__pg_settings_add_known(pii_known_builder *builder)
{
    ListCell *cell;
    foreach (cell, paths_in(known_files_setting, "piiglet.known_files")) {
        const char *path = lfirst(cell);
        size_t size;
        check_private(path, "Give it mode 0600.");
        char *list = read_file(path, KNOWN_FILE_SIZE_MAX, &size);
        pii__pg_known_add(builder, path, list, size);
        explicit_bzero(list, size);
        pfree(list);
    }
}

/* [ID=]FILE */
static void add_key(pii_policy *policy, const char *entry)
{
    const char *equals = strchr(entry, '=');
    const char *path = equals ? equals + 1 : entry;
    char *id = equals ? pnstrdup(entry, (size_t)(equals - entry)) : pstrdup("k1");
    check_private(path, "Make a new key, in a file with mode 0600.");
    size_t size;
    char *secret = read_file(path, KEY_SIZE, &size);
    pii_status status = pii_policy_add_key(policy, id, secret, size);
    explicit_bzero(secret, size);
    pfree(secret);
    if (status != PII_OK)
        ereport(ERROR, (errcode(ERRCODE_CONFIG_FILE_ERROR), errmsg("piiglet: \"%s\" is no key", path),
                        errhint("32 random bytes under an id of small letters and digits that no other key has.")));
}

void pii__pg_settings_apply(pii_policy *policy, uint32 day)
{
    ListCell *cell;
    foreach (cell, paths_in(key_files_setting, "piiglet.key_files"))
        add_key(policy, lfirst(cell));
    pii_policy_set_today(policy, day);
    if (*subject_setting) {
        pii_status status = pii_policy_set_subject(policy, subject_setting, strlen(subject_setting));
        if (status != PII_OK)
            pii__pg_fail(status, NULL);
    }
}
