#include <string.h>

#include "entity.h"
#include "known.h"
#include "known_variants.h"
#include "memory.h"
#include "view.h"

enum { entities_max = 256 /* as many as a slot can tell apart */ };

struct pii_known_builder {
    pii_allocator allocator;
    pii__known_state *states;
    size_t count;
    size_t capacity;
    char (*entities)[PII__NAME_SIZE_MAX + 1];
    size_t entity_count;
    size_t value_count;
    size_t width;
    size_t shortest;
    uint8_t entity; /* of the value that is being added */
};

pii_status pii_known_builder_new(const pii_allocator *allocator, pii_known_builder **ret)
{
    if (!ret)
        return PII_ERROR_ARGUMENT;
    pii_allocator own = pii__allocator_or_default(allocator);
    pii_known_builder *builder = pii__allocate(&own, sizeof *builder);
    if (!builder)
        return PII_ERROR_MEMORY;
    builder->allocator = own;
    builder->shortest = SIZE_MAX;
    *ret = builder;
    return PII_OK;
}

void pii_known_builder_free(pii_known_builder *builder)
{
    if (!builder)
        return;
    pii_allocator own = builder->allocator;
    pii__release(&own, builder->states);
    pii__release(&own, builder->entities);
    pii__release(&own, builder);
}

static pii_status choose_entity(pii_known_builder *builder, const char *entity)
{
    size_t index = 0;
    while (index < builder->entity_count && strcmp(builder->entities[index], entity) != 0)
        index++;
    builder->entity = (uint8_t)index;
    if (index < builder->entity_count)
        return PII_OK;
    if (index == entities_max)
        return PII_ERROR_LIMIT;
    void *entities = pii__reallocate(&builder->allocator, builder->entities, (index + 1) * sizeof *builder->entities);
    if (!entities)
        return PII_ERROR_MEMORY;
    builder->entities = entities;
    memcpy(builder->entities[index], entity, strlen(entity) + 1);
    builder->entity_count++;
    return PII_OK;
}

/* What the filters know a word by. False: it begins with what a text may write in more
 * ways than one, so that they are not asked. */
static bool head_of(const pii__known_piece *word, uint32_t *ret)
{
    uint8_t head[8] = {0};
    memcpy(head, word->bytes, word->size < sizeof head ? word->size : sizeof head);
    for (size_t i = 0; i < sizeof head; i++)
        if (head[i] >= 0x80)
            return false;
    *ret = pii__known_head(pii__load_word(head));
    return true;
}

/* Which filters the state after piece `index` is in. */
static uint8_t filters_of(const pii__known_piece *pieces, size_t count, size_t index, bool as_name, uint32_t *ret_key)
{
    uint32_t first;
    if (index > 1 || !head_of(&pieces[index], ret_key))
        return 0;
    if (index == 0) {
        bool alone = count == 1 || (pieces[0].size == 1 && !as_name);
        unsigned heads = pieces[0].size < PII__WORD_HEAD ? 1u << PII__KNOWN_HEADS : 1u << PII__KNOWN_WIDE_HEADS;
        return (uint8_t)(heads | (alone ? 1u << PII__KNOWN_ALONE : 0));
    }
    if (!head_of(&pieces[0], &first))
        return 0;
    *ret_key = pii__known_pair(first, *ret_key);
    return 1u << PII__KNOWN_PAIRS;
}

/* Adds the states of one way to write the value. */
static pii_status take(void *context, const pii__known_piece *pieces, size_t count, bool as_name)
{
    pii_known_builder *builder = context;
    uint64_t sum = 0;
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        pii__known_state *states = pii__grow(&builder->allocator, builder->states, &builder->capacity,
                                             builder->count, sizeof *states);
        if (!states)
            return PII_ERROR_MEMORY;
        builder->states = states;
        sum = pii__known_step(sum, pieces[i].sign, pii__known_sum(pieces[i].bytes, pieces[i].size));
        size += pieces[i].size;
        unsigned info = i + 1 < count ? PII__KNOWN_GOES_ON : PII__KNOWN_ENDS;
        pii__known_state state = {.sum = sum, .entity = builder->entity};
        state.info = (uint8_t)(as_name ? info << 1 : info);
        state.filters = filters_of(pieces, count, i, as_name, &state.key);
        states[builder->count++] = state;
    }
    size_t width = PII__KNOWN_LETTER_BYTES * size + PII__KNOWN_GAP_MAX * (count - 1);
    builder->width = width > builder->width ? width : builder->width;
    builder->shortest = size < builder->shortest ? size : builder->shortest;
    return PII_OK;
}

/* The value in one of its two spellings; `*ret_spelled`: there is a second one. */
static pii_status add_spelling(pii_known_builder *builder, const pii__view *view, bool spell_out, unsigned options,
                               bool *ret_spelled)
{
    pii__known_value value;
    bool person = !strcmp(builder->entities[builder->entity], "PERSON") && !(options & PII_KNOWN_EXACT);
    pii_status status = PII_ERROR_LIMIT;
    if (pii__known_value_read(view->bytes, view->size, spell_out, &value)) {
        *ret_spelled = value.spelled;
        if (value.letters < 2)
            status = PII_ERROR_ARGUMENT;
        else if (person && !value.alone)
            status = pii__known_name(&value, options, take, builder);
        else
            status = pii__known_exact(&value, take, builder);
    }
    pii__wipe(&value, sizeof value);
    return status;
}

static pii_status add(pii_known_builder *builder, const char *entity, const void *value, size_t size, unsigned options)
{
    pii__view view;
    bool spelled = false;
    pii_status status = choose_entity(builder, entity);
    if (status != PII_OK)
        return status;
    pii__view_init(&view, &builder->allocator);
    status = pii__view_build(&view, value, size, true, false);
    if (status == PII_OK)
        status = add_spelling(builder, &view, false, options, &spelled);
    if (status == PII_OK && spelled)
        status = add_spelling(builder, &view, true, options, &spelled);
    pii__view_free(&view);
    return status;
}

pii_status pii_known_builder_add(pii_known_builder *builder, const char *entity, const void *value, size_t size,
                                 unsigned options)
{
    const unsigned all = PII_KNOWN_EXACT | PII_KNOWN_GIVEN_ALONE | PII_KNOWN_SURNAME_ALONE;
    if (!builder || !entity || !pii__entity_name_valid(entity) || (!value && size) || options & ~all ||
        (options && strcmp(entity, "PERSON") != 0))
        return PII_ERROR_ARGUMENT;
    if (size > PII__KNOWN_SOURCE_SIZE_MAX || builder->value_count == PII__KNOWN_VALUES_MAX)
        return PII_ERROR_LIMIT;
    size_t count = builder->count, width = builder->width, shortest = builder->shortest;
    size_t entity_count = builder->entity_count;
    pii_status status = size ? add(builder, entity, value, size, options) : PII_ERROR_ARGUMENT;
    if (status == PII_OK) {
        builder->value_count++;
        return PII_OK;
    }
    builder->count = count;
    builder->width = width;
    builder->shortest = shortest;
    builder->entity_count = entity_count;
    return status;
}

pii_status pii_known_builder_finish(const pii_known_builder *builder, pii_known **ret)
{
    pii_known *known;
    if (!builder || !ret)
        return PII_ERROR_ARGUMENT;
    pii_status status = pii__known_new(&builder->allocator, builder->states, builder->count, &known);
    if (status != PII_OK)
        return status;
    known->entities = pii__allocate_array(&builder->allocator, builder->entity_count, sizeof *known->entities);
    if (!known->entities) {
        pii_known_free(known);
        return PII_ERROR_MEMORY;
    }
    if (builder->entity_count)
        memcpy(known->entities, builder->entities, builder->entity_count * sizeof *known->entities);
    known->entity_count = builder->entity_count;
    known->value_count = builder->value_count;
    known->width = builder->width;
    known->shortest = builder->shortest;
    *ret = known;
    return PII_OK;
}
