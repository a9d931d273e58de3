#include "sift.h"

#include <string.h>

#include "memory.h"
#include "sieve.h"

enum {
    chunk_words = 16, /* 64 KiB of text at a time, which stay in the second-level cache */
    chunk_blocks = chunk_words * 64,
    stretch_blocks = PII__BATCH_BLOCKS - 2, /* blocks that are dealt with in one way: as many as a batch takes */
    tail_size = sizeof((pii__sifter *)0)->tail - 1,
    tail_blocks = tail_size / PII__BLOCK_SIZE - 2 /* whole texts of so few are copied, too */
};

/* One call of pii__sift. */
typedef struct task {
    pii__sifter *sifter;
    const uint8_t *blocks; /* block 0 of what is being sifted */
    size_t origin;         /* its offset in the text */
    size_t until;          /* pivots end here, in text offsets */
    const pii__plan_group *group; /* at work */
    size_t pivots;                /* that it told of */
    const pii__pivot_listener *listener;
} task;

/* Which programs look at the shapes that are on and can hit each bucket. */
static void note_groups(pii__sifter *sifter)
{
    const pii__plan *plan = sifter->plan;
    memset(sifter->groups_of_bucket, 0, sizeof sifter->groups_of_bucket);
    for (size_t i = 0; i < plan->shape_count; i++)
        for (uint64_t buckets = plan->buckets[i]; buckets; buckets &= buckets - 1)
            if (!sifter->shape_on || sifter->shape_on[i])
                sifter->groups_of_bucket[__builtin_ctzll(buckets)] |= UINT64_C(1) << plan->groups_of[i];
}

pii_status pii__sifter_init(pii__sifter *sifter, const pii_allocator *allocator, const pii__plan *plan,
                            const pii__kernel *kernel)
{
    memset(sifter, 0, sizeof *sifter);
    sifter->allocator = *allocator;
    sifter->plan = plan;
    sifter->kernel = kernel;
    sifter->sieve = plan->sieve;
    sifter->fit_room = 2 * PII__FEW_PLACES * 64 * plan->outlines.words;
    sifter->batch.columns = pii__allocate_array(allocator, plan->column_count, sizeof *sifter->batch.columns);
    sifter->shape_bits = pii__allocate_array(allocator, plan->outlines.words, sizeof *sifter->shape_bits);
    sifter->fits = pii__allocate_array(allocator, 2 * sifter->fit_room, sizeof *sifter->fits);
    if (!sifter->batch.columns || !sifter->shape_bits || !sifter->fits)
        return PII_ERROR_MEMORY;
    memset(sifter->shape_bits, 0xFF, plan->outlines.words * sizeof *sifter->shape_bits);
    note_groups(sifter);
    return PII_OK;
}

void pii__sifter_choose(pii__sifter *sifter, const bool *shape_on)
{
    sifter->shape_on = shape_on;
    memset(sifter->shape_bits, 0, sifter->plan->outlines.words * sizeof *sifter->shape_bits);
    for (size_t i = 0; i < sifter->plan->shape_count; i++)
        sifter->shape_bits[i / 64] |= (uint64_t)shape_on[i] << i % 64;
    pii__sieve_choose(&sifter->plan->sieve, pii__plan_buckets_on(sifter->plan, shape_on), &sifter->sieve);
    note_groups(sifter);
}

void pii__sifter_free(pii__sifter *sifter)
{
    if (!sifter->plan)
        return;
    pii__release(&sifter->allocator, sifter->batch.columns);
    pii__release(&sifter->allocator, sifter->shape_bits);
    pii__release(&sifter->allocator, sifter->fits);
    pii__wipe(sifter->tail, sizeof sifter->tail);
}

static pii_status report_word(task *t, size_t shape, size_t word, uint64_t bits)
{
    size_t base = t->origin + (size_t)t->sifter->batch.block[word] * PII__BLOCK_SIZE;
    for (uint64_t left = bits; left; left &= left - 1)
        t->pivots++;
    if (bits & (bits - 1) && t->listener->worth &&
        !t->listener->worth(t->listener->context, shape, base, base + PII__BLOCK_SIZE))
        return PII_OK;
    for (; bits; bits &= bits - 1) {
        size_t at = base + (size_t)__builtin_ctzll(bits);
        if (at >= t->until)
            break;
        pii_status status = t->listener->pivot(t->listener->context, shape, at);
        if (status != PII_OK)
            return status;
    }
    return PII_OK;
}

static pii_status report_shape(task *t, size_t shape, const uint64_t *column)
{
    pii__sifter *sifter = t->sifter;
    if (!sifter->kernel->any(column, sifter->own, sifter->batch.count))
        return PII_OK;
    for (size_t i = 0; i < sifter->batch.count; i++) {
        uint64_t bits = column[i] & sifter->own[i];
        pii_status status = bits ? report_word(t, shape, i, bits) : PII_OK;
        if (status != PII_OK)
            return status;
    }
    return PII_OK;
}

/* Runs the program over the blocks that have been gathered. */
static pii_status flush_batch(task *t)
{
    pii__sifter *sifter = t->sifter;
    const pii__plan_group *group = t->group;
    if (!sifter->batch.count)
        return PII_OK;
    sifter->batch.text = t->blocks;
    sifter->kernel->classify(&group->classes, &sifter->batch);
    sifter->kernel->run(group->steps, group->step_count, &sifter->batch);
    pii_status status = PII_OK;
    for (size_t i = 0; i < group->result_count && status == PII_OK; i++)
        if (!t->sifter->shape_on || t->sifter->shape_on[group->results[i].shape])
            status = report_shape(t, group->results[i].shape, sifter->batch.columns[group->results[i].column]);
    sifter->batch.count = 0;
    return status;
}

static void add_block(pii__sifter *sifter, uint32_t block, bool own)
{
    pii__batch *batch = &sifter->batch;
    size_t i = batch->count;
    if (i && batch->block[i - 1] == block) {
        sifter->own[i - 1] |= own ? UINT64_MAX : 0;
        return;
    }
    batch->block[i] = block;
    batch->follows[i] = i && batch->block[i - 1] + 1 == block;
    sifter->own[i] = own ? UINT64_MAX : 0;
    batch->count++;
}

/* Places of a group that come one after the other: the program says of which of its
 * shapes all conditions hold. Each block goes with the one after it. A batch is
 * full when there is no room for two more. */
static pii_status sift_group(task *t, const pii__fit *fits, size_t count)
{
    t->pivots = 0;
    t->group = &t->sifter->plan->groups[t->sifter->plan->groups_of[fits[0].shape]];
    for (size_t i = 0; i < count; i++) {
        uint32_t block = fits[i].at / PII__BLOCK_SIZE;
        if (i && block == fits[i - 1].at / PII__BLOCK_SIZE)
            continue;
        if (t->sifter->batch.count > PII__BATCH_BLOCKS - 2) {
            pii_status status = flush_batch(t);
            if (status != PII_OK)
                return status;
        }
        add_block(t->sifter, block, true);
        add_block(t->sifter, block + 1, false);
    }
    return flush_batch(t);
}

static pii_status report_fits(const task *t, const pii__fit *fits, size_t count)
{
    pii_status status = PII_OK;
    for (size_t i = 0; i < count && status == PII_OK && t->origin + fits[i].at < t->until; i++)
        status = t->listener->pivot(t->listener->context, fits[i].shape, t->origin + fits[i].at);
    return status;
}

/* Whether a program is worth it, rather than asking about each place: where there are several in a block, and where
 * it rules some of them out, which depends on the text. What was learned of that fades, so that it is
 * tried again. */
static bool pays(pii__group_yield *yield, const pii__fit *fits, size_t count)
{
    enum {
        crowd = 2,         /* places per block, each with every shape that fits there */
        places_least = 16, /* starting a program costs as much as asking about so many */
        fading = 64        /* one part of so many is forgotten each time */
    };
    size_t blocks = 0;
    for (size_t i = 0; i < count; i++)
        blocks += !i || fits[i].at / PII__BLOCK_SIZE != fits[i - 1].at / PII__BLOCK_SIZE;
    if (count < places_least || count < crowd * blocks)
        return false;
    if (4 * yield->pivots <= 3 * yield->fits)
        return true;
    yield->pivots -= yield->pivots / fading + 1;
    return false;
}

/* As much as `pays` needs to know. */
static void note_yield(pii__group_yield *yield, size_t fits, size_t pivots)
{
    enum { enough = 1 << 12 };
    yield->fits += fits;
    yield->pivots += pivots < fits ? pivots : fits;
    for (; yield->fits > enough; yield->fits /= 2)
        yield->pivots /= 2;
}

/* The same list by groups, each in order; `ends[g]` is where those of group g end. */
static void sort_fits(const task *t, const pii__fit *fits, size_t count, pii__fit *ret, size_t *ends)
{
    const uint8_t *groups_of = t->sifter->plan->groups_of;
    size_t next = 0;
    memset(ends, 0, PII__SIEVE_BUCKETS * sizeof *ends);
    for (size_t i = 0; i < count; i++)
        ends[groups_of[fits[i].shape]]++;
    for (size_t g = 0; g < PII__SIEVE_BUCKETS; g++) {
        size_t own = ends[g];
        ends[g] = next;
        next += own;
    }
    for (size_t i = 0; i < count; i++)
        ret[ends[groups_of[fits[i].shape]]++] = fits[i];
}

/* Places come out of each group in ascending order. */
static pii_status take_fits(task *t, size_t count)
{
    pii__sifter *sifter = t->sifter;
    enum { few = 8 };
    if (count <= few)
        return report_fits(t, sifter->fits, count);
    size_t ends[PII__SIEVE_BUCKETS], begin = 0;
    pii__fit *sorted = sifter->fits + sifter->fit_room;
    pii_status status = PII_OK;
    sort_fits(t, sifter->fits, count, sorted, ends);
    for (size_t g = 0; g < PII__SIEVE_BUCKETS && status == PII_OK; begin = ends[g++]) {
        const pii__fit *own = sorted + begin;
        size_t own_count = ends[g] - begin;
        if (own_count && pays(&sifter->yields[g], own, own_count)) {
            status = sift_group(t, own, own_count);
            note_yield(&sifter->yields[g], own_count, t->pivots);
        } else {
            status = report_fits(t, own, own_count);
        }
    }
    return status;
}

/* ---- Crowded stretches: programs, without a look at each place ---- */

/* Whether asking about each place costs more than programs for all blocks, of which there are
 * the fewer the shorter the rows of outlines. Measured on numbers, dates and JSON. */
static bool crowded_stretch(const pii__sifter *sifter, const uint64_t *hits, size_t blocks)
{
    enum { crowd_of_one_word = 12, crowd_of_more = 28 }; /* places per block */
    size_t crowd = sifter->plan->outlines.words == 1 ? crowd_of_one_word : crowd_of_more;
    return sifter->kernel->count(hits, blocks) >= crowd * blocks;
}

/* The programs of all buckets that some place of a block hits. */
static uint64_t groups_hit(const pii__sifter *sifter, const uint8_t *block, uint64_t hits)
{
    const pii__sieve *sieve = &sifter->sieve;
    uint64_t buckets = 0, groups = 0;
    for (; hits; hits &= hits - 1) {
        const uint8_t *at = block + __builtin_ctzll(hits);
        buckets |= sieve->position[0][at[0]] & sieve->position[1][at[1]] & sieve->position[2][at[2]];
    }
    for (; buckets; buckets &= buckets - 1)
        groups |= sifter->groups_of_bucket[__builtin_ctzll(buckets)];
    return groups;
}

static pii_status sift_stretch(task *t, const uint64_t *hits, size_t blocks)
{
    uint64_t groups[stretch_blocks], all = 0;
    pii_status status = PII_OK;
    for (size_t i = 0; i < blocks; i++)
        all |= groups[i] = groups_hit(t->sifter, t->blocks + i * PII__BLOCK_SIZE, hits[i]);
    for (; all && status == PII_OK; all &= all - 1) {
        size_t group = (size_t)__builtin_ctzll(all);
        t->group = &t->sifter->plan->groups[group];
        for (size_t i = 0; i < blocks; i++)
            if (groups[i] >> group & 1) {
                add_block(t->sifter, (uint32_t)i, true);
                add_block(t->sifter, (uint32_t)i + 1, false);
            }
        status = flush_batch(t);
    }
    return status;
}

/* ---- Blocks ---- */

static pii_status sift_places(task *t, uint64_t *hits, size_t blocks)
{
    pii__sifter *sifter = t->sifter;
    pii_status status = PII_OK;
    size_t found;
    while (status == PII_OK && (found = sifter->kernel->fit(&sifter->plan->outlines, sifter->shape_bits, t->blocks,
                                                            !t->origin, blocks, hits, sifter->fits, sifter->fit_room)))
        status = take_fits(t, found);
    return status;
}

static void advance(task *t, size_t blocks)
{
    t->blocks += blocks * PII__BLOCK_SIZE;
    t->origin += blocks * PII__BLOCK_SIZE;
}

/* In order, as the places of a shape must come so: what is not crowded goes together, up to
 * what is. */
static pii_status sift_chunk(task *t, uint64_t *hits, size_t blocks)
{
    size_t done = 0;
    pii_status status = PII_OK;
    for (size_t at = 0, size; at < blocks && status == PII_OK; at += size) {
        size = blocks - at < stretch_blocks ? blocks - at : stretch_blocks;
        if (!crowded_stretch(t->sifter, hits + at, size))
            continue;
        status = sift_places(t, hits + done, at - done);
        advance(t, at - done);
        if (status == PII_OK)
            status = sift_stretch(t, hits + at, size);
        advance(t, size);
        done = at + size;
    }
    if (status == PII_OK)
        status = sift_places(t, hits + done, blocks - done);
    advance(t, blocks - done);
    return status;
}

/* The first `count` blocks; one more block must be there to be read, and, unless
 * they begin the text, a byte before them. */
static pii_status sift_blocks(task *t, size_t count)
{
    pii_status status = PII_OK;
    for (size_t done = 0; done < count && status == PII_OK; done += chunk_blocks) {
        size_t blocks = count - done < chunk_blocks ? count - done : chunk_blocks;
        uint64_t hits[chunk_blocks];
        t->sifter->kernel->sieve(&t->sifter->sieve, t->blocks, blocks, hits);
        status = sift_chunk(t, hits, blocks);
    }
    return status;
}

/* What is left of the text from `origin` on, as far as it matters. Zeros first, by blocks: their number is small and
 * each is a few instructions. */
static const uint8_t *copy_tail(uint8_t tail[1 + tail_size], const uint8_t *text, size_t size, size_t origin)
{
    size_t rest = size - origin, copied = rest < tail_size - PII__BLOCK_SIZE ? rest : tail_size - PII__BLOCK_SIZE;
    for (size_t at = copied / PII__BLOCK_SIZE * PII__BLOCK_SIZE; at < tail_size; at += PII__BLOCK_SIZE)
        memset(tail + 1 + at, 0, PII__BLOCK_SIZE);
    tail[0] = origin ? text[origin - 1] : 0;
    memcpy(tail + 1, text + origin, copied);
    return tail + 1;
}

pii_status pii__sift(pii__sifter *sifter, const uint8_t *text, size_t size, size_t from, size_t until,
                     const pii__pivot_listener *listener)
{
    if (from >= until)
        return PII_OK;
    size_t readable = (size - from) / PII__BLOCK_SIZE;
    size_t wanted = (until - from + PII__BLOCK_SIZE - 1) / PII__BLOCK_SIZE;
    size_t in_place = readable > 2 ? readable - 2 : 0; /* leaves one block to look into, and more to overread */
    if (in_place > wanted)
        in_place = wanted;
    if (wanted <= tail_blocks)
        in_place = 0;
    task t = {
        .sifter = sifter,
        .blocks = text + from,
        .origin = from,
        .until = until,
        .listener = listener,
    };
    sifter->batch.count = 0;
    pii_status status = sift_blocks(&t, in_place);
    if (status != PII_OK || in_place == wanted)
        return status;
    t.blocks = copy_tail(sifter->tail, text, size, t.origin);
    return sift_blocks(&t, wanted - in_place);
}
