/* pattern.h - the match engine behind one interface; pattern_pcre2.c is the
 * only file of piiglet that knows PCRE2.
 *
 * A pattern is immutable to its users and shared by all threads. It compiles
 * itself at its first use, which start-up does not pay for; two threads that
 * meet there both compile, and one result is dropped - no lock. A matcher is
 * the working memory of one thread.
 *
 * Patterns match bytes (no UTF mode): the view is valid by construction, a
 * byte from 0x80 up is a letter only where a rule says so, and no input can be
 * "invalid" to the engine. */
#ifndef PII__PATTERN_H
#define PII__PATTERN_H

#include "piiglet_types.h"

typedef struct pii__pattern pii__pattern;
typedef struct pii__matcher pii__matcher;

/* Copies `source`. Nothing is compiled yet; out of memory is the only error. */
PII_MUST_CHECK pii_status pii__pattern_new(const pii_allocator *allocator, const char *source, pii__pattern **ret);
void pii__pattern_free(pii__pattern *pattern);

/* What a trial compilation says about a pattern. */
typedef struct pii__pattern_error {
    size_t offset;     /* bytes into the source */
    char message[128]; /* PCRE2's text; quotes no input */
} pii__pattern_error;

/* Compiles `source` as pii__pattern_search will. PII_ERROR_RULE fills
 * `*ret_error`. */
PII_MUST_CHECK pii_status pii__pattern_check(const pii_allocator *allocator, const char *source,
                                             pii__pattern_error *ret_error);

PII_MUST_CHECK pii_status pii__matcher_new(const pii_allocator *allocator, pii__matcher **ret);
void pii__matcher_free(pii__matcher *matcher);

typedef struct pii__match {
    size_t begin; /* whole match */
    size_t end;
    size_t span_begin; /* group named "pii" where it took part, else the match */
    size_t span_end;
} pii__match;

typedef struct pii__subject {
    const uint8_t *text; /* not NULL */
    size_t size;
    bool at_start; /* text[0] is the first byte of the segment: ^ matches there */
    bool at_end;   /* text[size - 1] is its last: $ matches after it */
} pii__subject;

/* Leftmost match that starts in [from, until); `until` <= size + 1. PII_OK with
 * *ret_found false: there is none. PII_ERROR_LIMIT: match, heap or depth limit,
 * after the interpreter was tried where only the JIT stack was too small.
 * Never turns an error into "no match". */
PII_MUST_CHECK pii_status pii__pattern_search(const pii__pattern *pattern, pii__matcher *matcher,
                                              const pii__subject *subject, size_t from, size_t until, bool *ret_found,
                                              pii__match *ret_match);

/* PCRE2's version text, and whether it can make machine code right now. */
const char *pii__pattern_engine_version(void);
bool pii__pattern_jit_works(void);

#endif
