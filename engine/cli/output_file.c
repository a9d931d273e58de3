#include "output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "message.h"

#define TEMPORARY_NAME "/.piiglet-XXXXXX"
#define NAME_ATTEMPTS 100

static int set_target(struct output_file *output, const char *path)
{
    size_t size = strlen(path) + 1;
    if (size > sizeof output->target - sizeof TEMPORARY_NAME) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(output->target, path, size);
    return 0;
}

/* Everything up to the last slash; "." without one. */
static void set_directory(struct output_file *output)
{
    const char *slash = strrchr(output->target, '/');
    size_t size = slash && slash > output->target ? (size_t)(slash - output->target) : 1;
    memcpy(output->directory, slash ? output->target : ".", size);
    output->directory[size] = '\0';
}

/* `target` and `directory` of a path whose last part may be missing. */
static int resolve(struct output_file *output, const char *path)
{
    char *real = realpath(path, NULL);
    if (!real && errno != ENOENT)
        return -1;
    int result = set_target(output, real ? real : path);
    free(real);
    if (result == 0)
        set_directory(output);
    return result;
}

/* Where unnamed files are not to be had, one with a name of its own. */
static int open_named(struct output_file *output)
{
    int size = snprintf(output->temporary, sizeof output->temporary, "%s%s", output->directory, TEMPORARY_NAME);
    if (size < 0 || (size_t)size >= sizeof output->temporary) {
        output->temporary[0] = '\0';
        errno = ENAMETOOLONG;
        return -1;
    }
    int fd = mkostemp(output->temporary, O_CLOEXEC);
    if (fd < 0)
        output->temporary[0] = '\0';
    return fd;
}

static int open_temporary(struct output_file *output)
{
    output->fd = open(output->directory, O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (output->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL || errno == ENOENT))
        output->fd = open_named(output);
    return output->fd < 0 ? -1 : 0;
}

/* Mode and owner of the file that is replaced. Where the owner cannot be given
 * away, set-user-id and set-group-id bits must not be kept either. */
static int copy_ownership(int fd, const struct stat *like)
{
    mode_t mode = like->st_mode & 07777;
    struct stat now;
    if (fstat(fd, &now) != 0)
        return -1;
    if ((now.st_uid != like->st_uid || now.st_gid != like->st_gid) && fchown(fd, like->st_uid, like->st_gid) != 0)
        mode &= 0777;
    return fchmod(fd, mode);
}

static int give_new_mode(int fd)
{
    mode_t mask = umask(0);
    (void)umask(mask);
    return fchmod(fd, 0666 & ~mask);
}

static exit_code refuse(const char *name, const char *what)
{
    message("%s: %s", name, what);
    return EXIT_IO;
}

static exit_code prepare(struct output_file *output, const char *path, const struct stat *like)
{
    if (resolve(output, path) != 0 || open_temporary(output) != 0)
        return message_io(path, errno);
    if ((like ? copy_ownership(output->fd, like) : give_new_mode(output->fd)) != 0)
        return message_io(path, errno);
    return EXIT_DONE;
}

exit_code output_file_open(struct output_file *output, const char *path)
{
    *output = (struct output_file){.name = path, .fd = -1};
    struct stat status;
    if (stat(path, &status) != 0)
        return errno == ENOENT ? prepare(output, path, NULL) : message_io(path, errno);
    if (S_ISREG(status.st_mode))
        return output_file_open_over(output, path, &status);
    if (S_ISDIR(status.st_mode))
        return refuse(path, "is a directory; name a file in it");
    output->direct = true;
    output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return output->fd < 0 ? message_io(path, errno) : EXIT_DONE;
}

exit_code output_file_open_over(struct output_file *output, const char *path, const struct stat *like)
{
    *output = (struct output_file){.name = path, .fd = -1};
    if (!S_ISREG(like->st_mode))
        return refuse(path, "is not a regular file; only such a file can be rewritten");
    if (like->st_nlink > 1)
        return refuse(path, "has other names (hard links) that would keep the old text; remove them or use -o");
    if (access(path, W_OK) != 0)
        return message_io(path, errno);
    return prepare(output, path, like);
}

/* Gives an unnamed file a name, as rename needs one. */
static int link_temporary(struct output_file *output)
{
    char descriptor[64];
    (void)snprintf(descriptor, sizeof descriptor, "/proc/self/fd/%d", output->fd);
    for (unsigned attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
        char name[OUTPUT_PATH_SIZE];
        int size = snprintf(name, sizeof name, "%s/.piiglet-%ld-%d-%u", output->directory, (long)getpid(), output->fd,
                            attempt);
        if (size < 0 || (size_t)size >= sizeof name) {
            errno = ENAMETOOLONG;
            return -1;
        }
        if (linkat(AT_FDCWD, descriptor, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0) {
            memcpy(output->temporary, name, (size_t)size + 1);
            return 0;
        }
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

static int sync_directory(const char *directory)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int result = fsync(fd);
    int error = errno;
    close(fd);
    errno = error;
    /* Some file systems cannot; their renames are as durable as they get. */
    return result != 0 && error != EINVAL && error != ENOTSUP ? -1 : 0;
}

static int close_descriptor(struct output_file *output)
{
    int fd = output->fd;
    output->fd = -1;
    return close(fd);
}

exit_code output_file_commit(struct output_file *output)
{
    if (output->direct)
        return close_descriptor(output) != 0 ? message_io(output->name, errno) : EXIT_DONE;
    if (fsync(output->fd) != 0 || (!output->temporary[0] && link_temporary(output) != 0) ||
        close_descriptor(output) != 0 || rename(output->temporary, output->target) != 0) {
        exit_code code = message_io(output->name, errno);
        output_file_discard(output);
        return code;
    }
    output->temporary[0] = '\0';
    return sync_directory(output->directory) != 0 ? message_io(output->name, errno) : EXIT_DONE;
}

void output_file_discard(struct output_file *output)
{
    if (output->fd >= 0)
        (void)close_descriptor(output);
    if (output->temporary[0])
        (void)unlink(output->temporary);
    output->temporary[0] = '\0';
}
