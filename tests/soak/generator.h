/* generator.h - documents without end, and what piiglet must make of them.
 *
 * Records of plain words, in the writing of a format, with invented values at random places; what must come out is
 * written down beside each record as it is made. Or prose, in stretches that are copied nowhere, with a value after
 * each: this costs no more than memory does, so that what is measured is the scanner. Two generators of the same seed
 * make the same, so that one can write while the other compares. */
#ifndef GENERATOR_H
#define GENERATOR_H

#include "random.h"

enum {
    BLOCKS = 64,            /* that are kept and drawn from; one draw in RENEWED makes a new one */
    RENEWED = 4,
    BLOCK_RECORDS = 128,
    BLOCK_SIZE_MAX = 1 << 17, /* bytes */
    PROSE_SIZE = 4 << 20,     /* bytes, made anew for each document */
    STRETCH_BITS = 17         /* of prose without a value: up to 128 KiB, 24 KiB on average */
};

/* A format, and how a document of it is written. */
typedef struct soak_format {
    const char *name; /* as --format has it */
    pii_format format;
    const char *begin, *end;           /* of the document */
    const char *open, *close;          /* of a record; the number of the record stands behind `open` */
    const char *then;                  /* between number and text */
    const char *at;                    /* how @ can be written, too; NULL: only so */
} soak_format;

/* The formats of records; the last one has no name. */
extern const soak_format soak_formats[];

/* Prose, which is text. */
extern const soak_format soak_prose;

/* Bytes of a document, and what they become. */
typedef struct soak_piece {
    test_bytes source;
    test_bytes expected;
    size_t planted; /* values */
} soak_piece;

typedef struct soak_generator {
    random_source random;
    const soak_format *format;
    soak_piece blocks[BLOCKS];
    soak_piece edge; /* begin or end of a document; a value amid prose */
    test_bytes prose;
    soak_piece stretch; /* part of the prose */
    size_t left;        /* blocks, or stretches, until the end; counts down */
    bool begun;
} soak_generator;

/* Room for so many bytes is there, and touched, from the beginning on: memory is flat for whoever looks at it. */
void generator_reserve(test_bytes *bytes, size_t size);

void generator_open(soak_generator *ret, uint64_t seed);
void generator_close(soak_generator *generator);

/* A document of so many blocks, or of so many stretches of prose, from now on. */
void generator_begin(soak_generator *generator, const soak_format *format, size_t blocks);

/* The next piece, which stays until the next call; NULL: the document is complete. */
const soak_piece *generator_next(soak_generator *generator);

#endif
