/* io.h - reading and writing whole buffers: short transfers, interrupted calls
 * and non-blocking descriptors are taken care of. */
#ifndef CLI_IO_H
#define CLI_IO_H

#include <sys/types.h>
#include <sys/uio.h>

/* Up to `size` bytes, at least one unless the end is reached (0). -1: errno is
 * set; EINTR only when the program was asked to stop (interrupt.h). */
ssize_t io_read(int fd, void *bytes, size_t size);

/* Writes all of `vectors`, which it uses up. 0, or -1 with errno set. */
int io_write_all(int fd, struct iovec *vectors, size_t count);

#endif
