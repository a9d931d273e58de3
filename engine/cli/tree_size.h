/* tree_size.h - how much there is to read, found out by a thread beside the
 * others, so that the progress of a long run can tell what is left. */
#ifndef CLI_TREE_SIZE_H
#define CLI_TREE_SIZE_H

#include <pthread.h>
#include <stdatomic.h>

#include "progress.h"
#include "tree_walk.h"

struct tree_size {
    struct tree_scope scope;
    struct progress *progress;
    pthread_t thread;
    bool started;
    atomic_bool stopped;
};

/* Does nothing unless progress is shown. */
void tree_size_start(struct tree_size *size, const struct tree_scope *scope, struct progress *progress);

/* Waits for the end, which it brings about. */
void tree_size_end(struct tree_size *size);

#endif
