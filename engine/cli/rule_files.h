/* rule_files.h - rule files and directories into a compiler. */
#ifndef CLI_RULE_FILES_H
#define CLI_RULE_FILES_H

#include "exit_code.h"
#include "piiglet.h"
#include "writer.h"

/* Adds each of `paths`: a file, or every *.yaml of a directory in the order of
 * their names. Says what cannot be read (EXIT_IO); what the compiler refuses
 * is EXIT_INVALID and in its diagnostics. Goes through all of them. */
exit_code rule_files_add(pii_compiler *compiler, const char *const *paths, int count);

/* The same; no paths at all mean the files of the built-in rules. */
exit_code rule_files_add_or_default(pii_compiler *compiler, const char *const *paths, int count);

/* Writes the diagnostics of at least this severity, one a line:
 * file:line:column: severity: rule: field: message (expected ...) */
void rule_files_print(const pii_compiler *compiler, pii_severity least, struct writer *writer);

/* Writes the errors on standard error; answers EXIT_INVALID. */
exit_code rule_files_refused(const pii_compiler *compiler);

#endif
