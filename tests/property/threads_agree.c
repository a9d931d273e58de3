/* threads_agree - many threads on one ruleset answer what one thread answers, from the first call
 * on (patterns are compiled at their first use), also while rulesets come and go, and a scrubber
 * that is used by two threads at once refuses rather than mixes. Run under ThreadSanitizer too. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "tally.h"

enum { THREADS = 8, TEXTS = 40, SWAPS = 30 };

struct shared {
    test_session session;
    test_bytes texts[TEXTS];
    test_answer expected[TEXTS];
    pthread_mutex_t lock; /* over `current` */
    pii_ruleset *current;
    pii_scrubber *contended;
    pthread_barrier_t start; /* nobody spins: ThreadSanitizer lets no writer in among readers that poll */
    atomic_size_t wrong;
    atomic_size_t refused;
};

static bool same(const test_answer *a, const test_answer *b)
{
    return a->output.size == b->output.size && memcmp(a->output.data, b->output.data, a->output.size) == 0 &&
           findings_equal(a->findings.list, a->findings.count, b->findings.list, b->findings.count);
}

static pii_ruleset *take_current(struct shared *shared)
{
    pthread_mutex_lock(&shared->lock);
    pii_ruleset *ruleset = pii_ruleset_ref(shared->current);
    pthread_mutex_unlock(&shared->lock);
    return ruleset;
}

/* Every text once, on the ruleset that is current when it starts. */
static void *scrub_all(void *context)
{
    struct shared *shared = context;
    test_answer answer = {0};
    pthread_barrier_wait(&shared->start);
    pii_ruleset *ruleset = take_current(shared);
    pii_scrubber *scrubber = NULL;
    if (pii_scrubber_new(ruleset, shared->session.policy, NULL, &scrubber) != PII_OK)
        atomic_fetch_add(&shared->wrong, 1);
    pii_ruleset_free(ruleset);
    for (size_t i = 0; scrubber != NULL && i < TEXTS; i++) {
        const test_bytes *text = &shared->texts[i];
        if (!answer_take(scrubber, text->data, text->size, &answer) || !same(&answer, &shared->expected[i]))
            atomic_fetch_add(&shared->wrong, 1);
    }
    pii_scrubber_free(scrubber);
    answer_free(&answer);
    return NULL;
}

static void swap_ruleset(struct shared *shared)
{
    pii_ruleset *fresh = NULL;
    if (pii_ruleset_default(NULL, &fresh) != PII_OK) {
        atomic_fetch_add(&shared->wrong, 1);
        return;
    }
    pthread_mutex_lock(&shared->lock);
    pii_ruleset *old = shared->current;
    shared->current = fresh;
    pthread_mutex_unlock(&shared->lock);
    pii_ruleset_free(old);
}

/* Runs `work` in all threads at once, and `meanwhile` here. */
static bool in_threads(struct shared *shared, void *(*work)(void *), void (*meanwhile)(struct shared *), int times)
{
    pthread_t threads[THREADS];
    atomic_store(&shared->wrong, 0);
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, work, shared) != 0)
            exit(2); /* those that have begun would wait for ever */
    pthread_barrier_wait(&shared->start);
    for (int i = 0; i < times; i++)
        meanwhile(shared);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return atomic_load(&shared->wrong) == 0;
}

/* A busy scrubber answers so; any other answer is the right one. */
static void *contend(void *context)
{
    struct shared *shared = context;
    pthread_barrier_wait(&shared->start);
    for (size_t i = 0; i < TEXTS * 5; i++) {
        const test_bytes *text = &shared->texts[i % TEXTS];
        pii_result result;
        pii_status status = pii_scan(shared->contended, PII_FORMAT_TEXT, text->data, text->size, &result);
        if (status == PII_ERROR_BUSY && result.finding_count == 0)
            atomic_fetch_add(&shared->refused, 1);
        else if (status != PII_OK)
            atomic_fetch_add(&shared->wrong, 1);
    }
    return NULL;
}

static bool prepare(struct shared *shared)
{
    if (!session_open(&shared->session) || pthread_mutex_init(&shared->lock, NULL) != 0 ||
        pthread_barrier_init(&shared->start, NULL, THREADS + 1) != 0)
        return false;
    pii_scrubber *scrubber = NULL;
    pii_ruleset *own = NULL; /* `current` must meet its first use in the threads */
    if (pii_ruleset_default(NULL, &own) != PII_OK || pii_ruleset_default(NULL, &shared->current) != PII_OK ||
        pii_scrubber_new(own, shared->session.policy, NULL, &scrubber) != PII_OK ||
        pii_scrubber_new(own, shared->session.policy, NULL, &shared->contended) != PII_OK)
        return false;
    random_source random = {7};
    bool good = true;
    for (size_t i = 0; i < TEXTS; i++) {
        random_text(&random, &shared->session, 2000, &shared->texts[i]);
        good = answer_take(scrubber, shared->texts[i].data, shared->texts[i].size, &shared->expected[i]) && good;
    }
    pii_scrubber_free(scrubber);
    pii_ruleset_free(own);
    return good;
}

static void nothing(struct shared *shared)
{
    (void)shared;
}

int main(void)
{
    static struct shared shared;
    if (!tally_case(prepare(&shared), "one thread alone"))
        return tally_end();
    tally_case(in_threads(&shared, scrub_all, nothing, 0), "threads that meet at the first use");
    tally_case(in_threads(&shared, scrub_all, nothing, 0), "threads on a warm ruleset");
    tally_case(in_threads(&shared, scrub_all, swap_ruleset, SWAPS), "threads while the ruleset is replaced");
    tally_case(in_threads(&shared, contend, nothing, 0), "threads on one scrubber");

    for (size_t i = 0; i < TEXTS; i++) {
        bytes_free(&shared.texts[i]);
        answer_free(&shared.expected[i]);
    }
    pii_scrubber_free(shared.contended);
    pii_ruleset_free(shared.current);
    pthread_barrier_destroy(&shared.start);
    pthread_mutex_destroy(&shared.lock);
    session_close(&shared.session);
    return tally_end();
}
