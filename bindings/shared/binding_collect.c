#include "binding_collect.h"

#include <stdlib.h>
#include <string.h>

/* Makes room for `more` further bytes; false: there is none. */
static bool reserve_bytes(pii__collection *collection, size_t more)
{
    if (more <= collection->capacity - collection->size)
        return true;
    if (more > SIZE_MAX / 4 - collection->size)
        return false;
    size_t capacity = (collection->size + more) * 2;
    char *data = realloc(collection->data, capacity);
    if (!data)
        return false;
    collection->data = data;
    collection->capacity = capacity;
    return true;
}

int pii__collect_pieces(void *context, const pii_piece *pieces, size_t count)
{
    pii__collection *collection = context;
    for (size_t i = 0; i < count; i++) {
        if (!reserve_bytes(collection, pieces[i].size)) {
            collection->out_of_memory = true;
            return 1;
        }
        if (pieces[i].size > 0)
            memcpy(collection->data + collection->size, pieces[i].data, pieces[i].size);
        collection->size += pieces[i].size;
    }
    return 0;
}

static bool reserve_finding(pii__collection *collection)
{
    if (collection->finding_count < collection->finding_capacity)
        return true;
    size_t capacity = collection->finding_capacity ? collection->finding_capacity * 2 : 16;
    pii_finding *findings = reallocarray(collection->findings, capacity, sizeof *findings);
    if (!findings)
        return false;
    collection->findings = findings;
    collection->finding_capacity = capacity;
    return true;
}

void pii__collect_finding(void *context, const pii_finding *finding)
{
    pii__collection *collection = context;
    bool room = reserve_finding(collection);
    char *path = room ? strdup(finding->path) : NULL, *block = room ? strdup(finding->block) : NULL;
    if (!path || !block) {
        free(path);
        free(block);
        collection->out_of_memory = true;
        return;
    }
    pii_finding *kept = &collection->findings[collection->finding_count++];
    *kept = *finding;
    kept->path = path;
    kept->block = block;
    kept->allow_hash = ""; /* the caller's memory; policies of bindings ask for none */
}

void pii__collection_clear(pii__collection *collection)
{
    for (size_t i = 0; i < collection->finding_count; i++) {
        free((char *)collection->findings[i].path);
        free((char *)collection->findings[i].block);
    }
    collection->finding_count = 0;
    collection->size = 0;
    collection->out_of_memory = false;
}

void pii__collection_free(pii__collection *collection)
{
    pii__collection_clear(collection);
    free(collection->findings);
    free(collection->data);
    *collection = (pii__collection){0};
}

pii_status pii__collect_write(pii__collection *collection, pii_stream *stream, const void *data, size_t size)
{
    pii__collection_clear(collection);
    pii_status status = pii_stream_write(stream, data, size, pii__collect_pieces, collection);
    return collection->out_of_memory ? PII_ERROR_MEMORY : status;
}

pii_status pii__collect_finish(pii__collection *collection, pii_stream *stream)
{
    pii__collection_clear(collection);
    pii_status status = pii_stream_finish(stream, pii__collect_pieces, collection);
    return collection->out_of_memory ? PII_ERROR_MEMORY : status;
}
