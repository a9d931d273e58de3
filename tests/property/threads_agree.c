/* threads_agree - many threads on one ruleset answer what one thread answers, from the first call
 * on (patterns are compiled at their first use), also while rulesets come and go, and a scrubber
 * that is used by two threads at once refuses rather than mixes. Run under ThreadSanitizer too. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>

#include "random.h"
#include "tally.h"

enum { THREADS = 8, MORE_THREADS = 16, TEXTS = 12, SWAPS = 1000, SWAPS_A_SCAN = 10 };

struct shared {
    test_session session;
    test_bytes texts[TEXTS];
    test_answer expected[TEXTS];
    pthread_mutex_t lock; /* over `current` */
    pii_ruleset *current;
    size_t swaps;
    test_answer expected_small[TEXTS]; /* of the rules that are replaced all the time */
    pii_scrubber *contended;
    atomic_bool go;
    atomic_bool done; /* no more is going to be replaced */
    atomic_size_t scans;
    atomic_size_t wrong;
    atomic_size_t refused;
};

static bool same(const test_answer *a, const test_answer *b)
{
    return a->output.size == b->output.size && memcmp(a->output.data, b->output.data, a->output.size) == 0 &&
           findings_equal(a->findings.list, a->findings.count, b->findings.list, b->findings.count);
}

/* The names in findings are gone with the ruleset that they came from. */
static bool same_places(const test_answer *a, const test_answer *b)
{
    if (a->output.size != b->output.size || memcmp(a->output.data, b->output.data, a->output.size) != 0 ||
        a->findings.count != b->findings.count)
        return false;
    for (size_t i = 0; i < a->findings.count; i++) {
        const pii_finding *one = &a->findings.list[i], *other = &b->findings.list[i];
        if (one->begin != other->begin || one->end != other->end)
            return false;
    }
    return true;
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
    while (!atomic_load(&shared->go))
        continue;
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

static void replace_current(struct shared *shared, pii_ruleset *fresh)
{
    pthread_mutex_lock(&shared->lock);
    pii_ruleset *old = shared->current;
    shared->current = fresh;
    pthread_mutex_unlock(&shared->lock);
    pii_ruleset_free(old);
}

/* Few rules, so that reading and compiling them a thousand times is not what takes the time. */
static pii_ruleset *small_ruleset(void)
{
    static const char rules[] = "piiglet: 1\nfamily: small\ndescription: d\nrules:\n"
                                "  - {id: small.mail, entity: EMAIL, description: d, confidence: 0.9,\n"
                                "     pattern: '[a-z0-9.]{1,20}@[a-z0-9.]{1,20}',\n"
                                "     tests: {match: ['{{a@b}}'], pass: ['a']}}\n"
                                "  - {id: small.number, entity: PHONE, description: d, confidence: 0.9,\n"
                                "     pattern: '\\d{3}[- ]\\d{3,4}', tests: {match: ['{{123-4567}}'], pass: ['a']}}\n";
    pii_compiler *compiler;
    pii_ruleset *ruleset = NULL;
    if (pii_compiler_new(NULL, &compiler) != PII_OK)
        return NULL;
    if (pii_compiler_add(compiler, "small", rules, strlen(rules)) != PII_OK ||
        pii_compiler_finish(compiler, &ruleset) != PII_OK)
        ruleset = NULL;
    pii_compiler_free(compiler);
    return ruleset;
}

/* One text after the other, each on the ruleset that is current then. */
static void *scrub_current(void *context)
{
    struct shared *shared = context;
    test_answer answer = {0};
    while (!atomic_load(&shared->go))
        continue;
    for (size_t i = 0; !atomic_load(&shared->done); i = (i + 1) % TEXTS) {
        const test_bytes *text = &shared->texts[i];
        pii_ruleset *ruleset = take_current(shared);
        pii_scrubber *scrubber = NULL;
        bool made = pii_scrubber_new(ruleset, shared->session.policy, NULL, &scrubber) == PII_OK;
        pii_ruleset_free(ruleset); /* from now on perhaps the last reference is the scrubber's */
        if (!made || !answer_take(scrubber, text->data, text->size, &answer) ||
            !same_places(&answer, &shared->expected_small[i]))
            atomic_fetch_add(&shared->wrong, 1);
        pii_scrubber_free(scrubber);
        atomic_fetch_add(&shared->scans, 1);
    }
    answer_free(&answer);
    return NULL;
}

/* Not so fast that nobody meets a new ruleset. */
static void swap_ruleset(struct shared *shared)
{
    pii_ruleset *fresh = small_ruleset();
    shared->swaps++;
    while (atomic_load(&shared->scans) < shared->swaps / SWAPS_A_SCAN)
        sched_yield();
    atomic_fetch_add(&shared->wrong, fresh == NULL);
    replace_current(shared, fresh);
    atomic_store(&shared->done, shared->swaps == SWAPS);
}

/* Runs `work` in `count` threads at once, and `meanwhile` here. */
static bool in_threads(struct shared *shared, int count, void *(*work)(void *),
                       void (*meanwhile)(struct shared *), int times)
{
    pthread_t threads[MORE_THREADS];
    atomic_store(&shared->wrong, 0);
    atomic_store(&shared->go, false);
    int started = 0;
    while (started < count && pthread_create(&threads[started], NULL, work, shared) == 0)
        started++;
    atomic_store(&shared->go, true);
    for (int i = 0; i < times; i++)
        meanwhile(shared);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return started == count && atomic_load(&shared->wrong) == 0;
}

/* A busy scrubber answers so; any other answer is the right one. */
static void *contend(void *context)
{
    struct shared *shared = context;
    while (!atomic_load(&shared->go))
        continue;
    for (size_t i = 0; i < TEXTS * 20; i++) {
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
    if (!session_open(&shared->session) || pthread_mutex_init(&shared->lock, NULL) != 0)
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
        random_text(&random, &shared->session, 800, &shared->texts[i]);
        good = answer_take(scrubber, shared->texts[i].data, shared->texts[i].size, &shared->expected[i]) && good;
    }
    pii_scrubber_free(scrubber);
    pii_ruleset_free(own);
    return good;
}

/* From now on the small rules are current. */
static bool prepare_small(struct shared *shared)
{
    pii_scrubber *scrubber = NULL;
    pii_ruleset *fresh = small_ruleset();
    bool good = fresh && pii_scrubber_new(fresh, shared->session.policy, NULL, &scrubber) == PII_OK;
    for (size_t i = 0; good && i < TEXTS; i++)
        good = answer_take(scrubber, shared->texts[i].data, shared->texts[i].size, &shared->expected_small[i]);
    pii_scrubber_free(scrubber);
    replace_current(shared, fresh);
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
    tally_case(in_threads(&shared, THREADS, scrub_all, nothing, 0), "threads that meet at the first use");
    tally_case(in_threads(&shared, THREADS, scrub_all, nothing, 0), "threads on a warm ruleset");
    tally_case(prepare_small(&shared), "one thread alone, few rules");
    tally_case(in_threads(&shared, MORE_THREADS, scrub_current, swap_ruleset, SWAPS),
               "threads while the ruleset is replaced");
    tally_case(in_threads(&shared, THREADS, contend, nothing, 0), "threads on one scrubber");

    for (size_t i = 0; i < TEXTS; i++) {
        bytes_free(&shared.texts[i]);
        answer_free(&shared.expected[i]);
        answer_free(&shared.expected_small[i]);
    }
    pii_scrubber_free(shared.contended);
    pii_ruleset_free(shared.current);
    pthread_mutex_destroy(&shared.lock);
    session_close(&shared.session);
    return tally_end();
}
