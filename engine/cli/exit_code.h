/* exit_code.h - what the command answers to the shell. When several files end
 * differently, the highest code wins. */
#ifndef CLI_EXIT_CODE_H
#define CLI_EXIT_CODE_H

typedef enum exit_code {
    EXIT_DONE = 0,
    EXIT_FOUND = 1,   /* check: there is a finding */
    EXIT_USAGE = 2,   /* the command line is wrong */
    EXIT_INVALID = 3, /* an input, rule file or rule test is wrong */
    EXIT_ENGINE = 4,  /* a limit or an error of the engine */
    EXIT_IO = 5,      /* reading or writing failed */
    EXIT_BLOCKED = 6  /* the policy blocks an input */
} exit_code;

static inline exit_code exit_worst(exit_code a, exit_code b)
{
    return a > b ? a : b;
}

#endif
