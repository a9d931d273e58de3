#include "flow.h"

#include <stdio.h>
#include <string.h>

enum { PIECE_BITS = 22, STAGED = 1 << PIECE_BITS /* bytes */ };

void source_open(soak_source *ret, uint64_t seed)
{
    *ret = (soak_source){.cuts = {~seed}};
    generator_open(&ret->generator, seed);
    generator_reserve(&ret->staged, STAGED + BLOCK_SIZE_MAX);
}

void source_close(soak_source *source)
{
    generator_close(&source->generator);
    bytes_free(&source->staged);
}

void source_begin(soak_source *source, const soak_format *format, size_t blocks)
{
    generator_begin(&source->generator, format, blocks);
    source->staged.size = source->at = 0;
    source->ended = false;
}

static void stage(soak_source *source)
{
    source->staged.size = source->at = 0;
    while (source->staged.size < STAGED && !source->ended) {
        const soak_piece *piece = generator_next(&source->generator);
        if (piece)
            bytes_append(&source->staged, piece->source.data, piece->source.size);
        source->ended = !piece;
    }
}

size_t source_take(soak_source *source, const char **ret)
{
    if (source->at == source->staged.size)
        stage(source);
    size_t left = source->staged.size - source->at;
    size_t most = (size_t)1 << random_below(&source->cuts, PIECE_BITS + 1);
    size_t size = 1 + random_below(&source->cuts, most);
    if (size > left)
        size = left;
    *ret = source->staged.data + source->at;
    source->at += size;
    return size;
}

void check_open(soak_check *ret, uint64_t seed)
{
    *ret = (soak_check){0};
    generator_open(&ret->generator, seed);
}

void check_close(soak_check *check)
{
    generator_close(&check->generator);
}

/* Goes on to a piece of which something must come. */
static void advance(soak_check *check)
{
    while (!check->piece || check->at == check->piece->expected.size) {
        if (check->piece) {
            check->bytes += check->piece->source.size;
            check->planted += check->piece->planted;
        }
        check->at = 0;
        check->piece = generator_next(&check->generator);
        if (!check->piece)
            return;
    }
}

void check_begin(soak_check *check, const soak_format *format, size_t blocks)
{
    generator_begin(&check->generator, format, blocks);
    check->piece = NULL;
    check->at = 0;
}

/* The first difference, with what stands around it: all of it is generated, so that it can be shown. */
static void show(const soak_check *check, const char *data, size_t size)
{
    enum { BEFORE = 40, AFTER = 60 };
    const char *expected = check->piece->expected.data + check->at;
    size_t at = 0;
    while (at < size && data[at] == expected[at])
        at++;
    size_t from = at < BEFORE ? 0 : at - BEFORE;
    size_t shown = size - from < BEFORE + AFTER ? size - from : BEFORE + AFTER;
    fprintf(stderr, "%s: expected: %.*s\n%s: came:     %.*s\n", check->generator.format->name, (int)shown,
            expected + from, check->generator.format->name, (int)shown, data + from);
}

void check_take(soak_check *check, const char *data, size_t size)
{
    while (size > 0 && !check->differs) {
        if (!check->piece || check->at == check->piece->expected.size)
            advance(check);
        if (!check->piece) {
            check->differs = true; /* there is more than there must be */
            return;
        }
        size_t left = check->piece->expected.size - check->at, count = size < left ? size : left;
        if (memcmp(data, check->piece->expected.data + check->at, count) != 0) {
            show(check, data, count);
            check->differs = true;
        }
        check->at += count;
        data += count;
        size -= count;
    }
}

bool check_finish(soak_check *check, bool complete)
{
    if (!check->differs && complete)
        advance(check);
    if (check->differs)
        return false;
    return complete ? !check->piece : check->piece && check->at == check->piece->expected.size;
}
