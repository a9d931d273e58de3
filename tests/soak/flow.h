/* flow.h - a generated document on its way: into piiglet in pieces of any size, and out again, compared as it comes. */
#ifndef FLOW_H
#define FLOW_H

#include "generator.h"

/* The document as it is handed over. */
typedef struct soak_source {
    soak_generator generator;
    random_source cuts;
    test_bytes staged; /* 4 MiB at least, or what is left */
    size_t at;
    bool ended;
} soak_source;

void source_open(soak_source *ret, uint64_t seed);
void source_close(soak_source *source);
void source_begin(soak_source *source, const soak_format *format, size_t blocks);

/* The next bytes, which stay until the next call: one, 4 MiB, or anything between. 0: the document is complete. */
size_t source_take(soak_source *source, const char **ret);

/* What came out, beside what must. */
typedef struct soak_check {
    soak_generator generator;
    const soak_piece *piece;
    size_t at;        /* bytes of the piece that have come */
    uint64_t bytes;   /* of source, of pieces that are complete */
    uint64_t planted; /* values in them */
    bool differs;
} soak_check;

void check_open(soak_check *ret, uint64_t seed);
void check_close(soak_check *check);
void check_begin(soak_check *check, const soak_format *format, size_t blocks);
void check_take(soak_check *check, const char *data, size_t size);

/* Whether all that came was right. `complete`: and all of the document; else up to the end of some block. */
bool check_finish(soak_check *check, bool complete);

#endif
