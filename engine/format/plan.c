/* plan.c - paths to a machine, by the subset construction. A place is a step of an entry that has been come to; a
 * state is a set of places. */
#include "plan.h"

#include "limits.h"

typedef enum step_kind { NAMED, ANY, MANY, END } step_kind;

typedef struct step {
    step_kind kind;
    uint16_t size;
    uint16_t entry;
    const char *name; /* in `texts` */
} step;

typedef uint64_t word;

struct pii__plan {
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

void pii__plan_free(pii__plan *plan)
{
    if (!plan)
        return;
    pii_allocator own = plan->allocator;
    pii__release(&own, plan->states);
    pii__release(&own, plan->edges);
    pii__release(&own, plan->texts);
    pii__release(&own, plan->holds);
    pii__release(&own, plan->steps);
    pii__release(&own, plan->sets);
    pii__release(&own, plan);
}

const pii__project *pii__plan_machine(const pii__plan *plan)
{
    return plan ? &plan->machine : NULL;
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

static void add_steps(pii__plan *plan, char *path, uint16_t entry)
{
    while (*path == '/') {
        char *name = ++path;
        while (*path && *path != '/')
            path++;
        size_t size = (size_t)(path - name);
        bool stars = size && size <= 2 && strspn(name, "*") >= size;
        step *added = &plan->steps[plan->step_count++];
        *added = (step){.kind = stars ? (size == 1 ? ANY : MANY) : NAMED, .entry = entry, .name = name};
        added->size = (uint16_t)size;
    }
    plan->steps[plan->step_count++] = (step){.kind = END, .entry = entry};
}

static pii_status read_entries(pii__plan *plan, const pii__plan_entry *entries, size_t count)
{
    size_t text = 0, steps = 0;
    for (size_t i = 0; i < count; i++) {
        text += strlen(entries[i].path) + strlen(entries[i].holds) + 2;
        steps += count_steps(entries[i].path);
    }
    if (steps > PII__PLAN_STEPS_MAX || text > PII__PLAN_TEXT_MAX)
        return PII_ERROR_LIMIT;
    plan->texts = pii__allocate(&plan->allocator, text + 1);
    plan->holds = pii__allocate_array(&plan->allocator, count, sizeof *plan->holds);
    plan->steps = pii__allocate_array(&plan->allocator, steps + 1, sizeof *plan->steps);
    if (!plan->texts || !plan->holds || !plan->steps)
        return PII_ERROR_MEMORY;
    char *at = plan->texts;
    for (size_t i = 0; i < count; i++) {
        plan->holds[i] = strcpy(at, entries[i].holds);
        at += strlen(at) + 1;
        add_steps(plan, strcpy(at, entries[i].path), (uint16_t)i);
        at += strlen(entries[i].path) + 1;
    }
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].kind == NAMED)
            plan->steps[i].size = unescape(plan->texts + (plan->steps[i].name - plan->texts), plan->steps[i].size);
    plan->words = (plan->step_count + 63) / 64;
    return PII_OK;
}

/* ---- Sets ---- */

static bool has(const word *set, size_t place)
{
    return set[place / 64] >> (place % 64) & 1;
}

/* With the places behind steps that may be none. */
static void add_place(const pii__plan *plan, word *set, size_t place)
{
    for (;; place++) {
        set[place / 64] |= (word)1 << (place % 64);
        if (plan->steps[place].kind != MANY)
            return;
    }
}

static bool same_name(const step *a, const step *b)
{
    return a->size == b->size && memcmp(a->name, b->name, a->size) == 0;
}

/* Where a step leads; `name` NULL: one that is not named by any entry. */
static void step_on(const pii__plan *plan, const word *from, const step *name, word *to)
{
    memset(to, 0, plan->words * sizeof *to);
    for (size_t i = 0; i < plan->step_count; i++) {
        if (!has(from, i))
            continue;
        const step *here = &plan->steps[i];
        if (here->kind == MANY)
            add_place(plan, to, i);
        else if (here->kind == ANY || (here->kind == NAMED && name && same_name(here, name)))
            add_place(plan, to, i + 1);
    }
}

static const word *set_of(const pii__plan *plan, size_t state)
{
    return plan->sets + state * plan->words;
}

/* ---- States ---- */

/* What the first entry says that ends here. */
static void tell_state(const pii__plan *plan, const word *set, pii__project_state *state)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        if (!has(set, i) || plan->steps[i].kind != END)
            continue;
        size_t entry = plan->steps[i].entry;
        const char *holds = plan->holds[entry];
        state->facts |= UINT64_C(1) << (entry < 63 ? entry : 63);
        if (state->holds != PII__HOLDS_UNSAID)
            continue;
        bool never = strcmp(holds, "never") == 0, text = strcmp(holds, "text") == 0;
        state->holds = never ? PII__HOLDS_NEVER : text ? PII__HOLDS_TEXT : PII__HOLDS_ENTITY;
        state->entity = never || text ? NULL : holds;
    }
}

/* The state of a set, which may be new. */
static pii_status intern(pii__plan *plan, const word *set, uint16_t *ret)
{
    for (size_t i = 0; i < plan->state_count; i++)
        if (memcmp(set_of(plan, i), set, plan->words * sizeof *set) == 0) {
            *ret = (uint16_t)i;
            return PII_OK;
        }
    if (plan->state_count == PII__PLAN_STATES_MAX)
        return PII_ERROR_LIMIT;
    pii__project_state *states =
        pii__grow(&plan->allocator, plan->states, &plan->state_capacity, plan->state_count, sizeof *states);
    if (!states)
        return PII_ERROR_MEMORY;
    plan->states = states;
    word *sets = plan->sets;
    if (plan->state_count == plan->set_capacity) {
        sets = pii__reallocate(&plan->allocator, sets, plan->state_capacity * plan->words * sizeof *sets);
        if (!sets)
            return PII_ERROR_MEMORY;
        plan->sets = sets;
        plan->set_capacity = plan->state_capacity;
    }
    memcpy(sets + plan->state_count * plan->words, set, plan->words * sizeof *set);
    plan->states[plan->state_count] = (pii__project_state){.holds = PII__HOLDS_UNSAID};
    tell_state(plan, set, &plan->states[plan->state_count]);
    *ret = (uint16_t)plan->state_count++;
    return PII_OK;
}

static pii_status add_edge(pii__plan *plan, const step *name, uint16_t to)
{
    pii__project_edge *edges =
        pii__grow(&plan->allocator, plan->edges, &plan->edge_capacity, plan->edge_count, sizeof *edges);
    if (!edges)
        return PII_ERROR_MEMORY;
    plan->edges = edges;
    edges[plan->edge_count++] = (pii__project_edge){name->name, name->size, to};
    return PII_OK;
}

/* Whether a named step of a set is the first of its name there. */
static bool first_of_name(const pii__plan *plan, const word *set, size_t place)
{
    if (!has(set, place) || plan->steps[place].kind != NAMED)
        return false;
    for (size_t i = 0; i < place; i++)
        if (has(set, i) && plan->steps[i].kind == NAMED && same_name(&plan->steps[i], &plan->steps[place]))
            return false;
    return true;
}

static pii_status add_edges(pii__plan *plan, size_t state, word *from, word *to)
{
    uint16_t other, next;
    memcpy(from, set_of(plan, state), plan->words * sizeof *from);
    step_on(plan, from, NULL, to);
    pii_status status = intern(plan, to, &other);
    size_t first = plan->edge_count;
    for (size_t i = 0; status == PII_OK && i < plan->step_count; i++) {
        if (!first_of_name(plan, from, i))
            continue;
        step_on(plan, from, &plan->steps[i], to);
        status = intern(plan, to, &next);
        if (status == PII_OK)
            status = add_edge(plan, &plan->steps[i], next);
    }
    if (status != PII_OK)
        return status;
    plan->states[state].other = other;
    plan->states[state].edge_count = (uint16_t)(plan->edge_count - first);
    return PII_OK;
}

static pii_status make_states(pii__plan *plan)
{
    word *from = pii__allocate_array(&plan->allocator, plan->words, sizeof *from);
    word *to = pii__allocate_array(&plan->allocator, plan->words, sizeof *to);
    uint16_t first;
    pii_status status = from && to ? PII_OK : PII_ERROR_MEMORY;
    for (size_t i = 0; status == PII_OK && i < plan->step_count; i++)
        if (!i || plan->steps[i - 1].kind == END)
            add_place(plan, to, i);
    if (status == PII_OK)
        status = intern(plan, to, &first);
    for (size_t i = 0; status == PII_OK && i < plan->state_count; i++)
        status = add_edges(plan, i, from, to);
    pii__release(&plan->allocator, from);
    pii__release(&plan->allocator, to);
    return status;
}

pii_status pii__plan_new(const pii_allocator *allocator, const pii__plan_entry *entries, size_t count, pii__plan **ret)
{
    pii__plan *plan = pii__allocate(allocator, sizeof *plan);
    if (!plan)
        return PII_ERROR_MEMORY;
    plan->allocator = *allocator;
    pii_status status = read_entries(plan, entries, count);
    if (status == PII_OK)
        status = make_states(plan);
    if (status != PII_OK) {
        pii__plan_free(plan);
        return status;
    }
    const pii__project_edge *edges = plan->edges;
    for (size_t i = 0; i < plan->state_count; i++) {
        plan->states[i].edges = edges;
        edges += plan->states[i].edge_count;
    }
    plan->machine = (pii__project){.name = "", .states = plan->states};
    *ret = plan;
    return PII_OK;
}
