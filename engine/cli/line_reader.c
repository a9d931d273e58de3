#include "line_reader.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "interrupt.h"
#include "io.h"
#include "message.h"

#define FIRST_CAPACITY ((size_t)256 << 10)

void line_reader_init(struct line_reader *reader, struct input *input)
{
    *reader = (struct line_reader){.input = input};
}

void line_reader_free(struct line_reader *reader)
{
    if (reader->bytes)
        explicit_bzero(reader->bytes, reader->capacity);
    free(reader->bytes);
    reader->bytes = NULL;
}

/* Room behind `end`, also for the NUL of the last line. */
static exit_code make_room(struct line_reader *reader)
{
    size_t size = reader->end - reader->begin;
    if (size > LINE_SIZE_MAX) {
        message("%s: line %" PRIu64 ", byte %" PRIu64 ": longer than %zu bytes; cut the record into parts",
                reader->input->name, reader->number + 1, reader->next, LINE_SIZE_MAX);
        return EXIT_ENGINE;
    }
    if (reader->begin > 0) {
        memmove(reader->bytes, reader->bytes + reader->begin, size);
        reader->begin = 0;
        reader->end = size;
    }
    if (reader->end + 1 < reader->capacity)
        return EXIT_DONE;
    size_t capacity = reader->capacity ? reader->capacity * 2 : FIRST_CAPACITY;
    char *bytes = malloc(capacity);
    if (!bytes)
        return message_memory();
    if (size)
        memcpy(bytes, reader->bytes, size);
    line_reader_free(reader);
    reader->bytes = bytes;
    reader->capacity = capacity;
    return EXIT_DONE;
}

static exit_code read_more(struct line_reader *reader)
{
    exit_code code = make_room(reader);
    if (code != EXIT_DONE)
        return code;
    ssize_t got = io_read(reader->input->fd, reader->bytes + reader->end, reader->capacity - reader->end - 1);
    if (got < 0) /* main dies of the signal, if it was one */
        return interrupt_requested() ? EXIT_IO : message_io(reader->input->name, errno);
    reader->end += (size_t)got;
    reader->at_end = got == 0;
    return EXIT_DONE;
}

static void hand_out(struct line_reader *reader, size_t size, size_t line_end, char **ret_line, size_t *ret_size)
{
    *ret_line = reader->bytes + reader->begin;
    *ret_size = size;
    (*ret_line)[size] = '\0';
    reader->offset = reader->next;
    reader->number++;
    reader->ended = line_end > 0;
    reader->begin += size + line_end;
    reader->next += size + line_end;
}

exit_code line_reader_next(struct line_reader *reader, char **ret_line, size_t *ret_size)
{
    size_t searched = 0;
    for (;;) {
        size_t size = reader->end - reader->begin;
        char *rest = reader->bytes + reader->begin;
        char *line_end = size > searched ? memchr(rest + searched, '\n', size - searched) : NULL;
        if (line_end) {
            hand_out(reader, (size_t)(line_end - rest), 1, ret_line, ret_size);
            return EXIT_DONE;
        }
        if (reader->at_end && size > 0) {
            hand_out(reader, size, 0, ret_line, ret_size);
            return EXIT_DONE;
        }
        if (reader->at_end) {
            *ret_line = NULL;
            return EXIT_DONE;
        }
        searched = size;
        exit_code code = read_more(reader);
        if (code != EXIT_DONE)
            return code;
    }
}

bool line_reader_has_line(const struct line_reader *reader)
{
    size_t size = reader->end - reader->begin;
    return size > 0 && memchr(reader->bytes + reader->begin, '\n', size);
}
