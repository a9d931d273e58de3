/* finder.h - the findings of one input in order, each with its place and what stands
 * around it.
 *
 * Surroundings are the output of the stream, never its input, as UTF-8, in which every
 * finding is a token, "[EMAIL]", whatever the policy puts in its place: a neighbouring
 * finding cannot show, whatever the caller gets wrong. */
#ifndef CLI_FINDER_H
#define CLI_FINDER_H

#include "lines.h"
#include "task.h"
#include "wide_text.h"
#include "window.h"

struct found {
    pii_finding finding; /* its `path` and `block` are the finder's own */
    struct line_place place;
    uint64_t last_line;    /* in which it ends */
    uint64_t output_begin; /* of its replacement in the output of the stream */
    uint64_t output_end;
    bool masked;          /* its token is in the text: always, unless the stream failed */
    uint64_t token_begin; /* in the text */
    uint64_t token_end;
    char *value; /* owned, UTF-8; only with --show-values */
    size_t value_size;
    char *path; /* owned; NULL: none */
    char hash[65]; /* pii_finding.allow_hash */
    char *block; /* owned; NULL: none */
};

struct finder {
    struct task *task;
    uint64_t reach; /* bytes of text on either side of a finding that are there; 0: no text is kept */
    /* Called for each finding in order, once the text around it is there. */
    void (*show)(void *context, const struct found *found);
    void *context;
    /* From here on the finder's own, and 0 at first. */
    struct window text; /* with tokens */
    struct wide_text form;
    bool begun; /* the first bytes of the input have come */
    struct lines lines;
    struct window input;  /* kept only with --show-values */
    struct window units;  /* of a wide output, that have not gone into the text */
    uint64_t output_size; /* of the stream */
    uint64_t found;       /* input bytes of all findings so far */
    uint64_t replaced;    /* output bytes of their replacements */
    uint64_t floor;       /* every later finding begins here or behind */
    struct found *queue;
    size_t shown;  /* of the queue */
    size_t masked; /* of the queue */
    size_t count;
    size_t capacity;
    exit_code code;
};

/* Reads the input to its end; says what goes wrong. Frees what the finder took. */
exit_code finder_run(struct finder *finder);

/* While a finding is shown: the one behind it, if it is known yet, as one within reach is; or NULL. */
const struct found *finder_next(const struct finder *finder, const struct found *found);

#endif
