/* kernels_agree.c - every kernel that this CPU runs gives what the scalar one gives, over random tables,
 * programs and texts.
 *
 * Arguments: rounds. No library, so that it runs on CPUs that are only emulated (arm.py); what the
 * scalar kernel gives is held to plain readings by tests/unit/test_kernel.c. */
#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "kernel.h"
#include "tally.h"
#include "utf8.h"

enum { blocks = 80, text_size = blocks * PII__BLOCK_SIZE, columns = 32, classes = 8, padding = 32 };

static uint8_t space[1 + text_size + padding];
static uint8_t *const text = space + 1;
static const pii__kernel *scalar, *kernel;

/* xorshift64; of its own, as those of the other tests know the library. */
static uint64_t random_bits(void)
{
    static uint64_t state = UINT64_C(88172645463325252);
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static size_t random_below(size_t below)
{
    return (size_t)(random_bits() % below);
}

static void fill(void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)bytes)[i] = (uint8_t)random_below(256);
}

/* Few different bytes, so that classes and runs meet. */
static void fill_text(void)
{
    static const uint8_t usual[] = "ab1 @.\xC3\xA9" "9-\n";
    for (size_t i = 0; i < sizeof space; i++)
        space[i] = random_below(8) ? usual[random_below(sizeof usual - 1)] : (uint8_t)random_below(256);
}

static void check_sieve(void)
{
    static pii__sieve sieve;
    uint64_t expected[blocks], hits[blocks];
    memset(&sieve, 0, sizeof sieve);
    sieve.bank_count = 1 + random_below(PII__SIEVE_BANKS);
    sieve.buckets = UINT64_MAX;
    fill(sieve.banks, sieve.bank_count * sizeof sieve.banks[0]);
    for (int i = 0; i < PII__FINGERPRINT_SIZE; i++)
        for (unsigned byte = 0; byte < 256; byte++)
            for (size_t bank = 0; bank < sieve.bank_count; bank++) {
                const pii__sieve_bank *own = &sieve.banks[bank];
                sieve.position[i][byte] |= (uint64_t)(own->low[i][byte & 15] & own->high[i][byte >> 4]) << (8 * bank);
            }
    scalar->sieve(&sieve, text, blocks, expected);
    kernel->sieve(&sieve, text, blocks, hits);
    tally_case(!memcmp(hits, expected, sizeof hits), "%s: sieve", kernel->name);
    tally_case(kernel->count(hits, blocks) == scalar->count(hits, blocks), "%s: count", kernel->name);
}

static void check_fit(void)
{
    static uint64_t rows[PII__OUTLINE_SIZE * 256 * 8];
    static pii__fit expected[text_size * 64], fits[text_size * 64];
    static const size_t row_words[] = {1, 4, 8};
    pii__outlines outlines = {rows, row_words[random_below(3)]};
    uint64_t on[8], hits[blocks], left[blocks];
    for (size_t i = 0; i < PII__OUTLINE_SIZE * 256 * outlines.words; i++)
        rows[i] = random_bits() | random_bits();
    fill(on, sizeof on);
    fill(hits, sizeof hits);
    for (size_t i = 0; i < blocks; i++)
        hits[i] &= random_below(3) ? random_bits() & random_bits() : 0;
    size_t room = sizeof fits / sizeof fits[0];
    memcpy(left, hits, sizeof left);
    size_t count = scalar->fit(&outlines, on, text, false, blocks, left, expected, room);
    memcpy(left, hits, sizeof left);
    size_t found = kernel->fit(&outlines, on, text, false, blocks, left, fits, room);
    tally_case(found == count && !memcmp(fits, expected, count * sizeof fits[0]), "%s: outlines", kernel->name);
}

/* Classes into the first columns, then steps into the rest. */
static void run_program(const pii__kernel *with, const pii__classes *set, const pii__step *steps, pii__batch *batch,
                        uint64_t (*results)[PII__BATCH_STRIDE])
{
    memset(results, 0, columns * sizeof results[0]);
    batch->columns = results;
    with->classify(set, batch);
    with->run(steps, columns - classes, batch);
}

static void check_program(void)
{
    static uint64_t expected[columns][PII__BATCH_STRIDE], results[columns][PII__BATCH_STRIDE];
    pii__classes set = {.table_count = 2, .class_count = classes};
    pii__batch batch = {.text = text, .count = 1 + random_below(blocks / 4)};
    pii__step steps[columns - classes];
    fill(set.tables, 2 * sizeof set.tables[0]);
    for (size_t i = 0; i < classes; i++)
        set.classes[i] = (pii__class_bits){(uint8_t)(2 * i / classes), (uint8_t)random_below(256)};
    for (size_t i = 0; i < batch.count; i++) {
        batch.block[i] = (uint32_t)(2 * i);
        batch.follows[i] = i && random_below(2);
    }
    for (size_t i = 0; i < columns - classes; i++)
        steps[i] = (pii__step){(uint8_t)(PII__SHAPE_AND + random_below(5)), (uint8_t)(1 + random_below(20)),
                               (uint16_t)(classes + i), (uint16_t)random_below(classes + i),
                               (uint16_t)random_below(classes + i)};
    run_program(scalar, &set, steps, &batch, expected);
    run_program(kernel, &set, steps, &batch, results);
    bool same = true;
    for (size_t i = 0; i < columns; i++)
        same = same && !memcmp(results[i], expected[i], batch.count * sizeof results[i][0]);
    tally_case(same, "%s: program", kernel->name);
    bool any = scalar->any(expected[columns - 1], expected[0], batch.count);
    tally_case(kernel->any(expected[columns - 1], expected[0], batch.count) == any, "%s: any", kernel->name);
}

static void check_words(void)
{
    uint64_t expected[2][blocks], found[2][blocks];
    scalar->words(text, blocks, expected[0], expected[1]);
    kernel->words(text, blocks, found[0], found[1]);
    tally_case(!memcmp(found, expected, sizeof found), "%s: words", kernel->name);
    bool same = true;
    for (size_t i = 0; i < blocks; i++) {
        scalar->letters(text + i * PII__BLOCK_SIZE, &expected[0][0], &expected[1][0]);
        kernel->letters(text + i * PII__BLOCK_SIZE, &found[0][0], &found[1][0]);
        same = same && found[0][0] == expected[0][0] && found[1][0] == expected[1][0];
    }
    tally_case(same, "%s: letters", kernel->name);
}

/* Characters of all sizes, some of them broken. */
static size_t put_characters(uint8_t *at, size_t room)
{
    size_t size = 0;
    while (room - size > 4) {
        uint32_t c = (uint32_t)random_below(UINT64_C(1) << (1 + random_below(20)));
        size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        for (size_t i = length; i-- > 1; c >>= 6)
            at[size + i] = (uint8_t)(0x80 | (c & 0x3F));
        at[size] = (uint8_t)(length > 1 ? (0xF00u >> length & 0xF0) | c : c);
        size += length;
    }
    if (!random_below(4))
        at[random_below(size)] = (uint8_t)random_below(256);
    return size;
}

static bool all_kept(const uint8_t *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        pii__character character = pii__utf8_decode(bytes + at, size - at);
        if (character.size <= 0 || pii__fold(character.code_point) != PII__FOLD_KEEP)
            return false;
        at += (size_t)character.size;
    }
    return true;
}

static void check_kept(void)
{
    uint8_t bytes[300];
    size_t size = put_characters(bytes, sizeof bytes), from = random_below(4);
    size_t kept = kernel->kept_prefix(bytes + from, size - from);
    tally_case(kept <= size - from && all_kept(bytes + from, kept), "%s: kept prefix of %zu", kernel->name, kept);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 1;
    scalar = pii__kernel_find("scalar");
    for (size_t i = 0; pii__kernel_name(i); i++) {
        kernel = pii__kernel_find(pii__kernel_name(i));
        for (int round = 0; kernel && round < rounds; round++) {
            fill_text();
            check_sieve();
            check_fit();
            check_program();
            check_words();
            for (int k = 0; k < 100; k++)
                check_kept();
        }
    }
    return tally_end();
}
