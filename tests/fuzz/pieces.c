/* The same data through a stream, in one of its two forms. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

/* Often tiny, now and then large. */
static size_t some_size(random_source *random, size_t most)
{
    static const size_t ranges[] = {1, 2, 4, 9, 40, 300, 5000, 200000};
    size_t range = ranges[random_below(random, sizeof ranges / sizeof *ranges)];
    size_t size = random_below(random, range + 1);
    return size < most ? size : most;
}

/* Nothing follows a piece, and it is gone after the call. */
static uint8_t *piece_of(const uint8_t *data, size_t size)
{
    uint8_t *piece = malloc(size ? size : 1);
    fuzz_require(piece != NULL, "there is memory");
    if (size)
        memcpy(piece, data, size);
    return piece;
}

static pii_status write_all(pii_stream *stream, const uint8_t *data, size_t size, random_source *random,
                            test_bytes *output)
{
    pii_status status = PII_OK;
    for (size_t at = 0; status == PII_OK && at < size;) {
        size_t next = some_size(random, size - at);
        uint8_t *piece = piece_of(data + at, next);
        status = pii_stream_write(stream, piece, next, bytes_sink, output);
        free(piece);
        at += next;
    }
    return status == PII_OK ? pii_stream_finish(stream, bytes_sink, output) : status;
}

static pii_status run_piece(pii_stream *stream, const uint8_t *piece, size_t size, bool last, random_source *random,
                            test_bytes *output)
{
    pii_in in = {piece, size, 0};
    pii_directive directive = last ? PII_END : random_below(random, 4) ? PII_CONTINUE : PII_FLUSH;
    size_t pending = 0;
    do {
        char buffer[512];
        size_t room = some_size(random, sizeof buffer - 1) + 1, before = in.pos;
        pii_out out = {buffer, room, 0};
        pii_status status = pii_stream_run(stream, &out, &in, directive, &pending);
        if (status != PII_OK)
            return status;
        fuzz_require(out.pos <= room && in.pos <= size, "cursors stay inside");
        fuzz_require(out.pos || in.pos > before || !pending, "a call gets on");
        bytes_append(output, buffer, out.pos);
    } while (in.pos < size || (last && pending));
    return PII_OK;
}

static pii_status run_all(pii_stream *stream, const uint8_t *data, size_t size, random_source *random,
                          test_bytes *output)
{
    for (size_t at = 0;;) {
        size_t next = some_size(random, size - at);
        bool last = at + next == size;
        uint8_t *piece = piece_of(data + at, next);
        pii_status status = run_piece(stream, piece, next, last, random, output);
        free(piece);
        if (status != PII_OK || last)
            return status;
        at += next;
    }
}

void fuzz_stream(pii_stream *stream, const void *data, size_t size, random_source *random, fuzz_answer *ret)
{
    ret->taken.output.size = ret->taken.findings.count = 0;
    pii_stream_reset(stream);
    pii_stream_on_finding(stream, findings_gather, &ret->taken.findings);
    bool cursors = random_below(random, 3) == 0;
    ret->status = (cursors ? run_all : write_all)(stream, data, size, random, &ret->taken.output);
    ret->fault_at = 0;
    ret->fault = pii_stream_fault(stream, &ret->fault_at);
    fuzz_require(ret->status != PII_OK || pii_stream_offset(stream) == size, "a stream takes every byte");
    uint64_t at = 0;
    for (size_t i = 0; i < ret->taken.findings.count; i++) {
        const pii_finding *finding = &ret->taken.findings.list[i];
        fuzz_require(finding->begin >= at && finding->end > finding->begin && finding->end <= size,
                     "findings of a stream are in order and inside");
        at = finding->end;
    }
}
