/* setup.h - ruleset, policy and known values as the command line asks for them. */
#ifndef CLI_SETUP_H
#define CLI_SETUP_H

#include "options.h"

struct setup {
    pii_ruleset *ruleset;
    pii_policy *policy;
    pii_known *known; /* NULL: none */
};

/* Says what is wrong. setup_free may be called whatever the answer is. */
exit_code setup_make(struct setup *setup, const struct options *options);
void setup_free(struct setup *setup);

/* Only the ruleset: the built-in rules, unless switched off, and --rules. */
exit_code setup_ruleset(const struct options *options, pii_ruleset **ret);

#endif
