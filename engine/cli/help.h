/* help.h - what --help and --version print. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "options.h"
#include "writer.h"

void help_print(struct writer *writer, const struct options *options);

/* Version, rules, PCRE2, Unicode, JIT, CPU kernel. */
exit_code version_print(struct writer *writer);

#endif
