/* command.h - one function per command, each in a file of its name. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "options.h"

exit_code command_scrub(const struct options *options);
exit_code command_scan(const struct options *options);
exit_code command_records(const struct options *options); /* scan --records */
exit_code command_report(const struct options *options);
exit_code command_check(const struct options *options);
exit_code command_explain(const struct options *options);
exit_code command_policies_list(const struct options *options);
exit_code command_policies_show(const struct options *options);
exit_code command_rules_list(const struct options *options);
exit_code command_rules_lint(const struct options *options);
exit_code command_rules_test(const struct options *options);

#endif
