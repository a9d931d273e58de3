/* content.h - a whole input in memory, for the few commands that need it so. */
#ifndef CLI_CONTENT_H
#define CLI_CONTENT_H

#include <stddef.h>

#include "input.h"

struct content {
    char *bytes;
    size_t size;
    size_t capacity;
};

/* Reads to the end. EXIT_ENGINE, after saying so, beyond `limit` bytes. */
exit_code content_read(struct content *content, struct input *input, size_t limit);

/* Wipes and frees. */
void content_free(struct content *content);

#endif
