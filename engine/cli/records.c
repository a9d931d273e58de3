/* scan --records - findings of JSON Lines, one scrubber for all of them. */
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "line_reader.h"
#include "message.h"
#include "record.h"
#include "task.h"
#include "writer.h"

static void print_spans(struct writer *writer, const struct record *record, const pii_result *result)
{
    writer_text(writer, "{\"id\": ");
    writer_put(writer, record->id, record->id_size);
    writer_text(writer, ", \"spans\": [");
    for (size_t i = 0; i < result->finding_count; i++) {
        const pii_finding *finding = &result->findings[i];
        writer_format(writer, "%s{\"start\": %" PRIu64 ", \"end\": %" PRIu64 ", ", i > 0 ? ", " : "", finding->begin,
                      finding->end);
        writer_format(writer, "\"type\": \"%s\", \"rule\": \"%s\", \"confidence\": %.4g}", finding->entity,
                      finding->rule, finding->confidence);
    }
    writer_text(writer, "]}\n");
}

static exit_code scan_record(pii_scrubber *scrubber, const struct record *record, struct writer *writer,
                             const char *place)
{
    pii_result result;
    pii_status status = pii_scan(scrubber, PII_FORMAT_TEXT, record->text, record->text_size, &result);
    if (status != PII_OK)
        return message_status(place, status, result.error_offset);
    if (result.finding_count > 0)
        print_spans(writer, record, &result);
    return writer->code;
}

static exit_code scan_line(const struct task *task, const struct line_reader *reader, pii_scrubber *scrubber,
                           char *line, size_t size, struct writer *writer)
{
    struct record record;
    struct record_error error;
    if (!record_read(&record, line, size, &error)) {
        message("%s: line %" PRIu64 ", byte %" PRIu64 ": %s; expected {\"id\": ..., \"text\": \"...\"} on each line",
                task->input.name, reader->number, reader->offset + error.offset, error.message);
        return EXIT_INVALID;
    }
    exit_code code = scan_record(scrubber, &record, writer, task->input.name);
    record_free(&record);
    return code;
}

static exit_code scan_lines(struct task *task, pii_scrubber *scrubber, struct writer *writer)
{
    struct line_reader reader;
    line_reader_init(&reader, &task->input);
    exit_code code = EXIT_DONE;
    while (code == EXIT_DONE) {
        char *line;
        size_t size;
        code = line_reader_next(&reader, &line, &size);
        if (code != EXIT_DONE || !line)
            break;
        if (size > 0 && strspn(line, " \t\r") != size)
            code = scan_line(task, &reader, scrubber, line, size, writer);
        progress_add(task->progress, size + 1);
    }
    line_reader_free(&reader);
    return code;
}

static exit_code scan_records(void *context, struct task *task)
{
    (void)context;
    pii_scrubber *scrubber = NULL;
    pii_status status = pii_scrubber_new(task->ruleset, task->policy, NULL, &scrubber);
    if (status != PII_OK)
        return message_setup("rules", status);
    struct writer writer;
    writer_init_stdout(&writer, task->turn);
    exit_code code = scan_lines(task, scrubber, &writer);
    code = exit_worst(code, writer_end(&writer));
    writer_free(&writer);
    pii_scrubber_free(scrubber);
    return code;
}

exit_code command_records(const struct options *options)
{
    return task_run_files(options, scan_records, NULL);
}
