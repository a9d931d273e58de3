/* input.h - one file, or standard input, opened for reading. */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <stdbool.h>
#include <sys/stat.h>

#include "exit_code.h"

struct input {
    const char *path; /* "-": standard input */
    const char *name; /* the same, as messages call it */
    int directory;    /* of input_open_at */
    const char *base; /* its name there */
    int fd;
    struct stat status; /* at the time of opening */
};

bool input_is_stdin(const char *path);

/* Opens and refuses directories; says what is wrong. `path` must outlive it. */
exit_code input_open(struct input *input, const char *path);

void input_close(struct input *input);

/* Refuses when the file with status `output` is also one of `paths`: it would
 * be overwritten, or never end, while it is read. */
exit_code input_check_output(const char *const *paths, int count, const struct stat *output, const char *output_name);

/* The same for a path that is to be written, if there is such a file yet. */
exit_code input_check_output_path(const char *const *paths, int count, const char *output);

#endif
