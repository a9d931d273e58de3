#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "hash.h"
#include "message.h"

#define LANGUAGE_CHARACTERS "-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#define ON(command) (1u << COMMAND_##command)
#define ON_TEXT (ON(SCRUB) | ON(SCAN) | ON(CHECK) | ON(REPORT) | ON(EXPLAIN))
#define ON_EVERY ((1u << COMMAND_COUNT) - 1)

static const struct {
    const char *text;
    command_name name;
} commands[] = {
    {"scrub", COMMAND_SCRUB},           {"scan", COMMAND_SCAN},
    {"check", COMMAND_CHECK},           {"explain", COMMAND_EXPLAIN},
    {"report", COMMAND_REPORT},
    {"rules list", COMMAND_RULES_LIST}, {"rules lint", COMMAND_RULES_LINT},
    {"rules test", COMMAND_RULES_TEST}, {"policies list", COMMAND_POLICIES_LIST},
    {"policies show", COMMAND_POLICIES_SHOW}, {"policies", COMMAND_POLICIES},
    {"rules", COMMAND_RULES},
};

enum {
    OPTION_ONLY = 256,
    OPTION_EXCEPT,
    OPTION_MIN_CONFIDENCE,
    OPTION_POLICY,
    OPTION_KEY_FILE,
    OPTION_KEY_FD,
    OPTION_SUBJECT,
    OPTION_TODAY,
    OPTION_HASHES,
    OPTION_RULES,
    OPTION_NO_DEFAULT_RULES,
    OPTION_KNOWN,
    OPTION_FORMAT,
    OPTION_COLUMN,
    OPTION_LENIENT,
    OPTION_THREADS,
    OPTION_KERNEL,
    OPTION_AT,
    OPTION_IN_PLACE,
    OPTION_LINES,
    OPTION_JSON,
    OPTION_MESSAGES,
    OPTION_RECORDS,
    OPTION_SHOW_VALUES,
    OPTION_SUMMARY,
    OPTION_QUIET,
    OPTION_VERSION,
    OPTION_ONE_FILE_SYSTEM,
    OPTION_INCLUDE,
    OPTION_EXCLUDE,
    OPTION_JOURNAL,
    OPTION_BACKUP,
    OPTION_NO_SANDBOX
};

static const struct option long_options[] = {
    {"only", required_argument, NULL, OPTION_ONLY},
    {"except", required_argument, NULL, OPTION_EXCEPT},
    {"min-confidence", required_argument, NULL, OPTION_MIN_CONFIDENCE},
    {"policy", required_argument, NULL, OPTION_POLICY},
    {"key-file", required_argument, NULL, OPTION_KEY_FILE},
    {"key-fd", required_argument, NULL, OPTION_KEY_FD},
    {"subject", required_argument, NULL, OPTION_SUBJECT},
    {"today", required_argument, NULL, OPTION_TODAY},
    {"hashes", no_argument, NULL, OPTION_HASHES},
    {"rules", required_argument, NULL, OPTION_RULES},
    {"no-default-rules", no_argument, NULL, OPTION_NO_DEFAULT_RULES},
    {"known", required_argument, NULL, OPTION_KNOWN},
    {"kernel", required_argument, NULL, OPTION_KERNEL},
    {"at", required_argument, NULL, OPTION_AT},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"column", required_argument, NULL, OPTION_COLUMN},
    {"lenient", no_argument, NULL, OPTION_LENIENT},
    {"threads", required_argument, NULL, OPTION_THREADS},
    {"output", required_argument, NULL, 'o'},
    {"in-place", no_argument, NULL, OPTION_IN_PLACE},
    {"lines", no_argument, NULL, OPTION_LINES},
    {"json", no_argument, NULL, OPTION_JSON},
    {"messages", required_argument, NULL, OPTION_MESSAGES},
    {"records", optional_argument, NULL, OPTION_RECORDS},
    {"show-values", no_argument, NULL, OPTION_SHOW_VALUES},
    {"summary", no_argument, NULL, OPTION_SUMMARY},
    {"quiet", no_argument, NULL, OPTION_QUIET},
    {"recursive", no_argument, NULL, 'r'},
    {"one-file-system", no_argument, NULL, OPTION_ONE_FILE_SYSTEM},
    {"include", required_argument, NULL, OPTION_INCLUDE},
    {"exclude", required_argument, NULL, OPTION_EXCLUDE},
    {"journal", required_argument, NULL, OPTION_JOURNAL},
    {"backup", required_argument, NULL, OPTION_BACKUP},
    {"no-sandbox", no_argument, NULL, OPTION_NO_SANDBOX},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, OPTION_VERSION},
    {NULL, 0, NULL, 0},
};

/* The commands that take an option. */
static unsigned taken_by(int code)
{
    switch (code) {
    case OPTION_NO_SANDBOX:
    case 'h': return ON_EVERY;
    case 'o': return ON(SCRUB) | ON(REPORT);
    case OPTION_IN_PLACE:
    case OPTION_LINES:
    case OPTION_KEY_FILE:
    case OPTION_KEY_FD:
    case OPTION_SUBJECT:
    case OPTION_TODAY:
    case OPTION_VERSION: /* scrub is what a bare "piiglet" means */ return ON(SCRUB);
    case OPTION_RECORDS:
    case OPTION_HASHES:
    case OPTION_SUMMARY: return ON(SCAN);
    case OPTION_MESSAGES: return ON(SCAN) | ON(REPORT);
    case OPTION_AT: return ON(EXPLAIN);
    case OPTION_JSON: return ON(SCAN) | ON(EXPLAIN);
    case OPTION_SHOW_VALUES: return ON(SCAN) | ON(REPORT) | ON(EXPLAIN);
    case OPTION_QUIET: return ON(CHECK);
    case OPTION_RULES:
    case OPTION_NO_DEFAULT_RULES: return ON_TEXT | ON(RULES_LIST);
    case OPTION_BACKUP: return ON(SCRUB);
    case 'r':
    case OPTION_ONE_FILE_SYSTEM:
    case OPTION_INCLUDE:
    case OPTION_EXCLUDE: return ON(SCRUB) | ON(SCAN) | ON(CHECK) | ON(REPORT);
    case OPTION_JOURNAL: return ON(SCRUB) | ON(SCAN) | ON(CHECK); /* a report is of all files, or of none */
    case OPTION_THREADS: return ON(SCRUB) | ON(SCAN) | ON(CHECK) | ON(REPORT);
    default: return ON_TEXT;
    }
}

static const char *option_name(int code)
{
    for (const struct option *option = long_options; option->name; option++)
        if (option->val == code)
            return option->name;
    return "";
}

/* Finds the command in the leading words; answers how many words it took. */
static int parse_command(struct options *options, int count, char **arguments)
{
    options->command = COMMAND_SCRUB;
    options->command_text = "scrub";
    for (size_t i = 0; i < sizeof commands / sizeof commands[0] && count > 1; i++) {
        const char *text = commands[i].text;
        size_t first = strcspn(text, " ");
        if (strlen(arguments[1]) != first || memcmp(arguments[1], text, first) != 0)
            continue;
        bool two_words = text[first] != '\0';
        if (two_words && (count < 3 || strcmp(arguments[2], text + first + 1) != 0))
            continue;
        options->command = commands[i].name;
        options->command_text = text;
        return two_words ? 2 : 1;
    }
    return 0;
}

static exit_code parse_number(struct options *options, int code, const char *text)
{
    char *end;
    double number = strtod(text, &end);
    bool whole = *text && !*end;
    if (code == OPTION_MIN_CONFIDENCE) {
        if (!whole || !(number >= 0 && number <= 1))
            return message_usage(options->command_text, "--min-confidence %s: expected a number from 0 to 1", text);
        options->min_confidence = number;
    } else {
        if (!whole || strspn(text, "0123456789") != strlen(text) || !(number >= 1 && number <= OPTIONS_THREADS_MAX))
            return message_usage(options->command_text, "--threads %s: expected a whole number from 1 to %d", text,
                                 OPTIONS_THREADS_MAX);
        options->threads = (unsigned)number;
    }
    return EXIT_DONE;
}

/* Digits up to `end`, or to the end of the text; 0 when it is no number from 1 on. */
static size_t parse_count(const char **text, char end)
{
    size_t value = 0;
    for (; **text >= '0' && **text <= '9' && value < SIZE_MAX / 16; (*text)++)
        value = value * 10 + (size_t)(**text - '0');
    return **text == end || !**text ? value : 0;
}

static exit_code parse_place(struct options *options, const char *text)
{
    const char *at = text;
    options->at_line = parse_count(&at, ':');
    bool good = options->at_line > 0;
    if (good && *at == ':') {
        at++;
        options->at_column = parse_count(&at, '\0');
        good = options->at_column > 0;
    }
    return good ? EXIT_DONE : message_usage(options->command_text, "--at %s: expected LINE or LINE:COLUMN", text);
}

static exit_code parse_format(struct options *options, const char *text)
{
    char known[1024] = "";
    options->format_given = true;
    if (pii_format_find(text, &options->format) == PII_OK)
        return EXIT_DONE;
    for (int format = 0; format < PII_FORMAT_PROJECT || pii_format_name((pii_format)format); format++) {
        const char *name = pii_format_name((pii_format)format);
        size_t size = strlen(known);
        if (name)
            (void)snprintf(known + size, sizeof known - size, "%s%s", size ? ", " : "", name);
    }
    return message_usage(options->command_text, "--format %s: unknown format; known: %s", text, known);
}

/* What is in no language that there are messages in comes in English, and says so. */
static exit_code parse_language(struct options *options, const char *text)
{
    char known[256] = "";
    if (pii_message_language(text, &options->messages) == PII_OK)
        return EXIT_DONE;
    const char *language;
    for (size_t i = 0, size = 0; pii_message_language_at(i, &language, NULL); i++, size = strlen(known))
        (void)snprintf(known + size, sizeof known - size, "%s%s", size ? ", " : "", language);
    if (!*text || strspn(text, LANGUAGE_CHARACTERS) != strlen(text))
        return message_usage(options->command_text, "--messages %s: expected a language, one of %s", text, known);
    message("--messages %s: there are none, those in English are used; known: %s", text, known);
    options->messages = "en";
    return EXIT_DONE;
}

static exit_code parse_today(struct options *options, const char *text)
{
    struct tm day = {0}, same;
    const char *end = strptime(text, "%Y-%m-%d", &day);
    same = day;
    time_t seconds = end && !*end ? timegm(&same) : 0;
    if (seconds < SECONDS_OF_DAY || same.tm_mday != day.tm_mday)
        return message_usage(options->command_text, "--today %s: expected a day such as 2026-03-31", text);
    options->today = (uint32_t)(seconds / SECONDS_OF_DAY);
    return EXIT_DONE;
}

static void parse_flag(struct options *options, int code)
{
    bool *const flags[] = {
        [OPTION_NO_DEFAULT_RULES - OPTION_ONLY] = &options->no_default_rules,
        [OPTION_HASHES - OPTION_ONLY] = &options->hashes,
        [OPTION_LENIENT - OPTION_ONLY] = &options->lenient,
        [OPTION_IN_PLACE - OPTION_ONLY] = &options->in_place,
        [OPTION_LINES - OPTION_ONLY] = &options->lines,
        [OPTION_JSON - OPTION_ONLY] = &options->json,
        [OPTION_SHOW_VALUES - OPTION_ONLY] = &options->show_values,
        [OPTION_SUMMARY - OPTION_ONLY] = &options->summary,
        [OPTION_QUIET - OPTION_ONLY] = &options->quiet,
        [OPTION_VERSION - OPTION_ONLY] = &options->version,
        [OPTION_ONE_FILE_SYSTEM - OPTION_ONLY] = &options->one_file_system,
        [OPTION_NO_SANDBOX - OPTION_ONLY] = &options->no_sandbox,
    };
    *flags[code - OPTION_ONLY] = true;
}

static exit_code parse_pattern(struct options *options, int code, const char *text)
{
    if (!path_pattern_valid(text))
        return message_usage(options->command_text, "--%s %.32s: expected a pattern of 1 to %d bytes",
                             option_name(code), text, PATH_PATTERN_SIZE_MAX - 1);
    options->filter.patterns[options->filter.count++] = (struct path_pattern){text, code == OPTION_INCLUDE};
    return EXIT_DONE;
}

static exit_code parse_backup(struct options *options, const char *text)
{
    options->backup = text;
    return *text && !strchr(text, '/')
               ? EXIT_DONE
               : message_usage(options->command_text, "--backup: expected the end of a name, such as .bak");
}

/* How many threads there are, and where the journal is, is no matter of what is
 * found. A file that an option names is known by its status. */
static void add_to_fingerprint(struct options *options, int code)
{
    if (code == OPTION_THREADS || code == OPTION_JOURNAL || code == OPTION_QUIET)
        return;
    options->fingerprint = hash_bytes(options->fingerprint, &code, sizeof code);
    if (!optarg)
        return;
    options->fingerprint = hash_bytes(options->fingerprint, optarg, strlen(optarg) + 1);
    struct stat status;
    if (stat(optarg, &status) != 0 || !S_ISREG(status.st_mode))
        return;
    options->fingerprint = hash_bytes(options->fingerprint, &status.st_size, sizeof status.st_size);
    options->fingerprint = hash_bytes(options->fingerprint, &status.st_mtim, sizeof status.st_mtim);
}

static exit_code parse_option(struct options *options, int code)
{
    if (!(taken_by(code) & (1u << options->command)))
        return message_usage(options->command_text, "--%s is not an option of %s", option_name(code),
                             options->command_text);
    add_to_fingerprint(options, code);
    switch (code) {
    case 'h': options->help = true; return EXIT_DONE;
    case 'r': options->recursive = true; return EXIT_DONE;
    case OPTION_INCLUDE:
    case OPTION_EXCLUDE: return parse_pattern(options, code, optarg);
    case OPTION_JOURNAL: options->journal = optarg; return EXIT_DONE;
    case OPTION_BACKUP: return parse_backup(options, optarg);
    case 'o': options->output = optarg; return EXIT_DONE;
    case OPTION_ONLY: options->only = optarg; return EXIT_DONE;
    case OPTION_EXCEPT: options->except = optarg; return EXIT_DONE;
    case OPTION_RULES: options->rules[options->rules_count++] = optarg; return EXIT_DONE;
    case OPTION_RECORDS:
        options->records = true;
        if (optarg)
            options->fields[options->fields_count++] = optarg;
        return EXIT_DONE;
    case OPTION_COLUMN: options->columns[options->columns_count++] = optarg; return EXIT_DONE;
    case OPTION_POLICY: options->policy = optarg; return EXIT_DONE;
    case OPTION_SUBJECT: options->subject = optarg; return EXIT_DONE;
    case OPTION_TODAY: return parse_today(options, optarg);
    case OPTION_KEY_FILE:
    case OPTION_KEY_FD:
        options->keys[options->keys_count++] = (struct key_option){optarg, code == OPTION_KEY_FD};
        return EXIT_DONE;
    case OPTION_KNOWN: options->known = optarg; return EXIT_DONE;
    case OPTION_KERNEL: options->kernel = optarg; return EXIT_DONE;
    case OPTION_FORMAT: return parse_format(options, optarg);
    case OPTION_MESSAGES: return parse_language(options, optarg);
    case OPTION_AT: return parse_place(options, optarg);
    case OPTION_MIN_CONFIDENCE:
    case OPTION_THREADS: return parse_number(options, code, optarg);
    default: parse_flag(options, code); return EXIT_DONE;
    }
}

static exit_code check_rules_options(const struct options *options)
{
    if (options->command == COMMAND_RULES)
        return message_usage("rules", "rules: expected list, lint or test");
    if (options->command == COMMAND_POLICIES)
        return message_usage("policies", "policies: expected list or show");
    if (options->command == COMMAND_RULES_LIST && options->no_default_rules && options->rules_count == 0 &&
        options->file_count == 0)
        return message_usage("rules list", "--no-default-rules leaves no rule; name rule files with --rules");
    return EXIT_DONE;
}

/* Options of trees, and what trees cannot do. */
static exit_code check_tree(const struct options *options, int standard_inputs)
{
    const char *command = options->command_text;
    if (options->backup && !options->in_place)
        return message_usage(command, "--backup needs --in-place");
    if (!options->recursive) {
        bool of_trees = options->filter.count > 0 || options->journal || options->one_file_system;
        return of_trees ? message_usage(command, "--include, --exclude, --journal and --one-file-system need -r")
                        : EXIT_DONE;
    }
    if (options->records || options->lines)
        return message_usage(command, "--%s reads files; leave out -r", options->lines ? "lines" : "records");
    if (standard_inputs > 0)
        return message_usage(command, "-r needs the names of directories");
    if (options->command == COMMAND_SCRUB && !options->in_place && !options->output)
        return message_usage(command, "-r needs --in-place, or -o with a directory for the copies");
    if (options->command == COMMAND_SCRUB && options->output && options->file_count > 1)
        return message_usage(command, "-r -o copies one directory");
    return EXIT_DONE;
}

/* What cannot be together. */
static exit_code check_combinations(const struct options *options)
{
    if (options->help || options->version)
        return EXIT_DONE;
    if (options->command > COMMAND_EXPLAIN)
        return check_rules_options(options);
    const char *command = options->command_text;
    if (options->only && options->except)
        return message_usage(command, "--only and --except exclude each other");
    if (options->no_default_rules && options->rules_count == 0)
        return message_usage(command, "--no-default-rules leaves no rule; name rule files with --rules");
    if (options->hashes && !options->json)
        return message_usage(command, "--hashes adds to the objects of --json; give both");
    if (options->in_place && options->output)
        return message_usage(command, "--in-place and -o exclude each other");
    if (options->records && (options->json || options->show_values))
        return message_usage(command, "--records has an output of its own; leave out --json and --show-values");
    if (options->records && options->messages)
        return message_usage(command, "--records has an output of its own; leave out --messages");
    if (options->columns_count && options->format == PII_FORMAT_TEXT)
        return message_usage(command, "--column needs a --format that has fields");
    if (options->summary && (options->json || options->records || options->messages || options->show_values))
        return message_usage(command, "--summary has an output of its own; leave out --json, --messages, --records "
                                      "and --show-values");
    if (options->records && options->format != PII_FORMAT_TEXT)
        return message_usage(command, "--records has a format of its own; leave out --format");
    if (options->lines && options->columns_count)
        return message_usage(command, "--lines has no columns, as each line is a text of its own; leave out --column");
    if (options->command == COMMAND_EXPLAIN && options->file_count > 1)
        return message_usage(command, "explain reads one file");
    int standard_inputs = 0;
    for (int i = 0; i < options->file_count; i++)
        standard_inputs += !strcmp(options->files[i], "-");
    if (options->in_place && (standard_inputs > 0 || options->file_count == 0))
        return message_usage(command, "--in-place needs the names of files");
    if (standard_inputs > 1)
        return message_usage(command, "standard input (-) can be read once only");
    return check_tree(options, standard_inputs);
}

static exit_code unknown_option(const struct options *options, char **arguments, int result)
{
    const char *problem = result == ':' ? "needs a value" : "is not an option";
    if (optopt && optopt < OPTION_ONLY)
        return message_usage(options->command_text, "-%c %s", optopt, problem);
    return message_usage(options->command_text, "%s %s", arguments[optind - 1], problem);
}

/* Files of a tree are of many kinds and wait for nobody. */
static void set_tree_defaults(struct options *options)
{
    if (options->recursive && !options->format_given && !options->records)
        options->format = PII_FORMAT_AUTO;
    long processors = options->recursive ? sysconf(_SC_NPROCESSORS_ONLN) : 1;
    if (options->threads == 0)
        options->threads = processors < 1                      ? 1
                           : processors > OPTIONS_THREADS_MAX ? OPTIONS_THREADS_MAX
                                                              : (unsigned)processors;
}

exit_code options_parse(struct options *options, int count, char **arguments)
{
    static const char *const standard_input[] = {"-"};
    *options = (struct options){.min_confidence = -1, .fingerprint = HASH_START};
    options->rules = calloc((size_t)count + 1, sizeof *options->rules);
    options->fields = calloc((size_t)count + 1, sizeof *options->fields);
    options->columns = calloc((size_t)count + 1, sizeof *options->columns);
    options->keys = calloc((size_t)count + 1, sizeof *options->keys);
    options->filter.patterns = calloc((size_t)count + 1, sizeof *options->filter.patterns);
    if (!options->rules || !options->fields || !options->columns || !options->keys || !options->filter.patterns)
        return message_memory();
    int words = parse_command(options, count, arguments);
    count -= words;
    arguments += words;
    opterr = 0;
    for (int code; (code = getopt_long(count, arguments, ":o:hr", long_options, NULL)) != -1;) {
        if (code == '?' || code == ':')
            return unknown_option(options, arguments, code);
        exit_code result = parse_option(options, code);
        if (result != EXIT_DONE)
            return result;
    }
    set_tree_defaults(options);
    options->files = (const char *const *)(arguments + optind);
    options->file_count = count - optind;
    if (options->file_count == 0 && options->command <= COMMAND_EXPLAIN && !options->in_place) {
        options->files = standard_input;
        options->file_count = 1;
    }
    return check_combinations(options);
}

void options_free(struct options *options)
{
    free(options->rules);
    free(options->fields);
    free(options->columns);
    free(options->keys);
    free(options->filter.patterns);
    options->rules = options->fields = NULL;
    options->keys = NULL;
    options->filter = (struct path_filter){0};
}
