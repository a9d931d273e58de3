#include "report_document.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "code_point.h"
#include "message.h"
#include "print_text.h"

#define AROUND_LINES 2 /* shown on either side of a finding */
#define AROUND_SIZE 320 /* bytes, at most */
#define INDEX_MARK "\001" /* the index is known when all documents are */
#define ELLIPSIS "\xe2\x80\xa6" /* U+2026 */
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
    uint64_t until;     /* the text is shown, or left out, up to here */
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
        writer_text(&draft->line, ELLIPSIS);
    if (draft->open)
        report_template_write(&draft->document->lines, report_template_line, fill_line, draft);
    draft->line.size = 0;
    draft->open = draft->cut = false;
}

/* Where the text in front of a finding begins; `*ret_cut`: inside of a line. */
static uint64_t around_begin(const struct draft *draft, const struct found *found, bool *ret_cut)
{
    const struct window *text = &draft->finder.text;
    uint64_t least = draft->until > text->begin ? draft->until : text->begin;
    if (!draft->whole && found->token_begin - least > AROUND_SIZE)
        least = found->token_begin - AROUND_SIZE;
    const uint8_t *stop = text->bytes + (least - text->begin);
    const uint8_t *at = text->bytes + (found->token_begin - text->begin);
    for (size_t lines = 0; at > stop && !draft->whole; at--)
        if (at[-1] == '\n' && ++lines > AROUND_LINES)
            break;
    if (draft->whole)
        at = stop;
    uint64_t begin = text->begin + (uint64_t)(at - text->bytes);
    *ret_cut = begin > draft->until && (at == text->bytes || at[-1] != '\n');
    while (*ret_cut && begin < found->token_begin && code_point_continues(*at)) {
        at++; /* not into the middle of a character */
        begin++;
    }
    return begin;
}

/* Where the text behind a finding ends: before the next one at the latest; `*ret_cut`: inside of a line. */
static uint64_t around_end(const struct draft *draft, const struct found *found, bool *ret_cut)
{
    const struct window *text = &draft->finder.text;
    const struct found *next = finder_next(&draft->finder, found);
    uint64_t end = window_end(text);
    *ret_cut = !draft->whole && end - found->token_end > AROUND_SIZE;
    if (*ret_cut)
        end = found->token_end + AROUND_SIZE;
    if (next && next->masked && next->token_begin <= end) {
        end = next->token_begin;
        *ret_cut = false;
    }
    const uint8_t *at = text->bytes + (found->token_end - text->begin);
    const uint8_t *stop = text->bytes + (end - text->begin);
    for (size_t lines = 0; at < stop && !draft->whole; at++)
        if (*at == '\n' && ++lines > AROUND_LINES) {
            *ret_cut = false;
            return text->begin + (uint64_t)(at - text->bytes);
        }
    while (*ret_cut && end > found->token_end && code_point_continues(*stop)) {
        stop--;
        end--;
    }
    return end;
}

/* The text [begin, end), in which no finding is. */
static void put_text(struct draft *draft, uint64_t begin, uint64_t end)
{
    const struct window *text = &draft->finder.text;
    const uint8_t *at = text->bytes + (begin - text->begin), *stop = text->bytes + (end - text->begin);
    while (at < stop) {
        const uint8_t *line = memchr(at, '\n', (size_t)(stop - at));
        const uint8_t *last = line ? line : stop;
        bool feed = line && last > at && last[-1] == '\r';
        print_html(&draft->line, at, (size_t)(last - at) - feed);
        draft->open = true;
        if (line) {
            end_line(draft);
            draft->number++;
        }
        at = line ? line + 1 : stop;
    }
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
        const struct window *text = &draft->finder.text;
        const uint8_t *at = text->bytes + (begin - text->begin), *stop = at + (found->token_begin - begin);
        draft->number = found->place.line;
        for (; at < stop; at++)
            draft->number -= *at == '\n';
    }
    draft->cut = false;
    if (cut)
        writer_text(&draft->line, ELLIPSIS);
    put_text(draft, begin, found->token_begin);
    draft->number = found->place.line;
}

static void show_after(struct draft *draft, const struct found *found)
{
    draft->number = found->last_line;
    draft->open = true;
    bool cut;
    draft->until = around_end(draft, found, &cut);
    put_text(draft, found->token_end, draft->until);
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
    case SLOT_DOCUMENT: writer_text(writer, INDEX_MARK); break;
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
        if (found->block) {
            writer_text(writer, ", block ");
            print_html(writer, found->block, strlen(found->block));
        }
        break;
    case SLOT_TOKEN:
        if (found->value)
            print_html(writer, found->value, found->value_size);
        else
            writer_format(writer, "[%s]", finding->entity);
        break;
    default: break;
    }
}

static void show(void *context, const struct found *found)
{
    struct draft *draft = context;
    struct report_document *document = draft->document;
    summary_add(&document->summary, found->finding.entity);
    if (!found->masked || document->lines.size + document->rows.size > REPORT_DOCUMENT_SIZE_MAX)
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
    document->path = strdup(task->input.path);
    exit_code code = document->path ? finder_run(&draft.finder) : message_memory();
    end_line(&draft);
    code = exit_worst(code, exit_worst(draft.line.code, exit_worst(document->lines.code, document->rows.code)));
    writer_free(&draft.line);
    document->size = document->lines.size + document->rows.size;
    return code;
}

void report_document_drop(struct report_document *document)
{
    writer_free(&document->lines);
    writer_free(&document->rows);
    document->shown = 0;
}

void report_document_free(struct report_document *document)
{
    if (!document)
        return;
    free(document->path);
    free(document->name);
    summary_free(&document->summary);
    report_document_drop(document);
    free(document);
}

static void write_indexed(struct writer *writer, const struct writer *html, size_t index)
{
    const char *at = html->bytes, *stop = at + html->size;
    for (const char *mark; at < stop && (mark = memchr(at, *INDEX_MARK, (size_t)(stop - at))); at = mark + 1) {
        writer_put(writer, at, (size_t)(mark - at));
        writer_format(writer, "%zu", index);
    }
    if (at < stop)
        writer_put(writer, at, (size_t)(stop - at));
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
    case SLOT_LINES: write_indexed(writer, &document->lines, document->index); break;
    case SLOT_ROWS: write_indexed(writer, &document->rows, document->index); break;
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
