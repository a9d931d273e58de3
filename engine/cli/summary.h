/* summary.h - how often each entity was found, and in how many files. */
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exit_code.h"

#define SUMMARY_NAME_SIZE 65 /* bytes; names of entities have at most 64 */

struct summary_row {
    char entity[SUMMARY_NAME_SIZE]; /* a copy: rules may be gone when it is printed */
    uint64_t findings;
    uint64_t files;
};

/* Zeroed, it is empty. */
struct summary {
    struct summary_row *rows;
    size_t count;
    size_t capacity;
    uint64_t findings; /* of all rows */
    uint64_t files;    /* joined, with findings or without */
    uint64_t files_found; /* of these, with findings */
    bool out_of_memory;   /* something is not counted */
};

/* Counts a finding. */
void summary_add(struct summary *summary, const char *entity);

/* "12 findings in 2 files: EMAIL 9, PHONE 3" into `text`, as much of it as fits, in the
 * order in which they turned up; without the files when there are 0. */
void summary_text(const struct summary *summary, uint64_t files, char *text, size_t size);

/* Adds what was counted in one file. */
void summary_join(struct summary *summary, const struct summary *file);

/* The most frequent first, then by name. */
void summary_sort(struct summary *summary);

/* Sorts it and writes it to standard output as a table. */
exit_code summary_print(struct summary *summary);

void summary_free(struct summary *summary);

#endif
