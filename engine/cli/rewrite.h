/* rewrite.h - a file scrubbed into a file: in its own place, or as a copy in the
 * tree of --output. */
#ifndef CLI_REWRITE_H
#define CLI_REWRITE_H

#include "task.h"

/* A task_function without context. In place, a file without findings is not
 * touched; after an error the old file is there, or no copy. */
exit_code rewrite_file(void *context, struct task *task);

#endif
