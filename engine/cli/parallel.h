/* parallel.h - one input on several threads.
 *
 * Regions of the input are read and scanned by whichever thread is free, each
 * in a slot of its own, and delivered to the hooks in order, by one thread at a
 * time. What comes out is what task_feed of one thread gives, byte for byte;
 * only the latency differs: a region is a few megabytes. */
#ifndef CLI_PARALLEL_H
#define CLI_PARALLEL_H

#include "task.h"

/* Whether the command line asks for it, and the input is worth it. */
bool parallel_wanted(const struct task *task);

/* As task_feed. The hooks run on any of the threads, never on two at once. */
exit_code parallel_feed(struct task *task, const struct task_hooks *hooks);

#endif
