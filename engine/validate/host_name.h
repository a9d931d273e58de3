/* host_name.h - host names, for e-mail and web addresses. */
#ifndef PII__HOST_NAME_H
#define PII__HOST_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum pii__host_kind {
    PII__HOST_NONE,    /* not two labels */
    PII__HOST_FILE,    /* its last label is a file ending: "cat@2x.png" */
    PII__HOST_UNKNOWN, /* its last label is a word, but no top-level domain */
    PII__HOST_KNOWN    /* it ends in a top-level domain */
} pii__host_kind;

/* Reads the host name at text[begin, end) and sets `*ret_end` to where it ends:
 * after its last label that is a top-level domain, as a sentence may go on
 * without a blank ("a@example.org.Then"). */
pii__host_kind pii__host_read(const uint8_t *text, size_t begin, size_t end, size_t *ret_end);

/* Whether the label is a top-level domain, or is written to be read as one: in
 * look-alike letters ("com" with a Cyrillic o), with digits for letters ("c0m"),
 * or in the ASCII form of another script ("xn--..."). */
bool pii__top_level_domain(const uint8_t *label, size_t size);

/* Chinese, Japanese and Korean go on without a blank. Where such text comes right
 * after the ASCII letters that a label begins with, the size of these; else `size`. */
size_t pii__label_size(const uint8_t *label, size_t size);

/* The same before a name: where the ASCII name that text[begin, end) ends in
 * begins, right after such text; else `begin`. */
size_t pii__name_begin(const uint8_t *text, size_t begin, size_t end);

/* Whether a top-level domain is an everyday English word ("it", "me"), so that
 * ". It" begins a sentence more often than it ends a host name. */
bool pii__top_level_word(const uint8_t *label, size_t size);

/* Whether the host is one of, or below one of, the names that program files
 * hold for technical reasons (name spaces, schemas). */
bool pii__host_technical(const uint8_t *host, size_t size);

#endif
