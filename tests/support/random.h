/* random.h - repeatable random numbers and hostile texts. */
#ifndef RANDOM_H
#define RANDOM_H

#include "session.h"

typedef struct random_source {
    uint64_t state; /* the seed; any value */
} random_source;

uint64_t random_next(random_source *random);

/* Uniform enough in [0, below); `below` is not 0. */
size_t random_below(random_source *random, size_t below);

/* Appends about `size` bytes: rule vectors, parts of vectors, runs of digits and letters (some wider
 * than any rule), invalid UTF-8, NULs, zero-width and full-width characters, line ends. What begins with it is read
 * as bytes: two NULs at the beginning can look like UTF-16. */
void random_text(random_source *random, const test_session *session, size_t size, test_bytes *ret);

#endif
