/* worker.h - working memory of one thread, for one input after the other. */
#ifndef CLI_WORKER_H
#define CLI_WORKER_H

#include "setup.h"
#include "task.h"

struct worker {
    pii_stream *stream;
    pii_format format; /* of it */
    pii_scrubber *scrubber;
    uint8_t *buffer; /* TASK_READ_SIZE bytes */
};

/* Make what is not there yet: a buffer, and a stream of this format or a
 * scrubber. Nothing begun is to be kept. */
exit_code worker_stream(struct worker *worker, const struct setup *setup, pii_format format);
exit_code worker_scrubber(struct worker *worker, const struct task *task);

/* Wipes and frees; NULL does nothing. */
void workers_free(struct worker *workers, unsigned count);

#endif
