/* region_source.h - an input in regions, each with the margins that a scan of
 * it needs, in memory of its own.
 *
 *     bytes    |..margin..|=====REGION_SIZE=====|..margin..|
 *              base      from                 until
 *
 * A large regular file is read at any place by any thread; everything else from
 * beginning to end, by one thread at a time. */
#ifndef CLI_REGION_SOURCE_H
#define CLI_REGION_SOURCE_H

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

#include "input.h"
#include "piiglet.h"

#define REGION_SIZE ((size_t)4 << 20)

struct region_source {
    int fd;
    size_t margin;
    off_t start;         /* of the text in the file */
    bool seekable;       /* whether region_read may be called out of order, and side by side */
    atomic_bool stopped; /* nobody wants more: a call that waits for input ends */
};

/* The bytes of one region; reused for later ones. */
struct region_block {
    uint8_t *bytes;
    size_t size;
    pii_region region;
    bool last;   /* the text ends with this region */
    bool beyond; /* it ended before it */
};

/* The input must have been opened by input_open and not read from. */
void region_source_init(struct region_source *source, const struct input *input, const pii_ruleset *ruleset);

/* Reads region number `index`. `before` is the block of the region before it
 * (NULL for the first one), which only a source that is not seekable looks at.
 * 0, or an errno value: EINTR when the program or the source was stopped. */
int region_read(struct region_source *source, uint64_t index, const struct region_block *before,
                struct region_block *block);

/* Leaves the descriptor where reading to the end would have. */
void region_source_end(const struct region_source *source, uint64_t size);

/* Wipes and frees. */
void region_block_free(struct region_block *block, const struct region_source *source);

#endif
