/* shim.c - calls of the C library that go wrong, for a command that it is preloaded into.
 *
 * SHIM is a list of words:
 *   short          a read or write takes 1 to 7 bytes
 *   again          every other call is interrupted (EINTR), or answers EAGAIN
 *   CALL=N:ERROR   the Nth CALL fails: write, read, fsync, rename, close, link; ERROR is a number
 *   socket, program, open=PATH, trace   the third read does what an attacker might
 *                  want to, and ends the process with code 77 if that works and 78 if it is refused
 * Standard error is left alone, so that messages come through. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const char *wish(const char *word)
{
    const char *list = getenv("SHIM"), *at = list ? strstr(list, word) : NULL;
    return at ? at + strlen(word) : NULL;
}

/* Whether this call of `name` is the one to fail; sets errno. */
static int fails(const char *name, atomic_int *calls)
{
    int number, error, call = atomic_fetch_add(calls, 1) + 1;
    const char *rest = wish(name);
    if (!rest || sscanf(rest, "%d:%d", &number, &error) != 2 || number != call)
        return 0;
    errno = error;
    return 1;
}

static int interrupted(void)
{
    static atomic_int calls;
    int call = atomic_fetch_add(&calls, 1);
    if (!wish("again") || call % 2)
        return 0;
    errno = call % 4 ? EAGAIN : EINTR;
    return 1;
}

static size_t cut(size_t size)
{
    static atomic_int calls;
    size_t most = 1 + (size_t)atomic_fetch_add(&calls, 1) % 7;
    return wish("short") && size > most ? most : size;
}

static void end_with(int works)
{
    _exit(works ? 77 : 78);
}

static void intrude(void)
{
    static atomic_int reads;
    if (atomic_fetch_add(&reads, 1) != 2)
        return;
    const char *path = wish("open=");
    if (wish("socket"))
        end_with(socket(AF_INET, SOCK_STREAM, 0) >= 0);
    if (wish("trace"))
        end_with(ptrace(PTRACE_TRACEME, 0, 0, 0) == 0);
    if (wish("program")) {
        (void)execl("/bin/true", "true", (char *)NULL);
        end_with(0);
    }
    if (path)
        end_with(open(path, O_RDONLY) >= 0);
}

ssize_t read(int fd, void *bytes, size_t size)
{
    static atomic_int calls;
    intrude();
    if (interrupted() || fails("read=", &calls))
        return -1;
    return REAL(read)(fd, bytes, cut(size));
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    static atomic_int calls;
    if (fd != STDERR_FILENO && (interrupted() || fails("write=", &calls)))
        return -1;
    return REAL(write)(fd, bytes, fd == STDERR_FILENO ? size : cut(size));
}

ssize_t writev(int fd, const struct iovec *vectors, int count)
{
    static atomic_int calls;
    if (interrupted() || fails("write=", &calls))
        return -1;
    if (wish("short") && count > 0)
        return REAL(write)(fd, vectors[0].iov_base, cut(vectors[0].iov_len));
    return REAL(writev)(fd, vectors, count);
}

ssize_t pread64(int fd, void *bytes, size_t size, off64_t offset)
{
    static atomic_int calls;
    if (interrupted() || fails("read=", &calls))
        return -1;
    return REAL(pread64)(fd, bytes, cut(size), offset);
}

int fsync(int fd)
{
    static atomic_int calls;
    return fails("fsync=", &calls) ? -1 : REAL(fsync)(fd);
}

int renameat(int from_directory, const char *from, int to_directory, const char *to)
{
    static atomic_int calls;
    return fails("rename=", &calls) ? -1 : REAL(renameat)(from_directory, from, to_directory, to);
}

int linkat(int from_directory, const char *from, int to_directory, const char *to, int flags)
{
    static atomic_int calls;
    return fails("link=", &calls) ? -1 : REAL(linkat)(from_directory, from, to_directory, to, flags);
}

int close(int fd)
{
    static atomic_int calls;
    int failed = fails("close=", &calls), error = errno, result = REAL(close)(fd);
    errno = failed ? error : errno;
    return failed ? -1 : result;
}
