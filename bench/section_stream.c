/* Growth with the length of the input: one stream through the command, from 1 MiB to gigabytes. Time has to
 * grow with it, memory not at all. */
#include <stdlib.h>

#include "process.h"
#include "session.h"

static void add(bench_session *session, const char *contestant, const char *unit, double value, double first,
                size_t size)
{
    char *subject = bench_format("%zu MiB", size / BENCH_MIB);
    bench_result result = {.section = "stream",
                           .subject = subject,
                           .contestant = contestant,
                           .unit = unit,
                           .value = value,
                           .low = value,
                           .high = value,
                           .ratio = value / first,
                           .reference = "the shortest",
                           .samples = 1,
                           .bytes = size};
    bench_results_add(session->results, &result);
    free(subject);
}

void bench_section_stream(bench_session *session)
{
    bench_corpus corpus;
    char *const argv[] = {(char *)session->options.command, NULL};
    if (!bench_process_there(argv[0])) {
        bench_results_absent(session->results, "piiglet as a command", "it is not there");
        return;
    }
    if (!bench_corpus_load(&session->options, "sparse", session->options.size, &corpus))
        return;
    double first_rate = 0;
    double first_peak = 0;
    bench_unpin();
    for (size_t size = BENCH_MIB; size <= session->options.stream_size; size *= 4) {
        double seconds;
        size_t peak;
        if (!bench_process_feed(argv, corpus.data, corpus.size, size, &seconds, &peak)) {
            bench_results_absent(session->results, "piiglet as a command", "it failed");
            break;
        }
        double rate = 1e9 * seconds / (double)size;
        double memory = (double)peak / (double)BENCH_MIB;
        first_rate = first_rate > 0 ? first_rate : rate;
        first_peak = first_peak > 0 ? first_peak : memory;
        add(session, "piiglet, time", "ns/B", rate, first_rate, size);
        add(session, "piiglet, peak memory", "MiB", memory, first_peak, size);
        if (seconds > (session->options.quick ? 2 : 60))
            break; /* the next one is four times as long */
    }
    bench_pin(session->options.cpu);
    bench_corpus_free(&corpus);
}
