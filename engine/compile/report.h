/* report.h - the remarks that the compiler collects instead of stopping at the
 * first error. Adding cannot fail for the caller: running out of memory is
 * remembered in `failed` and looked at once, when a file is done. */
#ifndef PII__REPORT_H
#define PII__REPORT_H

#include "arena.h"
#include "piiglet_compile.h"

/* A place in a rule file, both from 1; 0: no place. Columns count bytes. */
typedef struct pii__place {
    unsigned line;
    unsigned column;
} pii__place;

typedef struct pii__report {
    pii__arena *arena; /* of the texts; outlives the report */
    pii_diagnostic *items;
    size_t count;
    size_t capacity;
    size_t errors;
    bool failed;
    const char *file; /* of the remarks that are added now; in the arena */
    const char *rule; /* id of the rule they are about, or ""; in the arena */
} pii__report;

void pii__report_init(pii__report *report, pii__arena *arena);
void pii__report_free(pii__report *report);

/* Copies `field`, `message` and `expected`; a NULL `field` or `expected` is "". */
void pii__report_add(pii__report *report, pii_severity severity, pii__place place, const char *field,
                     const char *message, const char *expected);

#endif
