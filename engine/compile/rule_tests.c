#include "rule_tests.h"

#include <string.h>

enum { mark_size = 2 }; /* of "{{" and "}}" */

void pii__rule_tests_init(pii__rule_tests *tests, pii__arena *arena)
{
    *tests = (pii__rule_tests){.arena = arena};
}

void pii__rule_tests_free(pii__rule_tests *tests)
{
    pii__release(tests->arena->allocator, tests->items);
    pii__rule_tests_init(tests, tests->arena);
}

static bool append(pii__rule_tests *tests, const pii_rule_test *test)
{
    if (tests->count == tests->capacity) {
        size_t capacity = tests->capacity ? tests->capacity * 2 : 256, size;
        if (__builtin_mul_overflow(capacity, sizeof *tests->items, &size))
            return false;
        pii_rule_test *items = pii__reallocate(tests->arena->allocator, tests->items, size);
        if (!items)
            return false;
        tests->items = items;
        tests->capacity = capacity;
    }
    tests->items[tests->count++] = *test;
    return true;
}

/* Offset of the first `mark` at or after `from`, or SIZE_MAX. */
static size_t find_mark(const pii__yaml_node *text, const char *mark, size_t from)
{
    for (size_t at = from; at + mark_size <= text->size; at++)
        if (!memcmp(text->text + at, mark, mark_size))
            return at;
    return SIZE_MAX;
}

/* Exactly one pair of markers with something between them. */
static bool take_marks_out(pii__rule_tests *tests, const pii__yaml_node *marked, pii_rule_test *test)
{
    size_t open = find_mark(marked, "{{", 0);
    size_t close = open == SIZE_MAX ? SIZE_MAX : find_mark(marked, "}}", open + mark_size);
    if (close == SIZE_MAX || close == open + mark_size || find_mark(marked, "{{", open + mark_size) != SIZE_MAX ||
        find_mark(marked, "}}", close + mark_size) != SIZE_MAX)
        return false;
    char *text = pii__arena_take(tests->arena, marked->size + 1);
    if (!text)
        return true; /* the arena remembers */
    size_t inside = close - open - mark_size, behind = close + mark_size;
    memcpy(text, marked->text, open);
    memcpy(text + open, marked->text + open + mark_size, inside);
    memcpy(text + open + inside, marked->text + behind, marked->size - behind);
    test->text = text;
    test->size = marked->size - 2 * mark_size;
    test->begin = open;
    test->end = open + inside;
    return true;
}

static pii_status add_one(pii__rule_tests *tests, pii__report *report, const pii__yaml_node *text, bool match)
{
    pii_rule_test test = {.file = report->file, .line = text->place.line, .rule = report->rule, .match = match};
    if (!match) {
        test.size = text->size;
        test.text = pii__arena_copy(tests->arena, text->text, text->size);
    } else if (!take_marks_out(tests, text, &test)) {
        pii__report_add(report, PII_SEVERITY_ERROR, text->place, "tests.match", "the expected finding is not marked",
                        "exactly one {{...}} around it");
        return PII_ERROR_RULE;
    }
    return test.text && append(tests, &test) ? PII_OK : PII_ERROR_MEMORY;
}

pii_status pii__rule_tests_add(pii__rule_tests *tests, pii__report *report, const pii__rule_source *source)
{
    pii_status whole = PII_OK;
    for (int match = 1; match >= 0; match--) {
        const pii__yaml_node *list = match ? source->match : source->pass;
        for (const pii__yaml_node *item = list->first; item; item = item->next) {
            pii_status status = add_one(tests, report, item, match);
            if (status != PII_OK && status != PII_ERROR_RULE)
                return status;
            if (status == PII_ERROR_RULE)
                whole = status;
        }
    }
    return whole;
}
