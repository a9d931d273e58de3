/* report - one HTML page of all findings, for people. */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "interrupt.h"
#include "message.h"
#include "output_file.h"
#include "print_text.h"
#include "report_document.h"

#define DOCUMENTS_SIZE_MAX ((size_t)16 << 20) /* bytes of HTML; further ones are counted, and not shown */
#define FILES_IN_CHART 12

struct report {
    const struct options *options;
    pthread_mutex_t lock;          /* over all below, while files are read */
    struct report_document *first; /* those with findings; in the end those with the most of them come first */
    struct summary summary;
    size_t size;            /* of the documents that are held, bytes of HTML */
    uint64_t unshown;       /* documents that are not */
    uint64_t failed;        /* files that could not be read to their end */
    pii_scrubber *scrubber; /* for names of files; made when needed */
};

/* ---- names of files ---- */

/* The name with "[ENTITY]" in place of what is found in it. */
static void write_name(struct writer *writer, const char *path, const pii_result *result)
{
    uint64_t at = 0;
    for (size_t i = 0; i < result->finding_count; i++) {
        const pii_finding *finding = &result->findings[i];
        writer_put(writer, path + at, (size_t)(finding->begin - at));
        writer_format(writer, "[%s]", finding->entity);
        at = finding->end;
    }
    writer_put(writer, path + at, strlen(path) - (size_t)at);
}

/* The name as it may be shown: names of files tell as much as text does. NULL: out of memory. */
static char *name_of(struct report *report, const struct task *task)
{
    const char *path = task->input.path;
    if (input_is_stdin(path) || report->options->show_values)
        return strdup(task->input.name);
    pii_status status = PII_OK;
    if (!report->scrubber)
        status = task_scrubber_new(task, &report->scrubber);
    pii_result result = {0};
    if (status == PII_OK)
        status = pii_scan(report->scrubber, PII_FORMAT_TEXT, path, strlen(path), &result);
    struct writer writer;
    writer_init_memory(&writer);
    if (status == PII_OK)
        write_name(&writer, path, &result);
    else
        writer_text(&writer, "a file whose name cannot be scanned");
    writer_put(&writer, "", 1);
    char *name = writer.code == EXIT_DONE ? strdup(writer.bytes) : NULL;
    writer_free(&writer);
    return name;
}

/* ---- gathering ---- */

/* Files with the most findings come first, then by their paths: threads do not matter. */
static bool in_order(const struct report_document *left, const struct report_document *right)
{
    uint64_t a = left->summary.findings, b = right->summary.findings;
    return a > b || (a == b && strcmp(left->path, right->path) <= 0);
}

/* A merge sort. */
static struct report_document *sorted(struct report_document *list)
{
    if (!list || !list->next)
        return list;
    struct report_document *middle = list;
    for (struct report_document *end = list->next; end && end->next; end = end->next->next)
        middle = middle->next;
    struct report_document *right = sorted(middle->next), *merged = NULL, **tail = &merged;
    middle->next = NULL;
    for (struct report_document *left = sorted(list); left || right; tail = &(*tail)->next) {
        bool from_left = !right || (left && in_order(left, right));
        struct report_document **from = from_left ? &left : &right;
        *tail = *from;
        *from = (*from)->next;
    }
    return merged;
}

/* Sorts the documents and drops the text of those that have no room. One that is dropped once would be in the end. */
static void put_in_order(struct report *report)
{
    size_t size = 0, index = 0;
    report->first = sorted(report->first);
    report->size = report->unshown = 0;
    for (struct report_document *document = report->first; document; document = document->next) {
        document->index = index++;
        size += document->size;
        if (size > DOCUMENTS_SIZE_MAX) {
            report_document_drop(document);
            report->unshown++;
        } else {
            report->size = size;
        }
    }
}

static exit_code add_document(struct report *report, const struct task *task, struct report_document *document)
{
    document->name = name_of(report, task);
    if (!document->name) {
        report_document_free(document);
        return message_memory();
    }
    document->next = report->first;
    report->first = document;
    report->size += document->size;
    if (report->size > 2 * DOCUMENTS_SIZE_MAX)
        put_in_order(report);
    return EXIT_DONE;
}

static exit_code report_file(void *context, struct task *task)
{
    struct report *report = context;
    struct report_document *document;
    exit_code code = report_document_make(task, &document);
    if (!document)
        return code;
    pthread_mutex_lock(&report->lock);
    summary_join(&report->summary, &document->summary);
    report->failed += code != EXIT_DONE;
    if (document->summary.findings > 0)
        code = exit_worst(code, add_document(report, task, document));
    else
        report_document_free(document);
    pthread_mutex_unlock(&report->lock);
    return code;
}

/* ---- the page ---- */

struct bar {
    const struct report *report;
    const struct summary_row *row;          /* of an entity ... */
    const struct report_document *document; /* ... or of a file */
    uint64_t findings;
    uint64_t most; /* findings that a full bar stands for */
};

static void fill_bar(struct writer *writer, enum report_slot slot, const void *context)
{
    const struct bar *bar = context;
    switch (slot) {
    case SLOT_ENTITY: print_html(writer, bar->row->entity, strlen(bar->row->entity)); break;
    case SLOT_FILE: print_html(writer, bar->document->name, strlen(bar->document->name)); break;
    case SLOT_DOCUMENT: writer_format(writer, "%zu", bar->document->index); break;
    case SLOT_FINDINGS: writer_format(writer, "%" PRIu64, bar->findings); break;
    case SLOT_WIDTH: writer_format(writer, "%.1f", 100 * (double)bar->findings / (double)bar->most); break;
    default: break;
    }
}

static void write_entity_bars(struct writer *writer, const struct summary *summary)
{
    for (size_t i = 0; i < summary->count; i++) {
        const struct summary_row *row = &summary->rows[i];
        struct bar bar = {.row = row, .findings = row->findings, .most = summary->rows[0].findings};
        report_template_write(writer, report_template_entity_bar, fill_bar, &bar);
    }
}

static void write_file_bars(struct writer *writer, const struct report *report)
{
    size_t count = 0;
    for (const struct report_document *document = report->first; document && count < FILES_IN_CHART;
         document = document->next, count++) {
        struct bar bar = {.document = document,
                          .findings = document->summary.findings,
                          .most = report->first->summary.findings};
        report_template_write(writer, report_template_file_bar, fill_bar, &bar);
    }
}

static void fill_note(struct writer *writer, enum report_slot slot, const void *context)
{
    if (slot == SLOT_TEXT)
        writer_text(writer, context);
}

static void write_note(struct writer *writer, uint64_t count, const char *one, const char *several)
{
    char text[160];
    (void)snprintf(text, sizeof text, "%" PRIu64 " %s", count, count == 1 ? one : several);
    if (count > 0)
        report_template_write(writer, report_template_note, fill_note, text);
}

static void write_notes(struct writer *writer, const struct report *report)
{
    write_note(writer, report->failed, "file could not be read to its end. What was found before is here.",
               "files could not be read to their end. What was found before is here.");
    write_note(writer, report->unshown, "file with findings is counted, and not shown, to keep this page small.",
               "files with findings are counted, and not shown, to keep this page small.");
}

static void write_headline(struct writer *writer, const struct report *report)
{
    const struct summary *summary = &report->summary;
    if (summary->findings == 0)
        writer_text(writer, report->failed ? "Nothing private found in what could be read" : "Nothing private found");
    else
        writer_format(writer, "%" PRIu64 " private %s in %" PRIu64 " of %" PRIu64 " %s", summary->findings,
                      summary->findings == 1 ? "detail" : "details", summary->files_found, summary->files,
                      summary->files == 1 ? "file" : "files");
}

static void write_documents(struct writer *writer, const struct report *report)
{
    for (const struct report_document *document = report->first; document; document = document->next)
        if (document->shown > 0)
            report_document_write(writer, document);
}

static void fill_page(struct writer *writer, enum report_slot slot, const void *context)
{
    const struct report *report = context;
    const struct summary *summary = &report->summary;
    pii_build_info info;
    switch (slot) {
    case SLOT_HEADLINE: write_headline(writer, report); break;
    case SLOT_PRIVACY:
        writer_text(writer, report->options->show_values ? "This page shows what was found. Do not pass it on."
                                                         : "What was found is masked: this page does not hold it.");
        break;
    case SLOT_NOTES: write_notes(writer, report); break;
    case SLOT_FINDINGS: writer_format(writer, "%" PRIu64, summary->findings); break;
    case SLOT_KINDS: writer_format(writer, "%zu", summary->count); break;
    case SLOT_FILES: writer_format(writer, "%" PRIu64, summary->files); break;
    case SLOT_FILES_FOUND: writer_format(writer, "%" PRIu64, summary->files_found); break;
    case SLOT_ENTITY_BARS: write_entity_bars(writer, summary); break;
    case SLOT_FILE_BARS: write_file_bars(writer, report); break;
    case SLOT_FILE_REST:
        if (summary->files_found > FILES_IN_CHART)
            writer_format(writer, "<p class=\"rest\">and %" PRIu64 " more, below</p>",
                          summary->files_found - FILES_IN_CHART);
        break;
    case SLOT_DOCUMENTS: write_documents(writer, report); break;
    case SLOT_VERSION:
        pii_build_info_get(&info);
        writer_text(writer, info.version);
        break;
    default: break;
    }
}

/* ---- beginning and end ---- */

/* A page is made even of files with faults; the exit code and a note tell of them. */
static exit_code make_report(const struct options *options, int fd, const char *name, bool *ret_written)
{
    struct report report = {.options = options, .lock = PTHREAD_MUTEX_INITIALIZER};
    exit_code code = task_run_files(options, report_file, &report);
    if (report.summary.out_of_memory)
        code = exit_worst(code, message_memory());
    summary_sort(&report.summary);
    put_in_order(&report);
    *ret_written = false;
    if (report.summary.files > 0 && !interrupt_requested()) {
        struct writer writer;
        writer_init(&writer, fd, name, NULL);
        report_template_write(&writer, report_template_page, fill_page, &report);
        exit_code written = writer_end(&writer);
        *ret_written = written == EXIT_DONE;
        code = exit_worst(code, written);
        writer_free(&writer);
    }
    for (struct report_document *document = report.first; document;) {
        struct report_document *next = document->next;
        report_document_free(document);
        document = next;
    }
    summary_free(&report.summary);
    pii_scrubber_free(report.scrubber);
    return code;
}

exit_code command_report(const struct options *options)
{
    bool written;
    if (!options->output)
        return make_report(options, STDOUT_FILENO, "standard output", &written);
    interrupt_install();
    struct output_file output;
    exit_code code = input_check_output_path(options->files, options->file_count, options->output);
    if (code != EXIT_DONE)
        return code;
    code = output_file_open(&output, options->output);
    if (code == EXIT_DONE) {
        code = make_report(options, output.fd, options->output, &written);
        if (written)
            code = exit_worst(code, output_file_commit(&output));
    }
    output_file_discard(&output);
    return code;
}
