/* filter.c - standard input to standard output, scrubbed, in constant memory.
 *
 *   cc filter.c $(pkg-config --cflags --libs piiglet) && ./a.out < story.txt
 *
 * The cursor form of the stream: the caller owns both buffers, the stream moves
 * `pos` in each of them. */
#include <piiglet.h>
#include <stdio.h>
#include <stdlib.h>

/* Hands `in` over and writes what comes back, until the stream waits for more. */
static bool pump(pii_stream *stream, pii_in *in, pii_directive directive)
{
    static char bytes[65536];
    size_t pending;
    do {
        pii_out out = {.data = bytes, .size = sizeof bytes, .pos = 0};
        if (pii_stream_run(stream, &out, in, directive, &pending) != PII_OK)
            return false;
        if (fwrite(bytes, 1, out.pos, stdout) != out.pos)
            return false;
    } while (in->pos < in->size || pending > 0);
    return true;
}

static bool filter(pii_stream *stream)
{
    static char bytes[65536];
    size_t size;
    while ((size = fread(bytes, 1, sizeof bytes, stdin)) > 0)
        if (!pump(stream, &(pii_in){.data = bytes, .size = size}, PII_CONTINUE))
            return false;
    /* What could still become part of a finding is held back until the end. */
    return !ferror(stdin) && pump(stream, &(pii_in){.data = NULL}, PII_END) && fflush(stdout) == 0;
}

int main(void)
{
    pii_ruleset *ruleset = NULL;
    pii_stream *stream = NULL;
    bool done = pii_ruleset_default(NULL, &ruleset) == PII_OK &&
                pii_stream_new(ruleset, NULL, PII_FORMAT_TEXT, NULL, &stream) == PII_OK && filter(stream);
    if (!done)
        fprintf(stderr, "filter: stopped at byte %llu\n", stream ? (unsigned long long)pii_stream_offset(stream) : 0);
    pii_stream_free(stream);
    pii_ruleset_free(ruleset);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
