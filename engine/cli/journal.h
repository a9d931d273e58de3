/* journal.h - what a run over trees has done, so that the next one can go on.
 *
 * A line for each file that is done: a checksum over the rest of the line, size,
 * time of the last change of text and of status (nanoseconds), number of findings,
 * path. A line is written after what it tells of is on disk, or has been printed;
 * it need not reach the disk itself, as a file whose line is missing or torn is
 * only done again. The first line names run and settings. */
#ifndef CLI_JOURNAL_H
#define CLI_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "exit_code.h"
#include "window.h"

#define JOURNAL_RUN_SIZE 16 /* characters */

struct journal_entry;

struct journal {
    const char *name; /* for messages; NULL: there is no journal */
    int fd;
    char run[JOURNAL_RUN_SIZE + 1]; /* also without a journal */
    bool resumed;                   /* there was a run before */
    struct stat status;             /* of the journal itself */
    struct journal_entry *entries;  /* a hash table */
    size_t entry_count;
    size_t capacity; /* a power of two, or 0 */
};

/* Opens or makes the journal `path` (NULL: none) for nobody else at the same
 * time. Refuses one that was written with other settings. journal_close may be
 * called whatever the answer is. */
exit_code journal_open(struct journal *journal, const char *path, uint64_t settings);
void journal_close(struct journal *journal);

/* Whether the file is done, and has not changed since. */
bool journal_has(const struct journal *journal, const char *path, const struct stat *status, uint64_t *ret_findings);

/* Adds the line of a file to `lines`. False: out of memory. */
bool journal_line(struct window *lines, const char *path, const struct stat *status, uint64_t findings);

/* Writes lines, in one go, and forgets them. From any thread. */
exit_code journal_write(const struct journal *journal, struct window *lines);

#endif
