/* policy_source.h - the policy that --policy names. */
#ifndef CLI_POLICY_SOURCE_H
#define CLI_POLICY_SOURCE_H

#include "options.h"

/* The policy of --policy: one that is built in, or a file; without it the default one. With what the command line
 * says of keys, subject and day. Commands that only list findings get it without its actions. */
exit_code policy_source_make(const struct options *options, pii_policy **ret);

#endif
