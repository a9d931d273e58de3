/* kernel.h - the loops that look at every byte, once per kind of CPU.
 *
 * All kernels give the same answers, bit for bit; which one runs is chosen at
 * run time (kernel.c) or by the caller. Intrinsics live in the kernel_*.c files
 * only. Text is read in blocks of 64 bytes; where a function says so, some
 * bytes after the last block must be readable too (their value is of no
 * matter unless said otherwise). */
#ifndef PII__KERNEL_H
#define PII__KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shape_bytes.h"

enum {
    PII__BLOCK_SIZE = 64,
    PII__SIEVE_BANKS = 8,
    PII__SIEVE_BUCKETS = 8 * PII__SIEVE_BANKS,
    PII__FEW_PLACES = 16, /* places whose outlines are looked at together */
    PII__OUTLINE_WORDS = 4, /* words of rows are read so many at a time */
    PII__CLASS_TABLES_MAX = 16,
    PII__CLASSES_MAX = 96,
    PII__BATCH_BLOCKS = 64, /* blocks per run of a program: columns stay in the cache */
    PII__BATCH_PAD = 8, /* words that are zero after the last block: a step works on eight at a time */
    PII__BATCH_STRIDE = PII__BATCH_BLOCKS + PII__BATCH_PAD /* words per column */
};

/* Of each shape the bytes that can stand around a pivot, as one bit per shape: row
 * [offset][byte] holds the shapes that have the byte there. Offset 0 is the byte before
 * the place. */
typedef struct pii__outlines {
    uint64_t *rows;
    size_t words; /* per row; 1 or a multiple of PII__OUTLINE_WORDS */
} pii__outlines;

/* A place with all the bytes that a shape asks for around it. */
typedef struct pii__fit {
    uint32_t at; /* from the start of the blocks */
    uint32_t shape;
} pii__fit;

/* One bit per bucket: bucket b is hit at p when bit b is set in
 * position[0][text[p]], position[1][text[p + 1]] and position[2][text[p + 2]].
 * Each bit is a rectangle of high and low nibbles, so that two lookups of 16
 * entries give the same, for eight buckets at a time: bits b of bank b / 8 in
 * low[k][t & 15] & high[k][t >> 4]. */
typedef struct pii__sieve_bank {
    uint8_t low[PII__FINGERPRINT_SIZE][16];
    uint8_t high[PII__FINGERPRINT_SIZE][16];
} pii__sieve_bank;

typedef struct pii__sieve {
    pii__sieve_bank banks[PII__SIEVE_BANKS];
    size_t bank_count; /* those after it are empty */
    uint64_t buckets;  /* those that can be hit, one bit each */
    uint64_t position[PII__FINGERPRINT_SIZE][256];
} pii__sieve;

/* A class is a union of nibble rectangles, each a bit of one of the tables. */
typedef struct pii__class_table {
    uint8_t low[16];
    uint8_t high[16];
} pii__class_table;

typedef struct pii__class_bits {
    uint8_t table; /* the rectangles of a class lie in one table */
    uint8_t bits;
} pii__class_bits;

typedef struct pii__classes {
    pii__class_table tables[PII__CLASS_TABLES_MAX];
    pii__class_bits classes[PII__CLASSES_MAX]; /* ordered by table */
    size_t table_count;
    size_t class_count;
} pii__classes;

/* One step of a program: columns[to] = columns[a] op columns[b]. */
typedef struct pii__step {
    uint8_t kind; /* pii__shape_kind, but for TRUE and CLASS */
    uint8_t distance;
    uint16_t to;
    uint16_t a;
    uint16_t b;
} pii__step;

/* Blocks picked out of a text, in ascending order, and the columns of masks
 * over them: word i of a column is about block i of the list. */
typedef struct pii__batch {
    const uint8_t *text;
    size_t count;
    uint32_t block[PII__BATCH_BLOCKS];
    uint64_t follows[PII__BATCH_STRIDE]; /* 1: block i comes right after block i - 1 in the text */
    uint64_t (*columns)[PII__BATCH_STRIDE];
} pii__batch;

typedef struct pii__kernel {
    const char *name;

    /* hits[i] = the places of block i at which some bucket is hit, one bit each.
     * Reads 2 bytes after the last block. */
    void (*sieve)(const pii__sieve *sieve, const uint8_t *text, size_t blocks, uint64_t *hits);

    /* Bits of `count` words. */
    size_t (*count)(const uint64_t *words, size_t count);

    /* Takes places out of `hits` and looks at the bytes around them: which shapes of
     * `on` (a row) can hold there? Ends when there is no more place, or no room for one more
     * than PII__FEW_PLACES could give; returns how many were written. Reads PII__OUTLINE_SIZE bytes after the last
     * block, and, unless `begins`, one before the first. */
    size_t (*fit)(const pii__outlines *outlines, const uint64_t *on, const uint8_t *text, bool begins, size_t blocks,
                  uint64_t *hits, pii__fit *ret, size_t room);

    /* columns[c][i] = members of class c in block i of the batch, bit k for byte
     * k; PII__BATCH_PAD words from `count` on are zeroed. */
    void (*classify)(const pii__classes *classes, pii__batch *batch);

    /* Runs the steps over all words. A word looks ahead into the next word, and
     * back into the one before where `follows` says so. */
    void (*run)(const pii__step *steps, size_t count, pii__batch *batch);

    /* Whether a bit of the first `count` words is set in both. */
    bool (*any)(const uint64_t *column, const uint64_t *mask, size_t count);

    /* Which bytes of a block are ASCII letters, and which are not ASCII. */
    void (*letters)(const uint8_t *block, uint64_t *ret_letters, uint64_t *ret_high);

    /* The same for each of several blocks, digits counted among the letters. */
    void (*words)(const uint8_t *text, size_t blocks, uint64_t *ret_words, uint64_t *ret_high);

    /* As pii__kept_prefix, but what two kernels leave to the caller may differ. Where
     * all of the text is ASCII and kept, it is all of it. */
    size_t (*kept_prefix)(const uint8_t *text, size_t size);
} pii__kernel;

/* The best kernel that this CPU can run. */
const pii__kernel *pii__kernel_best(void);

/* The kernel of that name, or NULL when there is none or the CPU cannot run it. */
const pii__kernel *pii__kernel_find(const char *name);

/* Names of all kernels that this build knows, best first; NULL at the end. */
const char *pii__kernel_name(size_t index);

#endif
