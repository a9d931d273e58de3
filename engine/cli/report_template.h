/* report_template.h - the HTML of engine/cli/report, filled in. */
#ifndef CLI_REPORT_TEMPLATE_H
#define CLI_REPORT_TEMPLATE_H

#include "writer.h"

#include "report_templates.h"

/* Writes what stands in a slot; text by print_html. */
typedef void (*report_fill)(struct writer *writer, enum report_slot slot, const void *context);

/* Writes a template; `fill` is called for each of its slots. */
void report_template_write(struct writer *writer, const struct report_part *parts, report_fill fill,
                           const void *context);

#endif
