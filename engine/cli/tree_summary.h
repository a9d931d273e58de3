/* tree_summary.h - what a run over trees comes to. */
#ifndef CLI_TREE_SUMMARY_H
#define CLI_TREE_SUMMARY_H

#include "summary.h"
#include "tree_counts.h"

/* Two lines at most on standard error; of what was not done each kind that there was. */
void tree_summary_print(const struct tree_counts *counts, const struct summary *summary);

#endif
