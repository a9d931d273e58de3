#include "ruleset.h"

#include <string.h>

#include "entity.h"
#include "memory.h"

size_t pii__ruleset_find_entity(const pii_ruleset *ruleset, const char *name)
{
    for (size_t i = 0; i < ruleset->entity_count; i++)
        if (pii__entity_is(ruleset->entities[i].name, name))
            return i;
    return SIZE_MAX;
}

static char *copy_text(const pii_ruleset *set, const char *text)
{
    return text ? pii__copy_string(&set->allocator, text, strlen(text)) : NULL;
}

static char *make_replacement(const pii_ruleset *set, const char *name)
{
    size_t size = strlen(name);
    char *text = pii__allocate(&set->allocator, size + 3);
    if (text) {
        text[0] = '[';
        memcpy(text + 1, name, size);
        text[size + 1] = ']';
    }
    return text;
}

static pii_status add_entity(pii_ruleset *set, const char *name, bool on, size_t *ret)
{
    size_t known = pii__ruleset_find_entity(set, name);
    if (known == SIZE_MAX) {
        if (set->entity_count == PII__ENTITIES_MAX)
            return PII_ERROR_LIMIT;
        known = set->entity_count++;
        pii__ruleset_entity *entity = &set->entities[known];
        entity->name = copy_text(set, name);
        entity->replacement = make_replacement(set, name);
        entity->on = on;
        if (!entity->name || !entity->replacement)
            return PII_ERROR_MEMORY;
    }
    *ret = known;
    return PII_OK;
}

static pii_status add_builtin_entities(pii_ruleset *set)
{
    for (size_t i = 0; i < pii__entity_count; i++) {
        size_t index;
        pii_status status = add_entity(set, pii__entities[i].name, pii__entities[i].on, &index);
        if (status != PII_OK)
            return status;
    }
    return PII_OK;
}

/* `text` is one that the ruleset keeps. */
static pii_status add_context(pii_ruleset *set, const char *text, const pii__pattern **ret)
{
    size_t size = strlen(text);
    pii__ruleset_context *context = set->contexts, *end = set->contexts + set->context_count;
    while (context < end && (context->size != size || memcmp(context->text, text, size) != 0))
        context++;
    if (context == end) {
        *context = (pii__ruleset_context){.text = text, .size = size};
        pii_status status = pii__pattern_new(&set->allocator, text, &context->pattern);
        if (status != PII_OK)
            return status;
        set->context_count++;
    }
    *ret = context->pattern;
    return PII_OK;
}

/* A weight without words would do nothing: both or neither. */
static pii_status copy_context(pii_ruleset *set, const pii__context *from, pii__context *to, const pii__pattern **ret)
{
    if (!from->pattern)
        return PII_OK;
    to->weight = from->weight;
    to->pattern = copy_text(set, from->pattern);
    return to->pattern ? add_context(set, to->pattern, ret) : PII_ERROR_MEMORY;
}

/* A rule that is added only in part is still one that can be freed. */
static pii_status add_rule(pii_ruleset *set, const pii__rule_definition *definition)
{
    pii__rule *rule = &set->rules[set->rule_count++];
    pii__rule_definition *own = &rule->definition;
    *own = *definition;
    own->boost = own->suppress = (pii__context){0};
    own->id = copy_text(set, definition->id);
    own->entity = copy_text(set, definition->entity);
    own->description = copy_text(set, definition->description);
    own->pattern = copy_text(set, definition->pattern);
    own->gate_text = copy_text(set, definition->gate_text);
    if (!own->id || !own->entity || !own->description || !own->pattern || !own->gate_text)
        return PII_ERROR_MEMORY;
    pii_status status = add_entity(set, own->entity, own->entity_on, &rule->entity);
    if (status == PII_OK)
        status = pii__pattern_new(&set->allocator, own->pattern, &rule->pattern);
    if (status == PII_OK)
        status = copy_context(set, &definition->boost, &own->boost, &rule->boost);
    if (status == PII_OK)
        status = copy_context(set, &definition->suppress, &own->suppress, &rule->suppress);
    return status;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* One byte more than a rule sees shows where a match really ends: marks on its
 * last character belong to it. */
static void measure(pii_ruleset *set)
{
    for (size_t i = 0; i < set->rule_count; i++) {
        const pii__rule_definition *rule = &set->rules[i].definition;
        set->behind = larger(set->behind, rule->behind);
        set->width_max = larger(set->width_max, rule->width_max);
        set->reach = larger(set->reach, (size_t)rule->width_max + rule->ahead + 1);
        for (size_t k = 0; k < rule->gate_count; k++)
            set->far = larger(set->far, rule->gates[k].far);
    }
}

/* Holds everywhere. */
static const pii__shape no_condition = {
    .count = 1,
    .fingerprint = {{{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}},
                    {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}},
                    {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}}},
};

static size_t gates_of(const pii__rule_definition *rule)
{
    return rule->gate_count ? rule->gate_count : 1;
}

static pii_status add_gate(pii_ruleset *set, uint32_t rule, const pii__gate *gate)
{
    pii__ruleset_gate *own = &set->gates[set->gate_count++];
    *own = (pii__ruleset_gate){.rule = rule, .gate = *gate};
    own->gate.shape = NULL;
    own->gate.words = NULL;
    own->gate.ending = NULL;
    if (gate->ending) {
        pii__ending_gate *ending = pii__allocate(&set->allocator, sizeof *ending);
        if (!ending)
            return PII_ERROR_MEMORY;
        *ending = *gate->ending;
        own->gate.ending = ending;
    }
    if (!gate->words)
        return PII_OK;
    pii__word_gate *words = pii__allocate(&set->allocator, sizeof *words);
    if (!words)
        return PII_ERROR_MEMORY;
    *words = *gate->words;
    words->words = (pii__word_set){NULL, 0};
    own->gate.words = words;
    return PII_OK;
}

/* All gates in a row, and their shapes. */
static pii_status add_gates(pii_ruleset *set, const pii__shape **shapes)
{
    pii_status status = PII_OK;
    for (size_t i = 0; i < set->rule_count && status == PII_OK; i++) {
        const pii__rule_definition *rule = &set->rules[i].definition;
        const pii__gate anywhere = {.shape = &no_condition};
        for (size_t k = 0; k < gates_of(rule) && status == PII_OK; k++) {
            const pii__gate *gate = rule->gate_count ? &rule->gates[k] : &anywhere;
            shapes[set->gate_count] = gate->shape;
            status = add_gate(set, (uint32_t)i, gate);
        }
    }
    return status;
}

/* `plan` as for pii__ruleset_new. */
static pii_status make_gates(pii_ruleset *set, const pii__plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < set->rule_count; i++)
        count += gates_of(&set->rules[i].definition);
    const pii__shape **shapes = pii__allocate_array(&set->allocator, count, sizeof *shapes);
    set->gates = pii__allocate_array(&set->allocator, count, sizeof *set->gates);
    pii_status status = shapes && set->gates ? add_gates(set, shapes) : PII_ERROR_MEMORY;
    if (status == PII_OK && !plan) {
        status = pii__plan_new(&set->allocator, shapes, count, &set->own_plan);
        plan = set->own_plan;
    }
    set->plan = plan;
    pii__release(&set->allocator, shapes);
    return status;
}

/* The words of the contexts of each rule, then those of the gates. */
static void gather_words(const pii_ruleset *set, const pii__rule_definition *definitions, pii__word_set *ret)
{
    pii__word_set *gate_words = ret + 2 * set->rule_count;
    for (size_t i = 0; i < set->rule_count; i++) {
        *ret++ = definitions[i].boost.words;
        *ret++ = definitions[i].suppress.words;
        for (size_t k = 0; k < gates_of(&definitions[i]); k++, gate_words++)
            if (definitions[i].gate_count && definitions[i].gates[k].words)
                *gate_words = definitions[i].gates[k].words->words;
    }
}

static pii_status make_lexicon(pii_ruleset *set, const pii__rule_definition *definitions)
{
    size_t contexts = 2 * set->rule_count, count = contexts + set->gate_count;
    pii__word_set *words = pii__allocate_array(&set->allocator, count, sizeof *words);
    uint64_t *bits = pii__allocate_array(&set->allocator, count, sizeof *bits);
    pii_status status = PII_ERROR_MEMORY;
    if (words && bits) {
        gather_words(set, definitions, words);
        status = pii__lexicon_new(&set->allocator, words, count, bits, &set->lexicon);
    }
    for (size_t i = 0; i < set->rule_count && status == PII_OK; i++) {
        set->rules[i].boost_sets = bits[2 * i];
        set->rules[i].suppress_sets = bits[2 * i + 1];
    }
    for (size_t i = 0; i < set->gate_count && status == PII_OK; i++)
        set->gates[i].word_sets = bits[contexts + i];
    pii__release(&set->allocator, words);
    pii__release(&set->allocator, bits);
    return status;
}

static void release_ruleset(pii_ruleset *set)
{
    pii_allocator allocator = set->allocator;
    for (size_t i = 0; i < set->rule_count; i++) {
        pii__rule *rule = &set->rules[i];
        const pii__rule_definition *own = &rule->definition;
        const char *texts[] = {own->id,        own->entity,        own->description,     own->pattern,
                               own->gate_text, own->boost.pattern, own->suppress.pattern};
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
            pii__release(&allocator, (void *)(uintptr_t)texts[k]);
        pii__pattern_free(rule->pattern);
    }
    for (size_t i = 0; i < set->context_count; i++)
        pii__pattern_free(set->contexts[i].pattern);
    for (size_t i = 0; i < set->entity_count; i++) {
        pii__release(&allocator, set->entities[i].name);
        pii__release(&allocator, set->entities[i].replacement);
    }
    for (size_t i = 0; i < set->gate_count; i++) {
        pii__release(&allocator, (void *)(uintptr_t)set->gates[i].gate.words);
        pii__release(&allocator, (void *)(uintptr_t)set->gates[i].gate.ending);
    }
    pii__release(&allocator, set->gates);
    pii__lexicon_free(set->lexicon);
    pii__plan_free(set->own_plan);
    pii__release(&allocator, set->rules);
    pii__release(&allocator, set->entities);
    pii__release(&allocator, set->contexts);
    pii__release(&allocator, set);
}

pii_status pii__ruleset_new(const pii_allocator *allocator, const pii__rule_definition *definitions, size_t count,
                            const pii__plan *plan, pii_ruleset **ret)
{
    if (count > PII__RULES_MAX)
        return PII_ERROR_LIMIT;
    pii_ruleset *set = pii__allocate(allocator, sizeof *set);
    if (!set)
        return PII_ERROR_MEMORY;
    set->allocator = *allocator;
    atomic_init(&set->references, 1);
    set->rules = pii__allocate_array(allocator, count, sizeof *set->rules);
    set->entities = pii__allocate_array(allocator, PII__ENTITIES_MAX, sizeof *set->entities);
    set->contexts = pii__allocate_array(allocator, count, 2 * sizeof *set->contexts);
    pii_status status = set->rules && set->entities && set->contexts ? add_builtin_entities(set) : PII_ERROR_MEMORY;
    for (size_t i = 0; status == PII_OK && i < count; i++)
        status = add_rule(set, &definitions[i]);
    if (status == PII_OK)
        status = make_gates(set, plan);
    if (status == PII_OK)
        status = make_lexicon(set, definitions);
    if (status != PII_OK) {
        release_ruleset(set);
        return status;
    }
    measure(set);
    *ret = set;
    return PII_OK;
}

pii_ruleset *pii_ruleset_ref(pii_ruleset *ruleset)
{
    if (ruleset)
        atomic_fetch_add_explicit(&ruleset->references, 1, memory_order_relaxed);
    return ruleset;
}

void pii_ruleset_free(pii_ruleset *ruleset)
{
    if (ruleset && atomic_fetch_sub_explicit(&ruleset->references, 1, memory_order_acq_rel) == 1)
        release_ruleset(ruleset);
}

size_t pii_ruleset_size(const pii_ruleset *ruleset)
{
    return ruleset ? ruleset->rule_count : 0;
}

size_t pii_ruleset_hold_back(const pii_ruleset *ruleset)
{
    return ruleset ? ruleset->behind + ruleset->reach : 0;
}

pii_status pii_ruleset_rule(const pii_ruleset *ruleset, size_t index, pii_rule_info *ret)
{
    if (!ruleset || !ret || index >= ruleset->rule_count)
        return PII_ERROR_ARGUMENT;
    const pii__rule *rule = &ruleset->rules[index];
    const pii__rule_definition *definition = &rule->definition;
    *ret = (pii_rule_info){
        .id = definition->id,
        .entity = definition->entity,
        .description = definition->description,
        .pattern = definition->pattern,
        .validator = definition->validator ? definition->validator->name : "",
        .gate = definition->gate_text,
        .confidence = definition->confidence,
        .width_min = definition->width_min,
        .width_max = definition->width_max,
        .behind = definition->behind,
        .ahead = definition->ahead,
    };
    return PII_OK;
}
