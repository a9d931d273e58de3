/* tree_task.h - an input of a tree that is in memory as a whole: one call of the
 * engine, and, where nothing is found, nothing else. */
#ifndef CLI_TREE_TASK_H
#define CLI_TREE_TASK_H

#include "task.h"

/* As task_feed, for a task with a scrubber. */
exit_code tree_task_feed(struct task *task, const struct task_hooks *hooks);

/* Looks at the first `size` bytes of the buffer, which are the next of the input. */
void tree_task_note_bytes(struct task *task, size_t size);

#endif
