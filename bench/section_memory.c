/* Bytes that each object takes, counted by an allocator of our own. PCRE2's machine code is not in it: its JIT
 * compiler takes pages straight from the system. The command's whole memory is in section_stream.c. */
#include <stdlib.h>

#include "session.h"

#define PIECE ((size_t)256 << 10)
#define HEADER 16 /* keeps every block aligned */

typedef struct memory_account {
    size_t now;
    size_t peak;
} memory_account;

static void *count_allocate(void *context, size_t size)
{
    memory_account *account = context;
    if (size > SIZE_MAX - HEADER)
        return NULL;
    char *block = malloc(HEADER + size);
    if (block == NULL)
        return NULL;
    *(size_t *)(void *)block = size;
    account->now += size;
    account->peak = account->now > account->peak ? account->now : account->peak;
    return block + HEADER;
}

static void count_release(void *context, void *block)
{
    memory_account *account = context;
    char *start = (char *)block - HEADER;
    account->now -= *(size_t *)(void *)start;
    free(start);
}

static void add(bench_session *session, const char *contestant, size_t bytes)
{
    double value = (double)bytes / 1024;
    bench_result result = {.section = "memory",
                           .subject = "peak of all blocks",
                           .contestant = contestant,
                           .unit = "KiB",
                           .value = value,
                           .low = value,
                           .high = value,
                           .samples = 1};
    bench_results_add(session->results, &result);
}

static int drop(void *context, const pii_piece *pieces, size_t count)
{
    (void)context;
    (void)pieces;
    (void)count;
    return 0;
}

static void measure_stream(bench_session *session, pii_ruleset *ruleset, const bench_corpus *corpus)
{
    memory_account used = {0, 0};
    pii_allocator allocator = {count_allocate, count_release, &used};
    pii_stream *stream = NULL;
    pii_status status = pii_stream_new(ruleset, NULL, PII_FORMAT_TEXT, &allocator, &stream);
    for (size_t at = 0; at < corpus->size && status == PII_OK; at += PIECE) {
        size_t piece = corpus->size - at < PIECE ? corpus->size - at : PIECE;
        status = pii_stream_write(stream, corpus->data + at, piece, drop, NULL);
    }
    if (status == PII_OK)
        status = pii_stream_finish(stream, drop, NULL);
    if (status != PII_OK)
        bench_fail("the stream failed: %s", pii_status_text(status));
    pii_stream_free(stream);
    add(session, "piiglet, stream in pieces of 256 KiB", used.peak);
}

static void measure_scrubber(bench_session *session, pii_ruleset *ruleset, const bench_corpus *corpus, const char *name,
                             size_t size)
{
    memory_account used = {0, 0};
    pii_allocator allocator = {count_allocate, count_release, &used};
    pii_scrubber *scrubber = NULL;
    pii_result result;
    if (pii_scrubber_new(ruleset, NULL, &allocator, &scrubber) != PII_OK ||
        pii_scrub(scrubber, PII_FORMAT_TEXT, corpus->data, size < corpus->size ? size : corpus->size, &result) !=
            PII_OK)
        bench_fail("the scrubber failed");
    pii_scrubber_free(scrubber);
    add(session, name, used.peak);
}

void bench_section_memory(bench_session *session)
{
    memory_account used = {0, 0};
    pii_allocator allocator = {count_allocate, count_release, &used};
    pii_ruleset *ruleset = NULL;
    bench_corpus corpus;
    if (pii_ruleset_default(&allocator, &ruleset) != PII_OK)
        bench_fail("the embedded rules do not load");
    add(session, "piiglet, making the embedded ruleset", used.peak);
    add(session, "piiglet, the embedded ruleset", used.now);
    pii_ruleset_free(ruleset);
    if (!bench_corpus_load(&session->options, "dense", session->options.size, &corpus))
        return;
    measure_scrubber(session, session->rules.all, &corpus, "piiglet, scrubber, 20 KB", 20 << 10);
    measure_scrubber(session, session->rules.all, &corpus, "piiglet, scrubber, 500 KB", 500 << 10);
    measure_stream(session, session->rules.all, &corpus);
    bench_corpus_free(&corpus);
}
