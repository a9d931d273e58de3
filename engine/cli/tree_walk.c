#include "tree_walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "message.h"
#include "tree_list.h"

#define LEVELS_OPEN_MAX 64 /* directories above the current one that are kept open */
#define BATCH_MAX 64       /* files */
#define BATCHES_PER_THREAD 4
#define OPEN_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

exit_code tree_walk_init(struct tree_walk *walk, const struct tree_scope *scope)
{
    *walk = (struct tree_walk){.scope = scope, .entries = malloc(TREE_ENTRIES_SIZE)};
    if (!walk->entries)
        return message_memory();
    if (scope->copy >= 0 && fstat(scope->copy, &walk->copy_status) != 0)
        return message_io("--output", errno);
    return EXIT_DONE;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* ---- Levels ---- */

static bool reserve_level(struct tree_walk *walk)
{
    if (walk->depth < walk->capacity)
        return true;
    size_t capacity = walk->capacity ? walk->capacity * 2 : 64;
    struct tree_level *levels = reallocarray(walk->levels, capacity, sizeof *levels);
    if (!levels)
        return false;
    walk->levels = levels;
    walk->capacity = capacity;
    return true;
}

/* Descriptors are few: the ones far above are closed until they are needed. */
static void close_far_level(struct tree_walk *walk)
{
    if (walk->depth <= LEVELS_OPEN_MAX)
        return;
    struct tree_level *far = &walk->levels[walk->depth - 1 - LEVELS_OPEN_MAX];
    if (far->directory && !far->path)
        far->path = strdup(far->directory->path);
    if (!far->directory || !far->path)
        return; /* without memory for the path it stays open */
    directory_release(far->directory);
    far->directory = NULL;
}

/* Takes over `directory`: its files come next, then its directories. */
static void push(struct tree_walk *walk, struct directory *directory)
{
    struct name_list directories = {0};
    if (!reserve_level(walk)) {
        walk->code = exit_worst(walk->code, message_memory());
        directory_release(directory);
        return;
    }
    tree_list(walk, directory, &directories);
    walk->levels[walk->depth++] = (struct tree_level){
        .directory = directory,
        .status = directory->status,
        .copy_status = directory->copy_status,
        .below = directory->below,
        .directories = directories,
    };
    close_far_level(walk);
    if (directory->files.count > 0) {
        walk->files = directory_share(directory);
        walk->next_file = 0;
    }
}

/* The parent of an open directory, if it is still the one that it was. -1 with errno. */
static int open_parent(int fd, const struct stat *expected)
{
    struct stat status;
    int parent = openat(fd, "..", OPEN_FLAGS);
    if (parent >= 0 && fstat(parent, &status) == 0 && same_file(&status, expected))
        return parent;
    if (parent >= 0)
        close(parent);
    errno = ESTALE;
    return -1;
}

/* Opens the directory of a level again, by way of one right below it. */
static struct directory *open_again(const struct tree_level *level, const struct directory *child)
{
    int fd = open_parent(child->fd, &level->status);
    int copy = -1;
    if (fd >= 0 && child->copy >= 0)
        copy = open_parent(child->copy, &level->copy_status);
    if (fd >= 0 && child->copy >= 0 && copy < 0)
        close(fd);
    if (fd < 0 || (child->copy >= 0 && copy < 0))
        return NULL;
    struct directory *directory = directory_new(NULL, level->path, fd, copy);
    if (directory)
        directory->below = level->below;
    return directory;
}

/* What is left in a directory that cannot be found again. All levels above it that
 * are closed are lost with it. */
static void lose(struct tree_walk *walk, struct tree_level *level)
{
    if (!walk->scope->silent)
        message("%s: was moved while it was read; what is left in it was not read", level->path);
    walk->counts.failed++;
    walk->code = exit_worst(walk->code, EXIT_IO);
    level->next = level->directories.count;
}

static void free_level(struct tree_level *level)
{
    directory_release(level->directory);
    name_list_free(&level->directories);
    free(level->path);
}

static void pop(struct tree_walk *walk)
{
    struct tree_level *level = &walk->levels[--walk->depth];
    struct tree_level *above = walk->depth > 0 ? level - 1 : NULL;
    if (above && !above->directory && level->directory)
        above->directory = open_again(above, level->directory);
    if (above && !above->directory && above->next < above->directories.count)
        lose(walk, above);
    free_level(level);
}

/* ---- Going down ---- */

/* The directory of the same name below --output; -1 after saying why not. */
static int make_copy(struct tree_walk *walk, const struct directory *parent, const char *name, const struct stat *like)
{
    if (mkdirat(parent->copy, name, (like->st_mode & 0777) | S_IRWXU) != 0 && errno != EEXIST) {
        tree_failed(walk, parent, name, errno);
        return -1;
    }
    int copy = openat(parent->copy, name, OPEN_FLAGS);
    if (copy < 0)
        tree_failed(walk, parent, name, errno);
    else if (walk->scope->resumed)
        tree_sweep(walk, copy);
    return copy;
}

/* Whether a directory that has just been opened is to be walked. */
static bool is_meant(struct tree_walk *walk, const struct stat *status)
{
    if (walk->scope->copy >= 0 && same_file(status, &walk->copy_status)) {
        walk->counts.own++;
        return false;
    }
    if (walk->scope->one_file_system && status->st_dev != walk->device) {
        walk->counts.other_systems++;
        return false;
    }
    return true;
}

static void enter(struct tree_walk *walk, const struct directory *parent, const char *name)
{
    int fd = openat(parent->fd, name, OPEN_FLAGS);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        if (fd >= 0)
            close(fd);
        tree_not_opened(walk, parent, name, errno);
        return;
    }
    int copy = -1;
    if (!is_meant(walk, &status) || (parent->copy >= 0 && (copy = make_copy(walk, parent, name, &status)) < 0)) {
        close(fd);
        return;
    }
    struct directory *directory = directory_new(parent, name, fd, copy);
    if (directory)
        push(walk, directory);
    else
        tree_failed(walk, parent, name, errno);
}

/* The user may name a directory by way of a symbolic link. */
static void enter_root(struct tree_walk *walk, const char *path)
{
    int fd = open(path, OPEN_FLAGS & ~O_NOFOLLOW);
    int copy = fd >= 0 && walk->scope->copy >= 0 ? fcntl(walk->scope->copy, F_DUPFD_CLOEXEC, 0) : -1;
    if (copy >= 0 && walk->scope->resumed)
        tree_sweep(walk, copy);
    struct directory *root = fd >= 0 ? directory_new(NULL, path, fd, copy) : NULL;
    if (!root) {
        tree_report(walk, path, errno);
        return;
    }
    walk->device = root->status.st_dev;
    push(walk, root);
}

/* ---- Handing out ---- */

static void hand_out(struct tree_walk *walk, struct tree_batch *ret)
{
    size_t left = walk->files->files.count - walk->next_file;
    size_t size = left / (walk->scope->threads * BATCHES_PER_THREAD);
    size = size < 1 ? 1 : size > BATCH_MAX ? BATCH_MAX : size;
    *ret = (struct tree_batch){directory_share(walk->files), walk->next_file, walk->next_file + size};
    walk->next_file += size;
    if (size == left) {
        directory_release(walk->files);
        walk->files = NULL;
    }
}

bool tree_walk_next(struct tree_walk *walk, struct tree_batch *ret)
{
    while (!walk->files) {
        struct tree_level *level = walk->depth > 0 ? &walk->levels[walk->depth - 1] : NULL;
        if (level && level->next < level->directories.count)
            enter(walk, level->directory, name_list_at(&level->directories, level->next++));
        else if (level)
            pop(walk);
        else if (walk->next_root < walk->scope->root_count)
            enter_root(walk, walk->scope->roots[walk->next_root++]);
        else
            return false;
    }
    hand_out(walk, ret);
    return true;
}

void tree_walk_free(struct tree_walk *walk)
{
    directory_release(walk->files);
    while (walk->depth > 0)
        free_level(&walk->levels[--walk->depth]);
    free(walk->levels);
    free(walk->entries);
    free(walk->path);
}
