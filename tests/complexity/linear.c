/* linear KIB [table] - time grows with the size of the input and no faster.
 *
 * Inputs made to be slow, in every format, at KIB, 2, 4 and 8 times KIB: processor time at eight times the size is at
 * most three times eight times that at the first, in one call and as a stream of small pieces. The minimum of
 * several runs counts; what takes no time that can be measured passes. One input in one way is one case.
 * `table` prints the slowest input of each format, as Markdown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "inputs.h"
#include "session.h"
#include "tally.h"
#include "worst_inputs.h"

enum { RUNS = 3, MORE_RUNS = 12, STEPS = 4, SLACK = 3, PIECE = 1021 };
#define NO_TIME 2e-4 /* seconds at 8n, below which nothing is judged */

struct bench {
    pii_scrubber *scrubber;
    pii_stream *streams[PII_FORMAT_PROJECT]; /* made at the first use */
    test_session session;
    test_bytes document;
    bool failed;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int drop(void *context, const pii_piece *pieces, size_t count)
{
    (void)context, (void)pieces, (void)count;
    return 0;
}

/* A reached limit is an answer, too: what counts is the time until it comes. */
static bool answered(pii_status status)
{
    return status == PII_OK || status == PII_ERROR_LIMIT || status == PII_ERROR_INVALID;
}

static bool stream_through(struct bench *bench, pii_format format)
{
    pii_stream **stream = &bench->streams[format];
    if (!*stream && pii_stream_new(bench->session.ruleset, bench->session.policy, format, NULL, stream) != PII_OK)
        return false;
    pii_stream_reset(*stream);
    pii_status status = PII_OK;
    for (size_t at = 0; at < bench->document.size && status == PII_OK; at += PIECE) {
        size_t left = bench->document.size - at;
        status = pii_stream_write(*stream, bench->document.data + at, left < PIECE ? left : PIECE, drop, NULL);
    }
    if (status == PII_OK)
        status = pii_stream_finish(*stream, drop, NULL);
    return answered(status);
}

static double seconds_once(struct bench *bench, pii_format format, bool streamed)
{
    pii_result result;
    double begin = now();
    if (streamed)
        bench->failed |= !stream_through(bench, format);
    else
        bench->failed |= !answered(
            pii_scrub(bench->scrubber, format, bench->document.data, bench->document.size, &result));
    return now() - begin;
}

static void write_document(test_bytes *ret, const slow_input *input, size_t unit_size, size_t size)
{
    ret->size = 0;
    bytes_append_text(ret, input->head);
    while (ret->size < size)
        bytes_append(ret, input->unit, unit_size);
    bytes_append_text(ret, input->tail);
}

/* The least of `runs`, and of what `*least` was. */
static void measure(struct bench *bench, const slow_input *input, size_t unit_size, size_t size, bool streamed,
                    int runs, double *least)
{
    write_document(&bench->document, input, unit_size, size);
    for (int i = 0; i < runs; i++) {
        double seconds = seconds_once(bench, input->format, streamed);
        *least = seconds < *least ? seconds : *least;
    }
}

/* Nanoseconds a byte at the largest size. */
static double judge(struct bench *bench, const slow_input *input, size_t unit_size, size_t size, bool streamed,
                    const char *name)
{
    double least[STEPS] = {1e9, 1e9, 1e9, 1e9};
    bench->failed = false;
    for (int i = 0; i < STEPS; i++)
        measure(bench, input, unit_size, size << i, streamed, RUNS, &least[i]);
    double *small = &least[0], *large = &least[STEPS - 1];
    bool good = *large < NO_TIME || *large <= 8 * SLACK * *small;
    if (!good) { /* perhaps others were in the way */
        measure(bench, input, unit_size, size, streamed, MORE_RUNS, small);
        measure(bench, input, unit_size, size * 8, streamed, MORE_RUNS, large);
        good = *large <= 8 * SLACK * *small;
    }
    tally_case(good && !bench->failed, "%s: %s \"%s\"%s: %.2g, %.2g, %.2g, %.2g s%s", pii_format_name(input->format),
               name, input->unit, streamed ? ", streamed" : "", least[0], least[1], least[2], least[3],
               bench->failed ? ", no answer" : "");
    return *large / (double)(size * 8) * 1e9;
}

struct slowest {
    double once[PII_FORMAT_PROJECT];
    double streamed[PII_FORMAT_PROJECT];
};

static void judge_both(struct bench *bench, const slow_input *input, size_t unit_size, size_t size, const char *name,
                       struct slowest *slowest)
{
    for (int streamed = 0; streamed < 2; streamed++) {
        double *most = streamed ? &slowest->streamed[input->format] : &slowest->once[input->format];
        double cost = judge(bench, input, unit_size, size, streamed, name);
        *most = cost > *most ? cost : *most;
    }
}

static void print_table(const struct slowest *slowest)
{
    puts("| format | ns a byte, one call | as a stream of pieces of 1,021 bytes |\n|---|--:|--:|");
    for (pii_format format = 0; format < PII_FORMAT_PROJECT; format++)
        if (slowest->once[format] > 0)
            printf("| %s | %.0f | %.0f |\n", pii_format_name(format), slowest->once[format],
                   slowest->streamed[format]);
}

int main(int count, char **arguments)
{
    static struct bench bench;
    static struct slowest slowest;
    if (count < 2 || !session_open(&bench.session))
        return 2;
    size_t size = strtoul(arguments[1], NULL, 10) << 10;
    pii_policy_set_on_invalid(bench.session.policy, PII_INVALID_TEXT);
    if (pii_scrubber_new(bench.session.ruleset, bench.session.policy, NULL, &bench.scrubber) != PII_OK)
        return 2;
    for (size_t i = 0; i < WORST_INPUTS; i++) {
        slow_input input = {PII_FORMAT_TEXT, "", worst_inputs[i].unit, ""};
        judge_both(&bench, &input, worst_inputs[i].size, size, worst_inputs[i].name, &slowest);
    }
    for (size_t i = 0; i < SLOW_INPUTS; i++)
        judge_both(&bench, &slow_inputs[i], strlen(slow_inputs[i].unit), size, "", &slowest);
    if (count > 2)
        print_table(&slowest);
    for (size_t i = 0; i < PII_FORMAT_PROJECT; i++)
        pii_stream_free(bench.streams[i]);
    pii_scrubber_free(bench.scrubber);
    bytes_free(&bench.document);
    session_close(&bench.session);
    return tally_end();
}
