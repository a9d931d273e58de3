/* plan.h - what the caller says that fields hold, by their paths.
 *
 * The same machine as that of a kind of project (project.h), made at run time, and
 * asked before it. An index is a step by its number. */
#ifndef PII__PLAN_H
#define PII__PLAN_H

#include "memory.h"
#include "project.h"

typedef struct pii__plan_entry {
    const char *path;  /* as in a project file; "/..." or "" */
    const char *holds; /* name of an entity, "text" or "never" */
} pii__plan_entry;

typedef struct pii__plan pii__plan;

/* Of several entries that fit the first one counts. PII_ERROR_LIMIT: they are too many or too tangled. */
PII_MUST_CHECK pii_status pii__plan_new(const pii_allocator *allocator, const pii__plan_entry *entries, size_t count,
                                        pii__plan **ret);
void pii__plan_free(pii__plan *plan);

const pii__project *pii__plan_machine(const pii__plan *plan);

#endif
