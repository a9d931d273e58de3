#include "writer.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io.h"
#include "message.h"

#define PIECES_PER_WRITE 64

void writer_init(struct writer *writer, int fd, const char *name, const struct turn *turn)
{
    *writer = (struct writer){.fd = fd, .name = name, .turn = turn};
}

void writer_init_memory(struct writer *writer)
{
    writer_init(writer, -1, "memory", NULL);
}

void writer_init_stdout(struct writer *writer, const struct turn *turn)
{
    writer_init(writer, STDOUT_FILENO, "standard output", turn);
}

void writer_free(struct writer *writer)
{
    if (writer->bytes)
        explicit_bzero(writer->bytes, writer->capacity);
    free(writer->bytes);
    writer->bytes = NULL;
    writer->size = writer->capacity = 0;
}

/* A reader that went away (EPIPE) needs no message: it knows. */
static void fail(struct writer *writer, int error)
{
    turn_stop(writer->turn);
    writer->code = error == EPIPE ? EXIT_IO : message_io(writer->name, error);
}

static bool reserve(struct writer *writer, size_t extra)
{
    if (extra <= writer->capacity - writer->size)
        return true;
    size_t capacity = writer->capacity ? writer->capacity : WRITER_GATHER_SIZE;
    while (capacity - writer->size < extra)
        capacity *= 2;
    char *bytes = malloc(capacity);
    if (!bytes) {
        writer->code = message_memory();
        return false;
    }
    size_t size = writer->size;
    if (size)
        memcpy(bytes, writer->bytes, size);
    writer_free(writer);
    writer->bytes = bytes;
    writer->size = size;
    writer->capacity = capacity;
    return true;
}

/* The gathered bytes, then the pieces, which stay where they are. */
static void write_through(struct writer *writer, const pii_piece *pieces, size_t count)
{
    struct iovec vectors[PIECES_PER_WRITE + 1];
    do {
        size_t batch = count < PIECES_PER_WRITE ? count : PIECES_PER_WRITE;
        vectors[0] = (struct iovec){writer->bytes, writer->size};
        for (size_t i = 0; i < batch; i++)
            vectors[i + 1] = (struct iovec){(void *)(uintptr_t)pieces[i].data, pieces[i].size};
        if (io_write_all(writer->fd, vectors, batch + 1) != 0) {
            fail(writer, errno);
            return;
        }
        writer->size = 0;
        pieces += batch;
        count -= batch;
    } while (count > 0);
}

void writer_pieces(struct writer *writer, const pii_piece *pieces, size_t count)
{
    if (writer->code != EXIT_DONE)
        return;
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += pieces[i].size;
    size_t room = turn_has_come(writer->turn) ? WRITER_GATHER_SIZE : WRITER_WAIT_SIZE;
    if (writer->fd < 0)
        room = SIZE_MAX / 4;
    if (writer->size > room || size > room - writer->size) {
        turn_wait(writer->turn);
        write_through(writer, pieces, count);
        return;
    }
    if (!reserve(writer, size))
        return;
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].size)
            memcpy(writer->bytes + writer->size, pieces[i].data, pieces[i].size);
        writer->size += pieces[i].size;
    }
}

int writer_sink(void *context, const pii_piece *pieces, size_t count)
{
    struct writer *writer = context;
    writer_pieces(writer, pieces, count);
    return writer->code != EXIT_DONE;
}

void writer_put(struct writer *writer, const void *bytes, size_t size)
{
    writer_pieces(writer, &(pii_piece){bytes, size}, 1);
}

void writer_text(struct writer *writer, const char *text)
{
    writer_put(writer, text, strlen(text));
}

void writer_format(struct writer *writer, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length > 0)
        writer_put(writer, text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

exit_code writer_flush(struct writer *writer)
{
    if (writer->code == EXIT_DONE && writer->size > 0 && turn_has_come(writer->turn))
        write_through(writer, NULL, 0);
    return writer->code;
}

exit_code writer_end(struct writer *writer)
{
    if (writer->size > 0)
        turn_wait(writer->turn);
    return writer_flush(writer);
}
