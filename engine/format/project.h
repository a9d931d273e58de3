/* project.h - what the fields of a kind of project hold, by their paths.
 *
 * rules/projects/ says it in patterns of paths. embed_projects.py makes of all
 * patterns of a project one machine, which reads a path step by step: an index or
 * a name that no pattern names leads to `other`. */
#ifndef PII__PROJECT_H
#define PII__PROJECT_H

#include <stdbool.h>
#include <string.h>
#include <stddef.h>

#include "piiglet_format.h"

/* What a field holds: text, or what is not to be touched, or a document of a format. */
enum {
    PII__HOLDS_TEXT = PII_FORMAT_TEXT,
    PII__HOLDS_UNSAID = UINT8_MAX - 5, /* only in a map (field_map.h), which leaves it to the project */
    PII__HOLDS_NEVER = UINT8_MAX - 4,  /* not scanned, however long it is */
    PII__HOLDS_ENTITY = UINT8_MAX - 3, /* all of it is a finding, whatever it is */
    PII__HOLDS_PROGRAM = UINT8_MAX - 2, /* of blocks as XML or JSON, or in JavaScript, as its first byte says */
    PII__HOLDS_KEPT = UINT8_MAX - 1,
    PII__HOLDS_BLOCK = UINT8_MAX /* kept, and the id of the container around it */
};

static inline bool pii__holds_kept(uint8_t holds)
{
    return holds >= PII__HOLDS_KEPT;
}

typedef struct pii__project_edge {
    const char *name;
    uint16_t size;
    uint16_t state;
} pii__project_edge;

typedef struct pii__project_state {
    const pii__project_edge *edges;
    uint64_t firsts; /* those of pii__project_first of all their names */
    uint16_t edge_count;
    uint16_t other;
    uint8_t holds;
    const char *entity; /* PII__HOLDS_ENTITY: name of it */
    uint64_t facts; /* that are true of a document with such a path */
    bool subject;   /* it names whom its record is about, besides; only in a map */
} pii__project_state;

typedef struct pii__project {
    const char *name;
    pii_format format;
    const pii__project_state *states; /* the first one is that of the empty path */
    uint64_t facts;                   /* by which it is recognised */
    bool entities;                    /* there are states that hold one */
    uint64_t block_names;             /* under which ids of blocks stand, as `firsts` has names; 0: there are none */
    bool subjects;                    /* there are states that name one */
} pii__project;

extern const pii__project pii__projects[];
extern const size_t pii__project_count;

/* What is read to recognise one: its states tell facts. */
extern const pii__project pii__project_finder;

/* The step into a document that a field holds. */
#define PII__STEP_INTO ">"

/* Names are short. */
static inline bool pii__project_edge_is(const pii__project_edge *edge, const uint8_t *name, size_t size)
{
    if (edge->size != size)
        return false;
    for (size_t i = 0; i < size; i++)
        if ((uint8_t)edge->name[i] != name[i])
            return false;
    return true;
}

/* The bit of `firsts` for a name: by its first byte and its size, which tell most names from the others. */
static inline uint64_t pii__project_first(const uint8_t *name, size_t size)
{
    return UINT64_C(1) << (size ? (name[0] + 8 * size) % 64 : 0);
}

/* The state after one more step; `name` NULL: an index. */
static inline uint16_t pii__project_next(const pii__project *project, uint16_t state, const uint8_t *name, size_t size)
{
    const pii__project_state *from = &project->states[state];
    if (!name || !(from->firsts & pii__project_first(name, size)))
        return from->other;
    for (size_t i = 0; i < from->edge_count; i++)
        if (pii__project_edge_is(&from->edges[i], name, size))
            return from->edges[i].state;
    return from->other;
}

#endif
