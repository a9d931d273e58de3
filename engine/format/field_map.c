/* field_map.c - paths to a machine, by the subset construction. A place is a step of an entry that has been come to; a
 * state is a set of places. */
#include "field_map.h"

#include "limits.h"

typedef enum step_kind { NAMED, ANY, MANY, END } step_kind;

typedef struct step {
    step_kind kind;
    uint16_t size;
    uint16_t entry;
    const char *name; /* in `texts` */
} step;

typedef uint64_t word;

struct pii__field_map {
    pii_allocator allocator;
    pii__project machine;
    pii__project_state *states;
    size_t state_count, state_capacity;
    pii__project_edge *edges; /* of all states, one after the other */
    size_t edge_count, edge_capacity;
    char *texts; /* the paths, and what their fields hold */
    char **holds; /* of each entry */
    step *steps;
    size_t step_count;
    size_t words; /* in a set */
    word *sets;   /* of the states */
    size_t set_capacity;
};

void pii__field_map_free(pii__field_map *map)
{
    if (!map)
        return;
    pii_allocator own = map->allocator;
    pii__release(&own, map->states);
    pii__release(&own, map->edges);
    pii__release(&own, map->texts);
    pii__release(&own, map->holds);
    pii__release(&own, map->steps);
    pii__release(&own, map->sets);
    pii__release(&own, map);
}

const pii__project *pii__field_map_machine(const pii__field_map *map)
{
    return map ? &map->machine : NULL;
}

/* ---- Steps ---- */

static size_t count_steps(const char *path)
{
    size_t count = 1; /* the end */
    for (; *path; path++)
        count += *path == '/';
    return count;
}

/* A name in which ~0 and ~1 stand for ~ and /; it gets shorter where it lies. */
static uint16_t unescape(char *name, size_t size)
{
    size_t to = 0;
    for (size_t i = 0; i < size; i++) {
        bool escaped = name[i] == '~' && i + 1 < size && (name[i + 1] == '0' || name[i + 1] == '1');
        i += escaped;
        name[to++] = !escaped ? name[i] : name[i] == '0' ? '~' : '/';
    }
    return (uint16_t)to;
}

static void add_steps(pii__field_map *map, char *path, uint16_t entry)
{
    while (*path == '/') {
        char *name = ++path;
        while (*path && *path != '/')
            path++;
        size_t size = (size_t)(path - name);
        bool stars = size && size <= 2 && strspn(name, "*") >= size;
        step *added = &map->steps[map->step_count++];
        *added = (step){.kind = stars ? (size == 1 ? ANY : MANY) : NAMED, .entry = entry, .name = name};
        added->size = (uint16_t)size;
    }
    map->steps[map->step_count++] = (step){.kind = END, .entry = entry};
}

/* The text at `*to`, which moves on behind it. */
static char *copy(char **to, const char *text)
{
    char *copied = *to;
    size_t size = strlen(text) + 1;
    memcpy(copied, text, size);
    *to += size;
    return copied;
}

static pii_status read_entries(pii__field_map *map, const pii__field_map_entry *entries, size_t count)
{
    size_t text = 0, steps = 0;
    for (size_t i = 0; i < count; i++) {
        text += strlen(entries[i].path) + strlen(entries[i].holds) + 2;
        steps += count_steps(entries[i].path);
    }
    if (steps > PII__FIELD_MAP_STEPS_MAX || text > PII__FIELD_MAP_TEXT_MAX)
        return PII_ERROR_LIMIT;
    map->texts = pii__allocate(&map->allocator, text + 1);
    map->holds = pii__allocate_array(&map->allocator, count, sizeof *map->holds);
    map->steps = pii__allocate_array(&map->allocator, steps + 1, sizeof *map->steps);
    if (!map->texts || !map->holds || !map->steps)
        return PII_ERROR_MEMORY;
    char *at = map->texts;
    for (size_t i = 0; i < count; i++) {
        map->holds[i] = copy(&at, entries[i].holds);
        map->machine.subjects |= strcmp(map->holds[i], "subject") == 0;
        add_steps(map, copy(&at, entries[i].path), (uint16_t)i);
    }
    for (size_t i = 0; i < map->step_count; i++)
        if (map->steps[i].kind == NAMED)
            map->steps[i].size = unescape(map->texts + (map->steps[i].name - map->texts), map->steps[i].size);
    map->words = (map->step_count + 63) / 64;
    return PII_OK;
}

/* ---- Sets ---- */

static bool has(const word *set, size_t place)
{
    return set[place / 64] >> (place % 64) & 1;
}

/* With the places behind steps that may be none. */
static void add_place(const pii__field_map *map, word *set, size_t place)
{
    for (;; place++) {
        set[place / 64] |= (word)1 << (place % 64);
        if (map->steps[place].kind != MANY)
            return;
    }
}

static bool same_name(const step *a, const step *b)
{
    return a->size == b->size && memcmp(a->name, b->name, a->size) == 0;
}

/* Where a step leads; `name` NULL: one that is not named by any entry. */
static void step_on(const pii__field_map *map, const word *from, const step *name, word *to)
{
    memset(to, 0, map->words * sizeof *to);
    for (size_t i = 0; i < map->step_count; i++) {
        if (!has(from, i))
            continue;
        const step *here = &map->steps[i];
        if (here->kind == MANY)
            add_place(map, to, i);
        else if (here->kind == ANY || (here->kind == NAMED && name && same_name(here, name)))
            add_place(map, to, i + 1);
    }
}

static const word *set_of(const pii__field_map *map, size_t state)
{
    return map->sets + state * map->words;
}

/* ---- States ---- */

/* What the first entry says that ends here, and whether any says that it is a subject. */
static void tell_state(const pii__field_map *map, const word *set, pii__project_state *state)
{
    for (size_t i = 0; i < map->step_count; i++) {
        if (!has(set, i) || map->steps[i].kind != END)
            continue;
        size_t entry = map->steps[i].entry;
        const char *holds = map->holds[entry];
        state->facts |= UINT64_C(1) << (entry < 63 ? entry : 63);
        if (strcmp(holds, "subject") == 0) {
            state->subject = true;
            continue;
        }
        if (state->holds != PII__HOLDS_UNSAID)
            continue;
        bool never = strcmp(holds, "never") == 0, text = strcmp(holds, "text") == 0;
        state->holds = never ? PII__HOLDS_NEVER : text ? PII__HOLDS_TEXT : PII__HOLDS_ENTITY;
        state->entity = never || text ? NULL : holds;
    }
}

/* The state of a set, which may be new. */
static pii_status intern(pii__field_map *map, const word *set, uint16_t *ret)
{
    for (size_t i = 0; i < map->state_count; i++)
        if (memcmp(set_of(map, i), set, map->words * sizeof *set) == 0) {
            *ret = (uint16_t)i;
            return PII_OK;
        }
    if (map->state_count == PII__FIELD_MAP_STATES_MAX)
        return PII_ERROR_LIMIT;
    pii__project_state *states =
        pii__grow(&map->allocator, map->states, &map->state_capacity, map->state_count, sizeof *states);
    if (!states)
        return PII_ERROR_MEMORY;
    map->states = states;
    word *sets = map->sets;
    if (map->state_count == map->set_capacity) {
        sets = pii__reallocate(&map->allocator, sets, map->state_capacity * map->words * sizeof *sets);
        if (!sets)
            return PII_ERROR_MEMORY;
        map->sets = sets;
        map->set_capacity = map->state_capacity;
    }
    memcpy(sets + map->state_count * map->words, set, map->words * sizeof *set);
    map->states[map->state_count] = (pii__project_state){.holds = PII__HOLDS_UNSAID};
    tell_state(map, set, &map->states[map->state_count]);
    *ret = (uint16_t)map->state_count++;
    return PII_OK;
}

static pii_status add_edge(pii__field_map *map, const step *name, uint16_t to)
{
    pii__project_edge *edges =
        pii__grow(&map->allocator, map->edges, &map->edge_capacity, map->edge_count, sizeof *edges);
    if (!edges)
        return PII_ERROR_MEMORY;
    map->edges = edges;
    edges[map->edge_count++] = (pii__project_edge){name->name, name->size, to};
    return PII_OK;
}

/* Whether a named step of a set is the first of its name there. */
static bool first_of_name(const pii__field_map *map, const word *set, size_t place)
{
    if (!has(set, place) || map->steps[place].kind != NAMED)
        return false;
    for (size_t i = 0; i < place; i++)
        if (has(set, i) && map->steps[i].kind == NAMED && same_name(&map->steps[i], &map->steps[place]))
            return false;
    return true;
}

static pii_status add_edges(pii__field_map *map, size_t state, word *from, word *to)
{
    uint16_t other, next;
    memcpy(from, set_of(map, state), map->words * sizeof *from);
    step_on(map, from, NULL, to);
    pii_status status = intern(map, to, &other);
    size_t first = map->edge_count;
    for (size_t i = 0; status == PII_OK && i < map->step_count; i++) {
        if (!first_of_name(map, from, i))
            continue;
        step_on(map, from, &map->steps[i], to);
        status = intern(map, to, &next);
        if (status == PII_OK)
            status = add_edge(map, &map->steps[i], next);
    }
    if (status != PII_OK)
        return status;
    map->states[state].other = other;
    map->states[state].edge_count = (uint16_t)(map->edge_count - first);
    for (size_t i = first; i < map->edge_count; i++)
        map->states[state].firsts |= pii__project_first((const uint8_t *)map->edges[i].name, map->edges[i].size);
    return PII_OK;
}

static pii_status make_states(pii__field_map *map)
{
    word *from = pii__allocate_array(&map->allocator, map->words, sizeof *from);
    word *to = pii__allocate_array(&map->allocator, map->words, sizeof *to);
    uint16_t first;
    pii_status status = from && to ? PII_OK : PII_ERROR_MEMORY;
    for (size_t i = 0; status == PII_OK && i < map->step_count; i++)
        if (!i || map->steps[i - 1].kind == END)
            add_place(map, to, i);
    if (status == PII_OK)
        status = intern(map, to, &first);
    for (size_t i = 0; status == PII_OK && i < map->state_count; i++)
        status = add_edges(map, i, from, to);
    pii__release(&map->allocator, from);
    pii__release(&map->allocator, to);
    return status;
}

pii_status pii__field_map_new(const pii_allocator *allocator, const pii__field_map_entry *entries, size_t count,
                              pii__field_map **ret)
{
    pii__field_map *map = pii__allocate(allocator, sizeof *map);
    if (!map)
        return PII_ERROR_MEMORY;
    map->allocator = *allocator;
    pii_status status = read_entries(map, entries, count);
    if (status == PII_OK)
        status = make_states(map);
    if (status != PII_OK) {
        pii__field_map_free(map);
        return status;
    }
    const pii__project_edge *edges = map->edges;
    for (size_t i = 0; i < map->state_count; i++) {
        map->states[i].edges = edges;
        edges += map->states[i].edge_count;
    }
    map->machine.name = "";
    map->machine.states = map->states;
    *ret = map;
    return PII_OK;
}
