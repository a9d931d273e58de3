/* hot_reload - rules are replaced again and again while 16 threads scan. Each answer is that of the very ruleset
 * its scrubber was made with, every ruleset is met by some thread, and each is freed when the last thread is done
 * with it, not in the end. Argument: how many times. Run under ThreadSanitizer too.
 *
 * Nobody spins: a writer would wait for ever on two cores for threads that poll under ThreadSanitizer, as each
 * atomic read of theirs takes a lock there. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "tally.h"

enum { THREADS = 16, KINDS = 8, SCANS = 5 };

static const char text[] = "which of them: code-0 code-1 code-2 code-3 code-4 code-5 code-6 code-7?";

/* The rules of one reload, and the memory that they have. */
struct generation {
    unsigned kind;
    atomic_size_t blocks;
    atomic_size_t *living;
};

struct slot {
    pthread_mutex_t lock; /* over all down to `done` */
    pthread_cond_t was_met;
    pthread_cond_t was_replaced;
    pii_ruleset *ruleset;
    struct generation *generation;
    bool met; /* by a thread, since it is in its place */
    bool done;
    pthread_barrier_t start;
    atomic_size_t living; /* generations that have memory */
    atomic_size_t wrong;
};

static void *count_block(void *context, size_t size)
{
    struct generation *generation = context;
    void *block = malloc(size);
    if (block && atomic_fetch_add(&generation->blocks, 1) == 0)
        atomic_fetch_add(generation->living, 1);
    return block;
}

static void release_block(void *context, void *block)
{
    struct generation *generation = context;
    free(block);
    if (atomic_fetch_sub(&generation->blocks, 1) == 1)
        atomic_fetch_sub(generation->living, 1);
}

/* One rule, which finds what no other kind finds. */
static pii_ruleset *make_rules(struct generation *generation)
{
    pii_allocator allocator = {count_block, release_block, generation};
    pii_compiler *compiler = NULL;
    pii_ruleset *ruleset = NULL;
    char yaml[400];
    int size = snprintf(yaml, sizeof yaml,
                        "piiglet: 1\nfamily: reload\ndescription: d\nrules:\n"
                        "  - {id: reload.k%u, entity: EMAIL, description: d, confidence: 0.9, pattern: 'code-%u',\n"
                        "     tests: {match: ['{{code-%u}}'], pass: ['code']}}\n",
                        generation->kind, generation->kind, generation->kind);
    if (pii_compiler_new(&allocator, &compiler) != PII_OK)
        return NULL;
    if (pii_compiler_add(compiler, "reload", yaml, (size_t)size) != PII_OK ||
        pii_compiler_finish(compiler, &ruleset) != PII_OK)
        ruleset = NULL;
    pii_compiler_free(compiler);
    return ruleset;
}

/* Waits for rules that are not those of `*generation`, and takes them; NULL: there will be none any more. */
static pii_ruleset *take_next(struct slot *slot, const struct generation **generation)
{
    pii_ruleset *ruleset = NULL;
    pthread_mutex_lock(&slot->lock);
    while (slot->generation == *generation && !slot->done)
        pthread_cond_wait(&slot->was_replaced, &slot->lock);
    if (slot->generation != *generation)
        ruleset = pii_ruleset_ref(slot->ruleset);
    *generation = slot->generation;
    slot->met = true;
    pthread_cond_signal(&slot->was_met);
    pthread_mutex_unlock(&slot->lock);
    return ruleset;
}

/* The text with the code of this kind gone, and nothing else. */
static bool right(pii_scrubber *scrubber, unsigned kind)
{
    char code[8], rule[16];
    snprintf(code, sizeof code, "code-%u", kind);
    snprintf(rule, sizeof rule, "reload.k%u", kind);
    size_t begin = (size_t)(strstr(text, code) - text), end = begin + strlen(code);
    char expected[sizeof text + 8];
    snprintf(expected, sizeof expected, "%.*s[EMAIL]%s", (int)begin, text, text + end);
    pii_result result;
    return pii_scrub(scrubber, PII_FORMAT_TEXT, text, strlen(text), &result) == PII_OK &&
           result.size == strlen(expected) && memcmp(result.data, expected, result.size) == 0 &&
           result.finding_count == 1 && result.findings[0].begin == begin && result.findings[0].end == end &&
           strcmp(result.findings[0].rule, rule) == 0;
}

/* On each ruleset a few times, whatever becomes current meanwhile. */
static void *scan_on(void *context)
{
    struct slot *slot = context;
    const struct generation *generation = NULL;
    pii_ruleset *ruleset;
    pthread_barrier_wait(&slot->start);
    while ((ruleset = take_next(slot, &generation))) {
        pii_scrubber *scrubber = NULL;
        bool good = pii_scrubber_new(ruleset, NULL, NULL, &scrubber) == PII_OK;
        pii_ruleset_free(ruleset); /* from now on perhaps the last reference is the scrubber's */
        for (int i = 0; good && i < SCANS; i++)
            good = right(scrubber, generation->kind);
        pii_scrubber_free(scrubber);
        atomic_fetch_add(&slot->wrong, !good);
    }
    return NULL;
}

/* Puts `generation` in the place of what is there, which somebody has met by then. False when it cannot be made. */
static bool reload(struct slot *slot, struct generation *generation)
{
    pii_ruleset *fresh = make_rules(generation);
    if (!fresh)
        return false;
    pthread_mutex_lock(&slot->lock);
    while (!slot->met)
        pthread_cond_wait(&slot->was_met, &slot->lock);
    pii_ruleset *old = slot->ruleset;
    slot->ruleset = fresh;
    slot->generation = generation;
    slot->met = false;
    pthread_cond_broadcast(&slot->was_replaced);
    pthread_mutex_unlock(&slot->lock);
    pii_ruleset_free(old);
    return true;
}

/* Reloads `count` times while all threads scan; the number of rulesets that lived at once. */
static size_t reload_often(struct slot *slot, struct generation *generations, size_t count)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, scan_on, slot) != 0)
            exit(2);
    pthread_barrier_wait(&slot->start);
    size_t most = 0;
    for (size_t i = 1; i <= count; i++) {
        atomic_fetch_add(&slot->wrong, !reload(slot, &generations[i]));
        size_t living = atomic_load(&slot->living);
        most = living > most ? living : most;
    }
    pthread_mutex_lock(&slot->lock);
    slot->done = true;
    pthread_cond_broadcast(&slot->was_replaced);
    pthread_mutex_unlock(&slot->lock);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return most;
}

int main(int argc, char **argv)
{
    size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
    static struct slot slot;
    struct generation *generations = calloc(count + 1, sizeof *generations);
    if (!generations || pthread_mutex_init(&slot.lock, NULL) != 0 || pthread_cond_init(&slot.was_met, NULL) != 0 ||
        pthread_cond_init(&slot.was_replaced, NULL) != 0 || pthread_barrier_init(&slot.start, NULL, THREADS + 1) != 0)
        return 2;
    for (size_t i = 0; i <= count; i++)
        generations[i] = (struct generation){.kind = (unsigned)(i % KINDS), .living = &slot.living};
    slot.generation = &generations[0];
    slot.ruleset = make_rules(&generations[0]);
    if (!tally_case(slot.ruleset != NULL, "the first rules"))
        return tally_end();

    size_t most = reload_often(&slot, generations, count);
    printf("%zu reloads, at most %zu rulesets at once\n", count, most);
    tally_case(atomic_load(&slot.wrong) == 0, "%zu answers that are not those of their rules", slot.wrong);
    /* One in each thread, the current one, and the one that is being replaced. */
    tally_case(most <= THREADS + 2, "%zu rulesets lived at once", most);
    tally_case(atomic_load(&slot.living) == 1, "%zu rulesets are left beside the current one", slot.living - 1);
    pii_ruleset_free(slot.ruleset);
    tally_case(atomic_load(&slot.living) == 0, "the last ruleset is left");

    pthread_barrier_destroy(&slot.start);
    pthread_cond_destroy(&slot.was_replaced);
    pthread_cond_destroy(&slot.was_met);
    pthread_mutex_destroy(&slot.lock);
    free(generations);
    return tally_end();
}
