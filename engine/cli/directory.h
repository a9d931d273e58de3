/* directory.h - an open directory of a tree that is walked, shared by the walk
 * and the threads that work on its files. */
#ifndef CLI_DIRECTORY_H
#define CLI_DIRECTORY_H

#include <stdatomic.h>
#include <sys/stat.h>

#include "name_list.h"

struct directory {
    atomic_uint references;
    int fd;
    int copy; /* the directory of the same name below --output; -1: none */
    struct stat status;
    struct stat copy_status;
    char *path; /* for messages: as the user named the tree, and the way down */
    size_t path_size;
    size_t below; /* path + below: the way down alone; path_size at the top */
    struct name_list files;
};

/* Takes over `fd` and `copy` (-1: none), also when it fails (NULL, errno is set).
 * The path is that of `parent`, a slash, and `name`; without a parent it is `name`. */
struct directory *directory_new(const struct directory *parent, const char *name, int fd, int copy);

struct directory *directory_share(struct directory *directory);

/* Closes and frees with the last reference; NULL does nothing. */
void directory_release(struct directory *directory);

#endif
