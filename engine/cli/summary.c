#include "summary.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "writer.h"

/* The row of an entity; a new one if need be. NULL: out of memory. */
static struct summary_row *row_of(struct summary *summary, const char *entity)
{
    for (size_t i = 0; i < summary->count; i++)
        if (!strcmp(summary->rows[i].entity, entity))
            return &summary->rows[i];
    if (summary->count == summary->capacity) {
        size_t capacity = summary->capacity ? summary->capacity * 2 : 16;
        struct summary_row *rows = reallocarray(summary->rows, capacity, sizeof *rows);
        if (!rows) {
            summary->out_of_memory = true;
            return NULL;
        }
        summary->rows = rows;
        summary->capacity = capacity;
    }
    struct summary_row *row = &summary->rows[summary->count++];
    *row = (struct summary_row){.findings = 0};
    size_t size = strlen(entity);
    memcpy(row->entity, entity, size < SUMMARY_NAME_SIZE ? size : SUMMARY_NAME_SIZE - 1);
    return row;
}

static void add(struct summary *summary, const char *entity, uint64_t findings, uint64_t files)
{
    struct summary_row *row = row_of(summary, entity);
    if (!row)
        return;
    row->findings += findings;
    row->files += files;
    summary->findings += findings;
}

void summary_add(struct summary *summary, const char *entity)
{
    add(summary, entity, 1, 0);
}

void summary_join(struct summary *summary, const struct summary *file)
{
    for (size_t i = 0; i < file->count; i++)
        add(summary, file->rows[i].entity, file->rows[i].findings, 1);
    summary->files++;
    summary->files_found += file->findings > 0;
    summary->out_of_memory |= file->out_of_memory;
}

static int compare(const void *a, const void *b)
{
    const struct summary_row *left = a, *right = b;
    if (left->findings != right->findings)
        return left->findings > right->findings ? -1 : 1;
    return strcmp(left->entity, right->entity);
}

void summary_sort(struct summary *summary)
{
    if (summary->count > 1)
        qsort(summary->rows, summary->count, sizeof *summary->rows, compare);
}

void summary_text(const struct summary *summary, uint64_t files, char *text, size_t size)
{
    int length = snprintf(text, size, "%" PRIu64 " finding%s", summary->findings, summary->findings == 1 ? "" : "s");
    size_t used = length > 0 ? (size_t)length : 0;
    if (files > 0 && used < size) {
        length = snprintf(text + used, size - used, " in %" PRIu64 " file%s", files, files == 1 ? "" : "s");
        used += length > 0 ? (size_t)length : 0;
    }
    for (size_t i = 0; i < summary->count && used + 1 < size; i++) {
        const struct summary_row *row = &summary->rows[i];
        length = snprintf(text + used, size - used, "%s %s %" PRIu64, i > 0 ? "," : ":", row->entity, row->findings);
        used += length > 0 ? (size_t)length : 0;
    }
}

static void print_rows(const struct summary *summary, struct writer *writer)
{
    int width = (int)strlen("ENTITY");
    for (size_t i = 0; i < summary->count; i++)
        if ((int)strlen(summary->rows[i].entity) > width)
            width = (int)strlen(summary->rows[i].entity);
    writer_format(writer, "%-*s %10s %10s\n", width, "ENTITY", "FINDINGS", "FILES");
    for (size_t i = 0; i < summary->count; i++)
        writer_format(writer, "%-*s %10" PRIu64 " %10" PRIu64 "\n", width, summary->rows[i].entity,
                      summary->rows[i].findings, summary->rows[i].files);
    writer_format(writer, "%-*s %10" PRIu64 " %10" PRIu64 " of %" PRIu64 "\n", width, "all", summary->findings,
                  summary->files_found, summary->files);
}

exit_code summary_print(struct summary *summary)
{
    if (summary->out_of_memory)
        return message_memory();
    summary_sort(summary);
    struct writer writer;
    writer_init_stdout(&writer, NULL);
    print_rows(summary, &writer);
    exit_code code = writer_end(&writer);
    writer_free(&writer);
    return code;
}

void summary_free(struct summary *summary)
{
    free(summary->rows);
    *summary = (struct summary){0};
}
