/* options.h - the command line, checked. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>

#include "exit_code.h"
#include "path_filter.h"
#include "piiglet.h"

#define OPTIONS_THREADS_MAX 256
#define SECONDS_OF_DAY (24 * 60 * 60)

typedef enum command_name {
    COMMAND_SCRUB,
    COMMAND_SCAN,
    COMMAND_CHECK,
    COMMAND_REPORT,
    COMMAND_EXPLAIN,
    COMMAND_RULES_LIST,
    COMMAND_RULES_LINT,
    COMMAND_RULES_TEST,
    COMMAND_POLICIES_LIST,
    COMMAND_POLICIES_SHOW,
    COMMAND_POLICIES, /* without a sub-command, as the next */
    COMMAND_RULES, /* without a sub-command: only --help makes sense */
    COMMAND_COUNT
} command_name;

/* Where a key is: "PLACE" or "ID=PLACE". */
struct key_option {
    const char *text;
    bool is_descriptor;
};

struct options {
    command_name command;
    const char *command_text; /* "scrub", "rules list" ... */
    const char *only;         /* entity lists as given, or NULL */
    const char *except;
    const char *kernel; /* NULL: the best one */
    pii_format format;
    const char **columns; /* of --column, as given; owned */
    int columns_count;
    const char *policy;      /* name or file; NULL: the default one */
    struct key_option *keys; /* owned */
    int keys_count;
    const char *subject; /* NULL: none */
    uint32_t today;      /* days since 1970-01-01; 0: not given */
    bool hashes;
    bool format_given;
    bool lenient; /* scan as text what is not well formed */
    double min_confidence; /* below 0: not given */
    size_t at_line;        /* of --at, from 1; 0: not given */
    size_t at_column;      /* from 1; 0: the whole line */
    const char **rules;    /* rule files and directories; owned */
    int rules_count;
    bool no_default_rules;
    const char *known; /* file of known values, or NULL */
    unsigned threads;
    const char *output; /* -o, or NULL */
    bool in_place;
    bool lines; /* each line is a text of its own */
    bool json;
    const char *messages; /* language of messages for children, one that there is; NULL: no messages */
    bool records;
    const char **fields; /* of records, that hold text; owned */
    int fields_count;
    bool show_values;
    bool summary;
    bool quiet;
    bool recursive;
    bool one_file_system;
    struct path_filter filter; /* patterns owned */
    const char *journal;       /* NULL: none */
    const char *backup;        /* suffix; NULL: none */
    uint64_t fingerprint;      /* of all options that bear on what is found and written */
    bool no_sandbox;
    bool help;
    bool version;
    const char *const *files; /* at least one ("-") for commands that read text */
    int file_count;
};

/* Reads `arguments`; says what is wrong. Strings stay those of `arguments`.
 * options_free may be called whatever the answer is. */
exit_code options_parse(struct options *options, int count, char **arguments);
void options_free(struct options *options);

#endif
