/* report.h - counting of test cases for programs without a framework. */
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>

/* Counts one case; the first failures are told on stderr, printf-like. Returns `good`. */
__attribute__((format(printf, 2, 3))) bool report_case(bool good, const char *format, ...);

/* Prints "N passed, N failed"; the exit code of the program. No case at all is a failure. */
int report_end(void);

#endif
