#include "allow.h"

#include <sodium.h>
#include <string.h>

#include "limits.h"
#include "normalise.h"

static void free_entry(const pii_allocator *allocator, pii__allow_entry *entry)
{
    pii__release(allocator, entry->entity);
    pii__release(allocator, entry->text);
    pii__place_pattern_free(allocator, &entry->where);
    pii__pattern_free(entry->pattern);
}

void pii__allow_list_free(const pii_allocator *allocator, pii__allow_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free_entry(allocator, &list->entries[i]);
    pii__release(allocator, list->entries);
    pii__release(allocator, list->hashes);
    *list = (pii__allow_list){0};
}

/* ---- Entries ---- */

/* Fills what is owned by the entry; what has been filled is freed with the list. */
static pii_status fill(const pii_allocator *allocator, pii__allow_entry *entry, const pii_place *where,
                       const char *entity, const void *text, size_t size)
{
    pii__value_text form;
    if (entry->kind == PII__ALLOW_VALUE) {
        if (!pii__value_normalise(entity, text, size, &form))
            return PII_ERROR_ARGUMENT;
        text = form.bytes;
        size = form.size;
    }
    entry->entity = pii__copy_string(allocator, entity, strlen(entity));
    entry->text = pii__copy_string(allocator, text, size);
    entry->size = size;
    pii_status status = entry->entity && entry->text ? PII_OK : PII_ERROR_MEMORY;
    if (status == PII_OK)
        status = pii__place_pattern_copy(allocator, where, &entry->where);
    if (status == PII_OK && entry->kind == PII__ALLOW_PATTERN)
        status = pii__pattern_new(allocator, entry->text, &entry->pattern);
    for (size_t i = 0; status == PII_OK && entry->kind == PII__ALLOW_DOMAIN && i < entry->size; i++)
        if (entry->text[i] >= 'A' && entry->text[i] <= 'Z')
            entry->text[i] = (char)(entry->text[i] - 'A' + 'a');
    return status;
}

pii_status pii__allow_add(const pii_allocator *allocator, pii__allow_list *list, pii__allow_kind kind,
                          const pii_place *where, const char *entity, const void *text, size_t size)
{
    if (list->count == PII__ALLOW_ENTRIES_MAX)
        return PII_ERROR_LIMIT;
    pii__allow_entry *entries = pii__grow(allocator, list->entries, &list->capacity, list->count, sizeof *entries);
    if (!entries)
        return PII_ERROR_MEMORY;
    list->entries = entries;
    entries[list->count] = (pii__allow_entry){.kind = kind};
    pii_status status = fill(allocator, &entries[list->count], where, entity, text, size);
    if (status == PII_OK)
        list->count++;
    else
        free_entry(allocator, &entries[list->count]);
    return status;
}

/* Where the hash is, or would have to be. */
static size_t place_of_hash(const pii__allow_list *list, const uint8_t *hash, bool *ret_found)
{
    size_t low = 0, high = list->hash_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (memcmp(list->hashes[middle].bytes, hash, PII__ALLOW_HASH_SIZE) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *ret_found = low < list->hash_count && !memcmp(list->hashes[low].bytes, hash, PII__ALLOW_HASH_SIZE);
    return low;
}

pii_status pii__allow_add_hash(const pii_allocator *allocator, pii__allow_list *list,
                               const uint8_t hash[PII__ALLOW_HASH_SIZE])
{
    bool found;
    size_t at = place_of_hash(list, hash, &found);
    if (found)
        return PII_OK;
    if (list->hash_count == PII__ALLOW_HASHES_MAX)
        return PII_ERROR_LIMIT;
    pii__allow_hash *hashes =
        pii__grow(allocator, list->hashes, &list->hash_capacity, list->hash_count, sizeof *hashes);
    if (!hashes)
        return PII_ERROR_MEMORY;
    list->hashes = hashes;
    memmove(hashes + at + 1, hashes + at, (list->hash_count - at) * sizeof *hashes);
    memcpy(hashes[at].bytes, hash, PII__ALLOW_HASH_SIZE);
    list->hash_count++;
    return PII_OK;
}

bool pii__allow_hash_of(const pii__found *found, uint8_t ret[PII__ALLOW_HASH_SIZE])
{
    if (!found->placed || !found->value)
        return false;
    const uint8_t sizes[] = {0, (uint8_t)found->before, (uint8_t)found->after};
    crypto_hash_sha256_state state;
    (void)crypto_hash_sha256_init(&state);
    (void)crypto_hash_sha256_update(&state, (const uint8_t *)found->path, strlen(found->path));
    (void)crypto_hash_sha256_update(&state, sizes, sizeof sizes);
    (void)crypto_hash_sha256_update(&state, found->value - found->before, found->before + found->size + found->after);
    (void)crypto_hash_sha256_final(&state, ret);
    pii__wipe(&state, sizeof state);
    return true;
}

/* ---- Findings ---- */

void pii__allow_memory_init(pii__allow_memory *memory, const pii_allocator *allocator)
{
    *memory = (pii__allow_memory){0};
    pii__view_init(&memory->view, allocator);
}

void pii__allow_memory_free(pii__allow_memory *memory)
{
    pii__view_free(&memory->view);
    pii__matcher_free(memory->matcher);
}

static bool same_letter(uint8_t a, char small)
{
    return a == (uint8_t)small || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == small);
}

/* Of a web address: what a browser would connect to; of an e-mail address: what is behind the @. */
static void find_host(const pii__view *view, size_t *ret_begin, size_t *ret_end)
{
    size_t begin = 0, end;
    for (size_t i = 0; i + 3 <= view->size && !begin; i++)
        if (!memcmp(view->bytes + i, "://", 3))
            begin = i + 3;
    for (end = begin; end < view->size && !memchr("/\\?#", view->bytes[end], 4); end++)
        if (view->bytes[end] == '@')
            begin = end + 1;
    for (size_t i = begin; i < end; i++)
        if (view->bytes[i] == ':')
            end = i;
    *ret_begin = begin;
    *ret_end = end;
}

static bool domain_fits(const pii__allow_entry *entry, const pii__view *view)
{
    size_t begin, end;
    find_host(view, &begin, &end);
    if (end - begin < entry->size || (end - begin > entry->size && view->bytes[end - entry->size - 1] != '.'))
        return false;
    for (size_t i = 0; i < entry->size; i++)
        if (!same_letter(view->bytes[end - entry->size + i], entry->text[i]))
            return false;
    return true;
}

/* A limit of the engine means no more than that the pattern does not fit. */
static pii_status pattern_fits(const pii__allow_entry *entry, pii__allow_memory *memory, bool *ret)
{
    const pii__view *view = &memory->view;
    pii__subject subject = {.text = view->bytes, .size = view->size, .at_start = true, .at_end = true};
    pii__match match = {0};
    bool found = false;
    if (!memory->matcher) {
        pii_status status = pii__matcher_new(view->allocator, &memory->matcher);
        if (status != PII_OK)
            return status;
    }
    pii_status status = pii__pattern_search(entry->pattern, memory->matcher, &subject, 0, 1, &found, &match);
    *ret = status == PII_OK && found && match.begin == 0 && match.end == view->size;
    return status == PII_ERROR_MEMORY ? status : PII_OK;
}

static pii_status entry_fits(const pii__allow_entry *entry, pii__allow_memory *memory, const pii__found *found,
                             bool *ret)
{
    *ret = false;
    if (strcmp(entry->entity, found->entity) != 0 || !pii__place_fits(&entry->where, found->project, found->path))
        return PII_OK;
    switch (entry->kind) {
    case PII__ALLOW_PATTERN: return pattern_fits(entry, memory, ret);
    case PII__ALLOW_DOMAIN: *ret = domain_fits(entry, &memory->view); return PII_OK;
    default:
        *ret = memory->form.size == entry->size && !memcmp(memory->form.bytes, entry->text, entry->size);
        return PII_OK;
    }
}

pii_status pii__allowed(const pii__allow_list *list, pii__allow_memory *memory, const pii__found *found, bool *ret)
{
    uint8_t hash[PII__ALLOW_HASH_SIZE];
    *ret = false;
    if (!found->value)
        return PII_OK;
    if (list->hash_count && pii__allow_hash_of(found, hash))
        (void)place_of_hash(list, hash, ret);
    if (*ret || !list->count)
        return PII_OK;
    if (!pii__value_normalise(found->entity, found->value, found->size, &memory->form))
        return PII_OK;
    pii_status status = pii__view_build(&memory->view, found->value, found->size, true, false);
    for (size_t i = 0; status == PII_OK && !*ret && i < list->count; i++)
        status = entry_fits(&list->entries[i], memory, found, ret);
    pii__value_wipe(&memory->form);
    return status;
}
