/* spelled_words.h - the words of addresses that are written out. */
#ifndef PII__SPELLED_WORDS_H
#define PII__SPELLED_WORDS_H

#include "host_name.h"

/* Reads the host name that text[begin, end) ends in, with dots or words for them,
 * and sets `*ret_end` to where it is over: after its last label that is a
 * top-level domain, or at `end` after another word. PII__HOST_NONE when there is
 * nothing of the kind. */
pii__host_kind pii__spelled_host_read(const uint8_t *text, size_t begin, size_t end, size_t *ret_end);

/* Whether text[begin, end) begins with a word of sentences: before an "at", it
 * is no account name. */
bool pii__spelled_sentence(const uint8_t *text, size_t begin, size_t end);

/* Whether the first word of text[begin, end) is written as account names are: with
 * letters, and with digits or signs among them; with dots, too, if `dots` are no
 * sign of something else ("readme.txt at example.org"). */
bool pii__spelled_account(const uint8_t *text, size_t begin, size_t end, bool dots);

/* Whether text[begin, end) holds, or is cut out of, a capital word in square
 * brackets other than AT and DOT, such as "[PHONE]": what stands for something
 * redacted is part of no address. */
bool pii__spelled_placeholder(const uint8_t *text, size_t begin, size_t end);

#endif
