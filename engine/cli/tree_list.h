/* tree_list.h - what a directory holds, for tree_walk.c. */
#ifndef CLI_TREE_LIST_H
#define CLI_TREE_LIST_H

#include "tree_walk.h"

#define TREE_ENTRIES_SIZE ((size_t)256 << 10) /* bytes of entries that are asked for at a time */

/* Reads the directory: its files that are meant go to directory->files, its
 * directories to `directories`, both sorted; everything else is counted. */
void tree_list(struct tree_walk *walk, struct directory *directory, struct name_list *directories);

/* Removes temporary files from a directory that an earlier process of this run left. */
void tree_sweep(struct tree_walk *walk, int directory);

/* Reports and counts what could not be read. */
void tree_report(struct tree_walk *walk, const char *path, int error);

/* The same for an entry of a directory; one that is not there any
 * more, or has become a link, is only counted. */
void tree_failed(struct tree_walk *walk, const struct directory *directory, const char *name, int error);
void tree_not_opened(struct tree_walk *walk, const struct directory *directory, const char *name, int error);

#endif
