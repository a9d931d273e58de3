#include "field_findings.h"

#include "entity.h"
#include "written.h"

static bool is_entity(const char *what)
{
    return pii__entity_name_valid(what);
}

pii_status pii__policy_field_map(const pii_ruleset *ruleset, const pii_policy *policy, const pii_allocator *allocator,
                           pii__field_map **ret)
{
    *ret = NULL;
    if (!policy || !policy->field_count)
        return PII_OK;
    pii__field_map_entry *entries = pii__allocate_array(allocator, policy->field_count, sizeof *entries);
    pii_status status = entries ? PII_OK : PII_ERROR_MEMORY;
    for (size_t i = 0; status == PII_OK && i < policy->field_count; i++) {
        const pii__policy_field *field = &policy->fields[i];
        if (is_entity(field->what) && pii__ruleset_find_entity(ruleset, field->what) == SIZE_MAX)
            status = PII_ERROR_ARGUMENT;
        entries[i] = (pii__field_map_entry){field->path, field->what};
    }
    if (status == PII_OK)
        status = pii__field_map_new(allocator, entries, policy->field_count, ret);
    pii__release(allocator, entries);
    return status;
}

/* Where the fence behind a field stands, which has ended. */
static uint64_t text_end(const pii__tape *tape, size_t index)
{
    bool last = index + 1 == tape->field_count;
    return (last ? tape->text_base + tape->text.size : tape->fields[index + 1].at) - 1;
}

/* The text of a field that has ended; NULL: it is not at hand any more. */
static const uint8_t *text_of(const pii__tape *tape, const pii__field *field, uint64_t end, size_t *ret_size)
{
    *ret_size = field->aside_size ? field->aside_size : (size_t)(end - field->at);
    if (field->aside_size)
        return tape->aside.bytes + field->aside_at;
    return field->at >= tape->text_base ? tape->text.bytes + (field->at - tape->text_base) : NULL;
}

pii_status pii__field_next(const pii__tape *tape, const pii_ruleset *ruleset, uint64_t limit, size_t *index,
                           pii__span *ret, bool *ret_found)
{
    *ret_found = false;
    for (; *index < tape->field_count && tape->fields[*index].at < limit; ++*index) {
        const pii__field *field = &tape->fields[*index];
        bool open = tape->open && *index + 1 == tape->field_count;
        if (!field->entity || open)
            continue;
        uint64_t end = text_end(tape, *index);
        size_t size;
        const uint8_t *text = text_of(tape, field, end, &size);
        if (text && pii__is_written(text, size, field->entity))
            continue;
        size_t entity = pii__ruleset_find_entity(ruleset, field->entity);
        if (entity == SIZE_MAX)
            return PII_ERROR_ARGUMENT;
        *ret = (pii__span){
            .begin = field->at, .end = end, .confidence = 1, .rule = UINT32_MAX - (uint32_t)entity};
        *ret_found = true;
        ++*index;
        return PII_OK;
    }
    return PII_OK;
}
