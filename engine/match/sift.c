#include "sift.h"

#include <string.h>

#include "memory.h"
#include "sieve.h"

enum {
    chunk_words = 16, /* 64 KiB of text at a time, which stay in the second-level cache */
    chunk_blocks = chunk_words * 64,
    tail_blocks = sizeof((pii__sifter *)0)->tail / PII__BLOCK_SIZE - 2 /* whole texts of so few are copied, too */
};

/* One call of pii__sift. */
typedef struct task {
    pii__sifter *sifter;
    const uint8_t *blocks; /* block 0 of what is being sifted */
    size_t origin;         /* its offset in the text */
    size_t until;          /* pivots end here, in text offsets */
    const pii__plan_group *group; /* at work */
    const pii__pivot_listener *listener;
} task;

pii_status pii__sifter_init(pii__sifter *sifter, const pii_allocator *allocator, const pii__plan *plan,
                            const pii__kernel *kernel)
{
    memset(sifter, 0, sizeof *sifter);
    sifter->allocator = *allocator;
    sifter->plan = plan;
    sifter->kernel = kernel;
    sifter->sieve = plan->sieve;
    sifter->batch.columns = pii__allocate_array(allocator, plan->column_count, sizeof *sifter->batch.columns);
    return sifter->batch.columns ? PII_OK : PII_ERROR_MEMORY;
}

void pii__sifter_choose(pii__sifter *sifter, const bool *shape_on)
{
    sifter->shape_on = shape_on;
    pii__sieve_choose(&sifter->plan->sieve, pii__plan_groups_on(sifter->plan, shape_on), &sifter->sieve);
}

void pii__sifter_free(pii__sifter *sifter)
{
    if (!sifter->plan)
        return;
    pii__release(&sifter->allocator, sifter->batch.columns);
    pii__wipe(sifter->tail, sizeof sifter->tail);
}

static pii_status report_word(const task *t, size_t shape, size_t word, uint64_t bits)
{
    size_t base = t->origin + (size_t)t->sifter->batch.block[word] * PII__BLOCK_SIZE;
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

static pii_status report_shape(const task *t, size_t shape, const uint64_t *column)
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
static pii_status flush_batch(const task *t)
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

/* The blocks of one group, each with the one after it. A batch is full when
 * there is no room for two more. */
static pii_status sift_group(const task *t, const uint64_t *hot, size_t words, size_t first)
{
    for (size_t word = 0; word < words; word++) {
        for (uint64_t bits = hot[word]; bits; bits &= bits - 1) {
            uint32_t block = (uint32_t)(first + word * 64 + (size_t)__builtin_ctzll(bits));
            if (t->sifter->batch.count > PII__BATCH_BLOCKS - 2) {
                pii_status status = flush_batch(t);
                if (status != PII_OK)
                    return status;
            }
            add_block(t->sifter, block, true);
            add_block(t->sifter, block + 1, false);
        }
    }
    return flush_batch(t);
}

/* Turns buckets per block into blocks per bucket. Returns the buckets that have
 * any; only their rows of `hot` are filled, as small texts cannot pay for all. */
static uint64_t sort_hits(const uint64_t *hits, size_t count, uint64_t hot[PII__SIEVE_BUCKETS][chunk_words])
{
    uint64_t any = 0;
    for (size_t i = 0; i < count; i++) {
        for (uint64_t buckets = hits[i]; buckets; buckets &= buckets - 1) {
            unsigned bucket = (unsigned)__builtin_ctzll(buckets);
            if (!(any >> bucket & 1))
                memset(hot[bucket], 0, (count + 63) / 64 * sizeof hot[bucket][0]);
            any |= UINT64_C(1) << bucket;
            hot[bucket][i / 64] |= UINT64_C(1) << i % 64;
        }
    }
    return any;
}

/* The first `count` blocks; one more block and the overread of the sieve must
 * be there to be read. */
static pii_status sift_blocks(task *t, size_t count)
{
    const pii__plan *plan = t->sifter->plan;
    for (size_t done = 0; done < count; done += chunk_blocks) {
        size_t blocks = count - done < chunk_blocks ? count - done : chunk_blocks;
        uint64_t hits[chunk_blocks];
        uint64_t hot[PII__SIEVE_BUCKETS][chunk_words];
        t->sifter->kernel->sieve(&t->sifter->sieve, t->blocks + done * PII__BLOCK_SIZE, blocks, hits);
        for (uint64_t any = sort_hits(hits, blocks, hot); any; any &= any - 1) {
            size_t bucket = (size_t)__builtin_ctzll(any);
            t->group = &plan->groups[bucket];
            pii_status status = sift_group(t, hot[bucket], (blocks + 63) / 64, done);
            if (status != PII_OK)
                return status;
        }
    }
    return PII_OK;
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
    t.origin = from + in_place * PII__BLOCK_SIZE;
    t.blocks = sifter->tail;
    size_t rest = size - t.origin;
    size_t copied = rest < sizeof sifter->tail - PII__BLOCK_SIZE ? rest : sizeof sifter->tail - PII__BLOCK_SIZE;
    memcpy(sifter->tail, text + t.origin, copied);
    memset(sifter->tail + copied, 0, sizeof sifter->tail - copied);
    return sift_blocks(&t, wanted - in_place);
}
