/* make_odd_sequences.c - writes odd_sequences.c, the tables behind kept_prefix.h.
 *
 *   make_odd_sequences > odd_sequences.c
 *
 * Source: the fold table, which it is linked with. Every sequence of three bytes at
 * which a character begins that is not kept becomes a box, a set of high and low
 * nibbles for each byte; then the two boxes whose hull takes in the fewest kept
 * characters are merged until they fit the tables. Runs at build time. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "fold.h"
#include "kept_prefix.h"

enum {
    code_points = 0x110000,
    boxes_wanted = 8 * PII__ODD_BANKS,
    boxes_max = 4096,
    pairs_max = 0x80 + (0xE0 - 0xC2 + 0x10 + 0x05) * 64
};

typedef struct nibbles {
    uint16_t high, low; /* bit n: nibble n */
} nibbles;

typedef struct box {
    nibbles at[PII__ODD_SIZE];
    double kept; /* weight of what is kept and hit all the same */
} box;

static box boxes[boxes_max];
static size_t box_count;

/* Kept characters that share their first two bytes. */
typedef struct pair {
    uint8_t bytes[2];
    uint64_t thirds; /* bit n: 0x80 + n; all, where characters end before */
    double weight;   /* of each */
} pair;

static pair pairs[pairs_max];
static size_t pair_count;

static nibbles of_byte(uint8_t byte)
{
    return (nibbles){(uint16_t)(1u << (byte >> 4)), (uint16_t)(1u << (byte & 15))};
}

static const nibbles any_byte = {0xFFFF, 0xFFFF};

static size_t encode(uint32_t c, uint8_t ret[4])
{
    if (c < 0x80)
        return ret[0] = (uint8_t)c, 1;
    size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const uint8_t leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = size; i-- > 1; c >>= 6)
        ret[i] = (uint8_t)(0x80 | (c & 0x3F));
    ret[0] = (uint8_t)(leads[size] | c);
    return size;
}

static bool has(nibbles set, uint8_t byte)
{
    return (set.high >> (byte >> 4) & 1) && (set.low >> (byte & 15) & 1);
}

/* The bytes 0x80 to 0xBF that are in the set, one bit each. */
static uint64_t continuations(nibbles set)
{
    uint64_t mask = 0;
    for (unsigned high = 8; high < 12; high++)
        mask |= set.high >> high & 1 ? (uint64_t)set.low << 16 * (high - 8) : 0;
    return mask;
}

static double weight_of(const box *b)
{
    uint64_t thirds = continuations(b->at[2]);
    double weight = 0;
    for (size_t i = 0; i < pair_count; i++)
        if (has(b->at[0], pairs[i].bytes[0]) && has(b->at[1], pairs[i].bytes[1]))
            weight += __builtin_popcountll(pairs[i].thirds & thirds) * pairs[i].weight;
    return weight;
}

/* How much is lost where a kept character is hit: nothing may be lost of ASCII. How
 * often others are met is not known here, but alphabets and syllabaries use each
 * of theirs far more than Chinese and Korean writing does, and signs are rare. */
static double weight_of_character(uint32_t c)
{
    if (c < 0x80)
        return 1e9;
    bool alphabet = c < 0x1100 || (c >= 0x1E00 && c < 0x2000) || (c >= 0x3040 && c < 0x3100);
    bool ideograph_or_syllable = (c >= 0x3400 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7A4);
    bool picture = c >= 0x1F300 && c < 0x1FB00;
    return alphabet ? 1 : ideograph_or_syllable ? 0.6 : picture ? 0.2 : 0.02;
}

static void enter_kept(const uint8_t bytes[4], size_t size, double weight)
{
    /* After a short character anything may follow, also after one of one byte: a blank stands for it. */
    pair entered = {{bytes[0], size > 1 ? bytes[1] : ' '}, UINT64_MAX, weight};
    if (size > 2)
        entered.thirds = UINT64_C(1) << (bytes[2] - 0x80);
    pair *last = pair_count ? &pairs[pair_count - 1] : NULL;
    if (last && !memcmp(last->bytes, entered.bytes, sizeof entered.bytes))
        last->thirds |= entered.thirds;
    else
        pairs[pair_count++] = entered;
}

static bool same(const box *a, const box *b)
{
    return !memcmp(a->at, b->at, sizeof a->at);
}

static void enter_box(box entered)
{
    for (size_t i = 0; i < box_count; i++)
        if (same(&boxes[i], &entered))
            return;
    boxes[box_count++] = entered;
}

static void enter_odd(const uint8_t bytes[4], size_t size)
{
    box entered = {{of_byte(bytes[0]), any_byte, any_byte}, 0};
    for (size_t i = 1; i < size && i < PII__ODD_SIZE; i++)
        entered.at[i] = of_byte(bytes[i]);
    /* Bytes that differ in one nibble of the last place share a box from the start. */
    size_t last = size < PII__ODD_SIZE ? size - 1 : PII__ODD_SIZE - 1;
    box *before = box_count ? &boxes[box_count - 1] : NULL;
    box joined = entered;
    if (before) {
        joined.at[last].low |= before->at[last].low;
        box like = *before;
        like.at[last].low = joined.at[last].low;
        if (same(&joined, &like)) {
            *before = joined;
            return;
        }
    }
    enter_box(entered);
}

static void enter_range(uint8_t first, uint8_t last, uint8_t second_first, uint8_t second_last)
{
    box entered = {{{0, 0}, {0, 0}, any_byte}, 0};
    for (unsigned byte = first; byte <= last; byte++)
        entered.at[0] = (nibbles){(uint16_t)(entered.at[0].high | 1u << (byte >> 4)),
                                  (uint16_t)(entered.at[0].low | 1u << (byte & 15))};
    for (unsigned byte = second_first; byte <= second_last; byte++)
        entered.at[1] = (nibbles){(uint16_t)(entered.at[1].high | 1u << (byte >> 4)),
                                  (uint16_t)(entered.at[1].low | 1u << (byte & 15))};
    enter_box(entered);
}

/* What the first two bytes of no character may be: Unicode 15, table 3-7 "Well-Formed
 * UTF-8 Byte Sequences", as far as it is not a matter of how many bytes continue. */
static void enter_invalid(void)
{
    enter_range(0xC0, 0xC1, 0, 0xFF);
    enter_range(0xE0, 0xE0, 0x80, 0x9F);
    enter_range(0xED, 0xED, 0xA0, 0xBF);
    enter_range(0xF0, 0xF0, 0x80, 0x8F);
    enter_range(0xF4, 0xF4, 0x90, 0xBF);
    enter_range(0xF5, 0xFF, 0, 0xFF);
}

static void enter_all(void)
{
    for (uint32_t c = 0; c < code_points; c++) {
        uint8_t bytes[4];
        if (c == 0xD800)
            c = 0xE000;
        size_t size = encode(c, bytes);
        if (pii__fold(c) == PII__FOLD_KEEP)
            enter_kept(bytes, size, weight_of_character(c));
        else
            enter_odd(bytes, size);
    }
    enter_invalid();
}

static box hull(const box *a, const box *b)
{
    box both = *a;
    for (int i = 0; i < PII__ODD_SIZE; i++) {
        both.at[i].high |= b->at[i].high;
        both.at[i].low |= b->at[i].low;
    }
    both.kept = weight_of(&both);
    return both;
}

/* added[i][k], k < i: what merging the two takes in. */
static double added[boxes_max][boxes_max];

static void price_merges(size_t changed)
{
    for (size_t i = 0; i < box_count; i++) {
        if (i == changed)
            continue;
        size_t larger = i > changed ? i : changed, smaller = i > changed ? changed : i;
        added[larger][smaller] = hull(&boxes[i], &boxes[changed]).kept - boxes[i].kept - boxes[changed].kept;
    }
}

static void merge_cheapest(void)
{
    size_t first = 0, second = 1;
    for (size_t i = 1; i < box_count; i++)
        for (size_t k = 0; k < i; k++)
            if (added[i][k] < added[second][first]) {
                first = k;
                second = i;
            }
    boxes[first] = hull(&boxes[first], &boxes[second]);
    boxes[second] = boxes[--box_count];
    if (second < box_count)
        price_merges(second);
    price_merges(first);
}

static void print_nibbles(bool high)
{
    printf("const uint8_t pii__odd_%s[PII__ODD_BANKS][PII__ODD_SIZE][16] = {\n", high ? "high" : "low");
    for (size_t bank = 0; bank < PII__ODD_BANKS; bank++) {
        printf("    {\n");
        for (size_t k = 0; k < PII__ODD_SIZE; k++) {
            printf("        {");
            for (unsigned nibble = 0; nibble < 16; nibble++) {
                unsigned bits = 0;
                for (size_t i = 0; i < 8 && 8 * bank + i < box_count; i++) {
                    nibbles set = boxes[8 * bank + i].at[k];
                    bits |= ((unsigned)(high ? set.high : set.low) >> nibble & 1u) << i;
                }
                printf("%u%s", bits, nibble < 15 ? ", " : "");
            }
            printf("},\n");
        }
        printf("    },\n");
    }
    printf("};\n\n");
}

int main(void)
{
    enter_all();
    for (size_t i = 0; i < box_count; i++)
        boxes[i].kept = weight_of(&boxes[i]);
    for (size_t i = 0; i < box_count; i++)
        price_merges(i);
    while (box_count > boxes_wanted)
        merge_cheapest();
    printf("/* Generated by make_odd_sequences.c; do not edit. */\n#include \"kept_prefix.h\"\n\n");
    print_nibbles(false);
    print_nibbles(true);
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
