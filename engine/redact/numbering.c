#include "numbering.h"

#include <string.h>

#include "limits.h"

enum {
    first_buckets = 64,
    chain_max = 64 /* values of one bucket; a text made to fill one gets no more numbers, and costs no more */
};

void pii__numbering_init(pii__numbering *numbering, const pii_allocator *allocator)
{
    *numbering = (pii__numbering){.allocator = allocator};
    pii__buffer_init(&numbering->values, allocator, SIZE_MAX / 4);
}

void pii__numbering_free(pii__numbering *numbering)
{
    pii__buffer_free(&numbering->values);
    pii__release(numbering->allocator, numbering->items);
    pii__release(numbering->allocator, numbering->buckets);
}

void pii__numbering_restart(pii__numbering *numbering)
{
    pii__buffer_clear(&numbering->values);
    numbering->count = 0;
    if (numbering->bucket_count)
        memset(numbering->buckets, 0, numbering->bucket_count * sizeof *numbering->buckets);
}

/* FNV-1a: quick, and no secret. */
static uint32_t hash_of(const uint8_t *bytes, size_t size)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static uint32_t *bucket_of(const pii__numbering *numbering, uint32_t hash)
{
    return &numbering->buckets[hash & (numbering->bucket_count - 1)];
}

static pii_status grow_buckets(pii__numbering *numbering)
{
    size_t count = numbering->bucket_count ? numbering->bucket_count * 2 : first_buckets;
    uint32_t *buckets = pii__allocate_array(numbering->allocator, count, sizeof *buckets);
    if (!buckets)
        return PII_ERROR_MEMORY;
    pii__release(numbering->allocator, numbering->buckets);
    numbering->buckets = buckets;
    numbering->bucket_count = count;
    for (size_t i = 0; i < numbering->count; i++) {
        uint32_t *bucket = bucket_of(numbering, numbering->items[i].hash);
        numbering->items[i].next = *bucket;
        *bucket = (uint32_t)(i + 1);
    }
    return PII_OK;
}

/* The value is the last of `values`, not counted yet. */
static pii_status add(pii__numbering *numbering, pii__numbered item, const char *entity)
{
    pii__numbered *items =
        pii__grow(numbering->allocator, numbering->items, &numbering->capacity, numbering->count, sizeof *items);
    if (!items)
        return PII_ERROR_MEMORY;
    numbering->items = items;
    item.number = 1;
    for (size_t i = numbering->count; i > 0 && item.number == 1; i--)
        if (!strcmp((const char *)numbering->values.bytes + items[i - 1].at, entity))
            item.number = items[i - 1].number + 1;
    uint32_t *bucket = bucket_of(numbering, item.hash);
    item.next = *bucket;
    items[numbering->count++] = item;
    *bucket = (uint32_t)numbering->count;
    return PII_OK;
}

static pii_status find_or_add(pii__numbering *numbering, pii__numbered item, const char *entity, uint32_t *ret)
{
    const uint8_t *bytes = numbering->values.bytes;
    size_t length = 0;
    for (uint32_t i = *bucket_of(numbering, item.hash); i; i = numbering->items[i - 1].next, length++) {
        const pii__numbered *other = &numbering->items[i - 1];
        if (other->hash == item.hash && other->size == item.size &&
            !memcmp(bytes + other->at, bytes + item.at, item.size)) {
            *ret = other->number;
            return PII_OK;
        }
    }
    *ret = 0;
    if (length >= chain_max || numbering->count >= PII__NUMBERED_MAX)
        return PII_OK;
    pii_status status = add(numbering, item, entity);
    if (status == PII_OK)
        *ret = numbering->items[numbering->count - 1].number;
    return status;
}

pii_status pii__numbering_find(pii__numbering *numbering, const char *entity, const uint8_t *value, size_t size,
                               uint32_t *ret)
{
    pii__buffer *values = &numbering->values;
    pii__numbered item = {.at = values->size, .size = (uint32_t)(strlen(entity) + 1 + size)};
    size_t count = numbering->count;
    pii_status status = count >= numbering->bucket_count ? grow_buckets(numbering) : PII_OK;
    if (status == PII_OK)
        status = pii__buffer_append(values, entity, strlen(entity) + 1);
    if (status == PII_OK)
        status = pii__buffer_append(values, value, size);
    if (status == PII_OK) {
        item.hash = hash_of(values->bytes + item.at, item.size);
        status = find_or_add(numbering, item, entity, ret);
    }
    if (numbering->count == count) /* it was there, or is not kept */
        values->size = item.at;
    return status;
}
