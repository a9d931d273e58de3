/* scan --records - findings of JSON Lines, one scrubber for all of them. */
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "line_reader.h"
#include "message.h"
#include "print_text.h"
#include "record.h"
#include "task.h"
#include "writer.h"

/* What a record is scanned with, and where its findings go. */
struct scan {
    const struct options *options;
    pii_scrubber *scrubber;
    struct writer *writer;
    const char *place;
    const char *const *fields;
    int field_count;
    size_t spans; /* of the record at hand */
    bool broken;  /* a record could not be read */
};

static void print_spans(struct scan *scan, const struct record *record, const char *field, const pii_result *result)
{
    struct writer *writer = scan->writer;
    for (size_t i = 0; i < result->finding_count; i++) {
        const pii_finding *finding = &result->findings[i];
        if (scan->spans++ == 0) {
            writer_text(writer, "{\"id\": ");
            writer_put(writer, record->id, record->id_size);
            writer_text(writer, ", \"spans\": [{");
        } else {
            writer_text(writer, ", {");
        }
        if (scan->options->fields_count) {
            writer_text(writer, "\"field\": ");
            print_json(writer, field, strlen(field));
            writer_text(writer, ", ");
        }
        writer_format(writer, "\"start\": %" PRIu64 ", \"end\": %" PRIu64 ", ", finding->begin, finding->end);
        writer_format(writer, "\"type\": \"%s\", \"rule\": \"%s\", \"confidence\": %.4g}", finding->entity,
                      finding->rule, finding->confidence);
    }
}

static exit_code scan_field(struct scan *scan, const struct record *record, const char *field)
{
    const char *text;
    size_t size;
    pii_result result;
    if (record_field(record, field, &text, &size) != RECORD_TEXT)
        return EXIT_DONE;
    pii_status status = pii_scan(scan->scrubber, PII_FORMAT_TEXT, text, size, &result);
    if (status != PII_OK)
        return message_status(scan->place, status, result.error_offset);
    print_spans(scan, record, field, &result);
    return EXIT_DONE;
}

/* What is wrong with a record; NULL: nothing. */
static const char *check_fields(const struct scan *scan, const struct record *record)
{
    const struct options *options = scan->options;
    int found = 0;
    bool good = true;
    for (int i = 0; i < scan->field_count; i++) {
        const char *text;
        size_t size;
        record_answer answer = record_field(record, scan->fields[i], &text, &size);
        good = good && answer != RECORD_NO_TEXT;
        found += answer == RECORD_TEXT;
    }
    if (!options->fields_count)
        return found ? NULL : "no \"text\" that is a string";
    return !good ? "a field that is named is no string" : found ? NULL : "none of the fields that are named";
}

static exit_code scan_record(struct scan *scan, const struct record *record)
{
    exit_code code = EXIT_DONE;
    scan->spans = 0;
    for (int i = 0; i < scan->field_count && code == EXIT_DONE; i++)
        code = scan_field(scan, record, scan->fields[i]);
    if (scan->spans)
        writer_text(scan->writer, "]}\n");
    return exit_worst(code, scan->writer->code);
}

static exit_code scan_line(struct scan *scan, const struct line_reader *reader, char *line, size_t size)
{
    struct record record;
    struct record_error error = {0};
    exit_code code = EXIT_DONE;
    if (record_read(&record, line, size, &error)) {
        error.message = check_fields(scan, &record);
        if (!error.message)
            code = scan_record(scan, &record);
        record_free(&record);
    }
    if (!error.message)
        return code;
    message("%s: line %" PRIu64 ", byte %" PRIu64 ": %s; expected {\"id\": ..., \"text\": \"...\"} on each line",
            scan->place, reader->number, reader->offset + error.offset, error.message);
    scan->broken = true;
    return scan->options->lenient ? EXIT_DONE : EXIT_INVALID;
}

static exit_code scan_lines(struct task *task, pii_scrubber *scrubber, struct writer *writer)
{
    static const char *const usual[] = {"text"};
    const struct options *options = task->options;
    struct scan scan = {.options = options, .scrubber = scrubber, .writer = writer, .place = task->input.name};
    scan.fields = options->fields_count ? options->fields : usual;
    scan.field_count = options->fields_count ? options->fields_count : 1;
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
            code = scan_line(&scan, &reader, line, size);
        progress_add(task->progress, size + 1);
    }
    line_reader_free(&reader);
    return scan.broken ? exit_worst(code, EXIT_INVALID) : code;
}

static exit_code scan_records(void *context, struct task *task)
{
    (void)context;
    pii_scrubber *scrubber = NULL;
    pii_status status = task_scrubber_new(task, &scrubber);
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
    record_begin();
    return task_run_files(options, scan_records, NULL);
}
