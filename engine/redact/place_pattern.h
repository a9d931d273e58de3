/* place_pattern.h - fields of documents, by the kind of project and the path. */
#ifndef PII__PLACE_PATTERN_H
#define PII__PLACE_PATTERN_H

#include "memory.h"
#include "piiglet_policy.h"

/* Both NULL: everywhere. */
typedef struct pii__place_pattern {
    char *project; /* name of the kind of project; NULL: any document */
    char *path;    /* a JSON Pointer in which * is any one step and ** any number of them; NULL: any */
} pii__place_pattern;

/* Whether `path` can be that of a pattern: steps after slashes. */
bool pii__path_pattern_valid(const char *path);

bool pii__path_fits(const char *pattern, const char *path);

/* `project` is "" in a document of no kind, `path` "" in plain text. */
bool pii__place_fits(const pii__place_pattern *pattern, const char *project, const char *path);

/* `place` NULL: everywhere. PII_ERROR_MEMORY leaves `*ret` as it was. */
PII_MUST_CHECK pii_status pii__place_pattern_copy(const pii_allocator *allocator, const pii_place *place,
                                                  pii__place_pattern *ret);
void pii__place_pattern_free(const pii_allocator *allocator, pii__place_pattern *pattern);

#endif
