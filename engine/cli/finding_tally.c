#include "finding_tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void tally_add(struct tally *tally, const char *entity, uint64_t count)
{
    tally->total += count;
    for (size_t i = 0; i < tally->entity_count; i++) {
        if (strcmp(tally->entities[i].entity, entity) != 0)
            continue;
        tally->entities[i].count += count;
        return;
    }
    if (tally->entity_count < TALLY_ENTITIES_MAX)
        tally->entities[tally->entity_count++] = (struct entity_count){entity, count};
}

void tally_merge(struct tally *tally, const struct tally *other)
{
    for (size_t i = 0; i < other->entity_count; i++)
        tally_add(tally, other->entities[i].entity, other->entities[i].count);
}

void tally_text(const struct tally *tally, uint64_t files, char *text, size_t size)
{
    int length = snprintf(text, size, "%" PRIu64 " finding%s", tally->total, tally->total == 1 ? "" : "s");
    size_t used = length > 0 ? (size_t)length : 0;
    if (files > 0 && used < size) {
        length = snprintf(text + used, size - used, " in %" PRIu64 " file%s", files, files == 1 ? "" : "s");
        used += length > 0 ? (size_t)length : 0;
    }
    for (size_t i = 0; i < tally->entity_count && used + 1 < size; i++) {
        length = snprintf(text + used, size - used, "%s %s %" PRIu64, i > 0 ? "," : ":", tally->entities[i].entity,
                          tally->entities[i].count);
        used += length > 0 ? (size_t)length : 0;
    }
}
