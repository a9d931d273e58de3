/* forks - what piiglet.h says of fork(): the child has everything as it was. It may go on with what no other thread
 * was using, free it, and make new rulesets, whose machine code does not disturb that of the parent. One fork is
 * one case; in half of them other threads of the parent are scanning. */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "random.h"
#include "tally.h"

enum { ROUNDS = 20, THREADS = 3, CHILD_LIMIT = 60 /* seconds */ };

struct ground {
    test_session session;
    test_bytes text;
    test_answer expected;
    pii_scrubber *scrubber; /* of the thread that forks */
    atomic_bool done;
    atomic_size_t wrong;
};

static bool right(struct ground *ground, pii_scrubber *scrubber)
{
    test_answer answer = {0};
    bool good = answer_take(scrubber, ground->text.data, ground->text.size, &answer) &&
                answer.output.size == ground->expected.output.size &&
                memcmp(answer.output.data, ground->expected.output.data, answer.output.size) == 0;
    answer_free(&answer);
    return good;
}

static bool right_anew(struct ground *ground, pii_ruleset *ruleset)
{
    pii_scrubber *scrubber;
    if (pii_scrubber_new(ruleset, ground->session.policy, NULL, &scrubber) != PII_OK)
        return false;
    bool good = right(ground, scrubber);
    pii_scrubber_free(scrubber);
    return good;
}

static void *scan_on(void *context)
{
    struct ground *ground = context;
    while (!atomic_load(&ground->done))
        if (!right_anew(ground, ground->session.ruleset))
            atomic_fetch_add(&ground->wrong, 1);
    return NULL;
}

/* What was the parent's; then nothing of it any more, but rules of its own. `alone`: nobody else used the ruleset. */
static bool child(struct ground *ground, bool alone)
{
    pii_ruleset *own;
    bool good = right(ground, ground->scrubber) && right_anew(ground, ground->session.ruleset);
    if (alone) {
        pii_scrubber_free(ground->scrubber);
        pii_ruleset_free(ground->session.ruleset);
    }
    for (int i = 0; good && i < 3; i++) {
        good = pii_ruleset_default(NULL, &own) == PII_OK && right_anew(ground, own);
        pii_ruleset_free(own);
    }
    return good;
}

/* Whether the child was right, and so is the parent afterwards. */
static bool fork_once(struct ground *ground, bool alone)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        alarm(CHILD_LIMIT); /* a lock that was held at the fork would be held for ever */
        _exit(child(ground, alone) ? 0 : 1);
    }
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
           right(ground, ground->scrubber);
}

int main(void)
{
    static struct ground ground;
    pthread_t threads[THREADS];
    random_source random = {11};
    int started = 0;
    if (!session_open(&ground.session) ||
        pii_scrubber_new(ground.session.ruleset, ground.session.policy, NULL, &ground.scrubber) != PII_OK)
        return 2;
    random_text(&random, &ground.session, 3000, &ground.text);
    tally_case(answer_take(ground.scrubber, ground.text.data, ground.text.size, &ground.expected) &&
                   ground.expected.findings.count > 0,
               "there is something to find");
    for (int i = 0; i < ROUNDS / 2; i++)
        tally_case(fork_once(&ground, true), "fork %d of one thread", i);
    while (started < THREADS && pthread_create(&threads[started], NULL, scan_on, &ground) == 0)
        started++;
    for (int i = 0; i < ROUNDS / 2; i++)
        tally_case(fork_once(&ground, false), "fork %d among threads", i);
    atomic_store(&ground.done, true);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    tally_case(started == THREADS && atomic_load(&ground.wrong) == 0, "threads of the parent");
    pii_scrubber_free(ground.scrubber);
    bytes_free(&ground.text);
    answer_free(&ground.expected);
    session_close(&ground.session);
    return tally_end();
}
