/* columns.h - --column NAME=WHAT: what fields of documents are. */
#ifndef CLI_COLUMNS_H
#define CLI_COLUMNS_H

#include "options.h"

/* Adds what the options say to a policy, or says what is wrong. */
exit_code columns_set(pii_policy *policy, const pii_ruleset *ruleset, const struct options *options);

/* Says which columns of the options the document did not have; `met` as in pii_result.fields_met. Those of a policy
 * file, which were set before, are for many kinds of documents. */
exit_code columns_check(const pii_policy *policy, const struct options *options, const char *document, uint64_t met);

#endif
