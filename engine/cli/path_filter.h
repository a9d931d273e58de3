/* path_filter.h - which files of a tree are meant: --include and --exclude.
 *
 * A pattern is compared part by part: *, ? and [a-z] stand for anything within
 * one name, ** as a part of its own for any number of directories. A pattern
 * with a slash before its end is compared with the whole path below the
 * directory that is walked, any other with the last name alone; one that ends
 * in a slash is for directories. Bytes are compared, whatever the locale. */
#ifndef CLI_PATH_FILTER_H
#define CLI_PATH_FILTER_H

#include <stdbool.h>

#define PATH_PATTERN_SIZE_MAX 1024 /* bytes of one pattern */

struct path_pattern {
    const char *text;
    bool include;
};

struct path_filter {
    struct path_pattern *patterns; /* in the order of the command line */
    int count;
};

/* Whether the pattern may be used: not empty, and not too long. */
bool path_pattern_valid(const char *text);

/* The last pattern that matches decides. Where none does, a directory is taken,
 * and a file unless there is an include. `path` is relative, without a slash at
 * its end. */
bool path_filter_takes(const struct path_filter *filter, const char *path, bool directory);

#endif
