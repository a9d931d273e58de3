/* session.h - the embedded rules, their test vectors, and growing byte runs: the ground that the
 * plain test programs stand on. Every entity is switched on. */
#ifndef SESSION_H
#define SESSION_H

#include "piiglet.h"

typedef struct test_session {
    pii_compiler *compiler; /* has read the embedded files, for their vectors */
    pii_ruleset *ruleset;   /* the one that is compiled into the library */
    pii_policy *policy;
    const pii_rule_test *vectors;
    size_t vector_count;
} test_session;

/* False, with a line on stderr, when the embedded rules do not load. */
bool session_open(test_session *ret);
void session_close(test_session *session);

/* Gives the entities different actions, with a key: each value becomes what depends on it. `in_order`: also numbers.
 * False when memory runs out. */
bool session_set_actions(test_session *session, bool in_order);

/* Bytes, and what was found in them. Ends the program when memory runs out. */
typedef struct test_bytes {
    char *data;
    size_t size;
    size_t capacity;
} test_bytes;

void bytes_append(test_bytes *bytes, const void *data, size_t size);
void bytes_append_text(test_bytes *bytes, const char *text);
void bytes_free(test_bytes *bytes);

/* ASCII as a document in UTF-16, with its mark. */
void bytes_append_utf16(test_bytes *bytes, const char *text, size_t size);

typedef struct test_findings {
    pii_finding *list;
    size_t count;
    size_t capacity;
} test_findings;

void findings_append(test_findings *findings, const pii_finding *finding);
void findings_free(test_findings *findings);

bool findings_equal(const pii_finding *a, size_t a_count, const pii_finding *b, size_t b_count);

/* A pii_sink over `test_bytes *`, and a pii_finding_callback over `test_findings *`. */
int bytes_sink(void *context, const pii_piece *pieces, size_t count);
void findings_gather(void *context, const pii_finding *finding);

/* Hands over a copy of a piece, which nothing follows and which is gone after the call. `flush`: and then asks for all
 * that is final. Appends what comes out. */
pii_status stream_write(pii_stream *stream, const void *data, size_t size, bool flush, test_bytes *output);

/* What one pii_scrub call answered, copied out of the scrubber. */
typedef struct test_answer {
    test_bytes output;
    test_findings findings;
} test_answer;

/* False when the call failed. Clears `ret` first; answer_free in the end. */
bool answer_take(pii_scrubber *scrubber, const void *data, size_t size, test_answer *ret);
void answer_free(test_answer *answer);

#endif
