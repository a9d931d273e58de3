/* attributes.h - who may read a file, and what else its owner said about it. */
#ifndef CLI_ATTRIBUTES_H
#define CLI_ATTRIBUTES_H

#include <sys/stat.h>

/* Gives the file `to` owner, mode, access list and user attributes of the file
 * `from`, whose status is `like`. The owner only where this is allowed; all else
 * must succeed, as a file that lost its access list may be open to more people.
 * 0, or -1 with errno set. */
int attributes_copy(int from, int to, const struct stat *like);

#endif
