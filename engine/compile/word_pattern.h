/* word_pattern.h - words as a pattern.
 *
 * Special characters are escaped; a blank stands for one to four blanks or tabs. */
#ifndef PII__WORD_PATTERN_H
#define PII__WORD_PATTERN_H

#include "arena.h"
#include "buffer.h"

typedef struct pii__word {
    const char *text; /* `size` bytes */
    size_t size;
} pii__word;

/* Both forms match the same and prefer the same, with (?i) and without. */
typedef enum pii__word_form {
    PII__WORDS_FLAT, /* (?:alley|aly), the longest first: for our own analysis */
    PII__WORDS_TRIE  /* (?:al(?:ley|y)): PCRE2 tries branches one after the other, and each byte once */
} pii__word_form;

/* Sorts, the longest first, and drops doubles; returns the new count. */
size_t pii__words_sort(pii__word *words, size_t count);

/* Appends a group of the words, which are sorted. PII_ERROR_MEMORY, or
 * PII_ERROR_LIMIT of the buffer. */
PII_MUST_CHECK pii_status pii__words_append(pii__arena *scratch, pii__buffer *pattern, pii__word_form form,
                                            const pii__word *words, size_t count);

#endif
