#include "report_document.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "print_text.h"

#define AROUND_LINES 2 /* shown on either side of a finding */
#define AROUND_SIZE 320 /* bytes, at most */
#define WHOLE_SIZE 4096 /* bytes of a file that is shown as a whole */

/* A document while it is made. */
struct draft {
    struct report_document *document;
    const struct options *options;
    struct finder finder;
    bool whole;         /* all text is shown */
    struct writer line; /* HTML of the line that has not ended */
    bool open;          /* there is such a line */
    bool cut;           /* text that was left out follows it on the same line */
    uint64_t number;    /* of that line */
    uint64_t until;     /* the output is shown, or left out, up to here */
};

/* ---- lines ---- */

static void fill_line(struct writer *writer, enum report_slot slot, const void *context)
{
    const struct draft *draft = context;
    if (slot == SLOT_LINE)
        writer_format(writer, "%" PRIu64, draft->number);
    else if (slot == SLOT_TEXT)
        writer_put(writer, draft->line.bytes, draft->line.size);
}

static void end_line(struct draft *draft)
{
    if (draft->cut)
        writer_text(&draft->line, "\xe2\x80\xa6");
    if (draft->open)
        report_template_write(&draft->document->lines, report_template_line, fill_line, draft);
    draft->line.size = 0;
    draft->open = draft->cut = false;
}

/* A finder_put: scrubbed text that may hold line ends. */
static void put_text(void *context, const void *bytes, size_t size)
{
    struct draft *draft = context;
    const char *at = bytes, *stop = at + size;
    while (at < stop) {
        const char *end = memchr(at, '\n', (size_t)(stop - at));
        const char *last = end ? end : stop;
        print_html(&draft->line, at, (size_t)(last - at) - (end && last > at && last[-1] == '\r'));
        draft->open = true;
        if (end) {
            end_line(draft);
            draft->number++;
        }
        at = end ? end + 1 : stop;
    }
}

/* A finder_put: HTML of a token; `context` is a writer. */
static void put_token(void *context, const void *bytes, size_t size)
{
    print_html(context, bytes, size);
}

/* Where the text in front of a finding begins; `*ret_cut`: inside of a line. */
static uint64_t around_begin(const struct draft *draft, const struct found *found, bool *ret_cut)
{
    const struct window *output = &draft->finder.output;
    uint64_t first = draft->until > output->begin ? draft->until : output->begin;
    if (!draft->whole && found->output_begin - first > AROUND_SIZE)
        first = found->output_begin - AROUND_SIZE;
    const uint8_t *least = output->bytes + (first - output->begin);
    const uint8_t *at = output->bytes + (found->output_begin - output->begin);
    for (size_t lines = 0; at > least; at--)
        if (at[-1] == '\n' && ++lines > AROUND_LINES && !draft->whole)
            break;
    uint64_t begin = output->begin + (uint64_t)(at - output->bytes);
    *ret_cut = begin > draft->until && at > output->bytes && at[-1] != '\n';
    while (*ret_cut && begin < found->output_begin && (*at & 0xc0) == 0x80) {
        at++; /* not into the middle of a character */
        begin++;
    }
    return begin;
}

/* Where the text behind a finding ends: before the next one at the latest; `*ret_cut`: inside of a line. */
static uint64_t around_end(const struct draft *draft, const struct found *found, bool *ret_cut)
{
    const struct window *output = &draft->finder.output;
    const struct found *next = finder_next(&draft->finder, found);
    uint64_t end = window_end(output);
    *ret_cut = !draft->whole && end - found->output_end > AROUND_SIZE;
    if (*ret_cut)
        end = found->output_end + AROUND_SIZE;
    if (next && next->output_begin <= end) {
        end = next->output_begin;
        *ret_cut = true;
    }
    const uint8_t *at = output->bytes + (found->output_end - output->begin);
    const uint8_t *stop = output->bytes + (end - output->begin);
    for (size_t lines = 0; at < stop && !draft->whole; at++)
        if (*at == '\n' && ++lines > AROUND_LINES) {
            *ret_cut = false;
            return output->begin + (uint64_t)(at - output->bytes);
        }
    while (*ret_cut && end > found->output_end && (*stop & 0xc0) == 0x80) {
        stop--;
        end--;
    }
    return end;
}

/* Goes on with the text before a finding, or begins anew behind a gap. */
static void show_before(struct draft *draft, const struct found *found)
{
    bool cut;
    uint64_t begin = around_begin(draft, found, &cut);
    if (begin > draft->until) {
        end_line(draft);
        writer_put(&draft->document->lines, report_template_gap->text, report_template_gap->size);
    }
    if (!draft->open) {
        const struct window *output = &draft->finder.output;
        const uint8_t *bytes = output->bytes + (begin - output->begin);
        size_t size = (size_t)(found->output_begin - begin);
        draft->number = found->place.line;
        for (const uint8_t *at = bytes; (at = memchr(at, '\n', size - (size_t)(at - bytes))) != NULL; at++)
            draft->number--;
    }
    draft->cut = false;
    if (cut)
        writer_text(&draft->line, "\xe2\x80\xa6");
    finder_text(&draft->finder, begin, found->output_begin, put_text, draft);
    draft->number = found->place.line;
}

static void show_after(struct draft *draft, const struct found *found)
{
    draft->number = found->last_line;
    draft->open = true;
    draft->until = around_end(draft, found, &draft->cut);
    bool cut = draft->cut;
    draft->cut = false;
    finder_text(&draft->finder, found->output_end, draft->until, put_text, draft);
    draft->cut = cut;
}

/* ---- findings ---- */

/* A finding for its templates. */
struct item {
    const struct draft *draft;
    const struct found *found;
};

static void fill_item(struct writer *writer, enum report_slot slot, const void *context)
{
    const struct item *item = context;
    const struct found *found = item->found;
    const pii_finding *finding = &found->finding;
    const char *language = item->draft->options->messages ? item->draft->options->messages : "en";
    switch (slot) {
    case SLOT_DOCUMENT: writer_format(writer, "%zu", item->draft->document->index); break;
    case SLOT_NUMBER: writer_format(writer, "%" PRIu64, item->draft->document->shown); break;
    case SLOT_ENTITY: print_html(writer, finding->entity, strlen(finding->entity)); break;
    case SLOT_LINE: writer_format(writer, "%" PRIu64, found->place.line); break;
    case SLOT_COLUMN: writer_format(writer, "%" PRIu64, found->place.column); break;
    case SLOT_LANGUAGE: writer_text(writer, language); break;
    case SLOT_MESSAGE: {
        const char *text = pii_message(finding->entity, language);
        print_html(writer, text, strlen(text));
        break;
    }
    case SLOT_RULE: print_html(writer, finding->rule, strlen(finding->rule)); break;
    case SLOT_CONFIDENCE: writer_format(writer, "%.0f", finding->confidence * 100); break;
    case SLOT_PATH:
        if (found->path) {
            writer_text(writer, ", ");
            print_html(writer, found->path, strlen(found->path));
        }
        break;
    case SLOT_TOKEN:
        if (found->value)
            print_html(writer, found->value, (size_t)(finding->end - finding->begin));
        else
            finder_token(&item->draft->finder, found, put_token, writer);
        break;
    default: break;
    }
}

static void show(void *context, const struct found *found)
{
    struct draft *draft = context;
    struct report_document *document = draft->document;
    summary_add(&document->summary, found->finding.entity);
    if (!finder_surrounded(&draft->finder, found) ||
        document->lines.size + document->rows.size > REPORT_DOCUMENT_SIZE_MAX)
        return;
    document->shown++;
    struct item item = {draft, found};
    show_before(draft, found);
    report_template_write(&draft->line, report_template_mark, fill_item, &item);
    show_after(draft, found);
    report_template_write(&document->rows, report_template_finding, fill_item, &item);
}

/* ---- the whole ---- */

static bool shown_whole(const struct input *input)
{
    return S_ISREG(input->status.st_mode) && input->status.st_size <= WHOLE_SIZE;
}

exit_code report_document_make(struct task *task, struct report_document **ret)
{
    struct report_document *document = calloc(1, sizeof *document);
    *ret = document;
    if (!document)
        return message_memory();
    document->index = task->turn->index;
    writer_init_memory(&document->lines);
    writer_init_memory(&document->rows);
    struct draft draft = {
        .document = document,
        .options = task->options,
        .whole = shown_whole(&task->input),
        .finder = {.task = task, .show = show, .context = &draft},
    };
    draft.finder.reach = draft.whole ? WHOLE_SIZE : AROUND_SIZE;
    writer_init_memory(&draft.line);
    exit_code code = finder_run(&draft.finder);
    end_line(&draft);
    code = exit_worst(code, exit_worst(draft.line.code, exit_worst(document->lines.code, document->rows.code)));
    writer_free(&draft.line);
    return code;
}

void report_document_free(struct report_document *document)
{
    if (!document)
        return;
    free(document->name);
    summary_free(&document->summary);
    writer_free(&document->lines);
    writer_free(&document->rows);
    free(document);
}

static void fill_document(struct writer *writer, enum report_slot slot, const void *context)
{
    const struct report_document *document = context;
    uint64_t findings = document->summary.findings;
    switch (slot) {
    case SLOT_DOCUMENT: writer_format(writer, "%zu", document->index); break;
    case SLOT_FILE: print_html(writer, document->name, strlen(document->name)); break;
    case SLOT_FINDINGS_TEXT:
        writer_format(writer, "%" PRIu64 " %s", findings, findings == 1 ? "finding" : "findings");
        break;
    case SLOT_LINES: writer_put(writer, document->lines.bytes, document->lines.size); break;
    case SLOT_ROWS: writer_put(writer, document->rows.bytes, document->rows.size); break;
    case SLOT_REST:
        if (findings > document->shown)
            writer_format(writer, "<p class=\"rest\">%" PRIu64 " more are counted, and not shown.</p>",
                          findings - document->shown);
        break;
    default: break;
    }
}

void report_document_write(struct writer *writer, const struct report_document *document)
{
    report_template_write(writer, report_template_document, fill_document, document);
}
