/* tally.h - counting of test cases for programs without a framework. */
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>

/* Counts one case; the first failures are told on stderr, printf-like. Returns `good`. */
__attribute__((format(printf, 2, 3))) bool tally_case(bool good, const char *format, ...);

/* Prints "N passed, N failed"; the exit code of the program. No case at all is a failure. */
int tally_end(void);

#endif
