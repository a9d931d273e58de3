/* output_file.h - a file that appears whole or not at all.
 *
 * A regular file is written as an unnamed temporary file in the same directory
 * and takes the place of the old one only in output_file_commit, after it has
 * reached the disk. Until then, and after any error, the old file is as it was.
 * What is not a regular file (a FIFO, /dev/null) is written to directly. */
#ifndef CLI_OUTPUT_FILE_H
#define CLI_OUTPUT_FILE_H

#include <stdbool.h>

#include "input.h"

/* Before "LABEL-PID-NUMBER-ATTEMPT" in the names of temporary files. */
#define OUTPUT_TEMPORARY_PREFIX ".piiglet-"
#define OUTPUT_NAME_SIZE 256 /* bytes of the name of a file, and a NUL: NAME_MAX of Linux */
#define OUTPUT_LABEL_DEFAULT "one"

struct output_file {
    const char *name;             /* as the user wrote it, for messages */
    const char *label;            /* in the name of the temporary file: whose it is */
    const char *backup;           /* suffix of the name under which the old file stays; NULL: none */
    int directory;                /* of the target, after following symbolic links */
    char target[OUTPUT_NAME_SIZE];    /* in that directory */
    char temporary[OUTPUT_NAME_SIZE]; /* "" while the temporary file has no name */
    int fd;                       /* where to write */
    bool direct;                  /* no temporary file: not a regular file */
};

/* Opens a new content for `path`, which may not exist yet. `*output` may be
 * handed to output_file_discard whatever the answer is. */
exit_code output_file_open(struct output_file *output, const char *path);

/* The same for the file that is read as `input`, whose place it will take:
 * refuses when the file has other names that would keep the old text. With
 * `backup` the old file stays under its name with this suffix. */
exit_code output_file_open_over(struct output_file *output, const struct input *input, const char *backup);

/* The same by way of the directory that `input` was found in (input_open_at). */
exit_code output_file_open_over_at(struct output_file *output, const struct input *input, const char *backup,
                                   const char *label);

/* A copy of `input`, with its attributes, under its name in another directory. */
exit_code output_file_open_copy(struct output_file *output, const struct input *input, int directory,
                                const char *label);

/* Puts the new content in place, on disk. */
exit_code output_file_commit(struct output_file *output);

/* Gives up; nothing happened. After a commit it does nothing. */
void output_file_discard(struct output_file *output);

#endif
