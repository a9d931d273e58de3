/* tree_walk.h - the files below directories, some at a time.
 *
 * Everything is opened relative to the descriptor of its directory and never by
 * following a symbolic link, so nobody who may change the tree meanwhile can lead
 * the walk out of it, and no path is too long. A directory is listed whole
 * before its files are handed out, in the order of the bytes of their names; then
 * come its directories, each with all that is below. Memory: the names of the
 * directories on the way down. */
#ifndef CLI_TREE_WALK_H
#define CLI_TREE_WALK_H

#include "directory.h"
#include "exit_code.h"
#include "path_filter.h"
#include "tree_counts.h"

/* Some files of one directory; the receiver releases the reference. */
struct tree_batch {
    struct directory *directory;
    size_t first; /* of its files */
    size_t end;
};

/* What is walked; borrowed. */
struct tree_scope {
    const char *const *roots;
    int root_count;
    const struct path_filter *filter;
    bool one_file_system;
    const char *backup;     /* files with this suffix are left out; NULL: none */
    const char *run;        /* label of temporary files of this run (output_file.h) */
    bool resumed;           /* removes those that an earlier process of this run has left */
    int copy;               /* the directory of --output, where directories are made alike; -1: none */
    bool silent;            /* what cannot be read is not reported: another walk does */
    unsigned threads;       /* that ask for batches */
};

/* A directory on the way down whose directories are being gone through. */
struct tree_level {
    struct directory *directory; /* NULL: closed, to be opened again from below */
    struct stat status;
    struct stat copy_status;
    char *path;   /* once it has been closed */
    size_t below; /* as in struct directory */
    struct name_list directories;
    size_t next;
};

struct tree_walk {
    const struct tree_scope *scope;
    int next_root;
    dev_t device; /* of the current root */
    struct stat copy_status;
    struct tree_level *levels;
    size_t depth;
    size_t capacity;
    struct directory *files; /* the directory whose files are handed out; NULL: none */
    size_t next_file;
    char *entries; /* as the system lists them */
    char *path;    /* of an entry, made when it is needed */
    size_t path_capacity;
    struct tree_counts counts;
    exit_code code; /* the worst so far; all has been reported */
};

/* tree_walk_free may be called whatever the answer is. */
exit_code tree_walk_init(struct tree_walk *walk, const struct tree_scope *scope);

/* False: there is no more. What cannot be read is reported, and the walk goes on. */
bool tree_walk_next(struct tree_walk *walk, struct tree_batch *ret);

void tree_walk_free(struct tree_walk *walk);

#endif
