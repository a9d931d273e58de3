/* field_map.h - what the caller says that fields hold, by their paths.
 *
 * The same machine as that of a kind of project (project.h), made at run time, and
 * asked before it. An index is a step by its number. */
#ifndef PII__FIELD_MAP_H
#define PII__FIELD_MAP_H

#include "memory.h"
#include "project.h"

typedef struct pii__field_map_entry {
    const char *path;  /* as in a project file; "/..." or "" */
    const char *holds; /* name of an entity, "text" or "never"; "subject" is said besides one of those */
} pii__field_map_entry;

typedef struct pii__field_map pii__field_map;

/* Of several entries that fit the first one counts. PII_ERROR_LIMIT: they are too many or too tangled. */
PII_MUST_CHECK pii_status pii__field_map_new(const pii_allocator *allocator, const pii__field_map_entry *entries,
                                             size_t count, pii__field_map **ret);
void pii__field_map_free(pii__field_map *map);

const pii__project *pii__field_map_machine(const pii__field_map *map);

#endif
