/* finding_tally.h - how many findings of which kind. */
#ifndef CLI_FINDING_TALLY_H
#define CLI_FINDING_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "piiglet.h"

#define TALLY_ENTITIES_MAX 256 /* as many as rulesets may have */

struct entity_count {
    const char *entity;
    uint64_t count;
};

struct tally {
    uint64_t total;
    struct entity_count entities[TALLY_ENTITIES_MAX]; /* in the order in which they turned up */
    size_t entity_count;
};

void tally_add(struct tally *tally, const char *entity, uint64_t count);

/* Adds all of `other`. */
void tally_merge(struct tally *tally, const struct tally *other);

/* "12 findings in 2 files: EMAIL 9, PHONE 3" into `text`, as much of it as fits;
 * without the files when there are 0. */
void tally_text(const struct tally *tally, uint64_t files, char *text, size_t size);

#endif
