#include "region_source.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "interrupt.h"
#include "io.h"

#define WAIT_MILLISECONDS 100

void region_source_init(struct region_source *source, const struct input *input, const pii_ruleset *ruleset)
{
    *source = (struct region_source){.fd = input->fd, .margin = pii_region_margin(ruleset)};
    if (S_ISREG(input->status.st_mode)) {
        source->start = lseek(input->fd, 0, SEEK_CUR);
        source->seekable = source->start >= 0;
    }
}

static size_t capacity_of(const struct region_source *source)
{
    return REGION_SIZE + 2 * source->margin;
}

void region_block_free(struct region_block *block, const struct region_source *source)
{
    if (block->bytes)
        explicit_bzero(block->bytes, capacity_of(source));
    free(block->bytes);
    *block = (struct region_block){0};
}

/* Waits until there is input, or its end; false when there is no use any more.
 * A signal may go to any thread, hence the short sleeps. */
static bool wait_for_input(const struct region_source *source)
{
    struct pollfd ready = {.fd = source->fd, .events = POLLIN};
    while (!interrupt_requested() && !atomic_load(&source->stopped)) {
        int count = poll(&ready, 1, WAIT_MILLISECONDS);
        if (count > 0 || (count < 0 && errno != EINTR))
            return true;
    }
    return false;
}

static ssize_t read_some(const struct region_source *source, uint8_t *bytes, size_t size, uint64_t offset)
{
    if (source->seekable && !interrupt_requested())
        return pread(source->fd, bytes, size, source->start + (off_t)offset);
    if (!source->seekable && wait_for_input(source))
        return io_read(source->fd, bytes, size);
    errno = EINTR;
    return -1;
}

/* Fills the block up to `size` bytes or the end of the text. */
static int fill(const struct region_source *source, struct region_block *block, size_t size)
{
    while (block->size < size) {
        uint64_t offset = block->region.base + block->size;
        ssize_t got = read_some(source, block->bytes + block->size, size - block->size, offset);
        if (got < 0)
            return errno;
        if (got == 0)
            break;
        block->size += (size_t)got;
    }
    return 0;
}

/* What an earlier call has read of this region. */
static void take_over(const struct region_block *before, struct region_block *block)
{
    uint64_t end = before->region.base + before->size;
    if (end <= block->region.base)
        return;
    block->size = (size_t)(end - block->region.base);
    memcpy(block->bytes, before->bytes + before->size - block->size, block->size);
}

int region_read(struct region_source *source, uint64_t index, const struct region_block *before,
                struct region_block *block)
{
    if (!block->bytes)
        block->bytes = malloc(capacity_of(source));
    if (!block->bytes)
        return ENOMEM;
    uint64_t from = index * REGION_SIZE, until = from + REGION_SIZE;
    block->region = (pii_region){.data = block->bytes, .base = index ? from - source->margin : 0, .from = from};
    block->size = 0;
    if (before && !source->seekable)
        take_over(before, block);
    size_t wanted = (size_t)(until + source->margin - block->region.base);
    int error = fill(source, block, wanted);
    if (error)
        return error;
    uint64_t end = block->region.base + block->size;
    block->region.size = block->size;
    block->region.ends = block->size < wanted;
    block->region.until = end < until ? end : until;
    block->last = block->region.ends && end <= until;
    block->beyond = end < from;
    return 0;
}

void region_source_end(const struct region_source *source, uint64_t size)
{
    if (source->seekable)
        (void)lseek(source->fd, source->start + (off_t)size, SEEK_SET);
}
