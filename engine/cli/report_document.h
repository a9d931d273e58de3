/* report_document.h - one document of the report: lines around its findings, and a list of these. */
#ifndef CLI_REPORT_DOCUMENT_H
#define CLI_REPORT_DOCUMENT_H

#include "finder.h"
#include "report_template.h"
#include "summary.h"

/* Bytes of HTML of one document. What is found behind them is counted, and not shown. */
#define REPORT_DOCUMENT_SIZE_MAX ((size_t)512 << 10)

struct report_document {
    struct report_document *next;
    size_t index; /* in the page, from 0; in its ids */
    char *path;   /* owned */
    char *name;   /* as it is shown, findings in it as tokens; owned, NULL until the report sets it */
    size_t size;  /* of `lines` and `rows`, bytes, also when they have been dropped */
    struct summary summary;
    uint64_t shown;      /* findings in `lines` and `rows` */
    struct writer lines; /* HTML, in which a byte 1, which no text of it can hold, stands for the index */
    struct writer rows;  /* the same */
};

/* Scans a file and makes its document, to be freed by report_document_free. `*ret` is set whatever the answer is,
 * to NULL only when memory ran out. */
exit_code report_document_make(struct task *task, struct report_document **ret);
void report_document_free(struct report_document *document);

/* Leaves only what is counted. */
void report_document_drop(struct report_document *document);

void report_document_write(struct writer *writer, const struct report_document *document);

#endif
