#include "report.h"

#include <string.h>

void pii__report_init(pii__report *report, pii__arena *arena)
{
    *report = (pii__report){.arena = arena, .file = "", .rule = ""};
}

void pii__report_free(pii__report *report)
{
    pii__release(report->arena->allocator, report->items);
    pii__report_init(report, report->arena);
}

static bool make_room(pii__report *report)
{
    if (report->count < report->capacity)
        return true;
    size_t capacity = report->capacity ? report->capacity * 2 : 64;
    size_t size;
    if (__builtin_mul_overflow(capacity, sizeof *report->items, &size))
        return false;
    pii_diagnostic *items = pii__reallocate(report->arena->allocator, report->items, size);
    if (!items)
        return false;
    report->items = items;
    report->capacity = capacity;
    return true;
}

static const char *keep(pii__report *report, const char *text)
{
    if (!text || !*text)
        return "";
    const char *copy = pii__arena_copy(report->arena, text, strlen(text));
    if (!copy)
        report->failed = true;
    return copy;
}

void pii__report_add(pii__report *report, pii_severity severity, pii__place place, const char *field,
                     const char *message, const char *expected)
{
    if (severity == PII_SEVERITY_ERROR)
        report->errors++;
    if (!message || !make_room(report)) {
        report->failed = true;
        return;
    }
    report->items[report->count++] = (pii_diagnostic){
        .severity = severity,
        .file = report->file,
        .line = place.line,
        .column = place.column,
        .rule = report->rule,
        .field = keep(report, field),
        .message = keep(report, message),
        .expected = keep(report, expected),
    };
}
