/* piiglet_compile.h - from rule files to a ruleset.
 *
 * A pii_compiler collects YAML rule files (docs/RULES.md), checks them and
 * turns them into one pii_ruleset. The ruleset is immutable and reference-
 * counted: every thread may use one at the same time, and replacing the rules
 * of a running program is making a new ruleset and dropping the reference to
 * the old one - calls in flight finish on the set they started with.
 *
 * Nothing here opens a file: the caller hands over bytes and a name for them. */
#ifndef PIIGLET_COMPILE_H
#define PIIGLET_COMPILE_H

#include "piiglet_types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pii_compiler pii_compiler;
typedef struct pii_ruleset pii_ruleset;

typedef enum pii_severity {
    PII_SEVERITY_NOTE = 0,    /* what a rule costs: width, gate */
    PII_SEVERITY_WARNING = 1, /* loads, but something is unwise */
    PII_SEVERITY_ERROR = 2    /* the ruleset will not be made */
} pii_severity;

/* One remark about a rule file. Strings belong to the compiler and live until
 * it is freed. `line` and `column` count from 1 (0: not tied to a place);
 * `column` counts bytes. Diagnostics quote rule files, never scanned input. */
typedef struct pii_diagnostic {
    pii_severity severity;
    const char *file;     /* the name given to pii_compiler_add */
    unsigned line;
    unsigned column;
    const char *rule;     /* rule id, or "" */
    const char *field;    /* YAML field path such as "rules[2].pattern", or "" */
    const char *message;  /* what is wrong */
    const char *expected; /* what would be right, or "" */
} pii_diagnostic;

/* Makes an empty compiler. `allocator` NULL means malloc and free; otherwise it
 * is copied, and its context must outlive everything made from the compiler.
 * One thread at a time. PII_ERROR_MEMORY leaves `*ret` untouched. */
PII_API PII_MUST_CHECK pii_status pii_compiler_new(const pii_allocator *allocator, pii_compiler **ret);

/* Frees the compiler and its diagnostics; rulesets made by it live on. NULL is
 * allowed. */
PII_API void pii_compiler_free(pii_compiler *compiler);

/* Reads one rule file of `size` bytes at `yaml` (copied); `name` (copied) is
 * what diagnostics call it. PII_ERROR_RULE: refused, see the diagnostics; the
 * compiler stays usable for further files, so that all errors of all files can
 * be shown at once, but pii_compiler_finish will then refuse. */
PII_API PII_MUST_CHECK pii_status pii_compiler_add(pii_compiler *compiler, const char *name, const void *yaml,
                                                   size_t size);

/* Adds the rules of every rule file that is embedded in the library. They were
 * compiled when the library was built, so this reads no YAML, takes next to no
 * time, and yields neither notes nor test vectors; whoever wants those hands
 * the files of pii_default_rule_file to pii_compiler_add. PII_ERROR_RULE: a
 * rule that is there already has the id of a built-in one. */
PII_API PII_MUST_CHECK pii_status pii_compiler_add_default(pii_compiler *compiler);

/* Checks the rules as a whole and makes the ruleset, with one reference owned
 * by the caller. PII_ERROR_RULE if any file was refused or no rule is left;
 * `*ret` is then untouched. The compiler may be freed at once. */
PII_API PII_MUST_CHECK pii_status pii_compiler_finish(pii_compiler *compiler, pii_ruleset **ret);

/* All remarks so far, in file order; returns their number. `*ret` may be NULL
 * after a return of 0, and is valid until the next call on this compiler. */
PII_API size_t pii_compiler_diagnostics(const pii_compiler *compiler, const pii_diagnostic **ret);

/* A test vector of a rule file, with its markers taken out. */
typedef struct pii_rule_test {
    const char *file;
    unsigned line;
    const char *rule;   /* the rule it belongs to */
    const char *text;   /* `size` bytes, may hold NUL */
    size_t size;
    bool match;         /* true: exactly [begin, end) must be found by this rule */
    size_t begin;
    size_t end;
} pii_rule_test;

/* All test vectors read so far, in file order; lifetime as for diagnostics. */
PII_API size_t pii_compiler_tests(const pii_compiler *compiler, const pii_rule_test **ret);

/* The embedded rule files, for listing, testing and as examples. Returns the
 * number of files; fills the outputs (constants) when `index` is below it. */
PII_API size_t pii_default_rule_file(size_t index, const char **ret_name, const char **ret_yaml, size_t *ret_size);

/* The embedded rules as a ruleset: the same as compiler_new, add_default, finish. */
PII_API PII_MUST_CHECK pii_status pii_ruleset_default(const pii_allocator *allocator, pii_ruleset **ret);

/* Takes, and drops, a reference; thread-safe, lock-free. `free` of the last
 * reference releases the set. NULL is allowed in both. */
PII_API pii_ruleset *pii_ruleset_ref(pii_ruleset *ruleset);
PII_API void pii_ruleset_free(pii_ruleset *ruleset);

/* What one rule is and costs. Strings live as long as the ruleset. */
typedef struct pii_rule_info {
    const char *id;
    const char *entity;
    const char *description;
    const char *pattern;   /* after word lists were put in */
    const char *validator; /* "" when there is none */
    const char *gate;      /* the derived gate, in words */
    double confidence;     /* base confidence, 0 to 1 */
    size_t width_min;      /* bytes of the match, without look-around */
    size_t width_max;
    size_t behind;         /* bytes before the match that can matter */
    size_t ahead;          /* bytes after it that can matter */
} pii_rule_info;

/* Number of rules; `index` from 0 in the order of files and rules. */
PII_API size_t pii_ruleset_size(const pii_ruleset *ruleset);
PII_API PII_MUST_CHECK pii_status pii_ruleset_rule(const pii_ruleset *ruleset, size_t index, pii_rule_info *ret);

/* Bytes a stream on this ruleset holds back before it may release them. */
PII_API size_t pii_ruleset_hold_back(const pii_ruleset *ruleset);

#ifdef __cplusplus
}
#endif

#endif
