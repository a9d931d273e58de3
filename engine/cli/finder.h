/* finder.h - the findings of one input in order, each with its place and what stands
 * around it after scrubbing.
 *
 * Surroundings come from the output of the stream, never from the input, and findings
 * in them are shown as tokens, whatever the policy puts in their place: a neighbouring
 * finding cannot show, whatever the caller gets wrong. */
#ifndef CLI_FINDER_H
#define CLI_FINDER_H

#include "lines.h"
#include "task.h"
#include "window.h"

struct found {
    pii_finding finding; /* its `path` is the finder's own */
    struct line_place place;
    uint64_t last_line;    /* in which it ends */
    uint64_t output_begin; /* of its replacement in the scrubbed output */
    uint64_t output_end;
    char *value; /* owned, of finding.end - finding.begin bytes; only with --show-values */
    char *path;  /* owned; NULL: none */
};

struct finder {
    struct task *task;
    uint64_t reach; /* bytes of output on either side of a finding that can be asked for; 0: none are kept */
    /* Called for each finding in order, once the output around it is there. */
    void (*show)(void *context, const struct found *found);
    void *context;
    /* From here on the finder's own, and 0 at first. */
    struct lines lines;
    struct window input;  /* kept only with --show-values */
    struct window output; /* scrubbed */
    uint64_t output_size;
    uint64_t found;    /* input bytes of all findings so far */
    uint64_t replaced; /* output bytes of their replacements */
    uint64_t floor;    /* every later finding begins here or behind */
    struct found *queue; /* [0, shown) have been shown, and are in reach of later ones */
    size_t shown;
    size_t count;
    size_t capacity;
    exit_code code;
};

/* Reads the input to its end; says what goes wrong. Frees what the finder took. */
exit_code finder_run(struct finder *finder);

/* ---- While a finding is shown ---- */

/* Whether it stands in the output: not when the stream failed after it was found. Without it there is no text to ask for. */
bool finder_surrounded(const struct finder *finder, const struct found *found);

/* The finding behind it, if it is known yet: one within reach is. NULL: none. */
const struct found *finder_next(const struct finder *finder, const struct found *found);

/* The replacement of a finding, if it is a token that says no more than the entity; else "[ENTITY]". Written by `put`. */
typedef void (*finder_put)(void *context, const void *bytes, size_t size);
void finder_token(const struct finder *finder, const struct found *found, finder_put put, void *context);

/* The output [begin, end), all of it within reach, with findings as finder_token has them, those that it cuts, too. */
void finder_text(const struct finder *finder, uint64_t begin, uint64_t end, finder_put put, void *context);

#endif
