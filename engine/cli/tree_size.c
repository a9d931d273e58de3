#include "tree_size.h"

#include <fcntl.h>

static uint64_t batch_size(const struct tree_batch *batch)
{
    uint64_t total = 0;
    for (size_t i = batch->first; i < batch->end; i++) {
        struct stat status;
        if (fstatat(batch->directory->fd, name_list_at(&batch->directory->files, i), &status, AT_SYMLINK_NOFOLLOW) == 0)
            total += (uint64_t)status.st_size;
    }
    return total;
}

static void *measure(void *argument)
{
    struct tree_size *size = argument;
    struct tree_walk walk;
    struct tree_batch batch;
    uint64_t total = 0;
    if (tree_walk_init(&walk, &size->scope) == EXIT_DONE) {
        while (!atomic_load(&size->stopped) && tree_walk_next(&walk, &batch)) {
            total += batch_size(&batch);
            directory_release(batch.directory);
        }
        if (!atomic_load(&size->stopped))
            progress_set_total(size->progress, total);
    }
    tree_walk_free(&walk);
    return NULL;
}

void tree_size_start(struct tree_size *size, const struct tree_scope *scope, struct progress *progress)
{
    *size = (struct tree_size){.scope = *scope, .progress = progress};
    size->scope.copy = -1; /* nothing is made, removed or reported */
    size->scope.resumed = false;
    size->scope.silent = true;
    size->started = progress->on && pthread_create(&size->thread, NULL, measure, size) == 0;
}

void tree_size_end(struct tree_size *size)
{
    if (!size->started)
        return;
    atomic_store(&size->stopped, true);
    pthread_join(size->thread, NULL);
}
