/* prose.h - clean text as people and programs write it: dialogue, stories, logs and code, in which nothing is to be
 * found. It has what rules look at - numbers, colons, capitals, brackets - as often as such text has it. */
#ifndef PROSE_H
#define PROSE_H

#include "random.h"

/* Appends about `size` bytes, in whole lines. */
void prose_append(random_source *random, size_t size, test_bytes *ret);

#endif
