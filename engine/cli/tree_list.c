#include "tree_list.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "message.h"
#include "output_file.h"

/* ---- Saying so ---- */

/* directory/name, until the next call; NULL when memory runs out. */
static const char *entry_path(struct tree_walk *walk, const struct directory *directory, const char *name)
{
    size_t size = directory->path_size + strlen(name) + 2;
    if (size > walk->path_capacity) {
        char *path = realloc(walk->path, size * 2);
        if (!path)
            return NULL;
        walk->path = path;
        walk->path_capacity = size * 2;
    }
    bool slash = directory->path_size > 0 && directory->path[directory->path_size - 1] == '/';
    (void)snprintf(walk->path, walk->path_capacity, "%s%s%s", directory->path, slash ? "" : "/", name);
    return walk->path;
}

void tree_report(struct tree_walk *walk, const char *path, int error)
{
    walk->counts.failed++;
    walk->code = exit_worst(walk->code, walk->scope->silent ? EXIT_IO : message_io(path, error));
}

static void out_of_memory(struct tree_walk *walk)
{
    walk->counts.failed++;
    walk->code = exit_worst(walk->code, message_memory());
}

void tree_failed(struct tree_walk *walk, const struct directory *directory, const char *name, int error)
{
    const char *path = *name ? entry_path(walk, directory, name) : directory->path;
    tree_report(walk, path ? path : name, error);
}

void tree_not_opened(struct tree_walk *walk, const struct directory *directory, const char *name, int error)
{
    if (error == ENOENT)
        walk->counts.gone++;
    else if (error == ELOOP || error == ENOTDIR)
        walk->counts.links++; /* it has been a directory a moment ago */
    else
        tree_failed(walk, directory, name, error);
}

/* ---- Temporary files of this run ---- */

/* PREFIX RUN - PID - NUMBER - ATTEMPT; a name that only looks alike is a file as any other. */
static bool is_temporary(const struct tree_walk *walk, const char *name, long *ret_process)
{
    size_t prefix = sizeof OUTPUT_TEMPORARY_PREFIX - 1, run = strlen(walk->scope->run);
    if (strncmp(name, OUTPUT_TEMPORARY_PREFIX, prefix) != 0 || strncmp(name + prefix, walk->scope->run, run) != 0 ||
        name[prefix + run] != '-')
        return false;
    *ret_process = strtol(name + prefix + run + 1, NULL, 10);
    return true;
}

static bool skip_temporary(const struct tree_walk *walk, int directory, const char *name)
{
    long process;
    if (!is_temporary(walk, name, &process))
        return false;
    if (walk->scope->resumed && process != (long)getpid())
        (void)unlinkat(directory, name, 0);
    return true;
}

/* ---- Entries ---- */

static bool has_suffix(const char *name, const char *suffix)
{
    size_t size = strlen(name), suffix_size = suffix ? strlen(suffix) : 0;
    return suffix && size > suffix_size && strcmp(name + size - suffix_size, suffix) == 0;
}

static bool filter_takes(struct tree_walk *walk, const struct directory *directory, const char *name, bool is_directory)
{
    if (walk->scope->filter->count == 0)
        return true;
    const char *path = entry_path(walk, directory, name);
    /* At the top the path below begins behind the slash that comes after it. */
    size_t below = path ? (size_t)(strlen(path) - strlen(name)) : 0;
    if (directory->below < directory->path_size)
        below = directory->below;
    return path && path_filter_takes(walk->scope->filter, path + below, is_directory);
}

static unsigned char type_of(const struct directory *directory, const struct dirent64 *entry)
{
    struct stat status;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type;
    if (fstatat(directory->fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return DT_REG; /* opening it will tell what is wrong */
    return (unsigned char)IFTODT(status.st_mode);
}

static void add(struct tree_walk *walk, struct directory *directory, struct name_list *list, const char *name)
{
    if (!filter_takes(walk, directory, name, list != &directory->files))
        walk->counts.left_out++;
    else if (!name_list_add(list, name))
        out_of_memory(walk);
}

static void sort_in(struct tree_walk *walk, struct directory *directory, struct name_list *directories,
                    const struct dirent64 *entry)
{
    const char *name = entry->d_name;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return;
    switch (type_of(directory, entry)) {
    case DT_DIR: add(walk, directory, directories, name); break;
    case DT_REG:
        if (skip_temporary(walk, directory->fd, name))
            break;
        if (has_suffix(name, walk->scope->backup))
            walk->counts.own++;
        else
            add(walk, directory, &directory->files, name);
        break;
    case DT_LNK: walk->counts.links++; break;
    default: walk->counts.special++; break;
    }
}

void tree_list(struct tree_walk *walk, struct directory *directory, struct name_list *directories)
{
    for (;;) {
        ssize_t size = getdents64(directory->fd, walk->entries, TREE_ENTRIES_SIZE);
        if (size < 0)
            tree_failed(walk, directory, "", errno);
        if (size <= 0)
            break;
        const struct dirent64 *entry;
        for (ssize_t at = 0; at < size; at += entry->d_reclen) {
            entry = (const struct dirent64 *)(const void *)(walk->entries + at);
            sort_in(walk, directory, directories, entry);
        }
    }
    name_list_sort(&directory->files);
    name_list_sort(directories);
}

void tree_sweep(struct tree_walk *walk, int directory)
{
    int fd = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
    for (const struct dirent *entry; stream && (entry = readdir(stream));)
        (void)skip_temporary(walk, directory, entry->d_name);
    if (stream)
        closedir(stream);
    else if (fd >= 0)
        close(fd);
}
