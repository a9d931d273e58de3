#include "tree_summary.h"

#include <inttypes.h>
#include <stdio.h>

#include "message.h"

struct kind {
    uint64_t count;
    const char *one;
    const char *many;
};

/* "2 symbolic links, 1 device": the kinds that there are; empty without any. */
static void list_kinds(const struct kind *kinds, size_t count, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < count && used + 1 < size; i++) {
        if (kinds[i].count == 0)
            continue;
        int length = snprintf(text + used, size - used, "%s%" PRIu64 " %s", used > 0 ? ", " : "", kinds[i].count,
                              kinds[i].count == 1 ? kinds[i].one : kinds[i].many);
        used += length > 0 ? (size_t)length : 0;
    }
}

void tree_summary_print(const struct tree_counts *counts, const struct summary *summary)
{
    const struct kind not_done[] = {
        {counts->failed, "that failed", "that failed"},
        {counts->done_before, "done before", "done before"},
        {counts->links, "symbolic link", "symbolic links"},
        {counts->special, "device, FIFO or socket", "devices, FIFOs or sockets"},
        {counts->left_out, "left out by patterns", "left out by patterns"},
        {counts->other_systems, "directory of another file system", "directories of other file systems"},
        {counts->own, "output, journal or backup of piiglet", "outputs, journals or backups of piiglet"},
        {counts->gone, "gone meanwhile", "gone meanwhile"},
    };
    char findings[2048], kinds[512];
    summary_text(summary, counts->found, findings, sizeof findings);
    const struct kind read[] = {
        {counts->files, "file done", "files done"},
        {counts->binary, "of them binary", "of them binary"},
    };
    list_kinds(read, counts->files > 0 ? 2 : 0, kinds, sizeof kinds);
    message("%s, %.1f MB; %s", *kinds ? kinds : "no file done", (double)counts->bytes / 1e6, findings);
    list_kinds(not_done, sizeof not_done / sizeof not_done[0], kinds, sizeof kinds);
    if (kinds[0])
        message("not done: %s", kinds);
}
