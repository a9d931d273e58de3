/* commands.h - the commands that are timed as whole processes, each with the comparison rules written in its
 * own language. */
#ifndef BENCH_COMMANDS_H
#define BENCH_COMMANDS_H

#include "rules.h"

#define BENCH_ARGUMENTS_MAX 64

typedef struct bench_command {
    const char *name;
    const char *what;
    bool piped;          /* measured between two cat; its reference is cat there */
    bool times_itself;   /* writes the seconds of its work, without its own start-up */
    bool reads_argument; /* the file is its last argument, not its standard input */
    char *argv[BENCH_ARGUMENTS_MAX];
    size_t argument_count;
} bench_command;

/* The first is cat, the second cat between pipes: what the others are set against. */
size_t bench_commands_make(const bench_options *options, const bench_rules *rules, bench_command **ret_list);
void bench_commands_free(bench_command *list, size_t count);

#endif
