/* writer.h - output to a descriptor, in the turn of its job.
 *
 * Small pieces are gathered, large ones are written from where they are. A job
 * whose turn has not come gathers up to WRITER_WAIT_SIZE and then waits. The
 * first error is reported once and sticks. */
#ifndef CLI_WRITER_H
#define CLI_WRITER_H

#include "jobs.h"
#include "piiglet.h"

#define WRITER_GATHER_SIZE ((size_t)64 << 10)
#define WRITER_WAIT_SIZE ((size_t)1 << 20)

struct writer {
    int fd; /* -1: in memory */
    const char *name;        /* for messages */
    const struct turn *turn; /* NULL: the only job */
    char *bytes;
    size_t size;
    size_t capacity;
    exit_code code; /* EXIT_DONE until something failed */
};

/* No memory is taken before the first write. */
void writer_init(struct writer *writer, int fd, const char *name, const struct turn *turn);

/* Gathers everything in `bytes`, which writer_free frees; there is nothing to flush or end. */
void writer_init_memory(struct writer *writer);

/* Standard output. */
void writer_init_stdout(struct writer *writer, const struct turn *turn);

/* Wipes and frees; does not flush. */
void writer_free(struct writer *writer);

/* All of these do nothing after an error; writer_end tells. */
void writer_put(struct writer *writer, const void *bytes, size_t size);
void writer_text(struct writer *writer, const char *text);
void writer_format(struct writer *writer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void writer_pieces(struct writer *writer, const pii_piece *pieces, size_t count);

/* A pii_sink; `context` is a writer. */
int writer_sink(void *context, const pii_piece *pieces, size_t count);

/* Hands on what has gathered, if it may already; keeps it otherwise. */
exit_code writer_flush(struct writer *writer);

/* Waits for the turn, if there is something to hand on, and hands it on. */
exit_code writer_end(struct writer *writer);

#endif
