/* output_file.h - a file that appears whole or not at all.
 *
 * A regular file is written as an unnamed temporary file in the same directory
 * and takes the place of the old one only in output_file_commit, after it has
 * reached the disk. Until then, and after any error, the old file is as it was.
 * What is not a regular file (a FIFO, /dev/null) is written to directly. */
#ifndef CLI_OUTPUT_FILE_H
#define CLI_OUTPUT_FILE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "exit_code.h"

#define OUTPUT_PATH_SIZE 4096 /* bytes; longer paths are refused */

struct output_file {
    const char *name;                 /* as the user wrote it, for messages */
    char target[OUTPUT_PATH_SIZE];    /* after following symbolic links */
    char directory[OUTPUT_PATH_SIZE]; /* of the target */
    char temporary[OUTPUT_PATH_SIZE]; /* "" while the temporary file has no name */
    int fd;                           /* where to write */
    bool direct;                      /* no temporary file: not a regular file */
};

/* Opens a new content for `path`, which may not exist yet. `*output` may be
 * handed to output_file_discard whatever the answer is. */
exit_code output_file_open(struct output_file *output, const char *path);

/* The same for an existing file with status `like`, whose place it will take:
 * refuses when the file has other names that would keep the old text. */
exit_code output_file_open_over(struct output_file *output, const char *path, const struct stat *like);

/* Puts the new content in place, on disk. */
exit_code output_file_commit(struct output_file *output);

/* Gives up; nothing happened. After a commit it does nothing. */
void output_file_discard(struct output_file *output);

#endif
