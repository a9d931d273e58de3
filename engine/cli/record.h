/* record.h - one line of JSON Lines: {"id": any scalar, "text": "...", ...}. */
#ifndef CLI_RECORD_H
#define CLI_RECORD_H

#include <stdbool.h>
#include <stddef.h>

struct json_t;

struct record {
    const char *id; /* as it stands in the line, so that 1.0 stays 1.0 */
    size_t id_size;
    struct json_t *root;
};

/* What is wrong with a line; both are of no content. */
struct record_error {
    const char *message; /* constant */
    size_t offset;       /* bytes into the line */
};

/* Once, before the first record is read. */
void record_begin(void);

/* Reads one line without its line end. `line` is changed in one way: escapes of
 * half a surrogate pair, which are no characters, become \ufffd; as both are
 * three bytes of UTF-8, offsets into the text are the same. Other keys are
 * ignored; a repeated key is an error, as readers disagree on which one counts.
 * The record lives until record_free and as long as the line. Where memory runs
 * out, the process ends with EXIT_ENGINE. */
bool record_read(struct record *record, char *line, size_t size, struct record_error *ret_error);

typedef enum record_answer { RECORD_TEXT, RECORD_NONE, RECORD_NO_TEXT } record_answer;

/* A field of the record as UTF-8, which may hold NUL and lives as long as the
 * record. RECORD_NONE: there is none, or null; RECORD_NO_TEXT: something else. */
record_answer record_field(const struct record *record, const char *name, const char **ret_text, size_t *ret_size);

void record_free(struct record *record);

#endif
