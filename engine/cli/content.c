#include "content.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "io.h"
#include "message.h"

#define FIRST_CAPACITY ((size_t)64 << 10)

static bool grow(struct content *content)
{
    size_t capacity = content->capacity ? content->capacity * 2 : FIRST_CAPACITY;
    char *bytes = malloc(capacity);
    if (!bytes)
        return false;
    size_t size = content->size;
    if (size)
        memcpy(bytes, content->bytes, size);
    content_free(content);
    *content = (struct content){bytes, size, capacity};
    return true;
}

exit_code content_read(struct content *content, struct input *input, size_t limit)
{
    for (;;) {
        if (content->size == content->capacity && !grow(content))
            return message_memory();
        ssize_t got = io_read(input->fd, content->bytes + content->size, content->capacity - content->size);
        if (got < 0)
            return message_io(input->name, errno);
        if (got == 0)
            return EXIT_DONE;
        content->size += (size_t)got;
        if (content->size > limit) {
            message("%s: longer than %zu bytes; cut it into parts", input->name, limit);
            return EXIT_ENGINE;
        }
    }
}

void content_free(struct content *content)
{
    if (content->bytes)
        explicit_bzero(content->bytes, content->capacity);
    free(content->bytes);
    *content = (struct content){0};
}
