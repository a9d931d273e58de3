#include "directory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int set_path(struct directory *directory, const struct directory *parent, const char *name)
{
    size_t name_size = strlen(name), parent_size = parent ? parent->path_size : 0;
    directory->path = malloc(parent_size + name_size + 2);
    if (!directory->path)
        return -1;
    char *end = directory->path;
    if (parent) {
        memcpy(end, parent->path, parent_size);
        end += parent_size;
        if (parent_size == 0 || end[-1] != '/')
            *end++ = '/';
    }
    directory->below = parent && parent->below < parent_size ? parent->below : (size_t)(end - directory->path);
    memcpy(end, name, name_size + 1);
    directory->path_size = (size_t)(end - directory->path) + name_size;
    if (!parent)
        directory->below = directory->path_size;
    return 0;
}

struct directory *directory_new(const struct directory *parent, const char *name, int fd, int copy)
{
    struct directory *directory = calloc(1, sizeof *directory);
    if (directory && fstat(fd, &directory->status) == 0 && (copy < 0 || fstat(copy, &directory->copy_status) == 0) &&
        set_path(directory, parent, name) == 0) {
        atomic_init(&directory->references, 1);
        directory->fd = fd;
        directory->copy = copy;
        return directory;
    }
    int error = errno;
    free(directory);
    close(fd);
    if (copy >= 0)
        close(copy);
    errno = error;
    return NULL;
}

struct directory *directory_share(struct directory *directory)
{
    atomic_fetch_add(&directory->references, 1);
    return directory;
}

void directory_release(struct directory *directory)
{
    if (!directory || atomic_fetch_sub(&directory->references, 1) > 1)
        return;
    close(directory->fd);
    if (directory->copy >= 0)
        close(directory->copy);
    name_list_free(&directory->files);
    free(directory->path);
    free(directory);
}
