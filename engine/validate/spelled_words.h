/* spelled_words.h - the words of addresses that are written out. */
#ifndef PII__SPELLED_WORDS_H
#define PII__SPELLED_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sets `*ret_end` to where the host name that text[begin, end) ends in is over:
 * after its last label that is a top-level domain, with a dot or a word for one
 * before it. False when there is none. */
bool pii__spelled_host_end(const uint8_t *text, size_t begin, size_t end, size_t *ret_end);

/* Whether text[begin, end) begins with a word of sentences: before an "at", it
 * is no account name. */
bool pii__spelled_sentence(const uint8_t *text, size_t begin, size_t end);

#endif
