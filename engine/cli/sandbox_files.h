/* sandbox_files.h - what the command may open, from its options. */
#ifndef CLI_SANDBOX_FILES_H
#define CLI_SANDBOX_FILES_H

#include "options.h"

/* From now on nothing else can be opened. 0, or an errno value; 0 also where the
 * system or this build has no Landlock. */
int sandbox_files(const struct options *options);

#endif
