/* All kernels give the same answers, bit for bit: held to plain readings of
 * what kernel.h promises, over random tables, programs and texts. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "kernel.h"
#include "memory.h"
#include "plan.h"
#include "shape_bytes.h"
#include "shape_holds.h"
#include "sieve.h"
#include "sift.h"
#include "text_masker.h"
#include "utf8.h"

enum { text_size = 200 * PII__BLOCK_SIZE, rounds = 60 };

static uint64_t seed = 88172645463325252u;

static uint64_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

static void fill(void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)bytes)[i] = (uint8_t)(next_random() >> 32);
}

/* Text of few different bytes, so that classes and runs meet. */
static void fill_text(uint8_t *text, size_t size)
{
    static const uint8_t letters[] = "ab1 @.\xC3\xA9" "9-\n";
    for (size_t i = 0; i < size; i++)
        text[i] = next_random() % 8 ? letters[next_random() % (sizeof letters - 1)] : (uint8_t)next_random();
}

/* Calls `check` for every kernel that this CPU runs. */
static void with_all(void (*check)(const pii__kernel *kernel))
{
    for (size_t i = 0; pii__kernel_name(i); i++) {
        const pii__kernel *kernel = pii__kernel_find(pii__kernel_name(i));
        if (kernel)
            check(kernel);
    }
}

static void random_sieve(pii__sieve *sieve)
{
    memset(sieve, 0, sizeof *sieve);
    sieve->bank_count = 1 + next_random() % PII__SIEVE_BANKS;
    sieve->buckets = UINT64_MAX;
    for (size_t bank = 0; bank < sieve->bank_count; bank++) {
        fill(sieve->banks[bank].low, sizeof sieve->banks[bank].low);
        fill(sieve->banks[bank].high, sizeof sieve->banks[bank].high);
    }
    for (int i = 0; i < PII__FINGERPRINT_SIZE; i++)
        for (unsigned byte = 0; byte < 256; byte++)
            for (size_t bank = 0; bank < PII__SIEVE_BANKS; bank++)
                sieve->position[i][byte] |= ((uint64_t)(sieve->banks[bank].low[i][byte & 15] &
                                                        sieve->banks[bank].high[i][byte >> 4])
                                                       << (8 * bank));
}

static void check_sieve(const pii__kernel *kernel)
{
    static uint8_t text[text_size + PII__FINGERPRINT_SIZE];
    uint64_t hits[200];
    pii__sieve sieve;
    for (int round = 0; round < rounds; round++) {
        size_t blocks = next_random() % 200, places = 0;
        random_sieve(&sieve);
        fill_text(text, sizeof text);
        if (round % 2) {
            pii__sieve all = sieve;
            pii__sieve_choose(&all, next_random() & next_random(), &sieve);
        }
        kernel->sieve(&sieve, text, blocks, hits);
        for (size_t i = 0; i < blocks; i++) {
            uint64_t expected = 0;
            for (size_t k = 0; k < 64; k++) {
                const uint8_t *at = text + i * 64 + k;
                uint64_t hit = sieve.position[0][at[0]] & sieve.position[1][at[1]] & sieve.position[2][at[2]];
                expected |= (uint64_t)(hit != 0) << k;
            }
            cr_assert_eq(hits[i], expected, "%s: block %zu", kernel->name, i);
            for (; expected; expected &= expected - 1)
                places++;
        }
        cr_assert_eq(kernel->count(hits, blocks), places, "%s: places", kernel->name);
    }
}

Test(kernel, sieves_alike)
{
    with_all(check_sieve);
}

static bool has_outline(const pii__outlines *outlines, size_t shape, const uint8_t *text, size_t at, bool begins)
{
    for (size_t k = begins && !at ? 1 : 0; k < PII__OUTLINE_SIZE; k++) {
        const uint64_t *row = outlines->rows + (k * 256 + text[at + k - 1]) * outlines->words;
        if (!(row[shape / 64] >> shape % 64 & 1))
            return false;
    }
    return true;
}

/* Few zeros in a row, so that some shapes fit. */
static void fill_rows(uint64_t *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rows[i] = next_random() | next_random() | next_random();
}

/* Fits come place by place or part by part, so they are counted off in a table. */
static void check_fit_of(const pii__kernel *kernel, size_t words, bool begins)
{
    enum { blocks = 3, places = blocks * PII__BLOCK_SIZE, shapes_max = 8 * 64 };
    static uint8_t space[1 + places + PII__OUTLINE_SIZE], seen[places][shapes_max];
    static uint64_t table[PII__OUTLINE_SIZE * 256 * 8];
    pii__outlines outlines = {table, words};
    uint8_t *text = space + 1;
    uint64_t hits[blocks], left[blocks], on[8];
    size_t room = PII__FEW_PLACES * 64 * words + 1 + next_random() % 1000, found;
    pii__fit *fits = malloc(room * sizeof *fits);
    fill_rows(table, PII__OUTLINE_SIZE * 256 * words);
    fill_text(space, sizeof space);
    fill(on, sizeof on);
    fill(hits, sizeof hits);
    memcpy(left, hits, sizeof left);
    memset(seen, 0, sizeof seen);
    while ((found = kernel->fit(&outlines, on, text, begins, blocks, left, fits, room)) != 0)
        for (size_t i = 0; i < found; i++)
            seen[fits[i].at][fits[i].shape]++;
    for (size_t at = 0; at < places; at++)
        for (size_t shape = 0; shape < 64 * words; shape++) {
            bool expected = (hits[at / 64] >> at % 64 & 1) && (on[shape / 64] >> shape % 64 & 1) &&
                            has_outline(&outlines, shape, text, at, begins);
            cr_assert_eq(seen[at][shape], expected, "%s: shape %zu at %zu", kernel->name, shape, at);
        }
    free(fits);
}

static void check_fit(const pii__kernel *kernel)
{
    for (int round = 0; round < rounds; round++)
        for (size_t words = 1; words <= 8; words += words == 1 ? 3 : 4)
            check_fit_of(kernel, words, round % 2);
}

Test(kernel, fits_alike)
{
    with_all(check_fit);
}

static void check_words(const pii__kernel *kernel)
{
    enum { blocks = 5 };
    uint8_t text[blocks * PII__BLOCK_SIZE];
    uint64_t words[blocks], high[blocks];
    for (int round = 0; round < 200; round++) {
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = round ? (uint8_t)next_random() : (uint8_t)i;
        kernel->words(text, blocks, words, high);
        for (size_t i = 0; i < sizeof text; i++) {
            uint8_t byte = text[i], small = byte | 0x20;
            bool word = (small >= 'a' && small <= 'z') || (byte >= '0' && byte <= '9');
            cr_assert_eq(words[i / 64] >> i % 64 & 1, word, "%s: %02x", kernel->name, byte);
            cr_assert_eq(high[i / 64] >> i % 64 & 1, byte >= 0x80, "%s: %02x", kernel->name, byte);
        }
    }
}

Test(kernel, knows_words_alike)
{
    with_all(check_words);
}

static void check_plain(const pii__kernel *kernel)
{
    uint8_t text[300];
    for (int round = 0; round < 4000; round++) {
        size_t size = next_random() % sizeof text, at = next_random() % sizeof text;
        memset(text, 'a', sizeof text);
        text[at] = (uint8_t)next_random();
        bool plain = (text[at] >= 0x20 && text[at] < 0x7F) || (text[at] >= 9 && text[at] <= 13);
        size_t expected = plain || at > size ? size : at;
        cr_assert_eq(kernel->kept_prefix(text, size), expected, "%s: %02x at %zu", kernel->name, text[at], at);
    }
}

Test(kernel, knows_plain_bytes_alike)
{
    with_all(check_plain);
}

/* All of the prefix is characters that are kept, one after the other. */
static void check_prefix_of(const pii__kernel *kernel, const uint8_t *text, size_t size)
{
    size_t kept = kernel->kept_prefix(text, size), at = 0;
    cr_assert_leq(kept, size);
    while (at < kept) {
        pii__character character = pii__utf8_decode(text + at, size - at);
        cr_assert_gt(character.size, 0, "%s: not valid at %zu of %zu", kernel->name, at, kept);
        cr_assert_eq(pii__fold(character.code_point), PII__FOLD_KEEP, "%s: U+%04X", kernel->name,
                     character.code_point);
        at += (size_t)character.size;
    }
    cr_assert_eq(at, kept, "%s: ends in a character", kernel->name);
}

static size_t put_character(uint8_t *at, uint32_t c)
{
    if (c < 0x80)
        return *at = (uint8_t)c, 1;
    size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = size; i-- > 1; c >>= 6)
        at[i] = (uint8_t)(0x80 | (c & 0x3F));
    at[0] = (uint8_t)((0xF00u >> size & 0xF0) | c);
    return size;
}

/* Planes in which all characters but a few are of one kind: some of them will do. */
static uint32_t next_code_point(uint32_t c)
{
    bool alike = (c >= 0x20000 && c < 0xE0000) || c >= 0xE2000;
    return c + (alike ? 61 : 1);
}

/* Each code point, also those that UTF-8 does not have, in the midst of kept ones. */
static void check_kept(const pii__kernel *kernel)
{
    uint8_t text[256];
    for (uint32_t c = 0; c < 0x140000; c = next_code_point(c)) {
        size_t size = 0, after = c % 37 + 40;
        for (size_t i = 0; i < after; i++)
            size += put_character(text + size, i % 3 ? 0xE9 : 0x4E00);
        size += put_character(text + size, c);
        while (size < 220)
            size += put_character(text + size, 0x43B);
        check_prefix_of(kernel, text, size);
    }
}

Test(kernel, keeps_no_character_that_folds)
{
    with_all(check_kept);
}

/* Characters cut short, doubled and mixed. */
static void check_broken(const pii__kernel *kernel)
{
    uint8_t text[320];
    for (int round = 0; round < 20000; round++) {
        size_t size = 0;
        while (size < sizeof text - 16)
            size += put_character(text + size, (uint32_t)(next_random() % (UINT64_C(1) << next_random() % 21)));
        for (int i = round % 3; i > 0; i--)
            text[next_random() % size] = (uint8_t)next_random();
        size_t from = next_random() % 8;
        check_prefix_of(kernel, text + from, size - from);
    }
}

Test(kernel, keeps_no_broken_character)
{
    with_all(check_broken);
}

static void check_languages(const pii__kernel *kernel)
{
    static const char *const texts[] = {
        "Le garçon déjà âgé mange où naît la forêt. ",
        "Der Bär übt täglich große Sprünge. ",
        "Кошка спит на тёплом окне. ",
        "Η γάτα κοιμάται στο παράθυρο. ",
        "खरगोश घास खाता है ",
        "แมวนอนหลับ ",
        "ねこはまどでねむる",
        "고양이가 창가에서 잔다 ",
        "猫在窗边睡觉",
        "القطة تنام ",
        "החתול ישן ",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        uint8_t text[2000];
        size_t length = strlen(texts[i]), size = 0;
        for (; size + length < sizeof text; size += length)
            memcpy(text + size, texts[i], length);
        cr_expect_eq(kernel->kept_prefix(text, size), size, "%s: %s", kernel->name, texts[i]);
    }
}

/* A kernel that stops often is right, but slow. */
Test(kernel, keeps_languages)
{
    with_all(check_languages);
}

/* ---- Masks of text ---- */

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_stop(pii__mask_format format, uint8_t byte)
{
    if (byte < 0x20 || byte >= 0x80)
        return true;
    return strchr(format == PII__MASKS_JSON ? "\"\\" : "\"'<>&]", byte) != NULL;
}

static bool has(const uint64_t *mask, size_t at)
{
    return mask[at / 64] >> at % 64 & 1;
}

static void check_masks(const pii__kernel *kernel)
{
    static uint8_t text[PII__MASK_BYTES];
    pii__text_masker masker;
    pii__text_masker_init(&masker, kernel);
    pii__masker filler = pii__text_masker_of(&masker);
    fill(text, sizeof text);
    for (size_t round = 0; round < rounds; round++) {
        pii__text_masks masks;
        pii__mask_format format = round % 2 ? PII__MASKS_JSON : PII__MASKS_XML;
        size_t size = round < 2 ? PII__MASK_BYTES : next_random() % (PII__MASK_BYTES + 1);
        memset(&masks, 0xA5, sizeof masks);
        filler.fill(filler.context, format, text, size, &masks);
        for (size_t at = 0; at < size; at++) {
            uint8_t kind = pii__byte_kinds[text[at]];
            cr_assert(has(masks.stop, at) == is_stop(format, text[at]) &&
                          has(masks.word, at) == (kind == PII__KIND_WORD) &&
                          has(masks.digit, at) == (kind == PII__KIND_DIGIT) &&
                          has(masks.blank, at) == is_blank(text[at]),
                      "%s: %02x", kernel->name, text[at]);
        }
        for (size_t at = size; at < size + 64; at++)
            cr_assert((at > size || has(masks.stop, at)) && !has(masks.word, at) && !has(masks.digit, at) &&
                          !has(masks.blank, at),
                      "%s: after the text", kernel->name);
    }
}

Test(kernel, masks_text_alike)
{
    with_all(check_masks);
}

/* ---- Whole plans against shapes read literally ---- */

static uint16_t random_class(pii__shape *shape)
{
    static const char *const classes[] = {"0123456789", "ab", "@", " ", "-.", "\xC3\xA9", "ab19"};
    const char *text = classes[next_random() % (sizeof classes / sizeof classes[0])];
    pii__shape_op *op = &shape->ops[shape->count];
    memset(op, 0, sizeof *op);
    op->kind = PII__SHAPE_CLASS;
    for (; *text; text++)
        pii__byte_set_add(&op->set, (uint8_t)*text);
    return (uint16_t)shape->count++;
}

/* Ops over earlier ones; what is negated is a class, as shape.h asks. */
static void random_shape(pii__shape *shape)
{
    memset(shape, 0, sizeof *shape);
    uint16_t top = random_class(shape);
    unsigned ahead = 0;
    for (unsigned ops = (unsigned)(next_random() % 10); ops--;) {
        uint16_t class = random_class(shape);
        pii__shape_op *op = &shape->ops[shape->count];
        memset(op, 0, sizeof *op);
        op->kind = (uint8_t)(PII__SHAPE_AND + next_random() % 5);
        op->a = top;
        op->b = class;
        op->distance = (uint8_t)(1 + next_random() % 5);
        if (op->kind == PII__SHAPE_AHEAD && (ahead += op->distance) > PII__SHAPE_AHEAD_MAX)
            op->kind = PII__SHAPE_OR;
        top = (uint16_t)shape->count++;
    }
    shape->result = top;
    for (int k = 0; k < PII__FINGERPRINT_SIZE; k++)
        pii__byte_set_add_range(&shape->fingerprint[k], 0, 255);
}

typedef struct seen {
    uint8_t *marks; /* [shape * size + at] */
    size_t size;
    size_t *next; /* per shape: places come in ascending order, each once */
} seen;

static pii_status mark(void *context, size_t shape, size_t at)
{
    seen *all = context;
    cr_assert_geq(at, all->next[shape], "shape %zu: %zu after %zu", shape, at, all->next[shape]);
    all->next[shape] = at + 1;
    all->marks[shape * all->size + at] = 1;
    return PII_OK;
}

/* Whether the bytes around a place are those of the outline of a shape. */
static bool fits_outline(const pii__shape *shape, const uint8_t *text, size_t size, size_t at)
{
    pii__outline known[PII__SHAPE_OPS_MAX];
    pii__shape_outlines(shape, known);
    const pii__outline *outline = &known[shape->result];
    for (size_t k = 0; k < PII__OUTLINE_SIZE; k++) {
        uint8_t byte = at + k == 0 || at + k - 1 >= size ? 0 : text[at + k - 1];
        if ((k || at) && !pii__byte_set_has(&outline->at[k], byte))
            return false;
    }
    return true;
}

/* A place may be reported that the shape does not hold at, if its outline fits or
 * what stands before is not known; never the reverse. */
static void check_plan(const pii__kernel *kernel)
{
    enum { shapes = 12, quiet = 4200 }; /* stretches of text are sifted in one way or another */
    static uint8_t text[12000];
    pii__shape all[shapes];
    const pii__shape *pointers[shapes];
    bool on[shapes];
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < shapes; i++) {
            random_shape(&all[i]);
            pointers[i] = &all[i];
            on[i] = next_random() % 4 != 0;
        }
        pii__plan *plan;
        pii__sifter sifter;
        cr_assert_eq(pii__plan_new(&pii__default_allocator, pointers, shapes, &plan), PII_OK);
        cr_assert_eq(pii__sifter_init(&sifter, &pii__default_allocator, plan, kernel), PII_OK);
        pii__sifter_choose(&sifter, on);
        size_t size = next_random() % sizeof text, from = size ? next_random() % size : 0;
        fill_text(text, size);
        if (round % 2 && size > quiet)
            memset(text + next_random() % (size - quiet), '~', quiet);
        size_t next[shapes] = {0};
        seen marks = {calloc(shapes, size + 1), size + 1, next};
        pii__pivot_listener listener = {.pivot = mark, .context = &marks};
        cr_assert_eq(pii__sift(&sifter, text, size, from, size, &listener), PII_OK);
        for (size_t shape = 0; shape < shapes; shape++)
            for (size_t at = from; at < size; at++) {
                bool marked = marks.marks[shape * marks.size + at];
                if (!on[shape])
                    cr_assert_not(marked, "%s: shape %zu is off", kernel->name, shape);
                else if (shape_holds(&all[shape], text, size, at))
                    cr_assert(marked, "%s: shape %zu missed at %zu of %zu", kernel->name, shape, at, size);
                else if ((at - from) % PII__BLOCK_SIZE > PII__SHAPE_OPS_MAX &&
                         !fits_outline(&all[shape], text, size, at))
                    cr_assert_not(marked, "%s: shape %zu wrong at %zu of %zu", kernel->name, shape, at, size);
            }
        free(marks.marks);
        pii__sifter_free(&sifter);
        pii__plan_free(plan);
    }
}

Test(kernel, finds_every_place_of_every_shape)
{
    with_all(check_plan);
}
