/* tree_counts.h - what became of the entries of a tree. */
#ifndef CLI_TREE_COUNTS_H
#define CLI_TREE_COUNTS_H

#include <stdint.h>

struct tree_counts {
    uint64_t files;         /* done */
    uint64_t bytes;         /* of them */
    uint64_t binary;        /* of them: they hold NUL bytes, and were scanned as they are */
    uint64_t found;         /* files with findings, done or failed */
    uint64_t failed;        /* files and directories; each has been named */
    uint64_t done_before;   /* files that the journal knows */
    uint64_t links;         /* symbolic links, not followed */
    uint64_t special;       /* devices, FIFOs, sockets */
    uint64_t left_out;      /* files and directories, by patterns */
    uint64_t other_systems; /* directories, by --one-file-system */
    uint64_t own;           /* outputs, journal, backups */
    uint64_t gone;          /* between the listing of the directory and the opening */
};

static inline void tree_counts_add(struct tree_counts *sum, const struct tree_counts *counts)
{
    sum->files += counts->files;
    sum->bytes += counts->bytes;
    sum->found += counts->found;
    sum->failed += counts->failed;
    sum->done_before += counts->done_before;
    sum->binary += counts->binary;
    sum->links += counts->links;
    sum->special += counts->special;
    sum->left_out += counts->left_out;
    sum->other_systems += counts->other_systems;
    sum->own += counts->own;
    sum->gone += counts->gone;
}

#endif
