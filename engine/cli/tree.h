/* tree.h - a command over all files below directories: -r. */
#ifndef CLI_TREE_H
#define CLI_TREE_H

#include "task.h"

/* Calls `function` for each file below the directories of the command line, on
 * --threads threads; one that fails is reported, and the others go on. At the
 * end a summary goes to standard error. */
exit_code tree_run(const struct options *options, task_function function, void *context);

#endif
