#include "io.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include "interrupt.h"

/* Whether the call that set errno should be made again; waits where a
 * non-blocking descriptor has to be waited for. */
static int retry(int fd, short events)
{
    if (errno == EINTR)
        return !interrupt_requested();
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return 0;
    struct pollfd ready = {.fd = fd, .events = events};
    if (poll(&ready, 1, -1) >= 0)
        return 1;
    return errno == EINTR && !interrupt_requested();
}

ssize_t io_read(int fd, void *bytes, size_t size)
{
    for (;;) {
        ssize_t got = read(fd, bytes, size);
        if (got >= 0 || !retry(fd, POLLIN))
            return got;
    }
}

/* Drops the first `size` bytes of the vectors; answers how many are used up. */
static size_t advance(struct iovec *vectors, size_t count, size_t size)
{
    size_t used = 0;
    while (used < count && size >= vectors[used].iov_len)
        size -= vectors[used++].iov_len;
    if (used < count) {
        vectors[used].iov_base = (char *)vectors[used].iov_base + size;
        vectors[used].iov_len -= size;
    }
    return used;
}

int io_write_all(int fd, struct iovec *vectors, size_t count)
{
    size_t used = advance(vectors, count, 0);
    while (used < count) {
        size_t batch = count - used < IOV_MAX ? count - used : IOV_MAX;
        ssize_t written = writev(fd, vectors + used, (int)batch);
        if (written < 0) {
            if (!retry(fd, POLLOUT))
                return -1;
            continue;
        }
        used += advance(vectors + used, count - used, (size_t)written);
    }
    return 0;
}
