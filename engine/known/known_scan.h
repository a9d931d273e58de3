/* known_scan.h - finding known values in the view of a text. */
#ifndef PII__KNOWN_SCAN_H
#define PII__KNOWN_SCAN_H

#include "kernel.h"
#include "known.h"
#include "pattern.h"

/* A value that was found, offsets into the view. */
typedef struct pii__known_hit {
    size_t begin;
    size_t end;
    uint32_t entity; /* index into those of the known values */
} pii__known_hit;

/* The working memory of one thread. */
typedef struct pii__known_scanner {
    const pii_allocator *allocator; /* borrowed */
    const pii__kernel *kernel;
    pii_known *known; /* one reference; NULL: nothing is looked for */
    pii__known_hit *hits; /* of the last call; in order of the places, but for a few */
    size_t hit_count;
    size_t hit_capacity;
} pii__known_scanner;

/* Releases the known values, too. */
void pii__known_scanner_free(pii__known_scanner *scanner);

/* Bytes of view that a scan needs to see before a start, and from it on. */
size_t pii__known_behind(const pii__known_scanner *scanner);
size_t pii__known_reach(const pii__known_scanner *scanner);

/* Finds the values that begin in [from, until), at each place the longest one.
 * Nothing is carried from call to call. As with pii__scan: unless text->at_end,
 * `until` and the reach lie within the text; unless at_start, so does what is
 * before `from`. */
PII_MUST_CHECK pii_status pii__known_scan(pii__known_scanner *scanner, const pii__subject *text, size_t from,
                                          size_t until);

#endif
