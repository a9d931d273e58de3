/* explain_print.h - candidates for people, and as JSON. */
#ifndef CLI_EXPLAIN_PRINT_H
#define CLI_EXPLAIN_PRINT_H

#include "content.h"
#include "explain_list.h"
#include "writer.h"

/* A place that has been looked up. */
struct explain_cursor {
    size_t line; /* from 1 */
    uint64_t line_begin;
    uint64_t known; /* no line end in [line_begin, known) */
    uint64_t counted;    /* at or behind line_begin */
    uint64_t characters; /* that begin in [line_begin, counted) */
};

/* What is printed, and where. */
struct explain_page {
    struct writer *writer;
    const char *file;
    const struct content *content;
    const pii_result *result; /* the findings that came of the candidates */
    bool show_values;
    bool part;                     /* of the candidates: those at one place */
    struct explain_cursor *cursor; /* at line 1, the rest 0, at first */
};

void explain_print(const struct explain_page *page, const struct candidate *candidate);
void explain_print_json(const struct explain_page *page, const struct candidate *candidate);

/* How many there were, and which came nearest if none was found. */
void explain_print_summary(const struct explain_page *page, const struct candidate_list *list);

#endif
