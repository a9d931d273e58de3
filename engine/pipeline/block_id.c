#include "block_id.h"

#include <string.h>

#include "memory.h"

static void free_segment(pii__segment *segment)
{
    pii_allocator own = segment->allocator;
    pii__segment_free(segment);
    pii__release(&own, segment);
}

void pii__block_id_free(pii__block_id *block)
{
    if (block->segment)
        free_segment(block->segment);
    pii__wipe(block, sizeof *block);
}

static pii_status make_segment(pii__block_id *block, const pii__segment *document)
{
    pii__segment *segment = pii__allocate(&document->allocator, sizeof *segment);
    if (!segment)
        return PII_ERROR_MEMORY;
    pii_status status =
        pii__segment_init(segment, document->ruleset, document->treatment.policy, &document->allocator);
    if (status == PII_OK)
        block->segment = segment;
    else
        free_segment(segment);
    return status;
}

static bool is_plain(const uint8_t *id, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (id[i] <= ' ' || id[i] >= 0x7F)
            return false;
    return true;
}

/* An id that cannot be scanned is taken for one in which something is found. */
static pii_status scan(pii__block_id *block, const uint8_t *id, size_t size, bool *ret_clean)
{
    pii__segment_restart(block->segment);
    pii_status status = pii__segment_feed(block->segment, id, size, 0, true);
    *ret_clean = status == PII_OK && block->segment->resolver.closed_count == 0;
    return status == PII_ERROR_MEMORY ? status : PII_OK;
}

static pii_status choose(pii__block_id *block, const pii__segment *document, const uint8_t *id, size_t size,
                         bool *ret_clean)
{
    pii_status status = block->segment ? PII_OK : make_segment(block, document);
    if (status == PII_OK && block->known_version != document->known_version)
        status = pii__segment_set_known(block->segment, document->known.known);
    return status == PII_OK ? scan(block, id, size, ret_clean) : status;
}

pii_status pii__block_id_show(pii__block_id *block, const pii__segment *document, const uint8_t *id, size_t size,
                              const char **ret)
{
    if (!size || !is_plain(id, size)) {
        *ret = "";
        return PII_OK;
    }
    bool same = block->size == size && memcmp(block->id, id, size) == 0;
    if (!same || block->known_version != document->known_version) {
        bool clean;
        block->size = 0;
        pii_status status = choose(block, document, id, size, &clean);
        if (status != PII_OK)
            return status;
        block->known_version = document->known_version;
        block->size = size;
        memcpy(block->id, id, size);
        memcpy(block->text, id, clean ? size : 0);
        block->text[clean ? size : 0] = '\0';
    }
    *ret = block->text;
    return PII_OK;
}
