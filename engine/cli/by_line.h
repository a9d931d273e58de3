/* by_line.h - an input each line of which is a text of its own (--lines). */
#ifndef CLI_BY_LINE_H
#define CLI_BY_LINE_H

#include "task.h"

/* As task_feed, but that each line is scrubbed alone, and that the hook `after` runs
 * before it waits for more of the input: so lines are handed on as they come. */
exit_code by_line_feed(struct task *task, const struct task_hooks *hooks);

#endif
