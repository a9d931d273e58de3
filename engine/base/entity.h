/* entity.h - the kinds of personal information that piiglet knows by name. */
#ifndef PII__ENTITY_H
#define PII__ENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct pii__entity {
    const char *name;
    bool on; /* whether the default policy redacts it */
    const char *description;
} pii__entity;

/* Whether two names are the same; most differ in their first letter. */
static inline bool pii__entity_is(const char *name, const char *other)
{
    return name[0] == other[0] && strcmp(name, other) == 0;
}

/* Built-in entities, ordered; a rule file may declare more. */
extern const pii__entity pii__entities[];
extern const size_t pii__entity_count;

/* The built-in entity of that name, or NULL. */
const pii__entity *pii__entity_find(const char *name);

/* Whether `name` may name an entity: [A-Z][A-Z0-9_]*, at most
 * PII__NAME_SIZE_MAX bytes. */
bool pii__entity_name_valid(const char *name);

#endif
