#include "worker.h"

#include <stdlib.h>
#include <string.h>

#include "message.h"

static exit_code make_buffer(struct worker *worker)
{
    if (!worker->buffer)
        worker->buffer = malloc(TASK_READ_SIZE);
    return worker->buffer ? EXIT_DONE : message_memory();
}

exit_code worker_stream(struct worker *worker, const struct setup *setup, pii_format format)
{
    exit_code code = make_buffer(worker);
    if (code != EXIT_DONE || (worker->stream && worker->format == format))
        return code;
    pii_stream_free(worker->stream);
    worker->stream = NULL;
    worker->format = format;
    pii_status status = pii_stream_new(setup->ruleset, setup->policy, format, NULL, &worker->stream);
    if (status == PII_OK)
        status = pii_stream_set_known(worker->stream, setup->known);
    return status == PII_OK ? EXIT_DONE : message_setup("rules", status);
}

exit_code worker_scrubber(struct worker *worker, const struct task *task)
{
    exit_code code = make_buffer(worker);
    if (code != EXIT_DONE || worker->scrubber)
        return code;
    pii_status status = task_scrubber_new(task, &worker->scrubber);
    return status == PII_OK ? EXIT_DONE : message_setup("rules", status);
}

void workers_free(struct worker *workers, unsigned count)
{
    for (unsigned i = 0; workers && i < count; i++) {
        pii_stream_free(workers[i].stream);
        pii_scrubber_free(workers[i].scrubber);
        if (workers[i].buffer)
            explicit_bzero(workers[i].buffer, TASK_READ_SIZE);
        free(workers[i].buffer);
    }
    free(workers);
}
