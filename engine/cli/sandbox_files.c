/* Landlock (Linux 5.13 and later; linux/landlock.h, "Landlock: unprivileged access
 * control" of the kernel's documentation). It has no wrappers in glibc. */
#include "sandbox_files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#if defined(__linux__) && __has_include(<linux/landlock.h>)

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights by the version that brought them: a kernel refuses those it does not know. */
static const uint64_t read_rights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t write_rights = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                     LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR;
static const uint64_t other_rights = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                     LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                                     LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                                     LANDLOCK_ACCESS_FS_MAKE_SYM;
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (UINT64_C(1) << 13) /* version 2 */
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (UINT64_C(1) << 14) /* version 3 */
#endif

typedef struct allowed {
    int ruleset;
    uint64_t handled;
    int error; /* the first one */
} allowed;

/* Rights for a file, or for a directory and all below it. What cannot be opened
 * now is left to the command, which says so better; pipes and the like are
 * not restricted anyway. */
static void allow(allowed *to, const char *path, uint64_t rights)
{
    struct stat status;
    const uint64_t of_files = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                              LANDLOCK_ACCESS_FS_TRUNCATE;
    struct landlock_path_beneath_attr beneath = {.parent_fd = open(path, O_PATH | O_CLOEXEC)};
    if (beneath.parent_fd < 0 || fstat(beneath.parent_fd, &status) != 0)
        return;
    beneath.allowed_access = rights & to->handled & (S_ISDIR(status.st_mode) ? UINT64_MAX : of_files);
    if (syscall(SYS_landlock_add_rule, to->ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0 && !to->error &&
        errno != EBADFD)
        to->error = errno;
    (void)close(beneath.parent_fd);
}

/* Rights for the directory that a path, or what it is a link to, is in. */
static void allow_around(allowed *to, const char *path, uint64_t rights)
{
    char *real = realpath(path, NULL), *copy = real ? real : strdup(path);
    if (!copy) {
        to->error = to->error ? to->error : ENOMEM;
        return;
    }
    char *slash = strrchr(copy, '/');
    if (slash)
        slash[slash == copy] = '\0';
    allow(to, slash ? copy : ".", rights);
    free(copy);
}

static void allow_options(allowed *to, const struct options *options)
{
    const uint64_t all = read_rights | write_rights | LANDLOCK_ACCESS_FS_REFER | LANDLOCK_ACCESS_FS_TRUNCATE;
    for (int i = 0; i < options->file_count; i++) {
        allow(to, options->files[i], options->in_place && options->recursive ? all : read_rights);
        if (options->in_place && !options->recursive)
            allow_around(to, options->files[i], all);
    }
    for (int i = 0; i < options->rules_count; i++)
        allow(to, options->rules[i], read_rights);
    for (int i = 0; i < options->keys_count; i++) {
        const char *place = strchr(options->keys[i].text, '=');
        allow(to, place ? place + 1 : options->keys[i].text, read_rights);
    }
    if (options->policy)
        allow(to, options->policy, read_rights);
    if (options->known)
        allow(to, options->known, read_rights);
    if (options->output && options->recursive)
        allow(to, options->output, all);
    if (options->output)
        allow_around(to, options->output, all);
    if (options->journal)
        allow_around(to, options->journal, all);
    if (options->recursive) /* which directories are inside which */
        allow(to, "/", LANDLOCK_ACCESS_FS_READ_DIR);
    allow(to, "/sys/devices/system/cpu", read_rights); /* how many processors there are */
}

static int restrict_to(const struct options *options, uint64_t handled)
{
    struct landlock_ruleset_attr attributes = {.handled_access_fs = handled};
    allowed to = {.handled = handled};
    to.ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (to.ruleset < 0)
        return errno;
    allow_options(&to, options);
    if (!to.error && syscall(SYS_landlock_restrict_self, to.ruleset, 0) != 0)
        to.error = errno;
    (void)close(to.ruleset);
    return to.error;
}

int sandbox_files(const struct options *options)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    uint64_t handled = read_rights | write_rights | other_rights;
    if (version < 1)
        return 0; /* no Landlock, or switched off */
    if (version >= 2)
        handled |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        handled |= LANDLOCK_ACCESS_FS_TRUNCATE;
    return restrict_to(options, handled);
}

#else

int sandbox_files(const struct options *options)
{
    (void)options;
    return 0;
}

#endif
