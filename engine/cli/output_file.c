#include "output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attributes.h"
#include "message.h"

#define NAME_ATTEMPTS 100

/* ---- Where it goes ---- */

static int set_target(struct output_file *output, const char *name)
{
    size_t size = strlen(name) + 1;
    if (size > sizeof output->target) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(output->target, name, size);
    return 0;
}

/* Splits at the last slash, which it overwrites. */
static int set_place(struct output_file *output, char *path)
{
    char *slash = strrchr(path, '/');
    const char *directory = !slash ? "." : slash == path ? "/" : path;
    if (slash)
        *slash = '\0';
    output->directory = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return output->directory < 0 ? -1 : set_target(output, slash ? slash + 1 : path);
}

/* Directory and target of a path whose last part may be missing. */
static int resolve(struct output_file *output, const char *path)
{
    char *real = realpath(path, NULL);
    if (!real && errno == ENOENT)
        real = strdup(path);
    int result = real ? set_place(output, real) : -1;
    free(real);
    return result;
}

static int share_place(struct output_file *output, int directory, const char *name)
{
    output->directory = fcntl(directory, F_DUPFD_CLOEXEC, 0);
    return output->directory < 0 ? -1 : set_target(output, name);
}

/* ---- The temporary file ---- */

/* Calls `make` with names until one is free. */
static int with_free_name(struct output_file *output, int (*make)(struct output_file *output, const char *name))
{
    for (unsigned attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
        char *name = output->temporary;
        (void)snprintf(name, sizeof output->temporary, OUTPUT_TEMPORARY_PREFIX "%s-%ld-%d-%u", output->label,
                       (long)getpid(), output->directory, attempt);
        int result = make(output, name);
        if (result >= 0)
            return result;
        if (errno != EEXIST)
            break;
    }
    output->temporary[0] = '\0';
    return -1;
}

static int create_named(struct output_file *output, const char *name)
{
    return openat(output->directory, name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
}

static int link_named(struct output_file *output, const char *name)
{
    char descriptor[64];
    (void)snprintf(descriptor, sizeof descriptor, "/proc/self/fd/%d", output->fd);
    return linkat(AT_FDCWD, descriptor, output->directory, name, AT_SYMLINK_FOLLOW);
}

/* Where unnamed files are not to be had, one with a name of its own. */
static int open_temporary(struct output_file *output)
{
    output->fd = openat(output->directory, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (output->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL || errno == ENOENT))
        output->fd = with_free_name(output, create_named);
    return output->fd < 0 ? -1 : 0;
}

static int give_new_mode(int fd)
{
    mode_t mask = umask(0);
    (void)umask(mask);
    return fchmod(fd, 0666 & ~mask);
}

/* ---- Opening ---- */

static void start(struct output_file *output, const char *name, const char *label)
{
    *output = (struct output_file){.name = name, .label = label, .directory = -1, .fd = -1};
}

static exit_code refuse(const char *name, const char *what)
{
    message("%s: %s", name, what);
    return EXIT_IO;
}

exit_code output_file_open(struct output_file *output, const char *path)
{
    start(output, path, OUTPUT_LABEL_DEFAULT);
    struct stat status;
    bool exists = stat(path, &status) == 0;
    if (!exists && errno != ENOENT)
        return message_io(path, errno);
    if (exists && S_ISREG(status.st_mode)) {
        struct input old = {.path = path, .name = path, .status = status, .fd = open(path, O_RDONLY | O_CLOEXEC)};
        if (old.fd < 0)
            return message_io(path, errno);
        exit_code code = output_file_open_over(output, &old, NULL);
        input_close(&old);
        return code;
    }
    if (exists && S_ISDIR(status.st_mode))
        return refuse(path, "is a directory; name a file in it");
    output->direct = exists;
    if (exists)
        output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    else if (resolve(output, path) != 0 || open_temporary(output) != 0 || give_new_mode(output->fd) != 0)
        return message_io(path, errno);
    return output->fd < 0 ? message_io(path, errno) : EXIT_DONE;
}

/* The name of the backup into `name`, of OUTPUT_NAME_SIZE bytes. */
static int backup_name(const struct output_file *output, char *name)
{
    int size = snprintf(name, OUTPUT_NAME_SIZE, "%s%s", output->target, output->backup);
    if (size >= 0 && size < OUTPUT_NAME_SIZE)
        return 0;
    errno = ENAMETOOLONG;
    return -1;
}

/* Whether the backup has been made already, as it is when an earlier run ended
 * between the two steps of output_file_commit. */
static bool backup_is(const struct output_file *output, const struct stat *like)
{
    char name[OUTPUT_NAME_SIZE];
    struct stat backup;
    return output->backup && backup_name(output, name) == 0 &&
           fstatat(output->directory, name, &backup, AT_SYMLINK_NOFOLLOW) == 0 && backup.st_dev == like->st_dev &&
           backup.st_ino == like->st_ino;
}

static exit_code prepare_over(struct output_file *output, const struct input *input)
{
    const struct stat *like = &input->status;
    if (!S_ISREG(like->st_mode))
        return refuse(input->name, "is not a regular file; only such a file can be rewritten");
    if (like->st_nlink > (backup_is(output, like) ? 2 : 1))
        return refuse(input->name, "has other names (hard links) that would keep the old text; remove them or use -o");
    if (faccessat(output->directory, output->target, W_OK, 0) != 0 || open_temporary(output) != 0 ||
        attributes_copy(input->fd, output->fd, like) != 0)
        return message_io(input->name, errno);
    return EXIT_DONE;
}

exit_code output_file_open_over(struct output_file *output, const struct input *input, const char *backup)
{
    start(output, input->name, OUTPUT_LABEL_DEFAULT);
    output->backup = backup;
    return resolve(output, input->path) == 0 ? prepare_over(output, input) : message_io(input->name, errno);
}

exit_code output_file_open_over_at(struct output_file *output, const struct input *input, const char *backup,
                                   const char *label)
{
    start(output, input->name, label);
    output->backup = backup;
    return share_place(output, input->directory, input->base) == 0 ? prepare_over(output, input)
                                                                   : message_io(input->name, errno);
}

exit_code output_file_open_copy(struct output_file *output, const struct input *input, int directory,
                                const char *label)
{
    start(output, input->name, label);
    if (share_place(output, directory, input->base) != 0 || open_temporary(output) != 0 ||
        attributes_copy(input->fd, output->fd, &input->status) != 0)
        return message_io(input->name, errno);
    return EXIT_DONE;
}

/* ---- The end ---- */

static int sync_directory(int directory)
{
    /* Some file systems cannot; their renames are as durable as they get. */
    return fsync(directory) != 0 && errno != EINVAL && errno != ENOTSUP ? -1 : 0;
}

/* The old file gets the name of its backup beside its own. */
static int make_backup(const struct output_file *output)
{
    char name[OUTPUT_NAME_SIZE];
    struct stat target;
    if (!output->backup)
        return 0;
    if (backup_name(output, name) != 0)
        return -1;
    if (linkat(output->directory, output->target, output->directory, name, 0) == 0)
        return 0;
    int error = errno;
    if (error == EEXIST && fstatat(output->directory, output->target, &target, AT_SYMLINK_NOFOLLOW) == 0 &&
        backup_is(output, &target))
        return 0;
    errno = error;
    return -1;
}

static int close_descriptor(int *fd)
{
    int descriptor = *fd;
    *fd = -1;
    return close(descriptor);
}

exit_code output_file_commit(struct output_file *output)
{
    if (output->direct)
        return close_descriptor(&output->fd) != 0 ? message_io(output->name, errno) : EXIT_DONE;
    exit_code code = EXIT_DONE;
    if (make_backup(output) != 0) {
        message("%s: its backup %s%s: %s; left as it is, %s", output->name, output->target, output->backup,
                strerror(errno), errno == EEXIST ? "remove it or name another suffix" : "run it without --backup");
        code = EXIT_IO;
    } else if (fsync(output->fd) != 0 || (!output->temporary[0] && with_free_name(output, link_named) != 0) ||
               close_descriptor(&output->fd) != 0 ||
               renameat(output->directory, output->temporary, output->directory, output->target) != 0) {
        code = message_io(output->name, errno);
    } else {
        output->temporary[0] = '\0';
        if (sync_directory(output->directory) != 0)
            code = message_io(output->name, errno);
    }
    output_file_discard(output);
    return code;
}

void output_file_discard(struct output_file *output)
{
    if (output->fd >= 0)
        (void)close_descriptor(&output->fd);
    if (output->temporary[0])
        (void)unlinkat(output->directory, output->temporary, 0);
    output->temporary[0] = '\0';
    if (output->directory >= 0)
        (void)close_descriptor(&output->directory);
}
