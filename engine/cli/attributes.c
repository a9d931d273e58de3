#include "attributes.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ACCESS_LIST "system.posix_acl_access"
#define USER_PREFIX "user."

/* Where the owner cannot be given away, set-user-id and set-group-id bits must
 * not be kept either. */
static mode_t copy_owner(int to, const struct stat *like)
{
    mode_t mode = like->st_mode & 07777;
    struct stat now;
    if (fstat(to, &now) != 0)
        return mode & 0777;
    if ((now.st_uid != like->st_uid || now.st_gid != like->st_gid) && fchown(to, like->st_uid, like->st_gid) != 0)
        mode &= 0777;
    return mode;
}

static int copy_attribute(int from, int to, const char *name)
{
    ssize_t size = fgetxattr(from, name, NULL, 0);
    char *value = size < 0 ? NULL : malloc((size_t)size + 1);
    if (!value)
        return -1;
    ssize_t got = fgetxattr(from, name, value, (size_t)size);
    int result = got < 0 ? -1 : fsetxattr(to, name, value, (size_t)got, 0);
    free(value);
    return result;
}

/* A new file may have a list from its directory, which the old one had not. */
static int remove_access_list(int to)
{
    return fremovexattr(to, ACCESS_LIST) == 0 || errno == ENODATA || errno == EOPNOTSUPP ? 0 : -1;
}

static int copy_named(int from, int to, const char *names, size_t size)
{
    bool has_list = false;
    for (const char *name = names; name < names + size; name += strlen(name) + 1) {
        bool list = strcmp(name, ACCESS_LIST) == 0;
        if (!list && strncmp(name, USER_PREFIX, sizeof USER_PREFIX - 1) != 0)
            continue; /* labels of the system are given by the system */
        if (copy_attribute(from, to, name) != 0)
            return -1;
        has_list |= list;
    }
    return has_list ? 0 : remove_access_list(to);
}

static int copy_attributes(int from, int to)
{
    ssize_t size = flistxattr(from, NULL, 0);
    if (size < 0)
        return errno == EOPNOTSUPP ? 0 : -1;
    char *names = malloc((size_t)size + 1);
    if (!names)
        return -1;
    ssize_t got = flistxattr(from, names, (size_t)size);
    int result = got < 0 ? -1 : copy_named(from, to, names, (size_t)got);
    free(names);
    return result;
}

int attributes_copy(int from, int to, const struct stat *like)
{
    mode_t mode = copy_owner(to, like);
    return copy_attributes(from, to) == 0 && fchmod(to, mode) == 0 ? 0 : -1;
}
