/* sandbox.h - what the command gives up before it reads a text.
 *
 * A fault in the engine that a text could make use of must not become a way to
 * other files, other programs or the network. Two features of Linux see to that:
 *   Landlock   only what the options name can be opened: inputs, rules, policy, keys to be
 *              read; the directories of outputs to be written to
 *   seccomp    no programs, sockets, name spaces, other processes or kernel interfaces:
 *              a call of that kind ends the process
 * Neither is there on every system, nor under a sanitizer that looks at the process itself;
 * what is not there is left out. */
#ifndef CLI_SANDBOX_H
#define CLI_SANDBOX_H

#include "options.h"

/* Before the first thread is started. Says what went wrong; the command then ends,
 * unless it was called with --no-sandbox. */
exit_code sandbox_enter(const struct options *options);

#endif
