#include "tally.h"

#include <stdarg.h>
#include <stdio.h>

enum { SHOWN_MAX = 25 };

static unsigned long passed, failed;

bool tally_case(bool good, const char *format, ...)
{
    if (good) {
        passed++;
        return true;
    }
    if (failed++ < SHOWN_MAX) {
        va_list arguments;
        va_start(arguments, format);
        fputs("failed: ", stderr);
        vfprintf(stderr, format, arguments);
        fputc('\n', stderr);
        va_end(arguments);
    }
    return false;
}

int tally_end(void)
{
    printf("%lu passed, %lu failed\n", passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
}
