/* key_source.h - secrets of a policy out of files and descriptors. */
#ifndef CLI_KEY_SOURCE_H
#define CLI_KEY_SOURCE_H

#include "options.h"

/* Adds the key of each --key-file and --key-fd to the policy. A file must be one that nobody but the user can read;
 * what is read is wiped. No key ever shows in a message. */
exit_code key_source_add(const struct options *options, pii_policy *policy);

#endif
