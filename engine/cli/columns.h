/* columns.h - --column NAME=WHAT: what fields of documents are. */
#ifndef CLI_COLUMNS_H
#define CLI_COLUMNS_H

#include "options.h"

/* Adds what the options say to a policy, or says what is wrong. */
exit_code columns_set(pii_policy *policy, const pii_ruleset *ruleset, const struct options *options);

/* Says which columns the document did not have; `met` as in pii_result.fields_met. */
exit_code columns_check(const struct options *options, const char *document, uint64_t met);

#endif
