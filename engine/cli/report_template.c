#include "report_template.h"

void report_template_write(struct writer *writer, const struct report_part *parts, report_fill fill,
                           const void *context)
{
    for (;; parts++) {
        writer_put(writer, parts->text, parts->size);
        if (parts->slot == SLOT_END)
            return;
        fill(writer, parts->slot, context);
    }
}
