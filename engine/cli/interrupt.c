#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t noted;

static void note(int signal_number)
{
    noted = signal_number;
}

void interrupt_install(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    /* A second signal kills at once; one that was ignored (nohup) stays so. */
    struct sigaction action = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct sigaction old;
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            (void)sigaction(signals[i], &action, NULL);
    }
}

bool interrupt_requested(void)
{
    return noted != 0;
}

void interrupt_finish(void)
{
    if (!noted)
        return;
    (void)signal(noted, SIG_DFL);
    (void)raise(noted);
}
